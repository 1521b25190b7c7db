"""The real `inloop`, as processes of its own: its commands, its `run`, and what it prints."""

from __future__ import annotations

import contextlib
import io
import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from unittest import mock

import pytest

from bot.__main__ import main
from opslag.database import Database

WORTEL = Path(__file__).resolve().parents[2]
GEHEIM = "lange-geheime-sleutel-van-de-proef"
STIL = 10.0
"""Seconds in which `inloop run` must have ended after SIGTERM."""


@contextmanager
def vrije_poort() -> Iterator[int]:
    """A port that nobody else gets for as long as the block runs, and that a server may still listen on: it is bound
    here without listening, and both sides allow reuse."""
    with socket.socket() as houder:
        houder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        houder.bind(("127.0.0.1", 0))
        yield int(houder.getsockname()[1])


class Inloop:
    """One installation: its environment, the process that runs, and everything that was ever printed."""

    def __init__(self, pad: Path, **omgeving: str) -> None:
        schoon = {k: v for k, v in os.environ.items() if not k.startswith("INLOOP_")}
        self.omgeving = schoon | {"PYTHONPATH": str(WORTEL), "INLOOP_SECRET": GEHEIM, "INLOOP_LOG": "json"}
        self.omgeving |= {"INLOOP_WEB_PORT": "0", **omgeving}
        self.pad = pad
        self.uit: list[str] = []
        self.fout: list[str] = []
        self._proces: subprocess.Popen[str] | None = None
        self._lezers: list[threading.Thread] = []
        self._nieuw = threading.Condition()
        self._vanaf = 0

    def opdracht(self, *woorden: str, code: int = 0) -> list[str]:
        """Run one command to its end; the lines it printed."""
        gedaan = subprocess.run(
            [sys.executable, "-m", "bot", *woorden],
            env=self.omgeving,
            cwd=self.pad,
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert gedaan.returncode == code, f"{woorden}: {gedaan.returncode}\n{gedaan.stdout}{gedaan.stderr}"
        return (gedaan.stdout if code == 0 else gedaan.stderr).splitlines()

    def opdracht_hier(self, *woorden: str) -> list[str]:
        """The same in this process, which has imported everything already: seconds sooner."""
        with (
            mock.patch.dict(os.environ, self.omgeving, clear=True),
            mock.patch.object(sys, "argv", ["inloop", *woorden]),
            contextlib.redirect_stdout(io.StringIO()) as uit,
            pytest.raises(SystemExit) as einde,
        ):
            main()
        assert einde.value.code == 0, f"{woorden}: {einde.value.code}"
        return uit.getvalue().splitlines()

    # The process

    def begin(self, **erbij: str) -> None:
        """Start `inloop run` without waiting for anything."""
        assert self._proces is None, "it runs already"
        self._vanaf = len(self.uit)
        self._proces = subprocess.Popen(
            [sys.executable, "-m", "bot", "run"],
            env=self.omgeving | erbij,
            cwd=self.pad,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        assert self._proces.stdout is not None and self._proces.stderr is not None  # noqa: PT018
        self._lezers = [self._lees(self._proces.stdout, self.uit), self._lees(self._proces.stderr, self.fout)]

    def start(self, op: str = r"kanaal telegram: ", **erbij: str) -> None:
        """Start `inloop run` and wait until it listens to its channel."""
        self.begin(**erbij)
        self.wacht_op_regel(op)

    @property
    def proces(self) -> subprocess.Popen[str]:
        assert self._proces is not None
        return self._proces

    @property
    def draait(self) -> bool:
        return self._proces is not None and self._proces.poll() is None

    def sluit_af(self) -> int:
        """SIGTERM; the exit code. Fails when it takes longer than it may."""
        self.proces.terminate()
        return self.wacht_op_einde(STIL)

    def dood(self) -> None:
        """kill -9."""
        self.proces.kill()
        self.wacht_op_einde(10)

    def wacht_op_einde(self, seconden: float) -> int:
        """Until the process has ended by itself; its exit code."""
        try:
            code = self.proces.wait(seconden)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"still running after {seconden} s; it said:\n{self.alles()}") from None
        for lezer in self._lezers:
            lezer.join(5)
        self._proces = None
        return code

    # What it says

    def _lees(self, stroom: IO[str], regels: list[str]) -> threading.Thread:
        def lees() -> None:
            with stroom:
                for regel in stroom:
                    with self._nieuw:
                        regels.append(regel.rstrip("\n"))
                        self._nieuw.notify_all()
            with self._nieuw:
                self._nieuw.notify_all()

        draad = threading.Thread(target=lees, daemon=True)
        draad.start()
        return draad

    def wacht_op_regel(self, patroon: str, seconden: float = 40) -> re.Match[str]:
        """The first line on stdout of this run that fits."""
        einde = time.monotonic() + seconden
        with self._nieuw:
            while True:
                for regel in self.uit[self._vanaf :]:
                    if gevonden := re.search(patroon, regel):
                        return gevonden
                if not self.draait or time.monotonic() > einde:
                    raise AssertionError(f"never said {patroon!r}; it said:\n{self.alles()}")
                self._nieuw.wait(0.2)

    @property
    def adres(self) -> str:
        """The address of its web server."""
        return self.wacht_op_regel(r"^web: (http://\S+)$").group(1)

    def alles(self) -> str:
        """Everything it printed so far, over all runs."""
        return "\n".join([*self.uit, *self.fout])

    def database(self) -> Database:
        """The same database, opened from the test; close it."""
        return Database(self.omgeving["INLOOP_DATABASE_URL"])

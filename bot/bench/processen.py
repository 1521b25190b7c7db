"""Other processes of a measurement: starting them alike, each on a core of its own, and their memory."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen
from tempfile import TemporaryFile
from typing import IO

from bot.bench.tabel import MeetFout

_HIER = Path(__file__).parents[2]
"""Where our packages are, for a process that starts somewhere else."""


def omgeving(**extra: str) -> dict[str, str]:
    """The environment of a process: ours, without our settings, plus ``extra``."""
    rest = {naam: waarde for naam, waarde in os.environ.items() if not naam.startswith("INLOOP_")}
    return {**rest, "PYTHONPATH": str(_HIER), **extra}


@contextmanager
def proces(argumenten: Sequence[str], env: Mapping[str, str] | None = None) -> Iterator[Popen[str]]:
    """A Python process whose output is a pipe; ended, by a signal, on leaving. What it said is shown when it failed."""
    opdracht = [sys.executable, *argumenten]
    with (
        TemporaryFile("w+") as gezegd,
        Popen(opdracht, env=env or omgeving(), stdin=DEVNULL, stdout=PIPE, stderr=gezegd, text=True) as kind,
    ):
        try:
            yield kind
        except MeetFout:
            gezegd.seek(0)
            sys.stderr.write(gezegd.read())
            raise
        finally:
            kind.terminate()


def regel(kind: Popen[str], begin: str = "") -> str:
    """The next line that a process prints and that begins with ``begin``. Raises ``MeetFout`` when it ends first."""
    uit: IO[str] | None = kind.stdout
    for gelezen in uit or ():
        if gelezen.startswith(begin):
            return gelezen.strip()
    raise MeetFout("een proces van de meting stopte te vroeg")


@contextmanager
def eigen_kern(*kinderen: Popen[str]) -> Iterator[None]:
    """Keep these processes together on the first core and ourselves on the last, where the system can do that."""
    if sys.platform != "linux" or len(alle := os.sched_getaffinity(0)) < 2:
        yield
        return
    for kind in kinderen:
        os.sched_setaffinity(kind.pid, {min(alle)})
    os.sched_setaffinity(0, {max(alle)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, alle)


def geheugen(pid: int) -> float:
    """The resident memory of a process, in MB."""
    statm = Path(f"/proc/{pid}/statm")
    if statm.exists():
        return int(statm.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    uit = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=True).stdout
    return int(uit) * 1024 / 1e6

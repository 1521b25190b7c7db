"""Everything that takes CPU for sound, in a process of its own: a crash of a C library, or a recording made to break
one, costs that process and not the bot; the event loop is never held up; and no other thread comes near espeak-ng.

``Stemproces`` is the side of the bot (any thread; one job at a time), ``python -m bot.diensten.stemproces`` the other.
They speak in frames over the child's standard input and output: 4 bytes length and JSON, then as many bytes as that
says. The child ends when its input does, however the bot ended.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from typing import IO, Any, cast

from bot.diensten import geluid
from bot.diensten.geluid import GeenGeluid, Noot
from bot.diensten.spraak import SpraakStoring, Spreker

WACHT = 20.0
"""Seconds a job may take. Decoding and encoding 3 minutes takes 3."""
RUIMTE = 1 << 30
"""Bytes of address space of the child: a recording that asks for more fails alone."""


class Stemproces:
    """The child, started at the first job and again after it died. Close it with ``sluit``."""

    def __init__(self, wacht: float = WACHT) -> None:
        self._wacht, self._slot = wacht, threading.Lock()
        self._kind: subprocess.Popen[bytes] | None = None

    def zeg(self, tekst: str, taal: str) -> Noot:
        """Words in the computer's voice. Raises ``SpraakStoring``."""
        return self._noot({"doe": "zeg", "tekst": tekst, "taal": taal})

    def voeg(self, noten: Sequence[bytes]) -> Noot:
        """Voice notes of ours as one. Raises ``GeenGeluid`` or ``SpraakStoring``."""
        return self._noot({"doe": "voeg", "maten": [len(n) for n in noten]}, b"".join(noten))

    def maak_noot(self, inhoud: bytes, hoogstens: float) -> Noot:
        """A stranger's recording of at most ``hoogstens`` seconds as a voice note of ours.

        Raises ``GeenGeluid`` for what is no usable recording, ``SpraakStoring`` when the child cannot do it now.
        """
        return self._noot({"doe": "maak_noot", "hoogstens": hoogstens}, inhoud)

    def _noot(self, vraag: Mapping[str, Any], inhoud: bytes = b"") -> Noot:
        antwoord, gemaakt = self._vraag(vraag, inhoud)
        if "geen_geluid" in antwoord:
            raise GeenGeluid(antwoord["geen_geluid"])
        if "storing" in antwoord:
            raise SpraakStoring(antwoord["storing"])
        return Noot(gemaakt, antwoord["duur"])

    def _vraag(self, vraag: Mapping[str, Any], inhoud: bytes) -> tuple[dict[str, Any], bytes]:
        with self._slot:
            kind = self._kind or self._begin()
            wekker = threading.Timer(self._wacht, kind.kill)
            wekker.start()
            try:
                schrijf(cast("IO[bytes]", kind.stdin), vraag, inhoud)
                return lees(cast("IO[bytes]", kind.stdout))
            except (OSError, EOFError, ValueError):
                self._ruim_op()
                raise SpraakStoring("het stemproces hield op") from None
            finally:
                wekker.cancel()

    def _begin(self) -> subprocess.Popen[bytes]:
        self._kind = subprocess.Popen(
            [sys.executable, "-m", "bot.diensten.stemproces"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        return self._kind

    def _ruim_op(self) -> None:
        kind, self._kind = self._kind, None
        if kind is not None:
            kind.kill()
            for pijp in (kind.stdin, kind.stdout):
                if pijp is not None:
                    with contextlib.suppress(OSError):
                        pijp.close()
            kind.wait()

    def sluit(self) -> None:
        """End the child, after the job it is at. It comes back with the next job."""
        with self._slot:
            self._ruim_op()


def schrijf(naar: IO[bytes], kop: Mapping[str, Any], inhoud: bytes = b"") -> None:
    """One frame. Raises ``OSError`` when nobody reads."""
    letters = json.dumps({**kop, "bytes": len(inhoud)}).encode()
    naar.write(len(letters).to_bytes(4) + letters + inhoud)
    naar.flush()


def lees(van: IO[bytes]) -> tuple[dict[str, Any], bytes]:
    """One frame. Raises ``EOFError`` at the end."""
    kop = json.loads(_precies(van, int.from_bytes(_precies(van, 4))))
    return kop, _precies(van, kop["bytes"])


def _precies(van: IO[bytes], aantal: int) -> bytes:
    gelezen = van.read(aantal)
    if len(gelezen) < aantal:
        raise EOFError
    return gelezen


# The child


class _Kind:
    """Does the jobs; espeak-ng is loaded with the first words."""

    def __init__(self) -> None:
        self._spreker: Spreker | None = None

    def doe(self, vraag: Mapping[str, Any], inhoud: bytes) -> Noot:
        match vraag["doe"]:
            case "zeg":
                self._spreker = self._spreker or Spreker()
                return self._spreker.zeg(vraag["tekst"], vraag["taal"])
            case "voeg":
                return geluid.voeg(_delen(inhoud, vraag["maten"]))
            case _:
                return geluid.maak_noot(inhoud, vraag["hoogstens"])


def _delen(inhoud: bytes, maten: Sequence[int]) -> list[bytes]:
    delen, plek = [], 0
    for maat in maten:
        delen.append(inhoud[plek : plek + maat])
        plek += maat
    return delen


def _ingeperkt() -> None:
    """The bot goes first, and memory is bounded."""
    import os
    import resource

    with contextlib.suppress(OSError, ValueError):
        os.nice(10)
        resource.setrlimit(resource.RLIMIT_AS, (RUIMTE, RUIMTE))


def kind(van: IO[bytes], naar: IO[bytes]) -> None:
    """Do jobs until the input ends."""
    werk = _Kind()
    while True:
        try:
            vraag, inhoud = lees(van)
        except EOFError:
            return
        try:
            noot = werk.doe(vraag, inhoud)
        except GeenGeluid as fout:
            schrijf(naar, {"geen_geluid": fout.reden})
        except Exception as fout:  # whatever a recording does to a library: the next job must go on
            schrijf(naar, {"storing": type(fout).__name__})
        else:
            schrijf(naar, {"duur": noot.duur}, noot.inhoud)


if __name__ == "__main__":
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the bot, which then closes our input
    _ingeperkt()
    kind(sys.stdin.buffer, sys.stdout.buffer)

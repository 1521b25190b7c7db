"""d. ``inloop --help`` as a whole process, against ``python -c "import typer"``."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.bench.processen import omgeving
from bot.bench.tabel import MeetFout, Meting


def meet(map_: Path, snel: bool) -> Iterator[Meting]:
    """Yields the milliseconds from start to end of both, by turns."""
    rondes = 3 if snel else 25
    paren = []
    for ronde in range(rondes + 1):
        if ronde % 2:
            ons, ijk = _tijd(_inloop(), map_, "Inloop"), _tijd([sys.executable, "-c", "import typer"], map_)
        else:
            ijk, ons = _tijd([sys.executable, "-c", "import typer"], map_), _tijd(_inloop(), map_, "Inloop")
        paren.append((ons, ijk))
    gemeten, ijkpunt = [o for o, _ in paren[1:]], [k for _, k in paren[1:]]  # the first round warms up
    uitleg = 'heel het proces; ijkpunt: python -c "import typer"'
    yield Meting("inloop --help", "ms", gemeten, ijkpunt, 1.5, False, uitleg)


def _inloop() -> list[str]:
    """The command as it is installed beside this Python, else our package run as a program."""
    script = Path(sys.executable).with_name("inloop")
    return [*([str(script)] if script.exists() else [sys.executable, "-m", "bot"]), "--help"]


def _tijd(opdracht: Sequence[str], waar: Path, zegt: str = "") -> float:
    """How long a process takes, in milliseconds. Raises ``MeetFout`` when it fails or does not say ``zegt``."""
    begin = time.perf_counter()
    klaar = subprocess.run(opdracht, cwd=waar, env=omgeving(), capture_output=True, text=True, check=False)
    seconden = time.perf_counter() - begin
    if klaar.returncode or zegt not in klaar.stdout:
        raise MeetFout(f"{' '.join(opdracht)} lukte niet")
    return seconden * 1e3

"""``inloop bench``: what we do beside the bare work, as ratios, one against the other in one run.

Every part runs what is measured and its yardstick by turns (A B, B A, A B …), so that a busy machine slows both, and
gives the median of the pairwise ratios with the lowest and the highest. One file per part.
"""

from __future__ import annotations

import importlib
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bot.bench.tabel import MeetFout, kop, regels, slot

ONDERDELEN = {
    "a": "bot.bench.a_beurten",
    "b": "bot.bench.b_webhook",
    "c": "bot.bench.c_omvang",
    "d": "bot.bench.d_start",
    "e": "bot.bench.e_geheugen",
    "f": "bot.bench.f_verzenden",
    "g": "bot.bench.g_tips",
    "h": "bot.bench.h_hardop",
    "i": "bot.bench.i_uitvoer",
}
"""The parts; each module has ``meet(map_, snel)``, which yields a ``Meting`` as soon as it is there."""


def meet(onderdelen: Sequence[str], snel: bool) -> None:
    """Measure these parts (all when none is named) and print the table. ``snel``: small, to see that all runs.

    Raises ``Fout`` for a part that is not there, and when the work that was timed was not really done.
    """
    gekozen = _kies(onderdelen)
    begin = time.monotonic()
    gemeten = []
    print(kop(snel))
    for letter in gekozen:
        with _als_fout(), tempfile.TemporaryDirectory(prefix="inloop-bench-", ignore_cleanup_errors=True) as map_:
            for meting in importlib.import_module(ONDERDELEN[letter]).meet(Path(map_), snel):
                gemeten.append(meting)
                print(regels(letter, meting), flush=True)
    print(slot(gemeten, time.monotonic() - begin))


@contextmanager
def _als_fout() -> Iterator[None]:
    """A measurement that went wrong as one line."""
    try:
        yield
    except MeetFout as fout:
        from bot.opdrachten.basis import Fout

        raise Fout(f"de meting klopt niet: {fout}", 1) from None


def _kies(onderdelen: Sequence[str]) -> list[str]:
    letters = list(dict.fromkeys(naam.lower() for naam in onderdelen)) or list(ONDERDELEN)
    for letter in letters:
        if letter not in ONDERDELEN:
            from bot.opdrachten.basis import Fout

            raise Fout(f"onderdeel {letter!r} is er niet; kies {', '.join(ONDERDELEN)}")
    return letters

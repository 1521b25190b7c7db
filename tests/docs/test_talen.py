"""The table of languages in docs/talen.md says how it is; ``INLOOP_NIEUW=1`` writes it anew."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from bot.controleren import dekking
from bot.diensten.spraak import STEMMEN
from dialogen.teksten import GESPROKEN, TALEN
from dialogen.teksten.richting import RECHTS_NAAR_LINKS

PAGINA = Path(__file__).parents[2] / "docs" / "talen.md"
KOP = """\
| code | own name | direction | texts | checked by a person | plural forms | computer voice |
|---|---|---|---|---|---|---|
"""


def _deel(aantal: int, van: int) -> str:
    return "all" if aantal == van else "none" if not aantal else f"{100 * aantal // van}%"


def _regels() -> Iterator[str]:
    per = {d.taal: d for d in dekking()}
    for taal, naam in TALEN.items():
        d = per.get(taal)
        kant = "right to left" if taal in RECHTS_NAAR_LINKS else "left to right"
        woorden = (
            [_deel(d.teksten, d.van), _deel(d.nagekeken, d.van), f"{d.vormen}"] if d else ["spoken only", "–", "–"]
        )
        stem = "yes" if taal in STEMMEN else "no"
        yield f"| {' | '.join([f'`{taal}`', naam, kant, *woorden, stem])} |"


def test_de_tabel_klopt() -> None:
    tabel = KOP + "\n".join(_regels()) + "\n"
    tekst = PAGINA.read_text("utf-8")
    if os.environ.get("INLOOP_NIEUW"):
        begin = tekst.index("| code | own name")
        PAGINA.write_text(tekst[:begin] + tabel + tekst[tekst.index("\n\n", begin) + 1 :], "utf-8")
        tekst = PAGINA.read_text("utf-8")
    assert tabel in tekst
    assert {t for t in TALEN if "spoken only" in next(r for r in _regels() if f"`{t}`" in r)} == GESPROKEN

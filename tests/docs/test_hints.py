"""docs/hints.md says what the hints find and miss today. ``INLOOP_NIEUW=1`` writes the table anew: read the diff."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from dialogen.hints import VOLGORDE
from tests.dialogen.uitnodigingen import Geval, gevallen

PAGINA = Path(__file__).parents[2] / "docs" / "hints.md"
BEGIN, EIND = "<!-- begin: tests/docs/test_hints.py -->\n", "<!-- eind -->\n"


def _deel(teller: int, noemer: int) -> str:
    return f"{teller} / {noemer} = {teller / noemer:.2f}" if noemer else "–"


def _rij(naam: str, goed: int, vals: int, gemist: int) -> str:
    return f"| {naam} | {goed} | {vals} | {gemist} | {_deel(goed, goed + vals)} | {_deel(goed, goed + gemist)} |"


def _tel(gevallen: Sequence[Geval], codes: Sequence[str]) -> tuple[int, int, int]:
    """Rightly found, wrongly found, missed."""
    paren = [(code in g.fout, code in g.codes) for g in gevallen for code in codes]
    return paren.count((True, True)), paren.count((False, True)), paren.count((True, False))


def _per_code(gevallen: Sequence[Geval]) -> Iterator[str]:
    yield "| hint | found | false alarm | missed | precision | recall |"
    yield "|---|---|---|---|---|---|"
    for code in VOLGORDE:
        yield _rij(f"`{code}`", *_tel(gevallen, [code]))
    yield _rij("**all**", *_tel(gevallen, VOLGORDE))


def _cel(codes: frozenset[str]) -> str:
    return " ".join(f"`{code}`" for code in VOLGORDE if code in codes)


def _per_uitnodiging(gevallen: Sequence[Geval]) -> Iterator[str]:
    yield "| | invitation | wrong with it | found | missed | false alarm |"
    yield "|---|---|---|---|---|---|"
    for g in gevallen:
        a, codes = g.activiteit, g.codes
        cellen = (_cel(g.fout), _cel(g.fout & codes), _cel(g.fout - codes), _cel(codes - g.fout))
        yield f"| {a.nummer} | {a.titel} · {a.gevraagd} | {' | '.join(cellen)} |"


def test_de_tabel_is_van_nu() -> None:
    alles = gevallen()
    tabel = "\n".join([*_per_code(alles), "", *_per_uitnodiging(alles), ""])
    voor, _, rest = PAGINA.read_text("utf-8").partition(BEGIN)
    stond, _, na = rest.partition(EIND)
    if os.environ.get("INLOOP_NIEUW"):
        PAGINA.write_text(voor + BEGIN + tabel + EIND + na, "utf-8")
    else:
        assert stond == tabel, "write it anew with INLOOP_NIEUW=1"


def test_zestig_uitnodigingen_de_helft_met_fouten() -> None:
    alles = gevallen()
    assert len(alles) == 60
    assert sum(bool(g.fout) for g in alles) == 30
    assert frozenset().union(*(g.fout for g in alles)) == frozenset(VOLGORDE), "every hint is put to the test"

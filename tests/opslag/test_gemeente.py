"""What the municipality is given: right where it is shown, and hidden counts stay so with all files together."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from opslag import gemeente, overzicht
from opslag.database import Database
from opslag.gemeente import GROEPEN, KOLOMMEN, MATEN, SAMEN, VERBORGEN, sommen, verschenen
from opslag.onderdrukken import GRENS, Cel
from opslag.overzicht import Blik
from opslag.tabellen import gezin
from tests.jaar import Jaar, beleef
from tests.opslag.test_onderdrukken import past

JAAR = date(2026, 8, 1)
NU = datetime(2027, 9, 2, 10, tzinfo=UTC)


def _bestand(db: Database, plekken: Collection[int], nu: datetime = NU) -> list[dict[str, object]]:
    with db.transactie() as sessie:
        regels = gemeente.neem(sessie, plekken, JAAR, nu)
    return [dict(zip(KOLOMMEN, rij, strict=True)) for rij in gemeente.rijen(regels, JAAR)]


def _gelezen(jaar: Jaar, *bestanden: list[dict[str, object]]) -> dict[Cel, int]:
    """All that stands in these files together; two that differ would be the end of it."""
    namen = {f"Locatie {n}": nummer for n, nummer in enumerate(jaar.locaties, 1)} | {"alle locaties samen": SAMEN}
    samen: dict[Cel, int] = {}
    for rij in (rij for bestand in bestanden for rij in bestand):
        for maat in MATEN:
            if rij[maat] != VERBORGEN:
                assert isinstance(rij[maat], int)
                n = samen.setdefault((namen[str(rij["locatie"])], rij["groep"], maat), int(str(rij[maat])))
                assert n == rij[maat]
    return samen


def _waar(db: Database, jaar: Jaar) -> dict[Cel, int]:
    """The real counts, straight from the page's figures."""
    w: dict[Cel, int] = {}
    for plek in jaar.locaties:
        with db.lezend() as sessie:
            b = overzicht.bereikt(sessie, Blik(frozenset({plek}), JAAR, date(2027, 8, 1)))
        for groep, g in zip(GROEPEN, (b.gezinnen, b.per_rol["vader"]), strict=True):
            tel = (
                g.ingeschreven,
                g.bereikt,
                g.ingeschreven - g.bereikt,
                g.thuis_gedaan,
                g.ingeschreven - g.thuis_gedaan,
            )
            for maat, n in zip(MATEN, tel, strict=True):
                w[plek, groep, maat] = n
                w[SAMEN, groep, maat] = w.get((SAMEN, groep, maat), 0) + n
    return w


@pytest.mark.parametrize(("gezinnen", "activiteiten"), [(60, 12), (120, 6), (30, 9)])
def test_niemand_vindt_een_klein_getal_terug(db: Database, gezinnen: int, activiteiten: int) -> None:
    """Three visitors with other locations, before and after a family was erased, put all their files together."""
    with db.transactie() as sessie:
        jaar = beleef(sessie, gezinnen, activiteiten)
    waar, (een, twee, drie) = _waar(db, jaar), jaar.locaties
    bestanden = [_bestand(db, {een, twee}), _bestand(db, {twee, drie})]
    with db.transactie() as sessie:
        sessie.execute(gezin.delete().where(gezin.c.id.in_({lid.gezin for lid in jaar.leden[:9]})))
    bestanden += [_bestand(db, {een, twee, drie}, datetime(2027, 12, 1, tzinfo=UTC)), _bestand(db, {drie})]
    getoond = _gelezen(jaar, *bestanden)
    assert getoond == {cel: n for cel, n in waar.items() if cel in getoond}, "wat er staat, klopt"
    klein = [cel for cel, n in waar.items() if n < GRENS]
    assert klein
    assert not set(klein) & set(getoond)
    weet = sommen(jaar.locaties)
    for cel in klein:
        for n in range(GRENS + 1):
            assert past(getoond, weet, {cel: n}), f"{cel} kan geen {n} zijn"


def test_grote_getallen_staan_er(db: Database) -> None:
    with db.transactie() as sessie:
        jaar = beleef(sessie, 120, 12)
    getoond = _gelezen(jaar, _bestand(db, jaar.locaties))
    assert {(plek, "gezinnen", "ingeschreven") for plek in (SAMEN, *jaar.locaties)} <= set(getoond)
    (regel, *_) = [r for r in _bestand(db, jaar.locaties) if r["bereikt"] != VERBORGEN]
    assert regel["bereikt_aandeel"] == int(str(regel["bereikt"])) * 100 // int(str(regel["ingeschreven"]))


def test_van_een_verborgen_getal_blijft_niets_bewaard(db: Database) -> None:
    with db.transactie() as sessie:
        jaar = beleef(sessie, 60, 12)
    _bestand(db, jaar.locaties)
    with db.lezend() as sessie:
        assert sessie.scalar(sa.text(f"SELECT count(*) FROM gemeentecijfer WHERE aantal < {GRENS}")) == 0
        assert sessie.scalar(sa.text("SELECT count(*) FROM gemeentecijfer WHERE aantal IS NULL"))


def test_alleen_een_heel_jaar_dat_voorbij_is(db: Database) -> None:
    with db.transactie() as sessie:
        jaar = beleef(sessie, 60, 6)
    for nu in (datetime(2027, 3, 1, tzinfo=UTC), datetime(2027, 8, 31, tzinfo=UTC)):
        assert _bestand(db, jaar.locaties, nu) == []
    with db.lezend() as sessie:
        assert sessie.scalar(sa.text("SELECT count(*) FROM gemeentecijfer")) == 0


@pytest.mark.parametrize(
    ("dag", "laatste"),
    [((2027, 8, 31), 2025), ((2027, 9, 1), 2026), ((2028, 1, 1), 2026), ((2028, 8, 1), 2026), ((2028, 9, 1), 2027)],
)
def test_wanneer_een_jaar_verschijnt(dag: tuple[int, int, int], laatste: int) -> None:
    assert verschenen(datetime(*dag, 12, tzinfo=UTC))[0] == date(laatste, 8, 1)

"""Which sound a message has, that it is made once, and what happens when it cannot be made."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.diensten import geluid
from bot.kanalen.basis import Bijlage
from bot.stemmen import NIET_WEER, Stemmen
from bot.stemplan import Wens
from dialogen.basis import Bericht, Knop, Tekst
from dialogen.opnames import woordhash
from opslag import bijlagen, geluiden
from opslag.database import Database, Sessie
from opslag.opruimen import ruim_op
from opslag.tabellen import bijlage, gesproken, locatie, opname, organisatie
from tests.bot.diensten.klank import noot
from tests.bot.diensten.nepstem import NepStem

NU = datetime(2026, 12, 1, 9, tzinfo=UTC)
BEGIN = datetime(2026, 12, 8, 8, 30, tzinfo=UTC)
KOM = Bericht(
    (
        Tekst("uitnodiging.kom", {"titel": "Koffie", "begin": BEGIN}),
        Tekst("uitnodiging.wanneer_waar", {"begin": BEGIN, "plek": "De aula"}),
        Tekst("uitnodiging.drempels"),
    ),
    tuple(Knop(f"uitnodiging.kom:{k}:1", Tekst(f"uitnodiging.kom.{k}")) for k in ("ja", "nee")),
)
GOED = Bericht((Tekst("algemeen.graag_gedaan"),))


@pytest.fixture
def stem() -> NepStem:
    return NepStem()


def stemmen(db: Database, stem: NepStem | None, nu: datetime = NU) -> Stemmen:
    return Stemmen(db, lambda: nu, stem)


async def hoor(s: Stemmen, *berichten: Bericht, taal: str = "nl", locatie: int | None = None) -> list[Bijlage | None]:
    """The sound of each, None without."""
    straks = await s.geef([Wens(n, b, (taal,), locatie) for n, b in enumerate(berichten)])
    klaar = [await straks[n] if n in straks else None for n in range(len(berichten))]
    return [await s.met_inhoud(b) if b else None for b in klaar]


def neem_op(
    sessie: Sessie, wat: str, taal: str, seconden: float, locatie: int | None = None, *, status: str = "goed"
) -> str:
    """A recording of ``wat``; its hash."""
    hash_ = bijlagen.bewaar(sessie, bijlagen.GELUID, noot(seconden), NU, round(seconden * 1000))
    waarden: dict[str, Any] = {"wat": wat, "taal": taal, "bijlage": hash_, "status": status, "gemaakt": NU}
    sessie.execute(opname.insert().values(**waarden, locatie_id=locatie, tekst=woordhash(wat, taal)))
    return hash_


def maak_locaties(sessie: Sessie, namen: Sequence[str] = ("De Regenboog", "De Zon")) -> list[int]:
    o = sessie.execute(organisatie.insert().values(naam="X").returning(organisatie.c.id)).scalar_one()
    return [
        sessie.execute(
            locatie.insert().values(organisatie_id=o, naam=n, gemaakt=NU).returning(locatie.c.id)
        ).scalar_one()
        for n in namen
    ]


async def test_elke_alinea_en_de_keuzes_in_een_noot(db: Database, stem: NepStem) -> None:
    (gehoord,) = await hoor(stemmen(db, stem), KOM)
    assert stem.gezegd == [
        "Koffie. Voor vaders, moeders en andere verzorgers.",
        "dinsdag 8 december. 9 uur 30. De aula.",
        "Gratis. Nederlands hoeft niet.",
        "Kies: Ik kom, Ik kan niet.",
    ]
    assert gehoord is not None
    feiten = geluid.keur(gehoord.inhoud)
    assert (feiten.codec, feiten.hertz, feiten.kanalen) == ("opus", 48_000, 1)
    assert gehoord.hash == bijlagen.hash_van(gehoord.inhoud)


async def test_de_tweede_keer_wordt_niets_gemaakt(db: Database, stem: NepStem) -> None:
    eerst = await hoor(stemmen(db, stem), KOM)
    anders = NepStem()
    assert await hoor(stemmen(db, anders), KOM) == eerst
    assert (anders.gezegd, anders.gevoegd) == ([], 0)


async def test_een_alinea_die_al_klonk_wordt_niet_opnieuw_gemaakt(db: Database, stem: NepStem) -> None:
    await hoor(stemmen(db, stem), KOM)
    stem.gezegd.clear()
    await hoor(stemmen(db, stem), Bericht((*KOM.teksten, Tekst("algemeen.goed"))))
    assert stem.gezegd == ["Goed. Stuur menu als je iets wilt doen."]


async def test_wie_tegelijk_op_hetzelfde_wacht_krijgt_hetzelfde(db: Database, stem: NepStem) -> None:
    s = stemmen(db, stem)
    gehoord = await hoor(s, *[KOM] * 20)
    assert len({b.hash for b in gehoord if b}) == 1
    assert len(stem.gezegd) == 4


async def test_een_taal_zonder_stem_blijft_tekst(db: Database, stem: NepStem) -> None:
    for taal in ("ar", "ti", "so"):
        assert await hoor(stemmen(db, stem), KOM, taal=taal) == [None]
    assert await hoor(stemmen(db, None), KOM) == [None]
    assert stem.gezegd == []


async def test_een_mens_gaat_voor_de_computer(db: Database, stem: NepStem) -> None:
    with db.transactie() as sessie:
        hash_ = neem_op(sessie, "algemeen.graag_gedaan", "nl", 0.7)
    (gehoord,) = await hoor(stemmen(db, stem), GOED)
    assert gehoord == Bijlage(hash_, noot(0.7), duur=700)
    assert stem.gezegd == []


async def test_een_opname_van_het_geheel(db: Database, stem: NepStem) -> None:
    """In a language without a computer voice too; and where there is one the choices follow."""
    with db.transactie() as sessie:
        hier = maak_locaties(sessie)[0]
        arabisch = neem_op(sessie, "activiteit:7", "ar", 1.0, hier)
        neem_op(sessie, "activiteit:7", "nl", 1.0, hier)
    kom = Bericht(KOM.teksten, KOM.knoppen, stem="activiteit:7")
    (gehoord,) = await hoor(stemmen(db, stem), kom, taal="ar", locatie=hier)
    assert gehoord is not None
    assert gehoord.hash == arabisch
    await hoor(stemmen(db, stem), kom, locatie=hier)
    assert stem.gezegd == ["Kies: Ik kom, Ik kan niet."]


async def test_de_eigen_locatie_gaat_voor(db: Database, stem: NepStem) -> None:
    with db.transactie() as sessie:
        hier, daar = maak_locaties(sessie)
        eigen = neem_op(sessie, "algemeen.goed", "ar", 0.5, hier)
        allen = neem_op(sessie, "algemeen.goed", "ar", 0.6)
        neem_op(sessie, "algemeen.goed", "ar", 0.8, status="nieuw")
    s = stemmen(db, stem)
    goed = Bericht((Tekst("algemeen.goed"),))
    assert [b.hash if b else "" for b in await hoor(s, goed, taal="ar", locatie=hier)] == [eigen]
    assert [b.hash if b else "" for b in await hoor(s, goed, taal="ar", locatie=daar)] == [allen]
    assert [b.hash if b else "" for b in await hoor(s, goed, taal="ar")] == [allen]


async def test_wat_de_naam_van_de_plek_noemt_is_alleen_van_die_plek(db: Database, stem: NepStem) -> None:
    with db.transactie() as sessie:
        hier, daar = maak_locaties(sessie)
        neem_op(sessie, "kennismaken.taal", "ar", 0.5, hier)
        neem_op(sessie, "kennismaken.taal", "ar", 0.6)
    hallo = Bericht((Tekst("kennismaken.taal", {"locatie": "De Regenboog"}),))
    gehoord = [(await hoor(stemmen(db, stem), hallo, taal="ar", locatie=n))[0] for n in (hier, daar, None)]
    assert [b is not None for b in gehoord] == [True, False, False]


async def test_een_opname_van_andere_woorden_telt_niet_meer(db: Database, stem: NepStem) -> None:
    with db.transactie() as sessie:
        neem_op(sessie, "algemeen.goed", "ar", 0.5)
        sessie.execute(opname.update().values(tekst="0" * 64))
    assert await hoor(stemmen(db, stem), Bericht((Tekst("algemeen.goed"),)), taal="ar") == [None]


async def test_wat_van_een_ouder_is_wordt_niet_bewaard(db: Database, stem: NepStem) -> None:
    welkom = Bericht((Tekst("kennismaken.welkom", {"naam": "Karim", "gastheer": "Juf Noor"}),))
    eigen = Bericht((Tekst.letterlijk("Mijn dochter is bang."),))
    s = stemmen(db, stem)
    for bericht in (welkom, eigen, welkom):
        (gehoord,) = await hoor(s, bericht)
        assert gehoord is not None
        assert gehoord.hash == ""
    assert len(stem.gezegd) == 2  # the second time from memory
    with db.transactie() as sessie:
        assert sessie.scalar(sa.select(sa.func.count()).select_from(gesproken)) == 0
        assert sessie.scalar(sa.select(sa.func.count()).select_from(bijlage)) == 0


async def test_een_stem_die_hapert_wordt_even_met_rust_gelaten(db: Database, stem: NepStem) -> None:
    stem.kapot = True
    s = stemmen(db, stem)
    assert await hoor(s, GOED, GOED) == [None, None]
    assert await hoor(s, GOED) == [None]
    assert len(stem.gezegd) == 1
    later = Stemmen(db, lambda: NU + NIET_WEER, stem)
    later._mislukt = s._mislukt
    stem.kapot = False
    (gehoord,) = await hoor(later, GOED)
    assert gehoord is not None


async def test_wie_ophoudt_met_wachten_houdt_een_ander_niet_op(db: Database, stem: NepStem) -> None:
    stem.traag = True
    s = stemmen(db, stem)
    straks = await s.geef([Wens(1, GOED, ("nl",)), Wens(2, GOED, ("nl",))])
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(asyncio.shield(straks[1]), 0.01)
    stem.verder.set()
    gehoord = await straks[2]
    assert gehoord is not None
    assert gehoord.duur > 0


async def test_een_bijlage_bij_haar_naam(db: Database, stem: NepStem) -> None:
    """What a colleague listens back to, or the sound of a weekly message."""
    with db.transactie() as sessie:
        hash_ = bijlagen.bewaar(sessie, bijlagen.GELUID, noot(1.0), NU, 1000)
    (gehoord,) = await hoor(stemmen(db, stem), Bericht((Tekst("algemeen.goed"),), stem=f"bijlage:{hash_}"))
    assert gehoord == Bijlage(hash_, noot(1.0), duur=1000)
    assert await hoor(stemmen(db, stem), Bericht((), stem="bijlage:weg")) == [None]


async def test_negentig_dagen_niet_gebruikt_is_weg(db: Database, stem: NepStem) -> None:
    await hoor(stemmen(db, stem), KOM, GOED)
    laat = NU + timedelta(days=60)
    await hoor(stemmen(db, stem, laat), GOED)  # used again
    with db.transactie() as sessie:
        opgeruimd = ruim_op(sessie, NU + timedelta(days=91))
        assert opgeruimd["gesproken tekst"] == 5
        assert opgeruimd["geluid dat nergens bij hoort"] == 5
        assert sessie.scalar(sa.select(sa.func.count()).select_from(bijlage)) == 1
        assert len(geluiden.zoek(sessie, sessie.scalars(sa.select(gesproken.c.sleutel)).all())) == 1

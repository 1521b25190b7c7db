"""What may not stay goes in time, not a moment too soon; and whoever is erased is gone from every column."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from dialogen.basis import Rol, Soort
from opslag import gesprekken, opruimen, postvak
from opslag.database import Database
from opslag.gesprekken import Sleutel
from opslag.opruimen import grens_schooljaar, ruim_op
from opslag.tabellen import afmeldreden, gesprek, gezin, postvak_in, postvak_uit, uitnodiging, vraag, waardering
from tests.speler import Speler

NET = timedelta(microseconds=1)


def opgeruimd(s: Speler, nu: datetime) -> Mapping[str, int]:
    """What went, without the rules that found nothing."""
    with s.db.transactie() as sessie:
        return {regel: aantal for regel, aantal in ruim_op(sessie, nu).items() if aantal}


@pytest.fixture
def s(db: Database) -> Speler:
    return Speler(db)


def test_zonder_toestemming_een_dag(s: Speler) -> None:
    s.persoon("Moeder").opent("oudercode")
    s.ouder("Amal")
    s.collega("Noor")
    laatst = s.rijen(sa.select(sa.func.min(gesprek.c.gewijzigd)))[0][0]
    assert opgeruimd(s, laatst + opruimen.ZONDER_TOESTEMMING) == {}
    weg = opgeruimd(s, laatst + opruimen.ZONDER_TOESTEMMING + NET)
    assert weg == {"gesprekken zonder toestemming": 1, "adressen bij afgehandelde updates": 1}
    assert len(s.rijen(sa.select(gesprek))) == 2


def test_het_postvak_in(s: Speler) -> None:
    rij = {"kanaal": "k", "account": "1", "adres": "a", "inhoud": "ruw", "ontvangen": s.nu}
    with s.db.transactie() as sessie:
        for extern_id, staat in (("1", "open"), ("2", "opzij"), ("3", "klaar")):
            postvak.neem_aan(sessie, [{**rij, "extern_id": extern_id, "status": staat}])
    assert opgeruimd(s, s.nu + opruimen.ZONDER_TOESTEMMING) == {}
    assert opgeruimd(s, s.nu + opruimen.ONTDUBBELEN) == {"adressen bij afgehandelde updates": 1}
    assert opgeruimd(s, s.nu + opruimen.ONTDUBBELEN + NET) == {"afgehandelde updates": 1}
    assert opgeruimd(s, s.nu + opruimen.MISLUKT + NET) == {"mislukte updates": 1}
    assert [r.status for r in s.rijen(sa.select(postvak_in))] == ["open"]


def test_eigen_woorden_dertig_dagen(s: Speler) -> None:
    """Typed or spoken: at a reason, at how it was, in a question."""
    amal, karim = s.ouder("Amal"), s.ouder("Karim", Rol.VADER)
    s.activiteit("Koffie", "dinsdag 8 december 2026 09:30")
    for wie, soort, zegt in ((amal, Soort.TEKST, "geheim woord"), (karim, Soort.SPRAAK, "geheime-spraak")):
        wie.tikt("Ik kan niet")
        wie.doet(soort, zegt)
        wie.zegt("menu")
        wie.tikt("Vraag aan team")
        wie.doet(soort, zegt)
        s.stuurt(wie, "erbij.na", "Koffie")
        wie.tikt("🙁")
        wie.doet(soort, zegt)
    assert s.waar_staat("geheim woord") == ["afmeldreden.toelichting", "vraag.tekst", "waardering.tekst"]
    assert s.waar_staat("geheime-spraak") == ["afmeldreden.media", "vraag.media", "waardering.media"]
    eerste = s.rijen(sa.select(sa.func.min(afmeldreden.c.moment)))[0][0]
    assert not {"eigen woorden bij redenen", "eigen woorden in vragen"} & set(opgeruimd(s, eerste + opruimen.WOORDEN))
    weg = opgeruimd(s, s.nu + opruimen.WOORDEN + NET)
    woorden = {regel: aantal for regel, aantal in weg.items() if regel.startswith("eigen woorden")}
    assert set(woorden.values()) == {2}
    assert len(woorden) == 3
    assert s.waar_staat("geheim") == []
    assert [r.verteld for r in s.rijen(sa.select(afmeldreden))] == [True, True], "dat er woorden waren, blijft geteld"
    assert len(s.rijen(sa.select(waardering))) == len(s.rijen(sa.select(vraag))) == 2


def test_de_browserchat_dertig_dagen(s: Speler) -> None:
    with s.db.transactie() as sessie:
        g = gesprekken.neem(sessie, Sleutel("web", "web", "x"), s.nu)
        sessie.execute(
            postvak_uit.insert().values(
                **postvak.uit_rij(g.nummer, g.sleutel, "{}", "nl", s.nu, 0) | {"status": "verzonden", "verzonden": s.nu}
            )
        )
    assert "berichten in de browserchat" not in opgeruimd(s, s.nu + timedelta(hours=23))
    with s.db.transactie() as sessie:
        sessie.execute(gesprek.update().values(gewijzigd=s.nu + opruimen.BROWSERCHAT))
    assert opgeruimd(s, s.nu + opruimen.BROWSERCHAT + NET) == {"berichten in de browserchat": 1}


@pytest.mark.parametrize(
    ("vandaag", "grens"),
    [
        ("2026-12-01", "2026-08-01"), ("2027-07-31", "2026-08-01"), ("2027-10-31", "2026-08-01"),
        ("2027-11-01", "2027-08-01"), ("2028-01-01", "2027-08-01"), ("2028-02-29", "2027-08-01"),
    ],
)  # fmt: skip
def test_een_schooljaar_en_drie_maanden(vandaag: str, grens: str) -> None:
    assert grens_schooljaar(date.fromisoformat(vandaag)) == date.fromisoformat(grens)


def test_na_het_schooljaar_blijven_de_aantallen(s: Speler) -> None:
    amal = s.ouder("Amal")
    s.activiteit("Koffie", "dinsdag 8 december 2026 09:30")
    amal.tikt("Ik kom")
    regel = "namen bij antwoorden van een vorig schooljaar"
    assert regel not in opgeruimd(s, datetime.fromisoformat("2027-10-31T22:00:00Z"))
    assert opgeruimd(s, datetime.fromisoformat("2027-11-01T00:00:00Z"))[regel] == 1
    assert [(u.ouder_id, u.rol) for u in s.rijen(sa.select(uitnodiging))] == [(None, "moeder")]
    assert [o.naam for o in s.ouders()] == ["Amal"], "de ouder zelf doet nog mee"


def test_twee_keer_opruimen_doet_de_tweede_keer_niets(s: Speler) -> None:
    s.persoon("Moeder").opent("oudercode")
    opgeruimd(s, s.nu + timedelta(days=400))
    assert opgeruimd(s, s.nu + timedelta(days=400)) == {}


# Erasing


def _vol_leven(s: Speler, kanaal_van_noor: str = "speler") -> None:
    """A parent who has been through everything, and a colleague who heard of her."""
    s.persoon("Noor").kanaal = kanaal_van_noor
    noor, moeder = s.collega("Noor"), s.ouder("Zubaida")
    s.activiteit("Koffie", "dinsdag 8 december 2026 09:30")
    moeder.tikt("Ik kan niet")
    moeder.zegt("Zubaida vertelt een geheim")
    moeder.tikt("Ik kan niet", bij="Koffie")
    moeder.tikt("Iets anders")
    moeder.tikt("Ik ken niemand")
    moeder.tikt("Ja, graag")
    moeder.zegt("Zubaida vraagt een geheim?")
    moeder.spreekt("geheime-spraak")
    moeder.zegt("een mens")
    noor.tikt("Antwoord")
    noor.zegt("Dag Zubaida!")
    s.stuurt(moeder, "erbij.na", "Koffie")
    moeder.tikt("😀")
    moeder.zegt("Zubaida vond het geheim")
    noor.zegt("menu")
    noor.tikt("Wie is er?")
    noor.tikt("Koffie")
    noor.tikt("Zubaida")
    noor.tikt("Klaar")


def test_wis_alles(s: Speler) -> None:
    _vol_leven(s)
    zubaida = s.persoon("Zubaida")
    assert s.waar_staat("Zubaida")
    zubaida.zegt("STOP")
    zubaida.tikt("Wis alles")
    zubaida.tikt("Ja, wis alles")
    assert zubaida.laatste.tekst.startswith("🗑️ Gewist.")
    assert s.waar_staat("Zubaida") == s.waar_staat("geheim") == []
    assert s.ouders() == s.rijen(sa.select(gezin)) == s.rijen(sa.select(vraag)) == []
    over = s.rijen(sa.select(uitnodiging))
    assert [(u.ouder_id, u.rol) for u in over] == [(None, "moeder")], "het aantal blijft"
    chat = [g for g in s.rijen(sa.select(gesprek)) if g.adres == zubaida.sleutel.adres]
    assert [(g.ouder_id, g.flow, g.antwoorden, g.vorige) for g in chat] == [(None, "", "{}", "")]
    assert opgeruimd(s, s.nu + timedelta(days=2))["gesprekken zonder toestemming"] == 1


def test_wis_alles_ook_uit_de_browserchat_van_een_collega(s: Speler) -> None:
    _vol_leven(s, "web")
    zubaida = s.persoon("Zubaida")
    zubaida.zegt("STOP")
    zubaida.tikt("Wis alles")
    zubaida.tikt("Ja, wis alles")
    assert s.waar_staat("Zubaida") == s.waar_staat("geheim") == []


def test_van_een_gezin_blijft_wie_er_nog_is(s: Speler) -> None:
    amal, _karim = s.ouder("Amal", code="gezinscode"), s.ouder("Karim", Rol.VADER, code="gezinscode")
    amal.zegt("stop")
    amal.tikt("Wis alles")
    amal.tikt("Ja, wis alles")
    assert [o.naam for o in s.ouders()] == ["Karim"]
    assert len(s.rijen(sa.select(gezin))) == 1
    assert s.waar_staat("Amal") == []


def test_wie_gewist_is_houdt_geen_plek_bezet(s: Speler) -> None:
    amal, karim = s.ouder("Amal"), s.ouder("Karim", Rol.VADER)
    s.activiteit("Koken", "dinsdag 8 december 2026 09:30", capaciteit=1)
    amal.tikt("Ik kom")
    amal.zegt("stop")
    amal.tikt("Wis alles")
    amal.tikt("Ja, wis alles")
    karim.tikt("Ik kom")
    assert "vol" not in karim.laatste.tekst


def test_namen_na_het_schooljaar() -> None:
    assert opruimen.grens_schooljaar(date(2026, 10, 31)) == date(2025, 8, 1)
    assert opruimen.grens_schooljaar(date(2026, 11, 1)) == date(2026, 8, 1)


def test_een_antwoord_van_vorig_schooljaar_verliest_zijn_naam(s: Speler) -> None:
    s.ouder("Amal")
    s.activiteit("Koffie", "dinsdag 8 december 2026 09:30")
    assert "namen bij antwoorden van een vorig schooljaar" not in opgeruimd(s, datetime(2027, 10, 31, tzinfo=UTC))
    assert opgeruimd(s, datetime(2027, 11, 1, tzinfo=UTC))["namen bij antwoorden van een vorig schooljaar"] == 1
    assert [u.ouder_id for u in s.rijen(sa.select(uitnodiging))] == [None]
    assert [o.naam for o in s.ouders()] == ["Amal"]

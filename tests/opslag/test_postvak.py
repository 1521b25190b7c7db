"""The two boxes: what comes in once, what goes out in order, and who may send."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from dialogen.basis import Bericht, Rol, Tekst
from opslag import gesprekken, postvak
from opslag.berichten import lees_bericht
from opslag.database import Database, Sessie
from opslag.gesprekken import Sleutel
from opslag.tabellen import gesprek, locatie, ouder, postvak_in, postvak_uit, verzender
from tests.speler import Speler

NU = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
K = "telegram"


def sleutel(adres: str) -> Sleutel:
    return Sleutel(K, "1", adres)


def binnen(extern_id: str, adres: str = "a", **anders: Any) -> dict[str, Any]:
    rij = {"kanaal": K, "account": "1", "extern_id": extern_id, "adres": adres, "inhoud": "[]", "status": "open"}
    return {**rij, "ontvangen": NU, **anders}


def chats(sessie: Sessie, aantal: int) -> list[int]:
    """So many chats; their numbers."""
    rijen = [{"kanaal": K, "account": "1", "adres": f"{i}", "gewijzigd": NU} for i in range(aantal)]
    sessie.execute(gesprek.insert(), rijen)
    return list(sessie.scalars(sa.select(gesprek.c.id).order_by(gesprek.c.id)))


def stuur(sessie: Sessie, nummer: int, tekst: str = "hallo", prioriteit: int = 0, **anders: Any) -> None:
    """One message in the outbox of this chat."""
    bericht = Bericht((Tekst.letterlijk(tekst),))
    postvak.leg_klaar(sessie, nummer, sleutel(f"{nummer}"), bericht, "nl", NU, prioriteit=prioriteit, **anders)


def claim(sessie: Sessie, meest: int = 100, nu: datetime = NU) -> list[str]:
    """What the claimed messages say."""
    return [_zegt(uit.inhoud) for uit in postvak.claim(sessie, K, "1", meest, nu)]


def _zegt(inhoud: str) -> str:
    return str(lees_bericht(inhoud).teksten[0].gegevens["tekst"])


def verstuur(sessie: Sessie, nummers: Sequence[int] = ()) -> None:
    """Mark these as sent (or all that are claimed)."""
    bezig = sessie.scalars(sa.select(postvak_uit.c.id).where(postvak_uit.c.status == "bezig")).all()
    postvak.verzonden(sessie, [(n, f"m{n}", None) for n in nummers or bezig], NU)


def status(sessie: Sessie) -> dict[str, int]:
    """How many rows of the outbox are in what state."""
    vraag = sa.select(postvak_uit.c.status, sa.func.count()).group_by(postvak_uit.c.status)
    return {naam: aantal for naam, aantal in sessie.execute(vraag)}  # noqa: C416 - rows are no pairs to mypy


# In


def test_dubbel_binnen_is_een_keer(db: Database) -> None:
    with db.transactie() as sessie:
        postvak.neem_aan(sessie, [binnen("1"), binnen("2"), binnen("1")])
        postvak.neem_aan(sessie, [binnen("2", inhoud="anders"), binnen("3")])
        postvak.neem_aan(sessie, [binnen("1", account="2")])
    with db.transactie() as sessie:
        assert sessie.scalar(sa.select(sa.func.count()).select_from(postvak_in)) == 4
        assert set(sessie.scalars(sa.select(postvak_in.c.inhoud))) == {"[]"}


def test_de_oudste_eerst_en_per_chat(db: Database) -> None:
    with db.transactie() as sessie:
        postvak.neem_aan(sessie, [binnen("1", "a", inhoud="een"), binnen("2", "b"), binnen("3", "a", inhoud="twee")])
        assert postvak.wachtenden(sessie) == [sleutel("a"), sleutel("b")]
        eerste = postvak.volgende(sessie, sleutel("a"))
        assert eerste is not None
        assert eerste.inhoud == "een"
        postvak.klaar(sessie, eerste.nummer)
        tweede = postvak.volgende(sessie, sleutel("a"))
        assert tweede is not None
        assert tweede.inhoud == "twee"
        assert postvak.volgende(sessie, sleutel("c")) is None
        ruw = sessie.execute(sa.select(postvak_in).where(postvak_in.c.id == eerste.nummer)).one()
        assert (ruw.status, ruw.inhoud) == ("klaar", None), "de inhoud is weg zodra het klaar is"


def test_drie_keer_mislukt_en_de_volgende_is_aan_de_beurt(db: Database) -> None:
    with db.transactie() as sessie:
        postvak.neem_aan(sessie, [binnen("1", inhoud="gif"), binnen("2", inhoud="goed")])
        for verwacht in (False, False, True):
            rij = postvak.volgende(sessie, sleutel("a"))
            assert rij is not None
            assert rij.inhoud == "gif"
            assert postvak.mislukt(sessie, rij.nummer, "ValueError") is verwacht
        rij = postvak.volgende(sessie, sleutel("a"))
        assert rij is not None
        assert rij.inhoud == "goed"
        assert postvak.wachtenden(sessie) == [sleutel("a")]


# Out


def test_antwoorden_voor_uitzendingen(db: Database) -> None:
    with db.transactie() as sessie:
        een, twee, drie, vier = chats(sessie, 4)
        stuur(sessie, een, "uitzending", postvak.UITZENDING)
        stuur(sessie, twee, "aanbod", postvak.AANBOD)
        stuur(sessie, drie, "aan het team", postvak.AAN_TEAM)
        stuur(sessie, vier, "antwoord")
        assert claim(sessie, 2) == ["antwoord", "aan het team"]
        assert claim(sessie) == ["aanbod", "uitzending"]
        assert claim(sessie) == []


def test_van_een_chat_een_tegelijk_en_op_volgorde(db: Database) -> None:
    with db.transactie() as sessie:
        een, twee = chats(sessie, 2)
        for tekst in ("1", "2", "3"):
            stuur(sessie, een, tekst)
        stuur(sessie, twee, "ander")
        assert claim(sessie) == ["1", "ander"]
        assert claim(sessie) == [], "de eerste is nog onderweg"
        verstuur(sessie)
        assert claim(sessie) == ["2"]
        verstuur(sessie)
        assert claim(sessie) == ["3"]


def test_een_antwoord_gaat_voor_een_uitzending_die_eerder_lag(db: Database) -> None:
    with db.transactie() as sessie:
        (een,) = chats(sessie, 1)
        stuur(sessie, een, "uitzending", postvak.UITZENDING)
        stuur(sessie, een, "antwoord")
        assert claim(sessie, 1) == ["antwoord"]


def test_alleen_het_eigen_account(db: Database) -> None:
    with db.transactie() as sessie:
        (een,) = chats(sessie, 1)
        stuur(sessie, een)
        assert postvak.claim(sessie, K, "2", 10, NU) == []
        assert postvak.claim(sessie, "web", "1", 10, NU) == []


def test_later_wordt_wakker(db: Database) -> None:
    with db.transactie() as sessie:
        (een,) = chats(sessie, 1)
        stuur(sessie, een)
        (uit,) = postvak.claim(sessie, K, "1", 10, NU)
        postvak.later(sessie, [(uit.nummer, NU + timedelta(minutes=5), 1, "even niet")])
        assert postvak.maak_wakker(sessie, NU + timedelta(minutes=5) - timedelta(microseconds=1)) == 0
        assert claim(sessie) == []
        assert postvak.maak_wakker(sessie, NU + timedelta(minutes=5)) == 1
        (uit,) = postvak.claim(sessie, K, "1", 10, NU)
        assert uit.pogingen == 1


def test_wie_een_ander_wekt_laat_met_rust_wat_al_onderweg_is(db: Database) -> None:
    """Every account wakes what is due; a row that another has claimed meanwhile would be sent twice."""
    straks = NU + timedelta(minutes=5)
    with db.transactie() as sessie:
        (een,) = chats(sessie, 1)
        stuur(sessie, een)
        (uit,) = postvak.claim(sessie, K, "1", 10, NU)
        postvak.later(sessie, [(uit.nummer, straks, 1, "even niet")])

    def wek() -> None:
        with db.transactie() as sessie:
            assert postvak.maak_wakker(sessie, straks) == 0

    ander = threading.Thread(target=wek)
    with db.transactie() as sessie:
        assert postvak.maak_wakker(sessie, straks) == 1
        assert len(postvak.claim(sessie, K, "1", 10, straks)) == 1
        ander.start()
        ander.join(0.5)  # where it must wait for us, it has looked by now
    ander.join()
    with db.transactie() as sessie:
        assert status(sessie) == {"bezig": 1}


def test_alleen_wat_in_handen_is_gaat_terug_of_wacht(db: Database) -> None:
    """Who was away for a while has old news: what another sent meanwhile stays sent."""
    with db.transactie() as sessie:
        (een,) = chats(sessie, 1)
        stuur(sessie, een)
        (uit,) = postvak.claim(sessie, K, "1", 10, NU)
        verstuur(sessie)
        postvak.leg_terug(sessie, [uit.nummer])
        postvak.later(sessie, [(uit.nummer, NU, 1, "even niet")])
        assert status(sessie) == {"verzonden": 1}


def test_een_later_bericht_houdt_de_rest_niet_op(db: Database) -> None:
    with db.transactie() as sessie:
        (een,) = chats(sessie, 1)
        stuur(sessie, een, "pauze", postvak.UITZENDING)
        (uit,) = postvak.claim(sessie, K, "1", 10, NU)
        postvak.later(sessie, [(uit.nummer, NU + timedelta(days=28), 0, "pauze")])
        stuur(sessie, een, "volgende", postvak.UITZENDING)
        assert claim(sessie) == ["volgende"]


@pytest.mark.parametrize("kanaal", [K, "web"])
def test_wat_verzonden_is_wordt_geleegd(db: Database, kanaal: str) -> None:
    """But for the browser chat, which shows it again."""
    with db.transactie() as sessie:
        g = gesprekken.neem(sessie, Sleutel(kanaal, "1", "x"), NU)
        postvak.leg_klaar(sessie, g.nummer, g.sleutel, Bericht((Tekst.letterlijk("geheim"),)), "nl", NU)
        (uit,) = postvak.claim(sessie, kanaal, "1", 10, NU)
        postvak.verzonden(sessie, [(uit.nummer, "9" * 50, None)], NU)
        rij = sessie.execute(sa.select(postvak_uit)).one()
        assert rij.status == "verzonden"
        assert rij.extern_id == "9" * 40
        assert rij.verzonden == NU
        assert (rij.inhoud is None) is (kanaal == K)
        assert len(postvak.geschiedenis(sessie, "x", 0)) == (kanaal == "web")


def test_nooit_meer(db: Database) -> None:
    with db.transactie() as sessie:
        een, twee = chats(sessie, 2)
        stuur(sessie, een, "geweigerd")
        (uit,) = postvak.claim(sessie, K, "1", 10, NU)
        postvak.af(sessie, [uit.nummer], "geweigerd", "x" * 500)
        stuur(sessie, twee, "eerste")
        stuur(sessie, twee, "tweede")
        (uit,) = postvak.claim(sessie, K, "1", 10, NU)
        postvak.onbereikbaar(sessie, twee, uit.nummer, "blocked", NU)
        assert status(sessie) == {"geweigerd": 1, "vervallen": 2}
        assert set(sessie.scalars(sa.select(postvak_uit.c.inhoud))) == {None}
        assert sessie.scalar(sa.select(gesprek.c.onbereikbaar).where(gesprek.c.id == twee)) == NU


def test_drie_draden_krijgen_elk_iets_anders(db: Database) -> None:
    """A thousand rows, three who claim: every row goes to exactly one of them."""
    with db.transactie() as sessie:
        nummers = chats(sessie, 1000)
        inhoud = '{"t": [["="]]}'
        rijen = [postvak.uit_rij(n, sleutel(f"{n}"), inhoud, "nl", NU, postvak.UITZENDING) for n in nummers]
        sessie.execute(postvak_uit.insert(), rijen)
    gekregen: list[list[int]] = [[], [], []]

    def neem(wie: int) -> None:
        while True:
            with db.transactie() as sessie:
                stapel = [uit.nummer for uit in postvak.claim(sessie, K, "1", 40, NU)]
            if not stapel:
                return
            gekregen[wie] += stapel

    draden = [threading.Thread(target=neem, args=(wie,)) for wie in range(3)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    alle = [n for stapel in gekregen for n in stapel]
    assert len(alle) == len(set(alle)) == 1000


def test_wat_bij_het_verzenden_beslist(db: Database) -> None:
    """A claimed broadcast carries stop, pause, quiet hours and the week's count of this very moment."""
    s = Speler(db)
    amal = s.ouder("Amal", Rol.MOEDER)
    for dag in ("vrijdag 11", "zaterdag 12"):
        s.activiteit(f"Koffie {dag}", f"{dag} december 2026 10:00")
    with db.transactie() as sessie:
        g = gesprekken.kijk(sessie, amal.sleutel)
        assert g is not None
        bericht = Bericht((Tekst.letterlijk("x"),))
        postvak.leg_klaar(
            sessie, g.nummer, g.sleutel, bericht, "nl", s.nu, prioriteit=postvak.UITZENDING, ouder_id=g.ouder_id
        )
        sessie.execute(ouder.update().values(gestopt_op=s.nu, pauze_tot=s.nu))
        (uit,) = postvak.claim(sessie, amal.sleutel.kanaal, amal.sleutel.account, 10, s.nu)
    assert (uit.gestopt, uit.pauze_tot, uit.onbereikbaar) == (True, s.nu, False)
    assert uit.stil == ("20:00", "08:00", "Europe/Amsterdam")
    assert (uit.deze_week, uit.weekmaximum) == (2, 3)


# The lease


def test_een_verzender_tegelijk(db: Database) -> None:
    tot = NU + timedelta(seconds=10)
    with db.transactie() as sessie:
        assert postvak.houder(sessie, K, "1") is None
        assert postvak.neem_account(sessie, K, "1", "een", NU, tot) is True
        assert postvak.neem_account(sessie, K, "1", "een", NU, tot) is None
        assert postvak.neem_account(sessie, K, "1", "twee", NU, tot) is False
        assert postvak.neem_account(sessie, K, "2", "twee", NU, tot) is True
        assert postvak.houder(sessie, K, "1") == "een"


def test_een_verlopen_recht_wordt_overgenomen(db: Database) -> None:
    """What was in flight may have arrived: it is marked uncertain and waits again."""
    tot = NU + timedelta(seconds=10)
    with db.transactie() as sessie:
        een, twee = chats(sessie, 2)
        stuur(sessie, een, "onderweg")
        postvak.neem_account(sessie, K, "1", "een", NU, tot)
        assert claim(sessie) == ["onderweg"]
        stuur(sessie, twee, "nog niet")
        assert postvak.neem_account(sessie, K, "1", "twee", tot - timedelta(microseconds=1), tot) is False
        assert postvak.neem_account(sessie, K, "1", "twee", tot, tot + timedelta(seconds=10)) is True
        rijen = sessie.execute(sa.select(postvak_uit.c.status, postvak_uit.c.onzeker).order_by(postvak_uit.c.id)).all()
        assert [tuple(r) for r in rijen] == [("wacht", True), ("wacht", False)]
        assert claim(sessie) == ["onderweg", "nog niet"]


def test_netjes_teruggeven(db: Database) -> None:
    tot = NU + timedelta(seconds=10)
    with db.transactie() as sessie:
        (een,) = chats(sessie, 1)
        stuur(sessie, een)
        postvak.neem_account(sessie, K, "1", "een", NU, tot)
        claim(sessie)
        postvak.laat_los(sessie, K, "1", "een ander")
        assert status(sessie) == {"bezig": 1}
        postvak.laat_los(sessie, K, "1", "een")
        assert status(sessie) == {"wacht": 1}
        assert sessie.scalar(sa.select(sa.func.count()).select_from(verzender)) == 0
        assert not sessie.scalar(sa.select(postvak_uit.c.onzeker))


def test_van_wie_er_niet_meer_is(db: Database) -> None:
    with db.transactie() as sessie:
        postvak.neem_account(sessie, K, "1", "weg", NU, NU + timedelta(hours=1))
        postvak.onteigen(sessie, K, "1", "een ander")
        assert postvak.neem_account(sessie, K, "1", "nieuw", NU, NU + timedelta(seconds=10)) is False
        postvak.onteigen(sessie, K, "1", "weg")
        assert postvak.neem_account(sessie, K, "1", "nieuw", NU, NU + timedelta(seconds=10)) is True


def test_twee_nemen_tegelijk_hetzelfde_account(db: Database) -> None:
    """Only one of many gets it, also when there is no row yet."""
    gelukt: list[bool | None] = []
    klaar = threading.Barrier(4)

    def neem(wie: str) -> None:
        klaar.wait()
        with db.transactie() as sessie:
            gelukt.append(postvak.neem_account(sessie, K, "1", wie, NU, NU + timedelta(seconds=10)))

    draden = [threading.Thread(target=neem, args=(f"p{i}",)) for i in range(4)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert sorted(map(str, gelukt)) == ["False", "False", "False", "True"]


# In whose time


def test_de_tijden_staan_in_de_zone_van_de_eigen_locatie(db: Database) -> None:
    """Also for a colleague, and in the history of the browser chat; who belongs nowhere yet reads Dutch time."""
    s = Speler(db, "dinsdag 1 december 2026 15:00")
    with db.transactie() as sessie:
        sessie.execute(locatie.update().where(locatie.c.id == s.locatie).values(tijdzone="America/Curacao"))
    karim, noor, bea = s.ouder("Karim", Rol.VADER), s.collega("Noor"), s.collega("Bea", code="elders")
    s.activiteit("Koffie", "dinsdag 8 december 2026 14:30")
    assert "🕘 09:30" in karim.laatste.tekst
    with db.transactie() as sessie:
        for wie in (karim, noor, bea, s.persoon("Nieuw")):
            chat = gesprekken.neem(sessie, wie.sleutel, NU)
            postvak.leg_klaar(sessie, chat.nummer, wie.sleutel, Bericht(()), "nl", NU)
        zones = {uit.adres: uit.tijdzone for uit in postvak.claim(sessie, "speler", "speler", 10, NU)}
    assert list(zones.values()) == ["America/Curacao"] * 2 + ["Europe/Amsterdam"] * 2
    with db.transactie() as sessie:
        sessie.execute(gesprek.update().where(gesprek.c.adres == karim.sleutel.adres).values(kanaal="web"))
        sessie.execute(postvak_uit.update().values(status="verzonden"))
        (rij,) = postvak.geschiedenis(sessie, karim.sleutel.adres, 0)
    assert rij.tijdzone == "America/Curacao"

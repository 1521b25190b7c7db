"""What must work from anywhere, on the real engine: STOP, nonsense, whoever does whatever, and several at once."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable

import pytest
import sqlalchemy as sa

from bot.verwerken import verwerk
from dialogen.basis import Invoer, Rol, Soort, Stand
from dialogen.flows import FLOWS
from dialogen.stappen import Kies, Vraag
from opslag import cijfers, gesprekken
from opslag.database import Database
from opslag.tabellen import (
    aanmelding,
    aanmelding_huidig,
    afmeldreden,
    gesprek,
    ouder,
    postvak_in,
    presentie,
    vraag,
)
from tests.dialogen.test_begrijpen import STOP
from tests.speler import Persoon, Speler

DAG = "dinsdag 8 december 2026 09:30"


@pytest.fixture
def s(db: Database) -> Speler:
    return Speler(db)


def zet_stand(wie: Persoon, stand: Stand) -> None:
    """Put somebody in the middle of a conversation."""
    with wie.speler.db.transactie() as sessie:
        g = gesprekken.kijk(sessie, wie.sleutel)
        assert g is not None
        gesprekken.bewaar(sessie, g.nummer, stand, "", wie.speler.nu)


def test_stop_midden_in_elk_gesprek(s: Speler) -> None:
    """Every step at which one can stand, with every spelling in turn; and it can always be turned back."""
    amal = s.ouder("Amal")
    s.activiteit("Koffie", DAG)
    over = {"over": f"{s.uitnodiging(amal, 'Koffie')}"}
    stappen = [(f.id, x.id) for f in FLOWS.values() for x in f.stappen if isinstance(x, Kies | Vraag)]
    for i, (flow, stap) in enumerate(stappen):
        zet_stand(amal, Stand(flow, stap, over))
        amal.zegt(STOP[i % len(STOP)])
        assert amal.laatste.labels == ["🗑️ Wis alles", "⏸️ Even pauze", "📄 Mijn gegevens"], (flow, stap)
        assert s.ouders()[0].gestopt_op is not None
        amal.zegt("menu")
        amal.tikt("Weer berichten")
        assert s.ouders()[0].gestopt_op is None


def test_willekeurige_knoppen(s: Speler) -> None:
    """Any data a channel lets through: never an error, always a kind word, nothing written."""
    amal, noor, vreemd = s.ouder("Amal"), s.collega("Noor"), s.persoon("Vreemd")
    s.activiteit("Koffie", DAG)
    toeval = random.Random(5)
    tekens = "abc.:-0189🙂éن\u2028'\";%_{}\\/ " + "".join(FLOWS)
    for _ in range(25):
        data = "".join(toeval.choices(tekens, k=toeval.randrange(1, 30))).encode()[:64].decode("utf-8", "ignore")
        for wie in (amal, noor, vreemd):
            assert wie.drukt(data) or wie.stand is not None, data
    for stap in ("uitnodiging.kom", "afmelden.groep", "erbij.na", "presentie.lijst", "stoppen.keuze", "menu.menu"):
        for rest in (":", ":ja", ":-ja:1", ":ja:999999", ":ja:9223372036854775807", ":" + "x" * 30):
            for wie in (amal, noor, vreemd):
                assert wie.drukt(stap + rest), stap + rest
    assert s.rijen(sa.select(aanmelding)) == s.rijen(sa.select(presentie)) == s.rijen(sa.select(afmeldreden)) == []
    assert len(s.ouders()) == 1


WOORDEN = [
    "ja",
    "nee",
    "misschien",
    "1",
    "2",
    "ok",
    "menu",
    "help",
    "een mens",
    "taal",
    "dank je",
    "Mag mijn zus mee?",
    "😀",
]


@pytest.mark.parametrize("zaad", [1, 2])
def test_een_drukke_middag(s: Speler, zaad: int) -> None:
    """Three people do anything at all for an afternoon. Nobody is left without an answer and nothing contradicts."""
    noor = s.collega("Noor")
    mensen = [s.ouder("Amal"), s.ouder("Karim", Rol.VADER, taal="tr"), noor]
    s.activiteit("Koffie", DAG, capaciteit=2)
    s.activiteit("Inloop", "dinsdag 1 december 2026 09:20", "de klas")
    toeval = random.Random(zaad)
    for _ in range(70):
        wie = toeval.choice(mensen)
        gehoord = _iets(wie, toeval)()
        assert gehoord or wie.scherm, wie.naam
    assert {rij.status for rij in s.rijen(sa.select(postvak_in))} == {"klaar"}
    assert sum(a.aantal for a in s.rijen(sa.select(aanmelding_huidig)) if a.antwoord == "ja") <= 2 + 6
    with s.db.transactie() as sessie:
        assert list(cijfers.verschillen(sessie)) == []
    namen = {o.naam for o in s.ouders()}
    assert namen <= {"Amal", "Karim"}
    assert all(v.ouder_id in {o.id for o in s.ouders()} for v in s.rijen(sa.select(vraag)))


def _iets(wie: Persoon, toeval: random.Random) -> Callable[[], object]:
    knoppen = [(data, b.nummer) for b in wie.scherm[-6:] for _, data in b.knoppen]
    if knoppen and toeval.random() < 0.7:
        data, onder = toeval.choice(knoppen)
        return lambda: wie.speler.doe(wie, Invoer(Soort.KNOP, data, "", onder))
    if toeval.random() < 0.2:
        return lambda: wie.doet(toeval.choice([Soort.SPRAAK, Soort.ANDERS, Soort.GEWIJZIGD]), "id")
    return lambda: wie.zegt(toeval.choice(WOORDEN))


# At the same time


def samen(s: Speler, *daden: tuple[Persoon, Invoer]) -> None:
    """These turns at once, each in a thread of its own."""
    for wie, invoer in daden:
        s.neem_aan(wie, invoer)
    klaar = threading.Barrier(len(daden))

    def beurt(wie: Persoon) -> None:
        klaar.wait(10)
        with s.db.transactie() as sessie:
            verwerk(sessie, wie.sleutel, s.nu)

    draden = [threading.Thread(target=beurt, args=(wie,)) for wie, _ in daden]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    s.bezorg()


def test_de_laatste_plek_heeft_een_nemer(s: Speler) -> None:
    mensen = [s.ouder(f"Ouder {i}") for i in range(4)]
    s.activiteit("Koken", DAG, capaciteit=1)
    samen(s, *((p, Invoer(Soort.KNOP, f"uitnodiging.kom:ja:{s.uitnodiging(p, 'Koken')}")) for p in mensen))
    assert [a.antwoord for a in s.rijen(sa.select(aanmelding))] == ["ja"]
    assert sorted("vol" in p.laatste.tekst for p in mensen) == [False, True, True, True]


def test_de_laatste_plek_heeft_een_nemer_ook_getypt(s: Speler) -> None:
    mensen = [s.ouder(f"Ouder {i}") for i in range(4)]
    s.activiteit("Koken", DAG, capaciteit=1)
    samen(s, *((p, Invoer(Soort.TEKST, "ja")) for p in mensen))
    assert [a.antwoord for a in s.rijen(sa.select(aanmelding))] == ["ja"]


def test_twee_collegas_antwoorden_tegelijk(s: Speler) -> None:
    amal, noor, sam = s.ouder("Amal"), s.collega("Noor"), s.collega("Sam")
    amal.zegt("Mag mijn zus mee?")
    for collega in (noor, sam):
        collega.tikt("Antwoord")
    samen(s, (noor, Invoer(Soort.TEKST, "Ja van Noor")), (sam, Invoer(Soort.TEKST, "Ja van Sam")))
    antwoorden = [b.tekst for b in amal.scherm if "Ja van" in b.tekst]
    assert len(antwoorden) == 1, "de ouder hoort het één keer"
    assert [v.beantwoord is not None for v in s.rijen(sa.select(vraag))] == [True]


def test_een_eerste_bericht_van_iemand_die_twee_keer_begint(s: Speler) -> None:
    """Two updates of a chat that is not there yet: one chat, both handled, in order."""
    moeder = s.persoon("Moeder")
    start = Invoer(Soort.START, s.code("oudercode"))
    samen(s, (moeder, start), (moeder, Invoer(Soort.TEKST, "nederlands")))
    assert len(s.rijen(sa.select(gesprek))) == 1
    assert {rij.status for rij in s.rijen(sa.select(postvak_in))} == {"klaar"}
    assert moeder.laatste.tekst == "Lezen of luisteren?"
    assert s.rijen(sa.select(ouder)) == []


def test_een_antwoord_komt_nooit_bij_een_ander(s: Speler) -> None:
    """Who asked has erased herself, and somebody else asks: a number is never given out again."""
    noor, amal, ewa = s.collega("Noor"), s.ouder("Amal"), s.ouder("Ewa")
    amal.zegt("Kunt u mij bellen over mijn kind?")
    noor.tikt("Antwoord")
    amal.zegt("stop")
    amal.tikt("Wis alles")
    amal.tikt("Ja, wis alles")
    ewa.zegt("Hoe laat begint het?")
    gezegd = noor.zegt("Ik bel je vanmiddag over je kind.")
    assert [g.aan.naam for g in gezegd] == ["Noor"]
    assert "al beantwoord" in noor.laatste.tekst


# More than one hat


def test_stop_van_een_ouder_die_ook_collega_is(s: Speler) -> None:
    hanna = s.ouder("Hanna")
    hanna.opent("teamcode")
    hanna.zegt("STOP")
    assert s.ouders()[0].gestopt_op is not None


def test_een_tweede_kind_in_een_andere_groep(s: Speler) -> None:
    amal = s.ouder("Amal")
    amal.opent("oudercode Rupsen")
    s.activiteit("Koffie van de Rupsen", DAG, groep="Rupsen")
    assert "Koffie van de Rupsen" in amal.laatste.tekst


def test_een_collega_van_twee_locaties(s: Speler) -> None:
    bea = s.collega("Bea", code="elders")
    bea.opent("teamcode")
    s.ouder("Amal").zegt("Mag mijn zus mee?")
    assert "Mag mijn zus mee?" in bea.laatste.tekst


def test_een_collega_die_ook_ouder_wordt(s: Speler) -> None:
    noor = s.collega("Noor")
    noor.opent("oudercode")
    for label in ("Nederlands", "Lezen", "Ja, goed", "Moeder", "Klaar"):
        noor.tikt(label)
    noor.tikt("Nee")
    assert [o.rol for o in s.ouders()] == ["moeder"]


def test_een_lange_bestandsnaam_van_spraak(s: Speler) -> None:
    """As long as the channel lets through: 256 characters."""
    amal = s.ouder("Amal")
    s.activiteit("Koffie", DAG)
    lang = "A" * 256
    amal.spreekt(lang)
    amal.tikt("Ik kan niet")
    amal.spreekt(lang)
    s.stuurt(amal, "erbij.na", "Koffie")
    amal.tikt("😀")
    amal.spreekt(lang)
    assert len(s.waar_staat(lang)) == 3


def test_een_oude_knop_geeft_geen_plek_die_er_niet_is(s: Speler) -> None:
    anna, bert = s.ouder("Anna"), s.ouder("Bert", Rol.VADER)
    s.activiteit("Koken", DAG, capaciteit=2)
    for label in ("Ik kom", "2"):
        anna.tikt(label)
    s.stuurt(anna, "uitnodiging.herinnering", "Koken")
    anna.tikt("Ik kan niet")
    for label in ("Ik kom", "2"):
        bert.tikt(label)
    anna.doet(Soort.KNOP, f"uitnodiging.aantal:1:{s.uitnodiging(anna, 'Koken')}")
    assert "vol" in anna.laatste.tekst


def test_wie_wist_geeft_de_plek_door_aan_wie_wacht(s: Speler) -> None:
    anna, bert = s.ouder("Anna"), s.ouder("Bert", Rol.VADER)
    s.activiteit("Koken", DAG, capaciteit=1)
    anna.tikt("Ik kom")
    bert.tikt("Ik kom")
    bert.tikt("Ja")
    anna.zegt("stop")
    anna.tikt("Wis alles")
    anna.tikt("Ja, wis alles")
    assert "plek vrij" in bert.laatste.tekst


def test_na_de_toestemming_is_de_startcode_vergeten(s: Speler) -> None:
    karim = s.persoon("Karim")
    karim.opent("oudercode")
    for label in ("Nederlands", "Lezen", "Ja, goed"):
        karim.tikt(label)
    assert all("code" not in g.antwoorden for g in s.rijen(sa.select(gesprek)))

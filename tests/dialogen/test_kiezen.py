"""Which conversation: STOP, the menu and a person in the middle of anything; buttons whenever they are pressed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from dialogen import openstaand
from dialogen.basis import DUBBEL, Antwoord, Invoer, Soort, Stand, Startcode, Uitkomst, Uitnodiging, Wereld, Wie
from dialogen.effecten import Aanmelden, Uitschrijven, VraagStellen, Wissen
from dialogen.flows import FLOWS
from dialogen.kiezen import antwoord
from dialogen.stappen import Kies, Vraag
from dialogen.tik import Tik, lees_tik, onderwerp
from tests.dialogen.test_begrijpen import STOP
from tests.dialogen.werelden import NU, knop, medewerker, onbekend, ouder, sleutels, tekst, uitnodiging

KOM = Stand("uitnodiging", "kom", {"over": "7"})


def _wachtend() -> Iterator[Stand]:
    """Every step at which somebody has to answer."""
    for flow in FLOWS.values():
        for stap in flow.stappen:
            if isinstance(stap, Kies | Vraag):
                yield Stand(flow.id, stap.id, {"over": "7"})


WACHTEND = list(_wachtend())


@pytest.mark.parametrize("stand", WACHTEND, ids=lambda s: f"{s.flow}.{s.stap}")
def test_stop_werkt_overal(stand: Stand) -> None:
    for woord in STOP:
        uit = antwoord(stand, tekst(woord), ouder(uitnodiging()))
        assert uit.effecten == (Uitschrijven(),), woord
        assert sleutels(uit.berichten) == ["stoppen.keuze"]
        assert uit.stand == Stand("stoppen", "keuze")


@pytest.mark.parametrize("stand", [None, *WACHTEND], ids=lambda s: f"{s.flow}.{s.stap}" if s else "rust")
def test_menu_help_taal_en_een_mens_werken_overal(stand: Stand | None) -> None:
    wereld = ouder(uitnodiging())
    assert sleutels(antwoord(stand, tekst("/menu"), wereld).berichten) == ["menu.menu"]
    assert sleutels(antwoord(stand, tekst("HELP"), wereld).berichten) == ["menu.help", "menu.menu"]
    assert sleutels(antwoord(stand, tekst("taal"), wereld).berichten) == ["instellingen.taal"]
    mens = antwoord(stand, tekst("een mens"), wereld)
    assert mens.effecten == (VraagStellen(mens=True),)


@pytest.mark.parametrize("stand", [None, *(s for s in WACHTEND if s.flow in {"kennismaken", "team"})])
def test_stop_zonder_toestemming_bewaart_niets(stand: Stand | None) -> None:
    uit = antwoord(stand, tekst("stop"), onbekend())
    assert uit.effecten == (Wissen(),)
    assert uit.stand is None


def test_stop_van_een_collega_stopt_niets() -> None:
    uit = antwoord(None, tekst("stop"), medewerker())
    assert uit.effecten == ()
    assert sleutels(uit.berichten) == ["stoppen.team"]


# Buttons


@pytest.mark.parametrize(
    ("data", "tik"),
    [
        ("uitnodiging.kom:ja:7", Tik("uitnodiging", "kom", "ja", 7)),
        ("menu.menu:hier", Tik("menu", "menu", "hier")),
        ("a.b:-c:9223372036854775807", Tik("a", "b", "-c", 2**63 - 1)),
        ("a.b:c:9223372036854775808", None), ("a.b:c:99999999999999999999", None), ("a.b:c:-1", None),
        ("a.b:c:٣", None), ("a.b:c:", Tik("a", "b", "c")), ("a.b:c:0", None), ("a.b:c:1:2", None), ("a.b", None),
        ("a:b", None), (".b:c", None), ("a.:c", None), ("a.b:", None), ("", None), (":::", None), ("a.b:c:x", None),
    ],
)  # fmt: skip
def test_lees_tik(data: str, tik: Tik | None) -> None:
    assert lees_tik(data) == tik


def test_onderwerp() -> None:
    assert onderwerp(KOM, tekst("ja")) == 7
    assert onderwerp(KOM, knop("uitnodiging.kom:ja:8")) == 8
    assert onderwerp(KOM, knop("x")) == 7
    assert onderwerp(None, tekst("ja")) == 0


@pytest.mark.parametrize("stand", [None, *WACHTEND], ids=lambda s: f"{s.flow}.{s.stap}" if s else "rust")
def test_de_uitnodiging_werkt_vanuit_elk_gesprek(stand: Stand | None) -> None:
    uit = antwoord(stand, knop("uitnodiging.kom:ja:7"), ouder(uitnodiging(), uitnodiging(8)))
    assert uit.effecten == (Aanmelden(7, 1),)
    assert uit.stand is not None
    assert (uit.stand.flow, uit.stand.stap, uit.stand.over) == ("uitnodiging", "aantal", 7)


def test_andermans_uitnodiging() -> None:
    stand = Stand("menu", "menu")
    for data in ("uitnodiging.kom:ja:9", "afmelden.anders:WELKOM:9", "erbij.binnen:hier:9", "erbij.na:blij:9"):
        uit = antwoord(stand, knop(data), ouder(uitnodiging()))
        assert uit.effecten == ()
        assert sleutels(uit.berichten) == ["uitnodiging.onbekend"]
        assert uit.stand == stand, "het gesprek dat liep, loopt door"


@pytest.mark.parametrize("na", [timedelta(0), timedelta(seconds=59), DUBBEL - timedelta(microseconds=1)])
def test_een_dubbele_tik_is_een_tik(na: timedelta) -> None:
    wereld = ouder(uitnodiging(), vorige="uitnodiging.kom:ja:7", vorige_op=NU - na)
    stand = Stand("uitnodiging", "aantal", {"over": "7", "kom": "ja"})
    assert antwoord(stand, knop("uitnodiging.kom:ja:7"), wereld) == Uitkomst(stand)


def test_na_een_minuut_telt_de_tik_weer() -> None:
    wereld = ouder(uitnodiging(), vorige="uitnodiging.kom:nee:7", vorige_op=NU - DUBBEL)
    assert antwoord(None, knop("uitnodiging.kom:nee:7"), wereld).berichten


@pytest.mark.parametrize(
    ("u", "gezegd"),
    [
        (uitnodiging(afgelast=True), ["uitnodiging.afgelast"]),
        (uitnodiging(over=timedelta(0)), ["uitnodiging.voorbij"]),
        (uitnodiging(over=timedelta(days=-30)), ["uitnodiging.voorbij"]),
    ],
)
def test_te_laat_of_afgelast(u: Uitnodiging, gezegd: list[str]) -> None:
    for keuze in ("ja", "misschien", "nee"):
        uit = antwoord(None, knop(f"uitnodiging.kom:{keuze}:7"), ouder(u))
        assert sleutels(uit.berichten) == gezegd
        assert uit.effecten == ()


def test_voorbij_en_dan_de_volgende() -> None:
    wereld = ouder(uitnodiging(over=timedelta(0)), uitnodiging(8), uitnodiging(9, timedelta(days=3), afgelast=True))
    uit = antwoord(None, knop("uitnodiging.kom:ja:7"), wereld)
    assert sleutels(uit.berichten)[:3] == ["uitnodiging.voorbij", "uitnodiging.volgende", "uitnodiging.kom"]
    assert {k.data.rpartition(":")[2] for k in uit.berichten[0].knoppen} == {"8"}


@pytest.mark.parametrize(
    "data", ["", "x", "geen.flow:ja", "uitnodiging.geen:ja:7", "stoppen.zeker:ja", "menu.activiteiten:7"]
)
def test_een_knop_van_vroeger_is_geen_misser(data: str) -> None:
    stand = Stand("uitnodiging", "aantal", {"over": "7"}, missers=2)
    uit = antwoord(stand, knop(data), ouder(uitnodiging()))
    assert uit.stand == stand
    assert sleutels(uit.berichten)[0] == "algemeen.oude_knop"
    assert uit.effecten == ()


def test_een_eerdere_stap_kan_opnieuw() -> None:
    stand = Stand("kennismaken", "toestemming", {"code": "abc", "taal": "nl", "vorm": "lezen"})
    uit = antwoord(stand, knop("kennismaken.taal:tr"), onbekend())
    assert uit.stand is not None
    assert uit.stand.antwoorden["taal"] == "tr"
    assert sleutels(antwoord(stand, knop("kennismaken.rol:vader"), onbekend()).berichten)[0] == "algemeen.oude_knop"


def test_zonder_toestemming_werkt_geen_knop_van_later() -> None:
    for data in ("menu.menu:gegevens", "uitnodiging.kom:ja:7", "kennismaken.rol:vader", "stoppen.keuze:wis"):
        assert sleutels(antwoord(None, knop(data), onbekend(start=None)).berichten) == ["algemeen.zonder_code"]


def test_knoppen_van_het_team_zijn_voor_het_team() -> None:
    wereld = ouder(uitnodiging())
    for data in ("presentie.lijst:a7:3", "presentie.lijst:klaar:3", "team.vraag:antwoord:5"):
        uit = antwoord(None, knop(data), wereld)
        assert sleutels(uit.berichten) == ["team.geen_team"]
        assert uit.effecten == ()


# Starting


@pytest.mark.parametrize("bezwaar", ["onbekend", "gebruikt", "verlopen", "elders"])
def test_een_link_die_niet_werkt(bezwaar: str) -> None:
    for wereld in (onbekend(), ouder()):
        met = replace(wereld, start=Startcode("abc", bezwaar=bezwaar))
        uit = antwoord(None, Invoer(Soort.START, "abc"), met)
        al_bij_ons = bezwaar == "gebruikt" and wereld.wie is Wie.OUDER  # most likely their own, opened again
        assert sleutels(uit.berichten) == ["menu.menu" if al_bij_ons else f"algemeen.code_{bezwaar}"]
        assert uit.effecten == ()


def test_starten() -> None:
    start = Invoer(Soort.START, "abc")
    assert sleutels(antwoord(None, start, onbekend()).berichten) == ["kennismaken.taal"]
    assert sleutels(antwoord(None, start, onbekend(start=None)).berichten) == ["algemeen.zonder_code"]
    assert sleutels(antwoord(None, start, ouder()).berichten) == ["menu.menu"]
    assert sleutels(antwoord(None, start, ouder(start=Startcode("abc", "ouders"))).berichten)[0] == "menu.al_bij_ons"
    team = antwoord(None, start, onbekend(start=Startcode("abc", "team")))
    assert sleutels(team.berichten) == ["team.naam"]
    gebruikt = medewerker(start=Startcode("abc", bezwaar="gebruikt"))
    assert sleutels(antwoord(None, start, gebruikt).berichten) == ["menu.menu"]


def test_een_stand_van_iemand_die_gewist_is_telt_niet() -> None:
    uit = antwoord(Stand("stoppen", "gegevens"), tekst("hallo"), onbekend(start=None))
    assert uit.stand is None or uit.stand.flow in {"kennismaken", "stoppen"}
    assert antwoord(KOM, tekst("ja"), onbekend(start=None)).stand is None


# Words


@pytest.mark.parametrize("soort", [Soort.ANDERS, Soort.GEWIJZIGD])
@pytest.mark.parametrize("stand", [None, *WACHTEND], ids=lambda s: f"{s.flow}.{s.stap}" if s else "rust")
def test_wat_we_niet_lezen_is_geen_misser(stand: Stand | None, soort: Soort) -> None:
    for wereld in (ouder(uitnodiging()), medewerker(), onbekend()):
        uit = antwoord(stand, Invoer(soort, "x"), wereld)
        assert uit.effecten == ()
        assert uit.berichten
        if uit.stand is not None and stand is not None:
            assert uit.stand.missers == stand.missers


def test_waar_alleen_knoppen_tellen_vraagt_de_bot_niet_om_spraak() -> None:
    aantal = antwoord(Stand("uitnodiging", "aantal", {"over": "7"}), Invoer(Soort.ANDERS), ouder(uitnodiging()))
    assert sleutels(aantal.berichten)[0] == "algemeen.misser"
    reden = antwoord(Stand("afmelden", "groep", {"over": "7"}), Invoer(Soort.ANDERS), ouder(uitnodiging()))
    assert sleutels(reden.berichten)[0] == "algemeen.anders"


@pytest.mark.parametrize(
    ("woord", "staat", "gezegd"),
    [
        ("ja", Antwoord.GEEN, "uitnodiging.ja"), ("evet", Antwoord.MISSCHIEN, "uitnodiging.ja"),
        ("nee", Antwoord.GEEN, "afmelden.groep"), ("belki", Antwoord.GEEN, "uitnodiging.misschien"),
        ("ok", Antwoord.JA, "algemeen.goed"), ("nee", Antwoord.NEE, "algemeen.goed"),
        ("ja", Antwoord.NEE, "uitnodiging.veranderd"), ("dank je", Antwoord.GEEN, "algemeen.graag_gedaan"),
        ("klaar", Antwoord.GEEN, "algemeen.goed"),
    ],
)  # fmt: skip
def test_een_los_woord_bij_een_uitnodiging(woord: str, staat: Antwoord, gezegd: str) -> None:
    uit = antwoord(None, tekst(woord), ouder(uitnodiging(antwoord=staat, aantal=2 * (staat is Antwoord.JA))))
    assert sleutels(uit.berichten)[0] == gezegd


def test_een_los_ja_bij_twee_uitnodigingen() -> None:
    uit = antwoord(None, tekst("ja"), ouder(uitnodiging(7), uitnodiging(8)))
    assert sleutels(uit.berichten) == ["menu.activiteiten"]
    assert uit.effecten == ()
    een_open = ouder(uitnodiging(7, antwoord=Antwoord.NEE), uitnodiging(8))
    assert antwoord(None, tekst("ja"), een_open).effecten == (Aanmelden(8, 1),)


def test_een_los_ja_zonder_uitnodiging() -> None:
    for wereld in (ouder(), ouder(uitnodiging(over=timedelta(0))), ouder(uitnodiging(afgelast=True))):
        assert sleutels(antwoord(None, tekst("ja"), wereld).berichten) == ["algemeen.goed"]


def test_een_vraag_uit_het_niets() -> None:
    uit = antwoord(None, tekst("Mag mijn zus mee?"), ouder())
    assert uit.effecten == (VraagStellen("Mag mijn zus mee?"),)
    assert antwoord(None, Invoer(Soort.SPRAAK, "id-1"), ouder()).effecten == (VraagStellen(media="id-1"),)
    assert sleutels(antwoord(None, tekst("Mag mijn zus mee?"), medewerker()).berichten) == ["menu.menu"]


def test_een_vraag_bij_het_menu() -> None:
    uit = antwoord(Stand("menu", "menu"), tekst("Mag mijn zus mee?"), ouder())
    assert uit.effecten == (VraagStellen("Mag mijn zus mee?"),)


@pytest.mark.parametrize("stand", WACHTEND, ids=lambda s: f"{s.flow}.{s.stap}")
def test_na_een_nacht_begint_iets_nieuws(stand: Stand) -> None:
    wereld = ouder(uitnodiging(), vorige_op=NU - openstaand.RUST)
    uit = antwoord(stand, tekst("Mag mijn zus mee?"), wereld)
    if stand.flow == "kennismaken":
        assert uit.effecten != (VraagStellen("Mag mijn zus mee?"),)
    else:
        assert uit.effecten == (VraagStellen("Mag mijn zus mee?"),)


def test_een_keuze_telt_ook_na_een_nacht() -> None:
    wereld = ouder(uitnodiging(), vorige_op=NU - timedelta(days=3))
    uit = antwoord(Stand("uitnodiging", "aantal", {"over": "7"}), tekst("2"), wereld)
    assert uit.effecten == (Aanmelden(7, 2),)


@pytest.mark.parametrize(("woord", "gezegd"), [("dank je", "algemeen.graag_gedaan"), ("ok", "algemeen.goed")])
def test_bedankt_is_geen_reden_en_geen_misser(woord: str, gezegd: str) -> None:
    stand = Stand("afmelden", "groep", {"over": "7"}, missers=1)
    uit = antwoord(stand, tekst(woord), ouder(uitnodiging(antwoord=Antwoord.NEE)))
    assert (uit.stand, uit.effecten, sleutels(uit.berichten)) == (stand, (), [gezegd])


def test_een_naam_die_op_een_opdracht_lijkt() -> None:
    """Safi is a name, and in Darija "that's fine"; dad is who he is."""
    uit = antwoord(Stand("kennismaken", "naam", {}), tekst("Safi"), ouder(naam=""))
    assert sleutels(uit.berichten) == ["kennismaken.rol"]
    assert VraagStellen(mens=True) not in antwoord(Stand("kennismaken", "rol", {}), tekst("dad"), ouder()).effecten


def test_niemand_valt_stil() -> None:
    """Whoever sends words hears something, wherever the conversation stands."""
    werelden: tuple[Wereld, ...] = (ouder(uitnodiging()), ouder(), medewerker(), onbekend(), onbekend(start=None))
    for stand in (None, *WACHTEND):
        for wereld in werelden:
            for invoer in (tekst("hallo"), tekst(""), tekst("ja"), tekst("1"), Invoer(Soort.SPRAAK, "id-1"), knop("x")):
                uit = antwoord(stand, invoer, wereld)
                assert uit.berichten, (stand, wereld.wie, invoer)
                assert wereld.wie is not Wie.ONBEKEND or uit.stand is None or uit.stand.flow != "menu"

"""What a person sees: words, dates as people say them, and never more than a channel can show."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import weergeven
from bot.kanalen.basis import Vermogen
from bot.weergeven import dag, in_woorden, weergave
from dialogen.basis import Bericht, Knop, Tekst
from dialogen.teksten import eenheden, talen
from dialogen.teksten.richting import RECHTS_NAAR_LINKS

BEGIN = datetime(2026, 12, 8, 8, 30, tzinfo=UTC)
ZOMER = datetime(2027, 6, 8, 7, 30, tzinfo=UTC)
WANNEER = Tekst("uitnodiging.wanneer_waar", {"begin": BEGIN, "plek": "de hal"})
RUIM = Vermogen(knoppen=100, lijst=100, label=64, bewerken=True)
FSI, PDI = "\u2068", "\u2069"


def tekst(*teksten: Tekst, taal: str = "nl", vermogen: Vermogen = RUIM) -> str:
    return weergave(Bericht(teksten), taal, vermogen).tekst


def test_een_bericht_in_regels() -> None:
    beeld = weergave(Bericht((Tekst("uitnodiging.ja"), WANNEER), (Knop("a.b:c", Tekst("knop.ja")),)), "nl", RUIM)
    assert beeld.tekst == "✅ Fijn!\n📅 dinsdag 8 december\n🕘 09:30\n📍 de hal"
    assert beeld.knoppen == (("✅ Ja", "a.b:c"),)
    assert (beeld.taal, beeld.rtl, beeld.vervangt, beeld.media) == ("nl", False, "", "")


@pytest.mark.parametrize(
    ("taal", "gezegd"),
    [
        ("nl", "dinsdag 8 december"), ("en", "Tuesday 8 December"), ("tr", "8 Aralık Salı"), ("pl", "wtorek 8 grudnia"),
        ("ar", "الثلاثاء 8 ديسمبر"), ("es", "martes 8 de diciembre"), ("uk", "вівторок 8 грудня"),
        ("ti", "ሰሉስ 8 ታሕሳስ"), ("xx", "dinsdag 8 december"), ("", "dinsdag 8 december"),
    ],
)  # fmt: skip
def test_de_dag_met_weekdag_en_maand(taal: str, gezegd: str) -> None:
    assert dag(BEGIN, taal) == gezegd


@pytest.mark.parametrize("taal", talen())
def test_nooit_een_maand_als_getal(taal: str) -> None:
    """Every language of ours has its own names for days and months."""
    for maand in range(1, 13):
        gezegd = dag(datetime(2026, maand, 8, tzinfo=UTC), taal)
        assert not any(c in gezegd for c in "-/.,") or taal == "so"
        assert sum(c.isdigit() for c in gezegd) == 1
        assert len(gezegd.split()) >= 3
    assert taal == "nl" or dag(BEGIN, taal) != dag(BEGIN, "nl")


def test_winter_en_zomertijd() -> None:
    assert "🕘 09:30" in tekst(WANNEER)
    assert "🕘 09:30" in tekst(Tekst("uitnodiging.wanneer_waar", {"begin": ZOMER, "plek": "x"}))
    laat = datetime(2026, 12, 7, 23, 30, tzinfo=UTC)
    assert "dinsdag 8 december\n🕘 00:30" in tekst(Tekst("uitnodiging.wanneer_waar", {"begin": laat, "plek": "x"}))


@pytest.mark.parametrize("taal", talen())
def test_de_tijd_altijd_in_24_uur(taal: str) -> None:
    assert "09:30" in tekst(WANNEER, taal=taal)
    avond = Tekst("uitnodiging.wanneer_waar", {"begin": BEGIN.replace(hour=18), "plek": "x"})
    assert "19:30" in tekst(avond, taal=taal)


@pytest.mark.parametrize("taal", talen())
def test_een_vreemde_naam_houdt_zijn_richting(taal: str) -> None:
    """In a right-to-left text what is filled in is isolated, so that it cannot turn the words around it."""
    gezegd = in_woorden(Tekst("kennismaken.welkom", {"naam": "Jan", "gastheer": "Noor"}), taal)
    assert (f"{FSI}Jan{PDI}" in gezegd) is (taal in RECHTS_NAAR_LINKS)
    assert gezegd.count(FSI) == gezegd.count(PDI)
    assert weergave(Bericht((WANNEER,)), taal, RUIM).rtl is (taal in RECHTS_NAAR_LINKS)


def test_in_het_arabisch_is_alles_wat_ingevuld_is_los() -> None:
    gezegd = tekst(WANNEER, taal="ar")
    assert f"{FSI}09:30{PDI}" in gezegd
    assert f"{FSI}de hal{PDI}" in gezegd
    assert in_woorden(Tekst("kennismaken.welkom", {"naam": "", "gastheer": "x"}), "ar").count(FSI) == 1


@pytest.mark.parametrize(
    ("taal", "naam", "apart"),
    [
        ("nl", "محمد", True), ("nl", "Anna محمد", True), ("nl", "٣", True), ("nl", "Anna", False),
        ("nl", "Олена", False),
        ("ar", "Anna", True), ("fa", "محمد", True), ("uk", "سارا", True), ("ti", "ሳራ", False), ("nl", "אבי", True),
    ],
)  # fmt: skip
def test_schrift_van_links_en_van_rechts_door_elkaar(taal: str, naam: str, apart: bool) -> None:
    """A name in Arabic script within Dutch would pull the mark after it along; it is set apart too."""
    gezegd = in_woorden(Tekst("kennismaken.welkom", {"naam": naam, "gastheer": naam}), taal)
    assert gezegd.count(f"{FSI}{naam}{PDI}") == (2 if apart else 0)
    assert (FSI in gezegd) is (apart or taal in RECHTS_NAAR_LINKS)


@pytest.mark.parametrize(
    ("taal", "aantal", "gezegd"),
    [
        ("nl", 1, "1 ouder "), ("nl", 0, "0 ouders "), ("nl", 1234, "1.234 ouders "), ("en", 1234, "1,234 parents "),
        ("pl", 3, "3 rodzice "), ("pl", 5, "5 rodziców "), ("pl", 22, "22 rodzice "), ("ti", 1, "1 ወላዲ "),
        ("es", 1, "1 persona "), ("xx", 1, "1 ouder "),
    ],
)  # fmt: skip
def test_een_aantal_in_de_goede_vorm(taal: str, aantal: int, gezegd: str) -> None:
    assert gezegd in in_woorden(Tekst("presentie.allen", {"open": aantal}), taal)


def test_een_twee_en_veel_in_het_arabisch() -> None:
    gezegd = [in_woorden(Tekst("afmelden.eerder", {"dagen": n}), "ar") for n in (2, 3, 11, 100)]
    assert ["يومين" in gezegd[0], "أيام" in gezegd[1], "يومًا" in gezegd[2], "يوم." in gezegd[3]] == [True] * 4
    assert f"{FSI}3{PDI}" in gezegd[1]


@pytest.mark.parametrize("naam", ["{naam}", "{gastheer}", "{0}", "{", "}", "%s", "<b>", "_*[`", "{x.__class__}", "\\n"])
def test_wat_ingevuld_wordt_vult_zelf_niets_in(naam: str) -> None:
    gezegd = in_woorden(Tekst("kennismaken.welkom", {"naam": naam, "gastheer": "Noor"}), "nl")
    assert f"🎉 Welkom, {naam}!" in gezegd
    assert in_woorden(Tekst.letterlijk(naam), "nl") == naam


def test_wat_ontbreekt_blijft_leeg() -> None:
    assert in_woorden(Tekst("kennismaken.welkom", {"naam": "Jan"}), "nl").endswith(". " + " antwoordt.")
    with pytest.raises(KeyError):
        in_woorden(Tekst("bestaat.niet"), "nl")


def test_zonder_vertaling_in_het_nederlands() -> None:
    assert in_woorden(Tekst("knop.ja"), "xx") == "✅ Ja"


# Within what a channel can


def knoppen(aantal: int) -> Bericht:
    return Bericht(
        (Tekst("menu.menu"),), tuple(Knop(f"a.b:{i}", Tekst.letterlijk(f"keuze {i}")) for i in range(aantal))
    )


@pytest.mark.parametrize(
    ("aantal", "genummerd"), [(0, False), (1, False), (3, False), (10, False), (11, True), (20, True)]
)
def test_meer_keuzes_dan_knoppen_worden_genummerd(aantal: int, genummerd: bool) -> None:
    beeld = weergave(knoppen(aantal), "nl", Vermogen())
    assert (beeld.knoppen == ()) is (genummerd or aantal == 0)
    assert ("\n1. keuze 0\n2. keuze 1\n" in beeld.tekst) is genummerd


def test_bewerken_alleen_als_het_kan() -> None:
    assert weergave(knoppen(1), "nl", Vermogen(bewerken=True), "17").vervangt == "17"
    assert weergave(knoppen(1), "nl", Vermogen(bewerken=False), "17").vervangt == ""


@pytest.mark.parametrize(
    ("label", "past"),
    [
        ("12345678901234567890", "12345678901234567890"),
        ("123456789012345678901", "1234567890123456789…"),
        ("1234567890123456789😀", "1234567890123456789…"),
        ("123456789012345678😀x", "123456789012345678…"),
        ("😀" * 10, "😀" * 10),
        ("😀" * 11, "😀" * 9 + "…"),
        ("12345678901234567 👨‍👩‍👧", "12345678901234567…"),
        ("123456789012345 ❤️‍🔥xxx", "123456789012345 ❤…"),
    ],
)
def test_een_label_wordt_netjes_gekort(label: str, past: str) -> None:
    knop = Knop("a.b:c", Tekst.letterlijk(label))
    ((gekort, _),) = weergave(Bericht((Tekst("menu.menu"),), (knop,)), "nl", Vermogen()).knoppen
    assert gekort == past


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=80), st.integers(2, 40))
def test_korten_breekt_niets(label: str, meest: int) -> None:
    """It fits, it is still text, and it is the beginning of what it was."""
    knop = Knop("a.b:c", Tekst.letterlijk(label))
    ((gekort, _),) = weergave(Bericht((), (knop,)), "nl", Vermogen(label=meest)).knoppen
    assert eenheden(gekort) <= meest
    gekort.encode("utf-8")
    assert gekort == label or label.startswith(gekort.removesuffix("…"))


def test_een_heel_lange_tekst() -> None:
    gezegd = tekst(Tekst.letterlijk("👍" * 5000), vermogen=Vermogen(tekst=4096))
    assert eenheden(gezegd) <= 4096
    assert gezegd.endswith("👍…")


def test_de_tijdzone_van_de_locatie() -> None:
    elders = in_woorden(WANNEER, "nl", "Atlantic/Canary")
    assert "🕘 08:30" in elders
    assert weergeven.TIJDZONE == "Europe/Amsterdam"

"""What people type: whole messages in any script, however they are decorated."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogen import begrijpen
from dialogen.teksten import TALEN

STOP = [
    "stop", "STOP", "Stop!", "/stop", "  stop \n", "stop.", "stopp", "stooooop", "STOPPPP!!!", "“Stop”", "stpo", "sotp",
    "stoppen", "ik wil stoppen", "niet meer sturen", "uitschrijven", "stop aub", "stop a.u.b.", "stop alsjeblieft",
    "stop please", "Stop 🛑", "❌ stop", "s\u200btop", "\u202estop\u202c", "\u061cstop", "st\u00adop", "ｓｔｏｐ",
    "unsubscribe", "DURDUR", "iptal", "İPTAL", "bırak", "BIRAK", "توقف", "توقّف", "تـوقـف", "قف", "إلغاء",
    "إيقاف", "stopuj", "wypisz", "СТОП", "стоп", "відписатися", "ኣቋርጽ", "ደው በል", "jooji", "iska daa", "بس کن",
    "توقف کن", "detener", "basta",
]  # fmt: skip
NIET_STOP = [
    "", "stap", "stof", "stopcontact", "non-stop", "ik stop er niet mee", "wanneer stopt het?", "para mi hijo",
    "top", "safi", "bus stop", "🛑",
]  # fmt: skip


@pytest.mark.parametrize("woord", STOP)
def test_stop(woord: str) -> None:
    assert begrijpen.opdracht(woord) == "stop"


@pytest.mark.parametrize(
    ("woord", "taal"), [("¡Para!", "es"), ("pare", "es"), ("baja", "es"), ("Dur", "tr"), ("بس", "fa")]
)
def test_stop_alleen_in_de_eigen_taal(woord: str, taal: str) -> None:
    """Money in Turkish, "but" in Arabic: no stop; of who is not known yet every language counts."""
    assert begrijpen.opdracht(woord, taal) == "stop"
    assert begrijpen.opdracht(woord) == "stop"
    for ander in set(TALEN) - {taal}:
        assert begrijpen.opdracht(woord, ander) is None


@pytest.mark.parametrize("woord", STOP)
@pytest.mark.parametrize("taal", TALEN)
def test_stop_in_elke_taal(woord: str, taal: str) -> None:
    assert begrijpen.opdracht(woord, taal) == "stop"


@pytest.mark.parametrize("woord", NIET_STOP)
def test_geen_stop(woord: str) -> None:
    assert begrijpen.opdracht(woord) is None


@pytest.mark.parametrize(
    ("woord", "soort"),
    [
        ("/menu", "menu"), ("MENÜ", "menu"), ("القائمة", "menu"), ("/start", "menu"), ("меню", "menu"),
        ("/help", "help"), ("Hulp!", "help"), ("YARDIM", "help"), ("مساعدة", "help"), ("pomocy!!!", "help"),
        ("een mens aub", "mens"), ("İnsan", "mens"), ("człowiek", "mens"), ("qof", "mens"),
        ("taal", "taal"), ("DİL", "taal"), ("język", "taal"), ("dad", None), ("hulpmiddel", None), ("mensen", None),
    ],
)  # fmt: skip
def test_opdracht(woord: str, soort: str | None) -> None:
    assert begrijpen.opdracht(woord) == soort


@pytest.mark.parametrize(
    ("woord", "bedoeld"),
    [
        ("ja", "ja"), ("JAAAA!", "ja"), ("Ja graag", "ja"), ("ja 👍", "ja"), ("👍", "ja"), ("✅", "ja"), ("ok.", "ja"),
        ("oké", "ja"), ("EVET!", "ja"), ("Evet lütfen", "ja"), ("نعم", "ja"), ("نَعَمْ", "ja"), ("Tak", "ja"),
        ("так", "ja"), ("እወ", "ja"), ("haa", "ja"), ("بله", "ja"), ("Sí", "ja"), ("si", "ja"), ("wakha", "ja"),
        ("nee", "nee"), ("Nee, dank je", None), ("nee helaas", "nee"), ("HAYIR", "nee"), ("hayır", "nee"),
        ("Hayır", "nee"), ("لا", "nee"), ("nie", "nee"), ("ні", "nee"), ("maya", "nee"), ("👎", "nee"), ("❌", "nee"),
        ("no", "nee"), ("خیر", "nee"), ("ኣይፋል", "nee"),
        ("misschien", "misschien"), ("mischien", "misschien"), ("belki", "misschien"), ("🤔", "misschien"),
        ("ik weet niet", "misschien"), ("być może", "misschien"), ("ربما", "misschien"), ("شاید", "misschien"),
        ("klaar", "klaar"), ("gotowe", "klaar"), ("safi", "klaar"),
        ("dank je wel!!", "bedankt"), ("🙏", "bedankt"), ("❤️", "bedankt"), ("teşekkürler", "bedankt"),
        ("شكراً", "bedankt"), ("dziękuję 😊", "bedankt"),
        ("ja maar ik kom later", None), ("nee hoor, ik kom wel", None), ("misschien wel morgen", None), ("", None),
        ("😂", None), ("jas", None), ("neef", None),
    ],
)  # fmt: skip
def test_bedoeling(woord: str, bedoeld: str | None) -> None:
    assert begrijpen.bedoeling(woord) == bedoeld


@pytest.mark.parametrize(
    ("tekst", "getal"),
    [
        ("3", 3), (" 3+ ", 3), ("٣", 3), ("۳", 3), ("٢٥", 25), ("３", 3), ("12.", 12), ("007", 7), ("999", 999),
        ("0", 0), ("1000", None), ("-1", 1), ("1,5", None), ("drie", None), ("3 mensen", None), ("", None), ("²", 2),
        ("½", None), ("Ⅲ", None), ("1️⃣", None), ("፫", None),
    ],
)  # fmt: skip
def test_getal(tekst: str, getal: int | None) -> None:
    assert begrijpen.getal(tekst) == getal


@pytest.mark.parametrize(
    ("tekst", "naam"),
    [
        ("Amal", "Amal"), ("  Jan\n van  den Berg ", "Jan van den Berg"), ("<b>Jan</b>", "<b>Jan</b>"), ("_*[", None),
        ("‮إبراهيم‏", "إبراهيم"), ("O'Brien-Şahin", "O'Brien-Şahin"), ("12345", None), ("😀", None), ("", None),
        ("a" * 60, "a" * 60), ("a" * 61, None), ("{naam} %s", "{naam} %s"), ("\u0000Ed\u0007", "Ed"), ("\u200b", None),
    ],
)  # fmt: skip
def test_naam(tekst: str, naam: str | None) -> None:
    assert begrijpen.naam(tekst) == naam


@pytest.mark.parametrize(
    ("label", "woorden", "beeld"),
    [
        ("✅ Ik kom", "Ik kom", "✅"), ("📖🔊 Allebei", "Allebei", "📖🔊"), ("☀️ Middag", "Middag", "☀️"), ("1", "1", ""),
        ("👨‍👩‍👧 Gezin", "Gezin", "👨‍👩‍👧"), ("✅ سآتي", "سآتي", "✅"), ("🔊 ትግርኛ", "ትግርኛ", "🔊"), ("3+", "3+", ""),
        ("😀", "", "😀"),
        ("🗣️ Taal is lastig", "Taal is lastig", "🗣️"), ("👍🏽 goed", "goed", "👍🏽"),
    ],
)  # fmt: skip
def test_beeld_en_woorden(label: str, woorden: str, beeld: str) -> None:
    assert begrijpen.zonder_beeld(label) == woorden
    assert begrijpen.beeld(label) == beeld


@pytest.mark.parametrize("tekst", ["", " ", "😀", "?!…", "\u200b\u200f", "👨‍👩‍👧", "❤️❤️", "---"])
def test_niets_te_lezen(tekst: str) -> None:
    assert begrijpen.alleen_beeld(tekst)


@pytest.mark.parametrize("tekst", ["a", "1", "ሀ", "漢", "😀 ja", "٣"])
def test_wel_te_lezen(tekst: str) -> None:
    assert not begrijpen.alleen_beeld(tekst)


def test_schoon_houdt_de_regels() -> None:
    assert begrijpen.schoon(" een \t twee \r\n\u200b\n drie\u202e ") == "een twee\n\ndrie"


@settings(deadline=None)
@given(st.text(max_size=200))
def test_alles_mag(tekst: str) -> None:
    """No text raises, and folding twice is folding once."""
    assert begrijpen.vouw(begrijpen.vouw(tekst)) in {begrijpen.vouw(tekst), begrijpen.vouw(begrijpen.vouw(tekst))}
    begrijpen.opdracht(tekst)
    begrijpen.bedoeling(tekst)
    begrijpen.getal(tekst)
    schoon = begrijpen.schoon(tekst)
    assert begrijpen.schoon(schoon) == schoon
    assert not any(unicodedata.category(c) == "Cc" and c != "\n" for c in schoon)
    naam = begrijpen.naam(tekst)
    assert naam is None or (0 < len(naam) <= 60 and "\n" not in naam)


@settings(deadline=None)
@given(st.sampled_from(["stop", "menu", "help"]), st.sampled_from(["", "!", "…", " 🙏", "\u200f", "؟"]), st.booleans())
def test_versierd(woord: str, staart: str, groot: bool) -> None:
    assert begrijpen.opdracht(f"{woord.upper() if groot else woord}{staart}") == woord

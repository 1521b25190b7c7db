"""What comes in from Telegram: a table of recorded updates, and the secret."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.kanalen.basis import Onleesbaar, Ontvangst
from bot.kanalen.telegram import MAX_RUW, geheim_klopt, ontleed, volgende
from dialogen.basis import Invoer, Soort

ACCOUNT = "7000000001"
OUDER = "5000000017"
FATIMA = "Fatima El Idrissi"
DRUK = "21474836480123456789"
MAP = Path(__file__).parent / "updates"

VERWACHT: dict[str, Invoer] = {
    "tekst": Invoer(Soort.TEKST, "Ja, wij komen! 👨‍👩‍👧", FATIMA),
    "tekst_tarifit": Invoer(Soort.TEKST, "ⴰⵣⵓⵍ, wah ad d-asegh", FATIMA),
    "tekst_arabisch": Invoer(Soort.TEKST, "نعم، سنأتي إن شاء الله", "يوسف"),
    "doorgestuurd": Invoer(Soort.TEKST, "Kom je ook?", FATIMA),
    "naam_met_bidi": Invoer(Soort.TEKST, "hoi", "Ali Ben Said"),
    "start_met_code": Invoer(Soort.START, "Kd8x_Zr-2qLwE0vTnY5bUg", FATIMA),
    "start_zonder_code": Invoer(Soort.START, "", FATIMA),
    "start_met_onzin": Invoer(Soort.START, "", FATIMA),
    "start_met_hoofdletter": Invoer(Soort.START, "abc123", FATIMA),
    "opdracht_stop": Invoer(Soort.TEKST, "/stop", FATIMA),
    "opdracht_menu": Invoer(Soort.TEKST, "/menu", FATIMA),
    "knop": Invoer(Soort.KNOP, "uitnodiging.vraag:ja:12", FATIMA, "41"),
    "knop_ontoegankelijk": Invoer(Soort.KNOP, "uitnodiging.vraag:ja:12", FATIMA, "41"),
    "knop_zonder_bericht": Invoer(Soort.KNOP, "uitnodiging.vraag:ja:12", FATIMA, ""),
    "spraak": Invoer(Soort.SPRAAK, "AwACAgQAAxkBAAIBQ2Z1c3Bl", FATIMA),
    "geluid": Invoer(Soort.SPRAAK, "CQACAgQAAxkBAAIBRGF1ZGlv", FATIMA),
    "sticker": Invoer(Soort.ANDERS, "", FATIMA),
    "foto_met_bijschrift": Invoer(Soort.FOTO, "AgACAgQAAxkBAAIBRmZvdG8y", FATIMA),
    "locatie": Invoer(Soort.ANDERS, "", FATIMA),
    "contact": Invoer(Soort.ANDERS, "", FATIMA),
    "document": Invoer(Soort.ANDERS, "", FATIMA),
    "video": Invoer(Soort.ANDERS, "", FATIMA),
    "dobbelsteen": Invoer(Soort.ANDERS, "", FATIMA),
    "peiling_in_chat": Invoer(Soort.ANDERS, "", FATIMA),
    "gewijzigd": Invoer(Soort.GEWIJZIGD, "Nee, toch niet", FATIMA),
    "gewijzigd_bijschrift": Invoer(Soort.GEWIJZIGD, "", FATIMA),
}
STUK = {
    "stuk_bericht_is_tekst",
    "stuk_chat_nummer",
    "stuk_knop_lege_id",
    "stuk_knop_te_lang",
    "stuk_spraak_zonder_bestand",
    "stuk_tekst_is_lijst",
    "stuk_zonder_afzender",
    "stuk_zonder_chat",
}
STIL = {
    "bot",
    "geblokkeerd",
    "gedeblokkeerd",
    "geen_nummer",
    "geen_object",
    "groep",
    "kanaal",
    "knop_in_groep",
    "knop_inline",
    "knop_spel",
    "locatie_beweegt",
    "nieuwe_soort",
    "nummer_is_tekst",
    "nummer_is_waar",
    "nummer_negatief",
    "nummer_te_groot",
    "peiling",
    "supergroep",
    "vastgezet",
}


def lees(naam: str) -> Any:
    return json.loads((MAP / f"{naam}.json").read_text(encoding="utf-8"))


def bericht(**velden: object) -> dict[str, Any]:
    """The recorded text message with other fields."""
    update: dict[str, Any] = lees("tekst")
    update["message"] |= velden
    return update


def gelezen(update: object) -> Ontvangst:
    ontvangst = ontleed(ACCOUNT, update)
    assert isinstance(ontvangst, Ontvangst)
    return ontvangst


def test_every_recorded_update_is_in_the_table() -> None:
    assert {pad.stem for pad in MAP.glob("*.json")} == VERWACHT.keys() | STUK | STIL


@pytest.mark.parametrize("naam", VERWACHT)
def test_what_a_person_does_becomes_an_ontvangst(naam: str) -> None:
    update = lees(naam)
    druk = DRUK if naam.startswith("knop") else ""
    verwacht = Ontvangst("telegram", ACCOUNT, str(update["update_id"]), OUDER, VERWACHT[naam], druk)
    assert ontleed(ACCOUNT, update) == verwacht


@pytest.mark.parametrize("naam", sorted(STIL))
def test_what_is_not_for_us_is_silence(naam: str) -> None:
    assert ontleed(ACCOUNT, lees(naam)) is None


@pytest.mark.parametrize("naam", sorted(STUK))
def test_a_numbered_update_of_the_wrong_shape_is_set_aside(naam: str) -> None:
    update = lees(naam)
    verwacht = Onleesbaar("telegram", ACCOUNT, str(update["update_id"]), json.dumps(update))
    assert ontleed(ACCOUNT, update) == verwacht


@pytest.mark.parametrize("onzin", [None, True, 0, 1.5, "", "{}", [], [{}], {}, {"update_id": None}, object()])
def test_what_has_no_number_is_silence(onzin: object) -> None:
    assert ontleed(ACCOUNT, onzin) is None


@pytest.mark.parametrize("nummer", [0, 2**31, 2**63 - 1])
def test_every_possible_number_is_kept_as_text(nummer: int) -> None:
    assert gelezen(bericht() | {"update_id": nummer}).extern_id == str(nummer)


@pytest.mark.parametrize(
    ("tekst", "waarde"),
    [
        ("a\0b", "ab"),
        ("half \ud83d paar", "half  paar"),
        ("x" * 4097, "x" * 4096),
        ("é" * 4097, "é" * 4096),
        ("🙂" * 2049, "🙂" * 2048),
        ("x" + "🙂" * 2048, "x" + "🙂" * 2047),  # the last pair would be cut in two
        ("/startpagina", "/startpagina"),
        ("/ stop", "/ stop"),
        ("/stop@een_bot nu", "/stop nu"),
        ("//", "//"),
    ],
)
def test_text_is_kept_as_far_as_it_can_be_stored(tekst: str, waarde: str) -> None:
    assert gelezen(bericht(text=tekst)).invoer == Invoer(Soort.TEKST, waarde, FATIMA)


@pytest.mark.parametrize(
    ("tekst", "code"),
    [
        ("/start " + "a" * 64, "a" * 64),
        ("/start " + "a" * 65, ""),
        ("/start\nabc", "abc"),
        ("/start a b", ""),
        ("/start äbc", ""),
        ("/start ' OR 1=1", ""),
        ("/START@Klimboom_bot", ""),
    ],
)
def test_only_a_clean_code_starts_something(tekst: str, code: str) -> None:
    assert gelezen(bericht(text=tekst)).invoer == Invoer(Soort.START, code, FATIMA)


@pytest.mark.parametrize(
    ("voor", "achter", "naam"),
    [
        ("Zoë", None, "Zoë"),
        ("", "", ""),
        ("\u202eadmin", "\u200e", "admin"),
        ("A\tB\r\nC", "\u2028D", "A B C D"),
        ("👩\u200d👧", "سارة", "👩\u200d👧 سارة"),  # the joiner holds one emoji together
        ("n" * 100, "x", "n" * 60),
        ("\ud800Jan\0", "\ufeff", "Jan"),
    ],
)
def test_a_name_is_one_harmless_line(voor: str, achter: str | None, naam: str) -> None:
    van = {"id": 5000000017, "is_bot": False, "first_name": voor, "last_name": achter}
    assert gelezen(bericht(**{"from": van})).invoer.naam == naam


def test_what_is_set_aside_is_cut() -> None:
    kapot = ontleed(ACCOUNT, bericht(chat="é" * 50_000))
    assert isinstance(kapot, Onleesbaar)
    assert len(kapot.ruw) == MAX_RUW
    assert kapot.ruw.isascii()


def test_what_cannot_be_written_down_is_set_aside_empty() -> None:
    kring: dict[str, Any] = {"update_id": 1}
    kring["message"] = {"chat": kring}
    diep: object = []
    for _ in range(100_000):
        diep = [diep]
    for update in (kring, {"update_id": 1, "message": {"chat": diep}}):
        assert ontleed(ACCOUNT, update) == Onleesbaar("telegram", ACCOUNT, "1", "")


@pytest.mark.parametrize(
    ("header", "geheim", "klopt"),
    [
        ("geheim", "geheim", True),
        ("geheim", "Geheim", False),
        ("geheim ", "geheim", False),
        (None, "geheim", False),
        ("", "geheim", False),
        ("", "", False),
        (None, "", False),
        ("gehéim", "geheim", False),
        ("gehéim", "gehéim", True),
        ("\udce9", "geheim", False),
    ],
)
def test_the_secret(header: str | None, geheim: str, klopt: bool) -> None:
    assert geheim_klopt(header, geheim) is klopt


def test_the_next_offset() -> None:
    assert volgende([], 3) == 3
    assert volgende([{"update_id": 5}, {"update_id": True}, {}, None, {"update_id": "9"}], 3) == 6
    assert volgende([{"update_id": 1}], 3) == 3

"""What goes out to Telegram, and what its refusals mean. Tables; no network."""

from __future__ import annotations

import json
import random

import pytest

from bot.kanalen.basis import Bijlage, Gestopt, Geweigerd, Kwijt, Resultaat, Tijdelijk, Verzonden, Weergave
from bot.kanalen.telegram_uit import (
    Fout,
    Oproep,
    Upload,
    bericht_id,
    besluit,
    eenheden,
    geslaagd,
    helpt_anders,
    kwijt,
    lees_fout,
    oproepen,
    pauze,
    schoon,
    toetsenbord,
)

PLAAT, STEM = Bijlage("a" * 64, b"PNG"), Bijlage("b" * 64, b"OggS", duur=2_600)


def oproep(adres: str, weergave: Weergave) -> Oproep:
    """The way that is tried first."""
    return oproepen(adres, weergave)[0]


def wegen(weergave: Weergave) -> list[str]:
    """The methods that are tried, in order."""
    return [weg.methode for weg in oproepen("17", weergave)]


ZONDER_VOORBEELD: dict[str, object] = {"link_preview_options": {"is_disabled": True}}


def labels(*namen: str) -> list[list[str]]:
    """The rows that these labels get."""
    weergave = Weergave("?", tuple((naam, f"f.s:{nummer}") for nummer, naam in enumerate(namen)))
    return [[knop["text"] for knop in rij] for rij in toetsenbord(weergave)]


@pytest.mark.parametrize(
    ("namen", "rijen"),
    [
        ((), []),
        (("Ja, ik kom", "Nee"), [["Ja, ik kom"], ["Nee"]]),
        (("😀", "😐", "🙁"), [["😀", "😐", "🙁"]]),
        (("😀", "😐", "🎤 Vertel"), [["😀", "😐"], ["🎤 Vertel"]]),
        (("1", "2", "3", "4", "5"), [["1", "2", "3"], ["4", "5"]]),
        (("Ja", "Misschien", "Nee"), [["Ja"], ["Misschien"], ["Nee"]]),
        (("zesses", "🙂🙂🙂", "zeven77"), [["zesses", "🙂🙂🙂"], ["zeven77"]]),
    ],
)
def test_only_short_buttons_share_a_row(namen: tuple[str, ...], rijen: list[list[str]]) -> None:
    assert labels(*namen) == rijen


def test_a_button_carries_its_data() -> None:
    weergave = Weergave("?", (("Ja", "a.b:ja:12"),))
    assert toetsenbord(weergave) == [[{"text": "Ja", "callback_data": "a.b:ja:12"}]]


def test_plain_text_without_parse_mode_or_previews() -> None:
    tekst = "Dag <b>Ali</b> _*[x](https://example.org)"
    verwacht = {"chat_id": "17", "text": tekst, **ZONDER_VOORBEELD}
    assert oproep("17", Weergave(tekst)) == Oproep("sendMessage", verwacht)


def test_the_buttons_stand_under_the_text() -> None:
    gevraagd = oproep("17", Weergave("Kom je?", (("Ja, ik kom", "a.b:ja"),))).parameters["reply_markup"]
    assert gevraagd == {"inline_keyboard": [[{"text": "Ja, ik kom", "callback_data": "a.b:ja"}]]}


def test_a_voice_note_has_the_text_under_it() -> None:
    gevraagd = oproep("17", Weergave("Kom je?", media="AwAC"))
    assert gevraagd == Oproep("sendVoice", {"chat_id": "17", "voice": "AwAC", "caption": "Kom je?"})
    assert "caption" not in oproep("17", Weergave("", media="AwAC")).parameters


def test_sound_and_a_picture_are_uploaded_and_after_that_go_by_their_file_id() -> None:
    eerst = oproep("17", Weergave("Kom je?", beeld=PLAAT))
    assert eerst == Oproep("sendPhoto", {"chat_id": "17", "photo": Upload("beeld.png", b"PNG"), "caption": "Kom je?"})
    daarna = oproep("17", Weergave("Kom je?", beeld=Bijlage("a" * 64, bestand="AgAC")))
    assert daarna.parameters["photo"] == "AgAC"
    stem = oproep("17", Weergave("", geluid=STEM)).parameters
    assert stem == {"chat_id": "17", "voice": Upload("stem.ogg", b"OggS"), "duration": 3}


@pytest.mark.parametrize(
    ("weergave", "verwacht"),
    [
        (Weergave("x"), ["sendMessage"]),
        (Weergave("x", beeld=PLAAT), ["sendPhoto", "sendMessage"]),
        (Weergave("x", geluid=STEM), ["sendVoice", "sendMessage"]),
        (Weergave("", geluid=STEM), ["sendVoice"]),
        (Weergave("🙂" * 513, beeld=PLAAT), ["sendMessage"]),
        (Weergave("x", vervangt="41"), ["editMessageText", "editMessageCaption", "sendMessage"]),
        (Weergave("x" * 1025, vervangt="41"), ["editMessageText", "sendMessage"]),
        (Weergave("x", vervangt="41", beeld=PLAAT), ["editMessageCaption", "sendPhoto", "sendMessage"]),
        (Weergave("x", vervangt="41", geluid=STEM), ["sendVoice", "sendMessage"]),
    ],
)
def test_every_message_has_another_way_when_the_first_cannot_be(weergave: Weergave, verwacht: list[str]) -> None:
    assert wegen(weergave) == verwacht


@pytest.mark.parametrize(
    ("antwoord", "bestanden"),
    [
        ({"message_id": 5, "photo": [{"file_id": "klein"}, {"file_id": "groot"}]}, (("a" * 64, "groot"),)),
        ({"message_id": 5, "photo": []}, ()),
        ({"message_id": 5, "photo": [{"file_id": "x" * 257}]}, ()),
        ({"message_id": 5, "document": {"file_id": "anders"}}, ()),
    ],
)
def test_the_file_id_of_what_was_uploaded(antwoord: object, bestanden: tuple[tuple[str, str], ...]) -> None:
    weergave = Weergave("x", beeld=PLAAT)
    assert geslaagd(antwoord, oproep("17", weergave), weergave) == Verzonden("5", bestanden)
    bekend = Weergave("x", beeld=Bijlage("a" * 64, bestand="AgAC"))
    assert geslaagd(antwoord, oproep("17", bekend), bekend) == Verzonden("5"), "nothing was uploaded"


@pytest.mark.parametrize(
    ("weergave", "methode"),
    [
        (Weergave("x", vervangt="41"), "editMessageText"),
        (Weergave("x", vervangt="web-41"), "sendMessage"),
        (Weergave("x", vervangt="41", media="AwAC"), "sendVoice"),
    ],
)
def test_a_message_is_changed_where_that_can_be_done(weergave: Weergave, methode: str) -> None:
    gevraagd = oproep("17", weergave)
    assert gevraagd.methode == methode
    assert gevraagd.parameters.get("message_id") == (41 if methode == "editMessageText" else None)


def test_what_cannot_travel_is_left_out() -> None:
    gevraagd = oproep("17", Weergave("a\0b\ud83d", (("\ud83dJa", "a.b:ja"),)))
    assert gevraagd.parameters["text"] == "ab"
    assert "\ud83d" not in str(gevraagd.parameters)


@pytest.mark.parametrize(("tekst", "lengte"), [("", 0), ("abc", 3), ("é", 1), ("🙂", 2), ("\ud83d", 1)])
def test_length_is_counted_as_telegram_does(tekst: str, lengte: int) -> None:
    assert eenheden(tekst) == lengte


def test_a_cut_never_splits_a_character() -> None:
    assert schoon("🙂🙂", 3) == "🙂"


@pytest.mark.parametrize(
    ("antwoord", "nummer"),
    [({"message_id": 5}, "5"), ({"message_id": "5"}, ""), ({}, ""), (True, ""), (None, ""), ([5], "")],
)
def test_the_number_of_a_sent_message(antwoord: object, nummer: str) -> None:
    assert bericht_id(antwoord) == nummer


def body(beschrijving: object, **parameters: object) -> str:
    return json.dumps({"ok": False, "description": beschrijving, "parameters": parameters})


@pytest.mark.parametrize(
    ("status", "tekst", "fout"),
    [
        (429, body("Too Many Requests", retry_after=7), Fout(429, "Too Many Requests", 7.0)),
        (429, body("x", retry_after=-1), Fout(429, "x", 0.0)),
        (429, body("x", retry_after=10**400), Fout(429, "x", 86_400.0)),
        (429, body("x", retry_after=True), Fout(429, "x")),
        (429, body("x", retry_after=float("nan")), Fout(429, "x")),
        (429, body("x", retry_after="7"), Fout(429, "x")),
        (400, body("y" * 300), Fout(400, "y" * 200)),
        (400, body('can\'t parse "Dag Fatima": no'), Fout(400, 'can\'t parse "…": no')),
        (400, body(["x"]), Fout(400)),
        (502, "<html>502 Bad Gateway</html>", Fout(502)),
        (500, "", Fout(500)),
        (500, "[" * 100_000, Fout(500)),
        (500, "[]", Fout(500)),
        (500, '{"parameters": 3}', Fout(500)),
    ],
)
def test_an_answer_becomes_a_neutral_error(status: int, tekst: str, fout: Fout) -> None:
    assert lees_fout(status, tekst) == fout
    assert lees_fout(status, tekst.encode()) == fout


def test_bytes_that_are_no_text_are_an_error_too() -> None:
    assert lees_fout(502, b"\xff\xfe\x00") == Fout(502)


BESLUITEN: list[tuple[Fout, Resultaat]] = [
    (Fout(429, "Too Many", 7.0), Tijdelijk(7.0, True, "429 Too Many")),
    (Fout(429, "Too Many"), Tijdelijk(1.0, True, "429 Too Many")),
    (Fout(401, "Unauthorized"), Tijdelijk(60.0, True, "401 Unauthorized")),
    (Fout(404, "Not Found"), Tijdelijk(60.0, True, "404 Not Found")),
    (
        Fout(403, "Forbidden: bot was blocked by the user"),
        Gestopt("403 Forbidden: bot was blocked by the user"),
    ),
    (Fout(403, "Forbidden: user is deactivated"), Gestopt("403 Forbidden: user is deactivated")),
    (Fout(400, "Bad Request: chat not found"), Gestopt("400 Bad Request: chat not found")),
    (Fout(400, "Bad Request: user is deactivated"), Gestopt("400 Bad Request: user is deactivated")),
    (Fout(400, "Bad Request: BUTTON_DATA_INVALID"), Geweigerd("400 Bad Request: BUTTON_DATA_INVALID")),
    (Fout(400, "Bad Request: message is too long"), Geweigerd("400 Bad Request: message is too long")),
    (Fout(413, "Request Entity Too Large"), Geweigerd("413 Request Entity Too Large")),
    (Fout(408, ""), Tijdelijk(None, reden="408")),
    (Fout(409, "Conflict"), Tijdelijk(5.0, reden="409 Conflict")),
    (Fout(500, "Internal Server Error"), Tijdelijk(None, reden="500 Internal Server Error")),
    (Fout(502), Tijdelijk(None, reden="502")),
    (Fout(None, "ConnectError"), Tijdelijk(None, reden="ConnectError")),
    (Fout(302), Tijdelijk(None, reden="302")),
]


@pytest.mark.parametrize(("fout", "resultaat"), BESLUITEN)
def test_every_error_says_what_to_do(fout: Fout, resultaat: Resultaat) -> None:
    assert besluit(fout) == resultaat


def test_an_edit_that_changes_nothing_is_done() -> None:
    fout = Fout(400, "Bad Request: message is not modified: specified new message content …")
    assert besluit(fout, "41") == Verzonden("41")
    assert isinstance(besluit(fout), Geweigerd)


@pytest.mark.parametrize(
    "beschrijving",
    [
        "Bad Request: message to edit not found",
        "Bad Request: message can't be edited",
        "Bad Request: there is no text in the message to edit",
        "Bad Request: there is no caption in the message to edit",
    ],
)
def test_an_edit_that_cannot_be_is_tried_another_way(beschrijving: str) -> None:
    assert helpt_anders(Fout(400, beschrijving), oproep("17", Weergave("x", vervangt="41")))
    assert not helpt_anders(Fout(400, beschrijving), oproep("17", Weergave("x")))


@pytest.mark.parametrize(
    "fout",
    [
        Fout(400, "Bad Request: VOICE_MESSAGES_FORBIDDEN"),
        Fout(403, "Forbidden: user restricted receiving of voice messages"),
        Fout(400, "Bad Request: wrong file identifier/HTTP URL specified"),
        Fout(400, "Bad Request: IMAGE_PROCESS_FAILED"),
        Fout(413, "Request Entity Too Large"),
    ],
)
def test_without_sound_or_picture_where_that_cannot_be(fout: Fout) -> None:
    assert helpt_anders(fout, oproep("17", Weergave("x", media="AwAC")))
    assert helpt_anders(fout, oproep("17", Weergave("x", beeld=PLAAT)))
    assert not helpt_anders(fout, oproep("17", Weergave("x")))


def test_bytes_of_our_own_that_are_gone_there_are_asked_for_again() -> None:
    fout = Fout(400, "Bad Request: wrong file identifier/HTTP URL specified")
    oud = Weergave("x", beeld=Bijlage("a" * 64, bestand="AgAC-weg"))
    assert kwijt(fout, oproep("17", oud), oud) == Kwijt("a" * 64)
    for geen in (Weergave("x", beeld=PLAAT), Weergave("x", media="AwAC"), Weergave("x")):
        assert kwijt(fout, oproep("17", geen), geen) is None
    assert kwijt(Fout(429, "x"), oproep("17", oud), oud) is None


@pytest.mark.parametrize("code", [None, 401, 403, 429, 500])
def test_other_errors_have_no_other_form(code: int | None) -> None:
    for weg in oproepen("17", Weergave("x", media="AwAC", vervangt="41")):
        assert not helpt_anders(Fout(code, "x"), weg)


def test_a_kept_reason_is_short() -> None:
    resultaat = besluit(Fout(400, "z" * 500))
    assert isinstance(resultaat, Geweigerd)
    assert len(resultaat.reden) == 200


def test_a_pause_is_spread_and_never_shorter_than_asked() -> None:
    toeval = random.Random(2)
    eigen = [pauze(Fout(None, "x"), poging, toeval) for poging in range(20)]
    assert all(0.1 <= p <= 5.0 for p in eigen)
    assert len(set(eigen)) == 20
    assert pauze(Fout(429, "", 30.0), 0, toeval) == 30.0
    assert pauze(Fout(401, ""), 0, toeval) == 60.0

"""The methods that write into a chat.

Source: Bot API documentation, "sendMessage", "sendVoice", "sendPhoto", "sendDocument", "Sending files", "Updating
messages".
What is wrong with the request itself is said first, then what is wrong with the chat, then the pace, then a
block.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Callable
from typing import Any

from .fouten import Json, onjuist
from .kern import Bestand, Chat, Kern, Opgeslagen
from .opmaak import Opgemaakt, berichttekst, bijschrift
from .toetsenbord import Toetsenbord, lees_toetsenbord
from .verzoek import Upload, Verzoek

_PNG = b"\x89PNG\r\n\x1a\n"
_BEELD = (b"\xff\xd8\xff", _PNG, b"GIF8", b"RIFF")
FOTO = 10 * 1024 * 1024
_ONGEWIJZIGD = (
    "Message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


def send_message(kern: Kern, verzoek: Verzoek) -> Json:
    return _verstuur(kern, verzoek, _als("text", "entities", berichttekst(verzoek)))


def send_voice(kern: Kern, verzoek: Verzoek) -> Json:
    """OGG with Opus becomes a voice note; Telegram sends anything else on as a document."""
    inhoud = _bijschrift(verzoek)
    bestand = _bestand(kern, verzoek, "voice", "voice/file.oga")
    if not bestand.data.startswith(b"OggS"):
        return _verstuur(kern, verzoek, {"document": _document(bestand, "file"), **inhoud})
    stem = {**bestand.json(), "duration": verzoek.geheel("duration"), "mime_type": "audio/ogg"}
    return _verstuur(kern, verzoek, {"voice": stem, **inhoud})


def send_photo(kern: Kern, verzoek: Verzoek) -> Json:
    """A picture of at most 10 MB, width and height together at most 10,000, not longer than twenty times its breadth.

    The answer holds it in sizes, the largest last, each with its own file id.
    """
    inhoud = _bijschrift(verzoek)
    bestand = _bestand(kern, verzoek, "photo", "photos/file.jpg")
    if not bestand.data.startswith(_BEELD):
        raise onjuist("IMAGE_PROCESS_FAILED")
    if len(bestand.data) > FOTO:
        raise onjuist(
            f"file of size {len(bestand.data)} bytes is too big for a photo; the maximum size is {FOTO} bytes"
        )
    breed, hoog = _maten(bestand.data)
    if breed + hoog > 10_000 or max(breed, hoog) > 20 * min(breed, hoog):
        raise onjuist("PHOTO_INVALID_DIMENSIONS")
    klein = {**kern.bewaar(b"klein", "photos/klein.jpg").json(), "width": 90, "height": 90}
    return _verstuur(kern, verzoek, {"photo": [klein, {**bestand.json(), "width": breed, "height": hoog}], **inhoud})


def _maten(data: bytes) -> tuple[int, int]:
    """Width and height of a PNG as its header says; of another kind a small one's."""
    if not data.startswith(_PNG):
        return 320, 240
    breed, hoog = int.from_bytes(data[16:20]), int.from_bytes(data[20:24])
    if data[12:16] != b"IHDR" or not breed or not hoog:
        raise onjuist("IMAGE_PROCESS_FAILED")
    return breed, hoog


def send_document(kern: Kern, verzoek: Verzoek) -> Json:
    inhoud = _bijschrift(verzoek)
    bestand = _bestand(kern, verzoek, "document", "documents/file.bin")
    upload = verzoek.uploads.get(_veld(verzoek, "document"))
    return _verstuur(kern, verzoek, {"document": _document(bestand, upload.naam if upload else "file"), **inhoud})


def edit_message_text(kern: Kern, verzoek: Verzoek) -> Json:
    return _bewerk(kern, verzoek, "text", _als("text", "entities", berichttekst(verzoek)))


def edit_message_caption(kern: Kern, verzoek: Verzoek) -> Json:
    return _bewerk(kern, verzoek, "caption", _bijschrift(verzoek))


def edit_message_reply_markup(kern: Kern, verzoek: Verzoek) -> Json:
    return _bewerk(kern, verzoek, None, {})


def delete_message(kern: Kern, verzoek: Verzoek) -> bool:
    chat = kern.zoek_chat(verzoek)
    bericht = kern.zoek_bericht(chat, verzoek.geheel("message_id"), "Message to delete")
    bericht.verwijderd = True
    chat.bel.lui()
    return True


def _verstuur(kern: Kern, verzoek: Verzoek, inhoud: Json) -> Json:
    toetsenbord = lees_toetsenbord(verzoek)
    chat = kern.zoek_chat(verzoek)
    antwoord = _antwoord_op(kern, chat, verzoek)
    kern.mag_schrijven(chat)
    bericht = kern.schrijf(chat, kern.bot, {**antwoord, **inhoud, **_markup(toetsenbord)})
    bericht.toetsenbord = toetsenbord
    return bericht.json


def _bewerk(kern: Kern, verzoek: Verzoek, veld: str | None, inhoud: Json) -> Json:
    """Change a message of the bot. A keyboard that is not sent along disappears, as at Telegram."""
    toetsenbord = lees_toetsenbord(verzoek, alleen_inline=True)
    chat = kern.zoek_chat(verzoek)
    bericht = _te_bewerken(kern, chat, verzoek, veld)
    weg = {"reply_markup", "edit_date"} | ({"text", "entities"} if veld == "text" else set())
    weg |= {"caption", "caption_entities"} if veld == "caption" else set()
    over = {sleutel: waarde for sleutel, waarde in bericht.json.items() if sleutel not in weg}
    nieuw = {**over, **inhoud, **_markup(toetsenbord)}
    if nieuw == {sleutel: waarde for sleutel, waarde in bericht.json.items() if sleutel != "edit_date"}:
        raise onjuist(_ONGEWIJZIGD)
    kern.mag_schrijven(chat)
    kern.wijzig(chat, bericht, nieuw)
    bericht.toetsenbord = toetsenbord
    return bericht.json


def _te_bewerken(kern: Kern, chat: Chat, verzoek: Verzoek, veld: str | None) -> Opgeslagen:
    bericht = kern.zoek_bericht(chat, verzoek.geheel("message_id"), "Message to edit")
    if not bericht.van_bot:
        raise onjuist("Message can't be edited")
    if veld is not None and (veld == "text") != ("text" in bericht.json):
        raise onjuist(f"There is no {veld} in the message to edit")
    return bericht


def _antwoord_op(kern: Kern, chat: Chat, verzoek: Verzoek) -> Json:
    gegeven = verzoek.json("reply_parameters", "Can't parse reply parameters JSON object") or {}
    if not isinstance(gegeven, dict):
        raise onjuist("Object expected as reply parameters")
    nummer = gegeven.get("message_id") or verzoek.geheel("reply_to_message_id")
    bericht = chat.berichten.get(nummer) if nummer else None
    if bericht is not None:
        return {"reply_to_message": {k: w for k, w in bericht.json.items() if k != "reply_to_message"}}
    zonder = gegeven.get("allow_sending_without_reply") or verzoek.ja("allow_sending_without_reply")
    if nummer and not zonder:
        raise onjuist("Message to be replied not found")
    return {}


def _veld(verzoek: Verzoek, naam: str) -> str:
    """The name of the multipart part: the parameter's own, or the one behind attach://."""
    return verzoek.tekst(naam).removeprefix("attach://") or naam


def _bestand(kern: Kern, verzoek: Verzoek, naam: str, pad: str) -> Bestand:
    """The file of a parameter: an upload, or a file_id from before."""
    waarde = verzoek.tekst(naam)
    if waarde and not waarde.startswith("attach://"):
        return _eerder(kern, waarde, naam, pad)
    upload: Upload | None = verzoek.uploads.get(_veld(verzoek, naam))
    if upload is None:
        raise onjuist(f"There is no {naam} in the request")
    if not upload.data:
        raise onjuist("File must be non-empty")
    return kern.bewaar(upload.data, pad)


def _eerder(kern: Kern, file_id: str, naam: str, pad: str) -> Bestand:
    if "://" in file_id:
        raise onjuist("Failed to get HTTP URL content")  # this server fetches nothing
    bestand = kern.bestanden.get(file_id)
    if bestand is None:
        raise onjuist("Wrong file identifier/HTTP URL specified")
    soort = bestand.pad.partition("/")[0]
    if naam != "document" and soort != pad.partition("/")[0]:
        raise onjuist(f"Can't use file of type {soort.rstrip('s').capitalize()} as {naam.capitalize()}")
    return bestand


def _document(bestand: Bestand, naam: str) -> Json:
    mime = mimetypes.guess_type(naam)[0] or "application/octet-stream"
    return {**bestand.json(), "file_name": naam, "mime_type": mime}


def _bijschrift(verzoek: Verzoek) -> Json:
    return _als("caption", "caption_entities", bijschrift(verzoek))


def _als(veld: str, entiteiten: str, opgemaakt: Opgemaakt) -> Json:
    inhoud: Json = {veld: opgemaakt.tekst} if opgemaakt.tekst else {}
    return inhoud | ({entiteiten: opgemaakt.entities} if opgemaakt.entities else {})


def _markup(toetsenbord: Toetsenbord) -> Json:
    return {"reply_markup": toetsenbord.inline} if toetsenbord.inline else {}


METHODEN: dict[str, Callable[[Kern, Verzoek], Any]] = {
    "sendMessage": send_message,
    "sendVoice": send_voice,
    "sendPhoto": send_photo,
    "sendDocument": send_document,
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
}

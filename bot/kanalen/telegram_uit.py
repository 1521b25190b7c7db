"""What goes out to Telegram, and what its errors mean. Pure: no library, no network, no clock.

Source: Bot API documentation, "sendMessage", "sendVoice", "sendPhoto", "Sending files", "editMessageText",
"editMessageCaption", "InlineKeyboardMarkup", "Making requests" and "ResponseParameters". Lengths are UTF-16 units,
waits are seconds.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.kanalen.basis import Bijlage, Gestopt, Geweigerd, Kwijt, Resultaat, Tijdelijk, Verzonden, Weergave
from dialogen.hardop import TAAL

BIJSCHRIFT = 1024  # what fits under a voice note, a picture or a file
TEKST = 4096
KORT = 6  # buttons this short share a row …
NAAST_ELKAAR = 3  # … of at most this many
BESTAND = 256  # characters of a file id that we can keep
REDEN = 200  # characters kept of an error's description
TOKEN_FOUT = 60.0
ANDERE_LEZER = 5.0
LANGSTE_WACHT = 86_400.0
KORTSTE_PAUZE, LANGSTE_PAUZE = 0.2, 5.0

_WEG_400 = (
    "chat not found",
    "user not found",
    "user is deactivated",
    "bot was blocked",
    "user_is_blocked",
    "input_user_deactivated",
    "peer_id_invalid",
)
_ONGEWIJZIGD = "message is not modified"
_NIET_TE_WIJZIGEN = (
    "message to edit not found",
    "message can't be edited",
    "no text in the message to edit",
    "no caption in the message to edit",
    "message_id_invalid",
)
_ONBEKEND_BESTAND = (
    "file identifier",
    "file_id",
    "file reference",
    "can't use file of type",
)
_BIJLAGE_GEWEIGERD = (
    *_ONBEKEND_BESTAND,
    "voice_messages_forbidden",
    "voice messages",
    "image_process_failed",
    "photo_invalid",
    "not enough rights to send",
    "file is too big",
    "must be non-empty",
    "too large",
)
_AANGEHAALD = re.compile(r"[\"“”«»][^\"“”«»]*[\"“”«»]")


@dataclass(frozen=True, slots=True)
class Oproep:
    """One call of the Bot API: the method as the documentation spells it, and parameters as JSON values, or an
    ``Upload``.
    """

    methode: str
    parameters: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Upload:
    """A file among the parameters of a call; a library sends such a call as multipart."""

    naam: str
    inhoud: bytes


@dataclass(frozen=True, slots=True)
class Fout:
    """Why a call failed, the same for every library. ``code`` is HTTP's, None when nothing was answered;
    ``beschrijving`` is Telegram's or, without an answer, the name of the exception; ``wacht`` in seconds."""

    code: int | None = None
    beschrijving: str = ""
    wacht: float | None = None

    def __str__(self) -> str:
        return f"{self.code or ''} {self.beschrijving}".strip()[:REDEN]


def eenheden(tekst: str) -> int:
    """Length in UTF-16 units, as Telegram counts; half pairs count too."""
    return len(tekst) if tekst.isascii() else len(tekst.encode("utf-16-le", "surrogatepass")) // 2


def schoon(tekst: str, hoogstens: int = TEKST) -> str:
    """Without NUL and half surrogate pairs, which no database takes; cut at ``hoogstens`` UTF-16 units."""
    if tekst.isascii():
        return tekst.replace("\0", "")[:hoogstens]
    heel = tekst.replace("\0", "").encode("utf-16-le", "ignore")
    return heel[: 2 * hoogstens].decode("utf-16-le", "ignore")


def toetsenbord(weergave: Weergave) -> list[list[dict[str, str]]]:
    """Rows of inline buttons, in order: one a row, but neighbours of at most ``KORT`` units share a row."""
    rijen: list[list[dict[str, str]]] = []
    ruimte = 0  # how many short buttons still fit in the last row
    for label, data in weergave.knoppen:
        kort = eenheden(label) <= KORT
        if data.startswith(f"{TAAL}:") and rijen:  # how a language sounds stands beside it
            rijen[-1].append({"text": schoon(label), "callback_data": data})
            ruimte = 0
            continue
        if not (kort and ruimte):
            rijen.append([])
            ruimte = NAAST_ELKAAR if kort else 0
        rijen[-1].append({"text": schoon(label), "callback_data": data})
        ruimte -= kort
    return rijen


def oproepen(adres: str, weergave: Weergave) -> tuple[Oproep, ...]:
    """The ways to send this, best first: the next one where the one before cannot be (``helpt_anders``).

    A message that cannot be changed any more is sent anew, and without sound or picture where those are refused. No
    parse_mode, so ``<b>`` and ``_*[`` in a name stay as they are; no link previews.
    """
    samen: dict[str, object] = {"chat_id": adres}
    if rijen := toetsenbord(weergave):
        samen["reply_markup"] = {"inline_keyboard": rijen}
    tekst = schoon(weergave.tekst)
    woorden = {"text": tekst, "link_preview_options": {"is_disabled": True}}
    past = eenheden(tekst) <= BIJSCHRIFT
    onder = {"caption": tekst} if tekst else {}
    wegen: list[Oproep] = []
    if weergave.inhoud:
        bij = {"caption": schoon(tekst, BIJSCHRIFT)} if tekst else {}
        return (Oproep("sendDocument", samen | {"document": Upload(weergave.bestand, weergave.inhoud)} | bij),)
    if weergave.vervangt.isdecimal() and not _geluid(weergave):
        nummer: dict[str, object] = {"message_id": int(weergave.vervangt)}
        wegen += [] if weergave.beeld else [Oproep("editMessageText", samen | nummer | woorden)]
        wegen += [Oproep("editMessageCaption", samen | nummer | onder)] if past else []
    if past:
        wegen += [Oproep(methode, samen | wat | onder) for methode, wat in _met_bijlage(weergave)]
    return (*wegen, Oproep("sendMessage", samen | woorden)) if tekst or not wegen else tuple(wegen)


def _geluid(weergave: Weergave) -> bool:
    return bool(weergave.media or weergave.geluid)


def _met_bijlage(weergave: Weergave) -> list[tuple[str, dict[str, object]]]:
    if weergave.media:
        return [("sendVoice", {"voice": weergave.media})]
    if weergave.geluid is not None:
        duur: dict[str, object] = {"duration": round(weergave.geluid.duur / 1000)} if weergave.geluid.duur else {}
        return [("sendVoice", {"voice": _bestand(weergave.geluid, "stem.ogg"), **duur})]
    return [("sendPhoto", {"photo": _bestand(weergave.beeld, "beeld.png")})] if weergave.beeld else []


def _bestand(bijlage: Bijlage, naam: str) -> str | Upload:
    return bijlage.bestand or Upload(naam, bijlage.inhoud)


def helpt_anders(fout: Fout, weg: Oproep) -> bool:
    """Whether the next way may help where this one failed: what cannot be changed, or sound or a picture refused."""
    if weg.methode.startswith("edit"):
        return fout.code == 400 and _bevat(fout, _NIET_TE_WIJZIGEN)
    if weg.methode in ("sendVoice", "sendPhoto"):
        return fout.code == 413 or (fout.code in (400, 403) and _bevat(fout, _BIJLAGE_GEWEIGERD))
    return False


def kwijt(fout: Fout, weg: Oproep, weergave: Weergave) -> Kwijt | None:
    """The file id that Telegram no longer knows, when these are bytes of our own that can be uploaded again."""
    bijlage = {"sendVoice": weergave.geluid, "sendPhoto": weergave.beeld}.get(weg.methode)
    if bijlage is None or not (bijlage.bestand and bijlage.hash) or weergave.media:
        return None
    return Kwijt(bijlage.hash) if fout.code == 400 and _bevat(fout, _ONBEKEND_BESTAND) else None


def geslaagd(antwoord: object, weg: Oproep, weergave: Weergave) -> Verzonden:
    """What a raw result says: the number of the message, and the file id of what was uploaded."""
    nummer = bericht_id(antwoord) or weergave.vervangt
    bijlage = {"sendVoice": weergave.geluid, "sendPhoto": weergave.beeld}.get(weg.methode)
    bestand = bestand_id(antwoord) if bijlage is not None and not bijlage.bestand else ""
    return Verzonden(nummer, ((bijlage.hash, bestand),) if bijlage is not None and bestand else ())


def bestand_id(antwoord: object) -> str:
    """The file id of the voice note or the largest picture in a raw result, '' when there is none."""
    velden = antwoord if isinstance(antwoord, dict) else {}
    foto = velden.get("photo")
    wat = foto[-1] if isinstance(foto, list) and foto else velden.get("voice")
    bestand = wat.get("file_id") if isinstance(wat, dict) else None
    return bestand if isinstance(bestand, str) and len(bestand) <= BESTAND else ""


def bericht_id(antwoord: object) -> str:
    """The number of the sent message in a raw result, '' when there is none."""
    nummer = antwoord.get("message_id") if isinstance(antwoord, dict) else None
    return str(nummer) if type(nummer) is int else ""


def lees_fout(status: int, body: bytes | str) -> Fout:
    """From an HTTP answer that is not 2xx. Never raises; a proxy's answer is known by its status alone."""
    try:
        gelezen = json.loads(body)
    except (ValueError, RecursionError):
        gelezen = None
    velden = gelezen if isinstance(gelezen, dict) else {}
    return Fout(status, _beschrijving(velden.get("description")), _wacht(velden.get("parameters")))


def _beschrijving(waarde: object) -> str:
    """Telegram's words about the request; what it quotes may come from a message and is left out."""
    return _AANGEHAALD.sub('"…"', schoon(waarde))[:REDEN] if isinstance(waarde, str) else ""


def _wacht(parameters: object) -> float | None:
    wacht = parameters.get("retry_after") if isinstance(parameters, dict) else None
    if isinstance(wacht, bool) or not isinstance(wacht, int | float) or wacht != wacht:  # NaN
        return None
    return float(min(max(wacht, 0), LANGSTE_WACHT))


def besluit(fout: Fout, vervangt: str = "") -> Resultaat:
    """What an error means for this message. ``vervangt`` is the message that was to be changed, if any."""
    match fout.code:
        case 429:
            return Tijdelijk(1.0 if fout.wacht is None else fout.wacht, heel_account=True, reden=str(fout))
        case 401 | 404:  # a wrong token: nothing can be sent, and none of it is the parent's doing
            return Tijdelijk(TOKEN_FOUT, heel_account=True, reden=str(fout))
        case 403:
            return Gestopt(str(fout))
        case 409:
            return Tijdelijk(ANDERE_LEZER, reden=str(fout))
        case 400 if _bevat(fout, _WEG_400):
            return Gestopt(str(fout))
        case 400 if vervangt and _bevat(fout, (_ONGEWIJZIGD,)):
            return Verzonden(vervangt)
        case int(code) if 400 <= code < 500 and code != 408:
            return Geweigerd(str(fout))
        case _:
            return Tijdelijk(reden=str(fout))


def pauze(fout: Fout, poging: int, toeval: random.Random) -> float:
    """Seconds before the next getUpdates: what Telegram asks, or else 0.2 doubling to 5, spread by a half."""
    gedaan = besluit(fout)
    gevraagd = gedaan.wacht if isinstance(gedaan, Tijdelijk) else None
    eigen = min(LANGSTE_PAUZE, KORTSTE_PAUZE * 2.0 ** min(poging, 10)) * (1 - toeval.random() / 2)
    return max(gevraagd or 0.0, eigen)


def _bevat(fout: Fout, zinnen: tuple[str, ...]) -> bool:
    klein = fout.beschrijving.lower()
    return any(zin in klein for zin in zinnen)

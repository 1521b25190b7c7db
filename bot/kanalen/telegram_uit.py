"""What goes out to Telegram, and what its errors mean. Pure: no library, no network, no clock.

Source: Bot API documentation, "sendMessage", "sendVoice", "editMessageText", "InlineKeyboardMarkup", "Making
requests" and "ResponseParameters". Lengths are UTF-16 units, waits are seconds.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.kanalen.basis import Gestopt, Geweigerd, Resultaat, Tijdelijk, Verzonden, Weergave

BIJSCHRIFT = 1024  # what fits under a voice note
TEKST = 4096
KORT = 6  # buttons this short share a row …
NAAST_ELKAAR = 3  # … of at most this many
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
    "message_id_invalid",
)
_STEM_GEWEIGERD = (
    "voice_messages_forbidden",
    "voice messages",
    "file identifier",
    "file_id",
    "file reference",
    "can't use file of type",
)
_AANGEHAALD = re.compile(r"[\"“”«»][^\"“”«»]*[\"“”«»]")


@dataclass(frozen=True, slots=True)
class Oproep:
    """One call of the Bot API: the method as the documentation spells it, and parameters as JSON values, or a
    ``Bijlage``.
    """

    methode: str
    parameters: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Bijlage:
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
        if not (kort and ruimte):
            rijen.append([])
            ruimte = NAAST_ELKAAR if kort else 0
        rijen[-1].append({"text": schoon(label), "callback_data": data})
        ruimte -= kort
    return rijen


def oproep(adres: str, weergave: Weergave) -> Oproep:
    """The call that carries the text and the buttons. No parse_mode, so ``<b>`` and ``_*[`` in a name stay as
    they are; no link previews. A voice note cannot take the place of a text, so it is always sent anew."""
    tekst = schoon(weergave.tekst)
    samen: dict[str, object] = {"chat_id": adres}
    if rijen := toetsenbord(weergave):
        samen["reply_markup"] = {"inline_keyboard": rijen}
    if weergave.inhoud:
        bij = {"caption": schoon(tekst, BIJSCHRIFT)} if tekst else {}
        return Oproep("sendDocument", samen | {"document": Bijlage(weergave.bestand, weergave.inhoud)} | bij)
    if weergave.media and eenheden(tekst) <= BIJSCHRIFT:
        return Oproep("sendVoice", samen | {"voice": weergave.media} | ({"caption": tekst} if tekst else {}))
    samen |= {"text": tekst, "link_preview_options": {"is_disabled": True}}
    if weergave.vervangt.isdecimal() and not weergave.media:
        return Oproep("editMessageText", samen | {"message_id": int(weergave.vervangt)})
    return Oproep("sendMessage", samen)


def vooraf(adres: str, weergave: Weergave) -> Oproep | None:
    """The voice note on its own, to go before a text that is too long to stand under it; None otherwise."""
    if not weergave.media or eenheden(schoon(weergave.tekst)) <= BIJSCHRIFT:
        return None
    return Oproep("sendVoice", {"chat_id": adres, "voice": weergave.media})


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


def terugval(fout: Fout, weergave: Weergave) -> Weergave | None:
    """What to send instead, None when nothing else would help: anew where a change is no longer possible, and
    without sound to somebody who takes no voice notes or when the recording is gone."""
    if weergave.vervangt and fout.code == 400 and _bevat(fout, _NIET_TE_WIJZIGEN):
        return replace(weergave, vervangt="")
    if weergave.media and weergave.tekst and fout.code in (400, 403) and _bevat(fout, _STEM_GEWEIGERD):
        return replace(weergave, media="")
    return None


def _bevat(fout: Fout, zinnen: tuple[str, ...]) -> bool:
    klein = fout.beschrijving.lower()
    return any(zin in klein for zin in zinnen)

"""Keyboards, checked as Telegram checks them.

Source: Bot API documentation, "InlineKeyboardMarkup", "InlineKeyboardButton", "ReplyKeyboardMarkup",
"ReplyKeyboardRemove", "ForceReply". callback_data is 1-64 bytes of UTF-8.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from .fouten import Json, onjuist
from .verzoek import Verzoek

KNOPPEN_HOOGSTENS = 100
_ACTIES = (
    "url",
    "callback_data",
    "callback_game",
    "pay",
    "switch_inline_query",
    "switch_inline_query_chosen_chat",
    "switch_inline_query_current_chat",
    "login_url",
    "web_app",
    "copy_text",
)


@dataclass(frozen=True)
class Toetsenbord:
    """`inline`: what comes back in the Message. `toetsen`: the keyboard under the text field, which does
    not."""

    inline: Json | None = None
    toetsen: list[list[Json]] | None = None
    weg: bool = False


def lees_toetsenbord(verzoek: Verzoek, alleen_inline: bool = False) -> Toetsenbord:
    """`reply_markup`, checked and reduced to what Telegram keeps. Raises 400."""
    markup = verzoek.json("reply_markup", "Can't parse reply keyboard markup JSON object")
    if markup is None:
        return Toetsenbord()
    if not isinstance(markup, dict):
        raise onjuist("Object expected as reply markup")
    toetsen, inline = _rijen(markup, "keyboard", _toets), _rijen(markup, "inline_keyboard", _knop)
    if alleen_inline and (toetsen or markup.get("remove_keyboard") or markup.get("force_reply")):
        raise onjuist("Inline keyboard expected")
    if toetsen:
        return Toetsenbord(toetsen=toetsen)
    if sum(map(len, inline)) > KNOPPEN_HOOGSTENS:
        raise onjuist("Reply markup is too long")
    return Toetsenbord(inline={"inline_keyboard": inline} if inline else None, weg=bool(markup.get("remove_keyboard")))


def _rijen(markup: Json, veld: str, lees_knop: Any) -> list[list[Json]]:
    rijen = markup.get(veld)
    if rijen is None:
        return []
    if not isinstance(rijen, list):
        raise onjuist(f'Field "{veld}" must be of type Array')
    if not all(isinstance(rij, list) for rij in rijen):
        wie = " of the InlineKeyboardMarkup" if veld == "inline_keyboard" else ""
        raise onjuist(f'Field "{veld}"{wie} must be an Array of Arrays')
    return [gevuld for rij in rijen if (gevuld := [lees_knop(knop) for knop in rij])]


def _toets(knop: Any) -> Json:
    """A button under the text field: a string, or an object with `text`."""
    if isinstance(knop, str):
        knop = {"text": knop}
    if not isinstance(knop, dict):
        raise onjuist("Can't parse keyboard button: KeyboardButton must be a String or an Object")
    if not _label(knop, "keyboard button"):
        raise onjuist("Keyboard button text must be non-empty")
    return knop


def _knop(knop: Any) -> Json:
    """A button under a message: text and exactly what it does."""
    if not isinstance(knop, dict):
        raise onjuist("Can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    label = _label(knop, "inline keyboard button")
    actie = next((a for a in _ACTIES if knop.get(a) not in (None, "")), None)
    if actie is None:
        raise onjuist("Can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if not label:
        raise onjuist("Inline keyboard button text must be non-empty")
    _controleer(actie, knop[actie])
    stijl = {veld: knop[veld] for veld in ("style", "icon_custom_emoji_id") if knop.get(veld)}
    return {"text": label, actie: knop[actie], **stijl}


def _label(knop: Json, wat: str) -> str:
    if "text" not in knop:
        raise onjuist(f"Can't parse {wat}: Can't find field \"text\"")
    if not isinstance(knop["text"], str):
        raise onjuist(f'Can\'t parse {wat}: Field "text" must be of type String')
    return str(knop["text"]).strip()


def _controleer(actie: str, waarde: Any) -> None:
    if actie == "callback_data":
        if not isinstance(waarde, str):
            raise onjuist('Can\'t parse inline keyboard button: Field "callback_data" must be of type String')
        if len(waarde.encode()) > 64:
            raise onjuist("BUTTON_DATA_INVALID")
    elif actie == "url":
        _controleer_url(str(waarde), "Inline keyboard button URL")
    elif actie == "web_app":
        url = waarde.get("url", "") if isinstance(waarde, dict) else ""
        _controleer_url(url, "Inline keyboard button Web App URL", alleen_https=True)


def _controleer_url(url: str, wie: str, alleen_https: bool = False) -> None:
    """A link needs a host with a dot; Telegram takes no http://localhost."""
    delen = urlsplit(url if "://" in url else f"http://{url}")
    if alleen_https and delen.scheme != "https":
        raise onjuist(f"{wie} '{url}' is invalid: Only HTTPS links are allowed")
    if delen.scheme not in ("tg", "ton") and "." not in (delen.hostname or ""):
        raise onjuist(f"{wie} '{url}' is invalid: Wrong HTTP URL")

"""The methods around the messages: who the bot is, button presses, files, the webhook, harmless settings.

Source: Bot API documentation, "getMe", "answerCallbackQuery", "getFile", "setWebhook", "WebhookInfo",
"sendChatAction", "setMyCommands", "setMyDescription" and their like.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from .fouten import Json, onjuist, verboden
from .kern import Haak, Kern
from .verzoek import Verzoek

_ACTIES = {
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
    "upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note",
}  # fmt: skip
_LENGTES = {"name": 64, "description": 512, "short_description": 120}


@dataclass(frozen=True)
class Beschreven:
    """A result that Telegram explains in `description`."""

    result: Any
    description: str


def get_me(kern: Kern, verzoek: Verzoek) -> Json:
    rechten = {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
    }
    return {**kern.bot, **rechten, "can_connect_to_business": False, "has_main_web_app": False}


def answer_callback_query(kern: Kern, verzoek: Verzoek) -> bool:
    """Once per press, and soon. `text` is 0-200 characters."""
    if len(verzoek.tekst("text")) > 200:
        raise onjuist("MESSAGE_TOO_LONG")
    tik = kern.geldige_tik(verzoek.tekst("callback_query_id"))
    tik.beantwoord, tik.tekst, tik.alert = True, verzoek.tekst("text"), verzoek.ja("show_alert")
    kern.bel.lui()
    return True


def send_chat_action(kern: Kern, verzoek: Verzoek) -> bool:
    if verzoek.tekst("action") not in _ACTIES:
        raise onjuist("Wrong parameter action in request")
    chat = kern.zoek_chat(verzoek)
    if chat.weigert is not None:
        raise verboden(chat.weigert)
    chat.acties.append(verzoek.tekst("action"))
    return True


def get_file(kern: Kern, verzoek: Verzoek) -> Json:
    bestand = kern.bestanden.get(verzoek.tekst("file_id"))
    if bestand is None:
        raise onjuist("Invalid file_id")
    if len(bestand.data) > 20 * 2**20:
        raise onjuist("File is too big")
    return {**bestand.json(), "file_path": bestand.pad}


def set_webhook(kern: Kern, verzoek: Verzoek) -> Beschreven:
    """As a local Bot API server: plain http and any port are allowed."""
    url = verzoek.tekst("url")
    if not url:
        return delete_webhook(kern, verzoek)
    geheim = verzoek.tekst("secret_token")
    if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
        raise onjuist("Invalid webhook URL specified")
    if len(geheim) > 256:
        raise onjuist("Secret token is too long")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", geheim):
        raise onjuist("Secret token contains unallowed characters")
    nieuw = Haak(url, geheim, verzoek.geheel("max_connections", 40, 1, 100))
    _neem_over(kern, verzoek)
    kern.beurt, kern.beurt_reden = kern.beurt + 1, "terminated by setWebhook request"
    gelijk = kern.haak is not None and kern.haak.url == nieuw.url and kern.haak.geheim == nieuw.geheim
    kern.haak = nieuw
    kern.bijwerkingen.bel.lui()
    return Beschreven(True, "Webhook is already set" if gelijk else "Webhook was set")


def delete_webhook(kern: Kern, verzoek: Verzoek) -> Beschreven:
    had = kern.haak is not None
    if verzoek.ja("drop_pending_updates"):
        kern.bijwerkingen.wachtend.clear()
    kern.haak = None
    return Beschreven(True, "Webhook was deleted" if had else "Webhook is already deleted")


def _neem_over(kern: Kern, verzoek: Verzoek) -> None:
    if verzoek.ja("drop_pending_updates"):
        kern.bijwerkingen.wachtend.clear()
    kern.bijwerkingen.kies_soorten(verzoek.tekst("allowed_updates"))


def get_webhook_info(kern: Kern, verzoek: Verzoek) -> Json:
    haak, wachtend = kern.haak, kern.bijwerkingen
    info: Json = {"url": haak.url if haak else "", "has_custom_certificate": False}
    info["pending_update_count"] = len(wachtend.wachtend)
    if haak is not None:
        info |= {"max_connections": haak.max_connections, "ip_address": "127.0.0.1"}
        if haak.fout:
            info |= {"last_error_date": haak.fout_moment, "last_error_message": haak.fout}
    if wachtend.soorten is not None:
        info["allowed_updates"] = sorted(wachtend.soorten)
    return info


def haak_fout(kern: Kern, reden: str) -> None:
    """Remember why the webhook failed, for getWebhookInfo."""
    if kern.haak is not None:
        kern.haak.fout, kern.haak.fout_moment = reden, int(kern.nu())


def set_my_commands(kern: Kern, verzoek: Verzoek) -> bool:
    """At most 100 commands of 1-32 lower-case letters, digits and underscores, each with 1-256 characters."""
    opdrachten = verzoek.json("commands", "Can't parse commands JSON object")
    if not isinstance(opdrachten, list):
        raise onjuist("Expected an Array of BotCommand")
    for opdracht in opdrachten:
        if not isinstance(opdracht, dict) or not _goede_opdracht(opdracht):
            raise onjuist("BOT_COMMAND_INVALID")
    if len(opdrachten) > 100:
        raise onjuist("BOT_COMMANDS_TOO_MUCH")
    kern.instellingen[_plek("commands", verzoek)] = json.dumps(opdrachten)
    return True


def _goede_opdracht(opdracht: Json) -> bool:
    naam = re.fullmatch(r"/?[a-z0-9_]{1,32}", str(opdracht.get("command", "")))
    return naam is not None and 1 <= len(str(opdracht.get("description", "")).strip()) <= 256


def get_my_commands(kern: Kern, verzoek: Verzoek) -> Any:
    return json.loads(kern.instellingen.get(_plek("commands", verzoek), "[]"))


def delete_my_commands(kern: Kern, verzoek: Verzoek) -> bool:
    kern.instellingen.pop(_plek("commands", verzoek), None)
    return True


def _plek(veld: str, verzoek: Verzoek) -> str:
    return "|".join((veld, verzoek.tekst("scope"), verzoek.tekst("language_code")))


def _zetter(veld: str) -> Callable[[Kern, Verzoek], bool]:
    def zet(kern: Kern, verzoek: Verzoek) -> bool:
        if len(verzoek.tekst(veld)) > _LENGTES[veld]:
            raise onjuist(f"{veld} is too long")
        kern.instellingen[_plek(veld, verzoek)] = verzoek.tekst(veld)
        return True

    return zet


def _lezer(veld: str) -> Callable[[Kern, Verzoek], Json]:
    return lambda kern, verzoek: {veld: kern.instellingen.get(_plek(veld, verzoek), "")}


def _goed(kern: Kern, verzoek: Verzoek) -> bool:
    return True


METHODEN: dict[str, Callable[[Kern, Verzoek], Any]] = {
    "getMe": get_me,
    "answerCallbackQuery": answer_callback_query,
    "sendChatAction": send_chat_action,
    "getFile": get_file,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setMyName": _zetter("name"),
    "getMyName": _lezer("name"),
    "setMyDescription": _zetter("description"),
    "getMyDescription": _lezer("description"),
    "setMyShortDescription": _zetter("short_description"),
    "getMyShortDescription": _lezer("short_description"),
    "setChatMenuButton": _goed,
    "setMyDefaultAdministratorRights": _goed,
    "setMessageReaction": _goed,
}

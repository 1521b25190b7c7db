"""Updates as Telegram posts them to a webhook: a pressed button and a text by turns, each from another chat."""

from __future__ import annotations

import json
from typing import Any

from bot.bench.zaaien import ACCOUNT, ADRES

_TEKSTEN = ("Ja, wij komen graag!", "Mag mijn zus ook mee?", "Sorry, ik moet dan werken 🙏")
_BOT = {"id": int(ACCOUNT), "is_bot": True, "first_name": "De Klimboom", "username": "klimboom_bot"}


def update(nummer: int) -> bytes:
    """Update ``nummer``, as bytes of JSON."""
    wie = ADRES + nummer % 5_000
    van: dict[str, Any] = {"id": wie, "is_bot": False, "first_name": "Fatima", "last_name": "El Idrissi"}
    chat = {"id": wie, "first_name": "Fatima", "last_name": "El Idrissi", "type": "private"}
    inhoud = _knop(nummer, van, chat) if nummer % 2 else _bericht(nummer, van, chat)
    return json.dumps({"update_id": 834_000_000 + nummer, **inhoud}).encode()


def _bericht(nummer: int, van: dict[str, Any], chat: dict[str, Any]) -> dict[str, Any]:
    tekst = _TEKSTEN[nummer % len(_TEKSTEN)]
    bericht = {"message_id": nummer, "from": {**van, "language_code": "nl"}, "chat": chat, "date": 1_795_337_000}
    return {"message": {**bericht, "text": tekst}}


def _knop(nummer: int, van: dict[str, Any], chat: dict[str, Any]) -> dict[str, Any]:
    keuzes = (("✅ Ik kom", "ja"), ("🤔 Misschien", "misschien"), ("❌ Ik kan niet", "nee"))
    knoppen = [[{"text": label, "callback_data": f"uitnodiging.kom:{keuze}:{nummer}"}] for label, keuze in keuzes]
    bericht = {
        "message_id": nummer,
        "from": _BOT,
        "chat": chat,
        "date": 1_795_337_000,
        "text": "☕ Koffie en praten over slapen\n\nVoor vaders, moeders en andere verzorgers.\n📅 dinsdag 8 december",
        "reply_markup": {"inline_keyboard": knoppen},
    }
    druk = {"id": str(2**62 + nummer), "from": {**van, "language_code": "nl"}, "message": bericht}
    return {"callback_query": {**druk, "chat_instance": "-4611686018427387904", "data": knoppen[0][0]["callback_data"]}}

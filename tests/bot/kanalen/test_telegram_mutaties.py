"""Ten thousand damaged updates: reading them never raises and never gives more than it should."""

from __future__ import annotations

import copy
import json
import random
import re
import string
from pathlib import Path
from typing import Any

from bot.kanalen.basis import Onleesbaar, Ontvangst
from bot.kanalen.telegram import MAX_DATA, MAX_NAAM, MAX_RUW, ontleed
from bot.kanalen.telegram_uit import eenheden
from dialogen.basis import Soort

ACCOUNT = "7000000001"
MAP = Path(__file__).parent / "updates"

ONZIN: list[object] = [
    None, True, False, 0, -1, 1.5, float("nan"), 2**70, "", "x" * 5000, "\0", "\ud800", "private", [], [[]],
    {}, {"id": 1}, {"type": "private"}, {"is_bot": False}, "/start", [None] * 3,
]  # fmt: skip


def paden(deel: object, pad: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place inside a decoded update, as keys and indices."""
    sleutels = deel.keys() if isinstance(deel, dict) else range(len(deel)) if isinstance(deel, list) else ()
    hier = [(*pad, sleutel) for sleutel in sleutels]
    return hier + [onder for h in hier for onder in paden(deel[h[-1]], h)]  # type: ignore[index]


def verander(update: Any, toeval: random.Random) -> Any:
    """One mutation: a value replaced, removed, renamed, or swapped with another place's."""
    plekken = paden(update)
    *weg, laatste = toeval.choice(plekken)
    ouder = update
    for stap in weg:
        ouder = ouder[stap]
    match toeval.randrange(4):
        case 0 if isinstance(ouder, dict):
            del ouder[laatste]
        case 1 if isinstance(ouder, dict):
            ouder["".join(toeval.choices(string.ascii_lowercase, k=5))] = ouder.pop(laatste)
        case _:
            ouder[laatste] = copy.deepcopy(toeval.choice(ONZIN))
    return update


def test_ten_thousand_mutations_never_raise_and_never_give_more_than_they_should() -> None:
    toeval = random.Random(20261208)
    bronnen = [json.loads(pad.read_text(encoding="utf-8")) for pad in sorted(MAP.glob("*.json"))]
    soorten: set[str] = set()
    for _ in range(10_000):
        update = copy.deepcopy(toeval.choice(bronnen))
        for _ in range(toeval.randrange(1, 5)):
            update = verander(update, toeval) if paden(update) else update
        uit = ontleed(ACCOUNT, update)
        soorten.add(type(uit).__name__)
        controleer(update, uit)
    assert soorten == {"Ontvangst", "Onleesbaar", "NoneType"}


def controleer(update: Any, uit: Ontvangst | Onleesbaar | None) -> None:
    """Only private chats and people, and every field within what the columns and the screens take."""
    if uit is None:
        return
    assert uit.extern_id == str(update["update_id"])
    if isinstance(uit, Onleesbaar):
        assert len(uit.ruw) <= MAX_RUW
        return
    deel = update.get("message") or update.get("callback_query") or update["edited_message"]
    chat = (deel if "chat" in deel else deel.get("message") or {}).get("chat", {"type": "private"})
    assert chat["type"] == "private"
    assert not deel["from"].get("is_bot")
    invoer = uit.invoer
    assert re.fullmatch(r"[1-9][0-9]{0,15}", uit.adres)
    assert re.fullmatch(r"([1-9][0-9]{0,15})?", invoer.bericht)
    assert len(invoer.naam) <= MAX_NAAM
    assert not re.search("[\0-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", invoer.naam)
    assert eenheden(invoer.waarde) <= 4096
    assert not re.search("[\0\ud800-\udfff]", invoer.waarde)
    assert (invoer.soort is Soort.KNOP) == bool(uit.bevestiging)
    match invoer.soort:
        case Soort.ANDERS:
            assert invoer.waarde == ""
        case Soort.START:
            assert re.fullmatch(r"[A-Za-z0-9_-]{0,64}", invoer.waarde)
        case Soort.KNOP:
            assert len(invoer.waarde.encode()) <= MAX_DATA
        case Soort.SPRAAK | Soort.FOTO:
            assert re.fullmatch(r"[!-~]{1,256}", invoer.waarde)

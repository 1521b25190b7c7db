"""What Telegram knows: the bot, the chats with their messages, files, button presses and counters.

Source: Bot API documentation, "Available types". Everything here is called under one lock, `Kern.slot`.
"""

from __future__ import annotations

import copy
import itertools
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from .bel import Bel
from .bijwerkingen import Bijwerkingen
from .fouten import ApiFout, Json, onjuist, verboden
from .storing import Storingen
from .tempo import Tempo
from .toetsenbord import Toetsenbord
from .verzoek import VERSTUUR, Verzoek, heet

EERSTE_GEBRUIKER = 5_000_000_001  # real user numbers no longer fit in 32 bits
EERSTE_GROEP = -1_001_000_000_001


@dataclass
class Opgeslagen:
    """One message of a chat as it stands now, and as it stood before each edit."""

    json: Json
    van_bot: bool
    toetsenbord: Toetsenbord = field(default_factory=Toetsenbord)
    versies: list[Json] = field(default_factory=list)
    verwijderd: bool = False


@dataclass
class Chat:
    """A private chat or a group. `bekend`: the bot may write first; `weigert`: why it may not, the text of
    the 403."""

    id: int
    info: Json
    bel: Bel
    bekend: bool = False
    weigert: str | None = None
    berichten: dict[int, Opgeslagen] = field(default_factory=dict)
    acties: list[str] = field(default_factory=list)

    def nieuw_nummer(self) -> int:
        return len(self.berichten) + 1


@dataclass
class Tik:
    """A pressed button: what the bot answered, if it did, as the little notice (`alert`: one to click
    away)."""

    id: str
    data: str
    moment: float
    beantwoord: bool = False
    tekst: str = ""
    alert: bool = False


@dataclass(frozen=True)
class Bestand:
    """A file that can be sent again and downloaded: bytes and the path under which getFile offers it. `maat`: the size
    that is said of it, when that is a lie."""

    file_id: str
    pad: str
    data: bytes
    maat: int | None = None

    def json(self) -> Json:
        uniek = self.file_id[-12:]
        return {
            "file_id": self.file_id,
            "file_unique_id": uniek,
            "file_size": len(self.data) if self.maat is None else self.maat,
        }


@dataclass(frozen=True)
class Regel:
    """One request in the log: monotonic seconds, method, chat, HTTP code (0: connection cut) and
    parameters."""

    moment: float
    methode: str
    chat_id: int | None
    code: int
    args: dict[str, str]


@dataclass
class Haak:
    """A webhook as setWebhook set it."""

    url: str
    geheim: str = ""
    max_connections: int = 40
    fout_moment: int = 0
    fout: str = ""


class Kern:
    """The whole state. `nu` gives the date of messages, in Unix seconds; waiting and limits use a monotonic
    clock."""

    def __init__(self, token: str, username: str, naam: str, nu: Callable[[], float]) -> None:
        self.token = token
        self.nu = nu
        self.slot = threading.RLock()
        self.bel = Bel(self.slot)
        self.bot: Json = {
            "id": int(token.partition(":")[0]),
            "is_bot": True,
            "first_name": naam,
            "username": username,
        }
        self.chats: dict[int, Chat] = {}
        self.tikken: dict[str, Tik] = {}
        self.bestanden: dict[str, Bestand] = {}
        self.bijwerkingen = Bijwerkingen(Bel(self.slot))
        self.tempo = Tempo()
        self.storing = Storingen()
        self.tellers: Counter[str] = Counter()
        self.logboek: list[Regel] = []
        self.instellingen: dict[str, str] = {}
        self.haak: Haak | None = None
        self.beurt = 0  # which getUpdates is the one that counts
        self.beurt_reden = ""
        self.tik_geldig = 15.0
        self._nummers = itertools.count(1)

    def nieuwe_chat(self, info: Json) -> Chat:
        """Add a chat; `info` is the Chat object of its messages."""
        chat = self.chats[info["id"]] = Chat(info["id"], info, Bel(self.slot))
        return chat

    def nummer(self) -> int:
        """A fresh number, for identifiers."""
        return next(self._nummers)

    def bewaar(self, data: bytes, pad: str, maat: int | None = None) -> Bestand:
        """Keep a file; its path gets a number, as Telegram's do (voice/file_7.oga)."""
        nummer = self.nummer()
        stam, _, soort = pad.rpartition(".")
        bestand = Bestand(f"AwACAgQAAxkBAAI{nummer:08d}", f"{stam}_{nummer}.{soort}", data, maat)
        self.bestanden[bestand.file_id] = bestand
        return bestand

    def schrijf(self, chat: Chat, van: Json, inhoud: Json) -> Opgeslagen:
        """A new message in this chat."""
        nummer = chat.nieuw_nummer()
        kop = {"message_id": nummer, "from": van, "chat": chat.info, "date": int(self.nu())}
        chat.berichten[nummer] = Opgeslagen({**kop, **inhoud}, van_bot=van["id"] == self.bot["id"])
        chat.bel.lui()
        return chat.berichten[nummer]

    def wijzig(self, chat: Chat, bericht: Opgeslagen, nieuw: Json) -> None:
        """Replace the content of a message; how it stood is kept."""
        bericht.versies.append(copy.deepcopy(bericht.json))
        bericht.json = nieuw | {"edit_date": int(self.nu())}
        chat.bel.lui()

    def zoek_chat(self, verzoek: Verzoek) -> Chat:
        """The chat of `chat_id`. Raises 400 when the bot cannot know it: that person never wrote first."""
        if not verzoek.tekst("chat_id"):
            raise onjuist("chat_id is empty")
        chat = self.chats.get(verzoek.geheel("chat_id"))
        if chat is None or not chat.bekend:
            raise onjuist("Chat not found")
        return chat

    def mag_schrijven(self, chat: Chat) -> None:
        """Take a place in the pace, then ask whether this chat still wants the bot. Raises 429 or 403."""
        self.tempo.neem(chat.id)
        if chat.weigert is not None:
            raise verboden(chat.weigert)

    def zoek_bericht(self, chat: Chat, nummer: int, wat: str) -> Opgeslagen:
        """Raises 400 '<wat> not found'."""
        bericht = chat.berichten.get(nummer)
        if bericht is None or bericht.verwijderd:
            raise onjuist(f"{wat} not found")
        return bericht

    def geldige_tik(self, tik_id: str) -> Tik:
        """A press that still waits for its answer: not answered, not older than `tik_geldig` seconds."""
        tik = self.tikken.get(tik_id)
        if tik is None or tik.beantwoord or time.monotonic() - tik.moment > self.tik_geldig:
            raise onjuist("Query is too old and response timeout expired or query ID is invalid")
        return tik

    def noteer(self, verzoek: Verzoek, code: int) -> None:
        """Count one request and how it ended."""
        methode = verzoek.methode
        self.tellers.update(("verzoeken", methode, str(code), f"{methode}:{code}"))
        if heet(methode, VERSTUUR):
            self.tellers.update((VERSTUUR, f"{VERSTUUR}:{code}"))
        chat_id = verzoek.geheel("chat_id") or None
        self.logboek.append(Regel(time.monotonic(), methode, chat_id, code, verzoek.args))
        self.bel.lui()


def methode_onbekend() -> ApiFout:
    """404, the answer to a method that does not exist."""
    return ApiFout(404, "Not Found: method not found")

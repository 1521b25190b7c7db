"""The port every channel implements: take in, render within what it can, send, and say what to do on an error."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol, runtime_checkable

from dialogen.basis import Invoer


@dataclass(frozen=True, slots=True)
class Vermogen:
    """What a platform can show. Lengths are UTF-16 units, as the platforms count them."""

    knoppen: int = 3  # buttons under one message
    lijst: int = 10  # rows of a list, when there are more choices than buttons
    label: int = 20
    tekst: int = 4096
    spraak: bool = True
    bewerken: bool = False
    bestand: bool = False  # takes a file with the message; without it the channel only shows what it is called
    beeld: bool = False  # shows a picture; without it there are words that say what is on it
    bijschrift: int | None = None  # text that fits under a picture or sound, of which it takes one; None: all in one
    venster: timedelta | None = None  # free-form only within this time after the person wrote


@dataclass(frozen=True, slots=True)
class Tempo:
    """How fast an account may send: messages a second in all, and the seconds between two in one chat."""

    per_seconde: float
    per_chat: float = 0.0


@dataclass(frozen=True, slots=True)
class Ontvangst:
    """One update, parsed. ``extern_id`` is unique within (kanaal, account); ``adres`` is the chat.

    ``bevestiging`` is the platform's id that asks for a quick acknowledgement (Telegram's callback query);
    it is used at once after the commit and never stored.
    """

    kanaal: str
    account: str
    extern_id: str
    adres: str
    invoer: Invoer
    bevestiging: str = ""


@dataclass(frozen=True, slots=True)
class Onleesbaar:
    """An update that could not be parsed: set aside with its raw text, for 7 days at most."""

    kanaal: str
    account: str
    extern_id: str
    ruw: str


@dataclass(frozen=True, slots=True)
class Bijlage:
    """Sound (OGG/Opus) or a picture (PNG, JPEG) of a message. ``hash`` is the SHA-256 of its bytes, in hex; ''
    for what is of one person only, and is remembered nowhere.

    ``bestand`` is the platform's own file id; with one ``inhoud`` may be empty. ``duur`` is in milliseconds, of sound.
    """

    hash: str
    inhoud: bytes = b""
    bestand: str = ""
    duur: int = 0


@dataclass(frozen=True, slots=True)
class Weergave:
    """A message as a person will see it: ``knoppen`` are rows of (label, data), already cut to size.

    ``alt`` says in words what is on the picture.
    """

    tekst: str
    knoppen: tuple[tuple[str, str], ...] = ()
    media: str = ""
    vervangt: str = ""  # the platform's id of the message to change, '' for a new one
    rtl: bool = False
    taal: str = "nl"
    bestand: str = ""  # the name of a file that belongs to it …
    inhoud: bytes = b""  # … and the file, for a channel that takes it along
    geluid: Bijlage | None = None
    beeld: Bijlage | None = None
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Verzonden:
    """Sent; the platform's own id of the message. ``bestanden``: (hash, file id) of what was uploaded with it."""

    extern_id: str
    bestanden: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Tijdelijk:
    """Not now. ``wacht`` seconds (None: our own backoff); ``heel_account`` when every chat must wait."""

    wacht: float | None = None
    heel_account: bool = False
    reden: str = ""


@dataclass(frozen=True, slots=True)
class Geweigerd:
    """Never in this form; the reason is kept (a platform's words about the request, nothing personal)."""

    reden: str


@dataclass(frozen=True, slots=True)
class Gestopt:
    """This person no longer wants or has this chat: stop writing to them."""

    reden: str = ""


@dataclass(frozen=True, slots=True)
class Kwijt:
    """The platform no longer knows the file id of these bytes (by hash): nothing was sent, give them along."""

    hash: str


Resultaat = Verzonden | Tijdelijk | Geweigerd | Gestopt | Kwijt

Aannemen = Callable[[Sequence[Ontvangst | Onleesbaar]], Awaitable[None]]
"""Commits what came in. Returns when it is safe; raises when it is not, and then nothing may be acknowledged."""


@runtime_checkable
class Ophaalbaar(Protocol):
    """A channel whose platform keeps what was spoken until it is fetched."""

    async def haal(self, media: str) -> bytes | Tijdelijk | Geweigerd:
        """The bytes by the platform's file id, at most ``GROOTSTE_SPRAAK`` of them; larger is ``Geweigerd(TE_LANG)``.
        Never raises for what a platform answers."""


class Kanaal(Protocol):
    """A platform account we read from and write to."""

    @property
    def naam(self) -> str:
        """The kind: 'telegram', 'web', 'terminal'."""

    @property
    def account(self) -> str:
        """Which account of that kind, stable across restarts (a bot's number)."""

    @property
    def vermogen(self) -> Vermogen:
        """What it can show."""

    @property
    def tempo(self) -> Tempo | None:
        """How fast it may send; None for no limit."""

    async def begin(self) -> None:
        """Open connections and learn the account. Raises ``OSError`` when the platform cannot be reached."""

    async def luister(self, aannemen: Aannemen) -> None:
        """Take in until cancelled. Returns at once where the platform calls us (a webhook, the browser)."""

    async def verzend(self, adres: str, weergave: Weergave, nummer: int) -> Resultaat:
        """Send one message, or one of the parts that ``vermogen.bijschrift`` makes of it; ``nummer`` is our own outbox
        number. Never raises for what a platform answers."""

    async def sluit(self) -> None:
        """Close connections."""

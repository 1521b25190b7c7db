"""What the web server is given. Everything is injected: this package knows no database and no engine."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from aiohttp import web

from bot.bestanden import Bestand
from bot.kanalen.basis import Aannemen, Bijlage, Onleesbaar, Ontvangst
from bot.kanalen.webchat import Webchat
from bot.web.bureau.basis import Bureau
from dialogen.basis import Invoer

CODE = r"[A-Za-z0-9_-]{1,64}"
"""What a start code looks like."""


@dataclass(frozen=True, slots=True)
class Webhook:
    """One platform that calls us.

    ``pad`` starts with '/'. ``ontleed`` turns parsed JSON into what came in, or None for what we do not
    follow; it does not raise. ``bevestig`` is called after the commit and returns at once (it schedules).
    ``geheim_klopt`` compares the header ``kop`` (None when missing) with ``geheim`` in constant time, and is
    false when no secret is set.
    """

    pad: str
    geheim: str
    ontleed: Callable[[object], Ontvangst | Onleesbaar | None]
    bevestig: Callable[[Sequence[Ontvangst]], None]
    geheim_klopt: Callable[[str | None, str], bool]
    kop: str = "X-Telegram-Bot-Api-Secret-Token"


PROBEER = (
    "Kies op de telefoon van de vader een taal. Lees, of luister: dan hoor je elk bericht.",
    "Tik bij de vader op ❌ Ik kan niet. Geef een reden.",
    "Toch tijd? Tik op een oude knop. Hij werkt nog.",
    "Typ bij de moeder: tip. Doe hem thuis en tik op 👍 Gedaan.",
    "Stel als moeder een vraag. De collega geeft antwoord.",
    "Download daarna de redenen. Excel kan het openen.",
)


@dataclass(frozen=True, slots=True)
class Demo:
    """The demo page: ``telefoons`` are (name, role, start code), ``export`` gives the reasons as CSV bytes.

    ``titel`` is what the demo is about (a school), ``probeer`` the lines of "Probeer dit".
    """

    telefoons: Sequence[tuple[str, str, str]]
    export: Callable[[], Awaitable[bytes]]
    titel: str = ""
    probeer: Sequence[str] = PROBEER


@dataclass(frozen=True, slots=True)
class DeurBeeld:
    """What the screen shows: words only about the activity. ``link`` is what the code holds, '' when the door is
    closed; ``ververs`` seconds later there is something new.
    """

    titel: str
    locatie: str
    dag: str
    tijd: str
    plek: str
    staat: str  # open | vroeg | voorbij | afgelast
    open_om: str = ""
    link: str = ""
    ververs: int = 60


async def _geen_taal(_adres: str) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Web:
    """Everything the web server needs.

    ``aannemen`` commits or raises. ``code_bestaat`` says whether chats of this start code may be opened; it
    stays true for a used code, because the chat goes on at the same address. ``gereed`` names each part that
    must work. ``bijlage`` gives the 'geluid' or 'beeld' of a message (by its number) that this ``adres`` received, with
    its bytes, or None.
    ``nota`` gives a voice note (by its own number) that who is at this ``adres`` may hear now, or None.
    ``spraak`` keeps what was recorded by this ``adres`` under the browser's own id, and says what to take in; it raises
    when it could not. Without it nobody can speak here.
    ``bestand`` makes the file of a message (by its number) that this ``adres`` received, or None.
    ``deur`` gives what the screen at the door shows at this address, or None for one that is not ours.
    ``taal_van`` gives the language of the chat at this ``adres``, '' where there is none yet.
    ``hartslag`` is in seconds: the sign of life of an open stream, and how often it looks in the outbox for
    what another process sent.
    """

    aannemen: Aannemen
    webchat: Webchat
    code_bestaat: Callable[[str], Awaitable[bool]]
    gereed: Callable[[], Awaitable[Mapping[str, bool]]]
    webhook: Webhook | None = None
    demo: Demo | None = None
    bijlage: Callable[[str, int, str], Awaitable[Bijlage | None]] | None = None
    nota: Callable[[str, int], Awaitable[Bijlage | None]] | None = None
    spraak: Callable[[str, str, bytes], Awaitable[Invoer]] | None = None
    bestand: Callable[[str, int], Awaitable[Bestand | None]] | None = None
    deur: Callable[[str], Awaitable[DeurBeeld | None]] | None = None
    hartslag: float = 20.0
    bureau: Bureau | None = None
    taal_van: Callable[[str], Awaitable[str]] = _geen_taal


WEB = web.AppKey("web", Web)
"""Where handlers find what they were given."""

"""Translators: LibreTranslate of one's own by POST, and four public ones through deep-translator (extra ``vertaal``).

deep-translator is synchronous, knows no time-out, and puts texts in addresses; so every call has a thread of its own
that may hang without holding up anything, and no more than ``DRADEN`` of them.
"""

from __future__ import annotations

import asyncio
import contextlib
import html
import json
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import aiohttp

from bot.diensten.basis import Vertaaldienst, Vertaalfout

if TYPE_CHECKING:
    from bot.instellingen import Instellingen

DRADEN = 8
"""Threads of deep-translator that may be busy or hang at the same time; with more we wait, and say it is slow."""
ANTWOORD = 64_000
"""Bytes of an answer that are read; a translation of ours is never longer."""
RUST = 60.0
"""Seconds of rest when a service says "too often" and not for how long; ``RUST_MEEST`` is the most we let it ask."""
RUST_MEEST = 3600.0


def maak_dienst(inst: Instellingen) -> Vertaaldienst | None:
    """The translator of the settings; None when translation is off. Raises ``ValueError`` saying what is missing."""
    sleutel = inst.translate_key.get_secret_value()
    match inst.translate_service:
        case "":
            return None
        case "libretranslate":
            return LibreTranslate(inst.translate_url, sleutel, inst.translate_timeout)
        case naam:
            return DeepTranslator(naam, _maker(naam, sleutel, inst.translate_region), inst.translate_timeout)


class LibreTranslate:
    """A LibreTranslate server: ``POST /translate`` with JSON, so that no text stands in an address or a log."""

    naam = "libretranslate"

    def __init__(self, url: str, sleutel: str = "", tijd: float = 10.0) -> None:
        self._url, self._sleutel = f"{url.rstrip('/')}/translate", sleutel
        self._tijd = aiohttp.ClientTimeout(total=tijd)
        self._sessie: aiohttp.ClientSession | None = None

    async def vertaal(self, tekst: str, van: str, naar: str) -> str:
        """See ``Vertaaldienst``."""
        vraag = {"q": tekst, "source": van, "target": naar, "format": "text"}
        vraag |= {"api_key": self._sleutel} if self._sleutel else {}
        self._sessie = self._sessie or aiohttp.ClientSession(timeout=self._tijd, auto_decompress=False)
        try:
            async with self._sessie.post(self._url, json=vraag, allow_redirects=False) as antwoord:
                return _gelezen(antwoord.status, antwoord.headers.get("Retry-After", ""), await _inhoud(antwoord))
        except TimeoutError:
            raise Vertaalfout("te_langzaam") from None
        except aiohttp.ClientConnectorError:
            raise Vertaalfout("weg") from None
        except (aiohttp.ClientError, OSError):
            raise Vertaalfout("verbroken") from None

    async def sluit(self) -> None:
        """See ``Vertaaldienst``."""
        if self._sessie is not None:
            await self._sessie.close()
            self._sessie = None


async def _inhoud(antwoord: aiohttp.ClientResponse) -> bytes:
    """The body, as far as we read."""
    delen = b""
    async for deel in antwoord.content.iter_chunked(8192):
        delen += deel
        if len(delen) > ANTWOORD:
            raise Vertaalfout("te_lang", afgekeurd=True)
    return delen


def _gelezen(status: int, wacht: str, inhoud: bytes) -> str:
    if status == 429:
        raise Vertaalfout("te_vaak", wacht=_seconden(wacht))
    if status in {401, 403}:
        raise Vertaalfout("sleutel")
    if status == 400:  # LibreTranslate: a language it does not have, or a text that is too long for it
        raise Vertaalfout("geweigerd", blijvend=True)
    if status != 200:
        raise Vertaalfout(f"status_{status}")
    if inhoud.lstrip()[:1] == b"<":
        raise Vertaalfout("html", afgekeurd=True)
    try:
        gegeven = json.loads(inhoud)
    except ValueError:
        raise Vertaalfout("geen_json", afgekeurd=True) from None
    vertaald = gegeven.get("translatedText") if isinstance(gegeven, dict) else None
    if not isinstance(vertaald, str):
        raise Vertaalfout("geen_vertaling", afgekeurd=True)
    return vertaald


def _seconden(wacht: str) -> float:
    """A ``Retry-After`` in seconds; a date, nonsense or nothing is ``RUST``."""
    return min(RUST_MEEST, max(1.0, float(wacht))) if wacht.strip().isascii() and wacht.strip().isdigit() else RUST


# deep-translator

Maker = Callable[[str, str], Any]
"""(from, to) → a translator of the library with ``translate(text)``. Raises what the library raises."""
_MYMEMORY = {
    "nl": "nl-NL", "en": "en-GB", "tr": "tr-TR", "ar": "ar-SA", "pl": "pl-PL",
    "uk": "uk-UA", "ti": "ti-ET", "so": "so-SO", "fa": "fa-IR", "es": "es-ES",
}  # fmt: skip


def _maker(naam: str, sleutel: str, regio: str) -> Maker:
    """Imports the library: only when one of its services was chosen."""
    try:
        import deep_translator as d
    except ImportError:
        raise ValueError(
            "INLOOP_TRANSLATE_SERVICE vraagt om de extra 'vertaal': pip install 'inloop[vertaal]'"
        ) from None
    match naam:
        case "google":
            return lambda van, naar: d.GoogleTranslator(source=van, target=naar)
        case "mymemory":
            return lambda van, naar: d.MyMemoryTranslator(
                source=_MYMEMORY.get(van, van), target=_MYMEMORY.get(naar, naar)
            )
        case "deepl":  # the keys of DeepL's free API end in ":fx"
            gratis = sleutel.endswith(":fx")
            return lambda van, naar: d.DeeplTranslator(source=van, target=naar, api_key=sleutel, use_free_api=gratis)
        case _:
            return lambda van, naar: d.MicrosoftTranslator(
                source=van, target=naar, api_key=sleutel, region=regio or None
            )


class DeepTranslator:
    """One of the services of deep-translator. A call that takes longer than ``tijd`` seconds is given up; its thread
    is left to itself and counts until it ends.
    """

    def __init__(self, naam: str, maker: Maker, tijd: float = 10.0) -> None:
        self.naam, self._maker, self._tijd = naam, maker, tijd
        self._bezig = threading.BoundedSemaphore(DRADEN)

    async def vertaal(self, tekst: str, van: str, naar: str) -> str:
        """See ``Vertaaldienst``."""
        if not self._bezig.acquire(blocking=False):
            raise Vertaalfout("hangt")
        loop = asyncio.get_running_loop()
        belofte: asyncio.Future[str] = loop.create_future()

        def werk() -> None:
            try:
                uitkomst: str | Vertaalfout = _vraag(self._maker, tekst, van, naar)
            except Vertaalfout as fout:
                uitkomst = fout
            finally:
                self._bezig.release()
            with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits any more
                loop.call_soon_threadsafe(_los_in, belofte, uitkomst)

        # A daemon: one that hangs for ever does not keep the process from stopping.
        threading.Thread(target=werk, name="vertalen", daemon=True).start()
        try:
            async with asyncio.timeout(self._tijd):
                return await belofte
        except TimeoutError:
            raise Vertaalfout("te_langzaam") from None

    async def sluit(self) -> None:
        """See ``Vertaaldienst``."""


def _los_in(belofte: asyncio.Future[str], uitkomst: str | Vertaalfout) -> None:
    if belofte.done():
        return
    if isinstance(uitkomst, Vertaalfout):
        belofte.set_exception(uitkomst)
    else:
        belofte.set_result(uitkomst)


_SOORTEN = {
    "TooManyRequests": Vertaalfout("te_vaak", wacht=RUST),
    "LanguageNotSupportedException": Vertaalfout("taal_onbekend", blijvend=True),
    "InvalidSourceOrTargetLanguage": Vertaalfout("taal_onbekend", blijvend=True),
    "NotValidLength": Vertaalfout("geweigerd", blijvend=True),
    "NotValidPayload": Vertaalfout("geweigerd", blijvend=True),
    "AuthorizationException": Vertaalfout("sleutel"),
    "ApiKeyException": Vertaalfout("sleutel"),
    "TranslationNotFound": Vertaalfout("html", afgekeurd=True),
    "JSONDecodeError": Vertaalfout("geen_json", afgekeurd=True),
    "ConnectionError": Vertaalfout("weg"),
    "ConnectTimeout": Vertaalfout("weg"),
    "ChunkedEncodingError": Vertaalfout("verbroken"),
    "RequestError": Vertaalfout("status"),
    "ServerException": Vertaalfout("status"),
    "MicrosoftAPIerror": Vertaalfout("status"),
}
"""Kinds of errors of the library by their class's name. Their texts are never looked at: they hold texts and keys."""


def _vraag(maker: Maker, tekst: str, van: str, naar: str) -> str:
    """One call of the library, in its own thread."""
    try:
        vertaald = maker(van, naar).translate(tekst)
    except Exception as fout:
        bekend = _SOORTEN.get(type(fout).__name__, Vertaalfout("onbekend"))
        raise Vertaalfout(
            bekend.soort, afgekeurd=bekend.afgekeurd, blijvend=bekend.blijvend, wacht=bekend.wacht
        ) from None
    if not isinstance(vertaald, str):
        raise Vertaalfout("geen_vertaling", afgekeurd=True)
    if vertaald.startswith("MYMEMORY WARNING"):  # with status 200: the free words of the day are used up
        raise Vertaalfout("te_vaak", wacht=RUST_MEEST)
    return html.unescape(vertaald)  # MyMemory writes an apostrophe as &#39;

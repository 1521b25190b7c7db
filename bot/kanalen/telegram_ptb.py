"""Telegram through python-telegram-bot: its Bot and its HTTP, no Application. Imported only when chosen."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import AsyncGenerator, Mapping
from typing import Any

from telegram import Bot, InputFile
from telegram.error import TelegramError
from telegram.request import HTTPXRequest

from bot.kanalen.basis import Tempo
from bot.kanalen.telegram import TEMPO
from bot.kanalen.telegram_basis import LEES, VERBIND, VERBINDINGEN, TelegramBasis, TelegramFout
from bot.kanalen.telegram_uit import Fout, Upload, lees_fout

# httpx logs every address, and so the token; the library logs answers it cannot read, and so messages.
_STIL = {"httpx": logging.WARNING, "httpcore": logging.WARNING, "telegram": logging.CRITICAL}


class _Geweigerd(TelegramError):
    """Telegram's refusal with its own code and words, which the library's exceptions do not keep apart."""

    def __init__(self, fout: Fout) -> None:
        super().__init__(str(fout))
        self.fout = fout


class _Verzoek(HTTPXRequest):
    """The library's HTTP, reading an error before the library turns it into a guess."""

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """(status, body) of a 2xx answer. Raises ``_Geweigerd``, or the library's own network errors."""
        status, body = await super().do_request(*args, **kwargs)
        if not 200 <= status <= 299:
            raise _Geweigerd(lees_fout(status, body))
        return status, body

    async def stroom(self, adres: str) -> AsyncGenerator[bytes, None]:
        """The body of a GET, piece by piece; the library itself only reads files whole, whatever their size.

        Raises ``_Geweigerd``, or httpx's own network errors.
        """
        async with self._client.stream("GET", adres) as antwoord:
            if not antwoord.is_success:
                raise _Geweigerd(Fout(antwoord.status_code, "the file was not given"))
            async for stuk in antwoord.aiter_bytes():
                yield stuk


def _met_upload(parameters: Mapping[str, object]) -> dict[str, object]:
    return {
        naam: InputFile(waarde.inhoud, waarde.naam, attach=True) if isinstance(waarde, Upload) else waarde
        for naam, waarde in parameters.items()
    }


class TelegramPtb(TelegramBasis):
    """``Kanaal`` on python-telegram-bot. Arguments as ``TelegramBasis``."""

    def __init__(self, token: str, api: str, webhook: str, geheim: str, tempo: Tempo = TEMPO) -> None:
        super().__init__(token, api, webhook, geheim, tempo)
        for naam, niveau in _STIL.items():
            logging.getLogger(naam).setLevel(niveau)
        self._verzoek = _Verzoek(
            connection_pool_size=VERBINDINGEN, connect_timeout=VERBIND, read_timeout=LEES, pool_timeout=LEES
        )
        self._bot = Bot(
            token, f"{self._api}/bot", f"{self._api}/file/bot", request=self._verzoek, get_updates_request=self._verzoek
        )

    async def _roep(self, methode: str, parameters: Mapping[str, object]) -> object:
        try:
            # The library drops the underscore again; without it, it would warn at every call that it has a
            # method of its own. That method parses the answer, which may fail after the message was sent.
            antwoord: object = await self._bot.do_api_request(f"{methode}_", _met_upload(parameters))
        except _Geweigerd as geweigerd:
            fout = geweigerd.fout
        except Exception as anders:  # network, time-out, no JSON: its text may hold the token
            fout = Fout(None, type(anders.__cause__ or anders).__name__)
        else:
            return antwoord
        raise TelegramFout(fout)

    async def _download(self, pad: str) -> AsyncGenerator[bytes, None]:
        try:
            async with contextlib.aclosing(self._verzoek.stroom(f"{self._bot.base_file_url}/{pad}")) as stukken:
                async for stuk in stukken:
                    yield stuk
        except _Geweigerd as geweigerd:
            fout = geweigerd.fout
        except Exception as anders:  # network, time-out: its text may hold the token
            fout = Fout(None, type(anders).__name__)
        else:
            return
        raise TelegramFout(fout)

    async def begin(self) -> None:
        """As ``TelegramBasis.begin``; also after ``sluit``."""
        await self._verzoek.initialize()
        await super().begin()

    async def _sluit(self) -> None:
        await self._verzoek.shutdown()

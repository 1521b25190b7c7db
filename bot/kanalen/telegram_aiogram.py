"""Telegram through aiogram: its Bot and its session, no Dispatcher. Imported only when chosen."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncGenerator, Mapping
from typing import Any, cast

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.methods import Response, TelegramMethod
from aiogram.types import BufferedInputFile
from aiohttp import ClientTimeout
from pydantic import Field

from bot.kanalen.basis import Tempo
from bot.kanalen.telegram import TEMPO
from bot.kanalen.telegram_basis import LEES, VERBIND, VERBINDINGEN, TelegramBasis, TelegramFout
from bot.kanalen.telegram_uit import Fout, Upload, lees_fout

_TIJD = ClientTimeout(total=LEES + 2 * VERBIND, sock_connect=VERBIND, sock_read=LEES)


class _Ruw(TelegramMethod[Any]):
    """Any method of the Bot API, with raw JSON both ways: an answer the library's types do not know yet
    must not look like a message that was not sent."""

    __returning__ = object
    methode: str = Field(exclude=True)

    @property
    def __api_method__(self) -> str:  # type: ignore[override]
        """The name in the address; a class variable in the library, which has a class per method."""
        return self.methode


class _Sessie(AiohttpSession):
    """The library's HTTP, reading an error before the library turns it into an exception with a story."""

    def check_response(self, bot: Bot, method: Any, status_code: int, content: str) -> Response[Any]:
        """The answer to a 2xx. Raises ``TelegramFout`` for Telegram's refusals."""
        if not 200 <= status_code <= 299:
            raise TelegramFout(lees_fout(status_code, content))
        return super().check_response(bot, method, status_code, content)


def _met_upload(parameters: Mapping[str, object]) -> dict[str, Any]:
    return {
        naam: BufferedInputFile(waarde.inhoud, waarde.naam) if isinstance(waarde, Upload) else waarde
        for naam, waarde in parameters.items()
    }


class TelegramAiogram(TelegramBasis):
    """``Kanaal`` on aiogram. Arguments as ``TelegramBasis``."""

    def __init__(self, token: str, api: str, webhook: str, geheim: str, tempo: Tempo = TEMPO) -> None:
        super().__init__(token, api, webhook, geheim, tempo)
        server = TelegramAPIServer.from_base(self._api)
        # The session hands its time-out to aiohttp as it is; a plain number would be for the whole call only.
        self._bot = Bot(token, _Sessie(limit=VERBINDINGEN, api=server, timeout=cast("float", _TIJD)))

    async def _roep(self, methode: str, parameters: Mapping[str, object]) -> object:
        try:
            antwoord: object = await self._bot(_Ruw(methode=methode, **_met_upload(parameters)))
        except TelegramFout as geweigerd:
            fout = geweigerd.fout
        except Exception as anders:  # network, time-out, no JSON: its text may hold the token
            fout = Fout(None, type(anders.__cause__ or anders).__name__)
        else:
            return antwoord
        raise TelegramFout(fout)

    async def _download(self, pad: str) -> AsyncGenerator[bytes, None]:
        adres = self._bot.session.api.file_url(self._bot.token, pad)
        stroom = self._bot.session.stream_content(adres, timeout=cast("int", _TIJD))
        try:
            async with contextlib.aclosing(stroom) as stukken:
                async for stuk in stukken:
                    yield stuk
        except Exception as anders:  # its text holds the address, and so the token
            fout = Fout(getattr(anders, "status", None), type(anders).__name__)
        else:
            return
        raise TelegramFout(fout)

    async def _sluit(self) -> None:
        await self._bot.session.close()

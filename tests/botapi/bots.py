"""Both real libraries, pointed at this server, behind the few calls that the tests make with either.

Importing this takes as long as importing aiogram: seconds.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiogram
import telegram
from aiogram import exceptions
from aiogram import types as at
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from telegram import error

from .server import BotApi

KNOPPEN = [[("Ja", "ja:7"), ("Nee", "nee:7")], [("Weet ik nog niet", "later:7")]]


@dataclass(frozen=True)
class Bot:
    """One library behind the few calls that the tests make with both."""

    lib: Any
    te_veel: type[Exception]
    verboden: type[Exception]
    onjuist: type[Exception]
    conflict: type[Exception]
    netwerk: type[Exception]
    serverfout: type[Exception]
    onleesbaar: type[Exception]

    def knoppen(self) -> Any:
        if isinstance(self.lib, aiogram.Bot):
            rijen = [[at.InlineKeyboardButton(text=t, callback_data=d) for t, d in rij] for rij in KNOPPEN]
            return at.InlineKeyboardMarkup(inline_keyboard=rijen)
        return telegram.InlineKeyboardMarkup(
            [[telegram.InlineKeyboardButton(t, callback_data=d) for t, d in rij] for rij in KNOPPEN]
        )

    def upload(self, data: bytes, naam: str) -> Any:
        if isinstance(self.lib, aiogram.Bot):
            return at.BufferedInputFile(data, naam)
        return telegram.InputFile(data, naam)

    async def haal_op(self, file_id: str) -> bytes:
        bestand = await self.lib.get_file(file_id)
        if isinstance(self.lib, aiogram.Bot):
            inhoud = await self.lib.download_file(bestand.file_path)
            assert inhoud is not None
            return inhoud.read()
        return bytes(await bestand.download_as_bytearray())


def aiogram_bot(api: BotApi, sleutel: str = "") -> aiogram.Bot:
    return aiogram.Bot(sleutel or api.token, session=AiohttpSession(api=TelegramAPIServer.from_base(api.url)))


def ptb_bot(api: BotApi, sleutel: str = "") -> telegram.Bot:
    return telegram.Bot(sleutel or api.token, base_url=f"{api.url}/bot", base_file_url=f"{api.url}/file/bot")


@asynccontextmanager
async def met_aiogram(api: BotApi) -> AsyncIterator[Bot]:
    e = exceptions
    async with aiogram_bot(api) as lib:
        yield Bot(
            lib,
            te_veel=e.TelegramRetryAfter,
            verboden=e.TelegramForbiddenError,
            onjuist=e.TelegramBadRequest,
            conflict=e.TelegramConflictError,
            netwerk=e.TelegramNetworkError,
            serverfout=e.TelegramServerError,
            onleesbaar=e.ClientDecodeError,
        )


@asynccontextmanager
async def met_ptb(api: BotApi) -> AsyncIterator[Bot]:
    async with ptb_bot(api) as lib:
        yield Bot(
            lib,
            te_veel=error.RetryAfter,
            verboden=error.Forbidden,
            onjuist=error.BadRequest,
            conflict=error.Conflict,
            netwerk=error.NetworkError,
            serverfout=error.NetworkError,
            onleesbaar=error.NetworkError,
        )

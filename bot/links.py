"""Where people find us: what stands behind a link in a message, known only to the process that sends it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from dialogen.basis import Bericht, Tekst

if TYPE_CHECKING:
    from bot.instellingen import Instellingen


@dataclass(frozen=True, slots=True)
class Links:
    """``web`` is the public address of our own pages; ``bot`` gives the Telegram bot's user name, '' without one."""

    web: str
    bot: Callable[[], str] = str

    def start(self, code: str) -> str:
        """What opens a conversation with this start code: the bot, or without one a chat in the browser."""
        naam = self.bot()
        return f"https://t.me/{naam}?start={code}" if naam else f"{self.web}/chat/{code}"

    def deur(self, code: str) -> str:
        """What the code at the door holds. In the browser a parent's chat is at an address of its own, which only
        their browser knows; so there the door has one too.
        """
        naam = self.bot()
        return f"https://t.me/{naam}?start={code}" if naam else f"{self.web}/hier/{code}"

    def vul(self, bericht: Bericht) -> Bericht:
        """The message with ``{link}`` filled in: from ``start``, a start code, or ``pad``, the path of a page."""
        if not any("start" in t.gegevens or "pad" in t.gegevens for t in bericht.teksten):
            return bericht
        return replace(bericht, teksten=tuple(self._tekst(t) for t in bericht.teksten))

    def _tekst(self, tekst: Tekst) -> Tekst:
        for naam, maak in (("start", self.start), ("pad", lambda pad: self.web + pad)):
            if naam in tekst.gegevens:
                return Tekst(tekst.sleutel, {**tekst.gegevens, "link": maak(str(tekst.gegevens[naam]))})
        return tekst


NERGENS = Links("")
"""For what speaks to nobody outside: tests and the terminal."""


def webadres(inst: Instellingen) -> str:
    """The public address of our own pages: what is set, else the webhook's, else where we listen."""
    if inst.web_url:
        return inst.web_url
    haak = urlsplit(inst.telegram_webhook)
    return f"{haak.scheme}://{haak.netloc}" if haak.netloc else f"http://{inst.web_host}:{inst.web_port}"

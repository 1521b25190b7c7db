"""Pace: an even beat per account instead of bursts, because a burst trips a platform's window at once.

Pure arithmetic on monotonic seconds; who waits is the caller's business.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.kanalen.basis import Gestopt, Geweigerd, Resultaat, Tempo, Tijdelijk, Verzonden


class Slag:
    """The beat of one account: every send gets the next free moment, ``1 / per_seconde`` apart.

    After a pause the beat starts anew: what was not used is not saved up.
    """

    def __init__(self, tempo: Tempo | None) -> None:
        self._tussen = 1 / tempo.per_seconde if tempo else 0.0
        self._per_chat = tempo.per_chat if tempo else 0.0
        self._volgende = self._dicht = 0.0
        self._chats: dict[str, float] = {}

    def neem(self, nu: float) -> float:
        """Reserve the next beat; the seconds (monotonic) at which it falls, at or after ``nu``."""
        moment = max(nu, self._volgende)
        self._volgende = moment + self._tussen
        return moment

    def wacht(self, tot: float) -> None:
        """The platform asked the whole account to wait until ``tot`` (monotonic seconds)."""
        self._volgende = max(self._volgende, tot)
        self._dicht = max(self._dicht, tot)

    def mag(self, nu: float) -> bool:
        """Whether the account may send at all: a beat that was reserved before a pause no longer counts."""
        return nu >= self._dicht

    def chat_vrij(self, adres: str) -> float:
        """When (monotonic seconds) this chat may have its next message."""
        return self._chats.get(adres, 0.0)

    def chat_bezet(self, adres: str, nu: float) -> None:
        """A message goes to this chat now."""
        if self._per_chat:
            if len(self._chats) > 4096:
                self._chats = {a: t for a, t in self._chats.items() if t > nu}
            self._chats[adres] = nu + self._per_chat


@dataclass(frozen=True, slots=True)
class Klaar:
    """Sent."""

    extern_id: str


@dataclass(frozen=True, slots=True)
class Later:
    """Again from ``op`` (UTC); ``account`` seconds that the whole account must wait."""

    op: datetime
    account: float
    reden: str


@dataclass(frozen=True, slots=True)
class Af:
    """Never: 'geweigerd' or 'vervallen', with the reason."""

    status: str
    reden: str


@dataclass(frozen=True, slots=True)
class Weg:
    """This person does not want us any more."""

    reden: str


Besluit = Klaar | Later | Af | Weg
BASIS, MEEST = 1.0, 300.0
"""Seconds of the first wait and of the longest one."""


def besluit(resultaat: Resultaat, pogingen: int, niet_na: datetime, nu: datetime, toeval: random.Random) -> Besluit:
    """What follows from an answer of the platform. ``pogingen`` counts earlier failures of our own kind.

    A wait that the platform asks for is kept to and is no failure; for the rest the wait doubles, with jitter so that
    many do not come back at once, until ``niet_na``.
    """
    match resultaat:
        case Verzonden(extern_id=extern_id):
            return Klaar(extern_id)
        case Geweigerd(reden=reden):
            return Af("geweigerd", reden)
        case Gestopt(reden=reden):
            return Weg(reden)
        case Tijdelijk(wacht=wacht, heel_account=heel, reden=reden):
            seconden = wacht if wacht is not None else min(MEEST, BASIS * 2**pogingen) * toeval.uniform(0.5, 1.0)
            op = nu + timedelta(seconds=0 if heel else seconden)
            if nu + timedelta(seconds=seconden) >= niet_na:
                return Af("vervallen", reden or "te laat")
            return Later(op, seconden if heel else 0.0, reden)

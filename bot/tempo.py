"""Pace: an even beat per account instead of bursts, because a burst trips a platform's window at once.

Pure arithmetic on monotonic seconds; who waits is the caller's business.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass

from bot.kanalen.basis import Tempo

INHALEN = 0.1
"""Seconds that the beat may be behind and be caught up; behind more than that it starts anew."""
SPELING = 0.003
"""Seconds that a full window is kept open longer: messages do not all travel as fast."""
MINDER = 2 / 3
"""What is left of the pace after a refusal."""
MEER = 1.03
"""One step up, when the slower pace has been kept up for a while."""
PROEF, LANGSTE_PROEF = 60.0, 600.0
"""Seconds of sending before a step up; each that is one too many doubles it."""


@dataclass(slots=True)
class Beurt:
    """One send: when it went and when it was answered (monotonic seconds; not yet: never)."""

    moment: float
    antwoord: float = -math.inf


class Slag:
    """The beat of one account: every send gets the next free moment, ``1 / per_seconde`` apart, by deadline.

    Of sends within any second there are never more than the pace says, also when a late one is caught up. The pace
    goes down when the platform refuses, and slowly up again, never above the one it began with.
    """

    def __init__(self, tempo: Tempo | None) -> None:
        self._hoogste = self._goed = tempo.per_seconde if tempo else math.inf
        self._per_chat = tempo.per_chat if tempo else 0.0
        self._volgende = self._dicht = -math.inf
        self._chats: dict[str, float] = {}
        self._proef, self._sinds_weigering = PROEF, 0
        self._venster: deque[Beurt] = deque()
        self._kortst = math.inf  # seconds that the fastest answers take
        self._zet(self._hoogste)

    @property
    def per_seconde(self) -> float:
        """The pace of this moment; infinite without a limit."""
        return self._tempo

    def _zet(self, tempo: float) -> None:
        self._tempo, self._gestuurd = tempo, 0
        self._venster = deque(self._venster, maxlen=math.ceil(tempo) if tempo < math.inf else 0)

    def neem(self, nu: float) -> float:
        """Reserve the next beat; the seconds (monotonic) at which it falls, at or after ``nu``."""
        if self._tempo == math.inf:
            return max(nu, self._dicht)
        self._stap_omhoog()
        beurt = max(self._volgende if nu - self._volgende <= INHALEN else nu, self._dicht)
        self._volgende = beurt + 1 / self._tempo
        moment = max(nu, beurt)
        if len(self._venster) == self._venster.maxlen:
            eerste = self._venster[0]
            # One that took longer than the fastest may have been counted that much later than it went.
            vol_tot = max(eerste.moment, eerste.antwoord - self._kortst) + 1 + SPELING
            if vol_tot > moment:  # evenly on from there: catching up would only fill the window again
                moment, self._volgende = vol_tot, vol_tot + 1 / self._tempo
        self._venster.append(Beurt(moment))
        self._gestuurd += 1
        self._sinds_weigering += 1
        return moment

    def gestuurd(self, nu: float) -> Beurt | None:
        """The last beat was taken at this moment: a timer is seldom on time, and the platform counts real sends."""
        if not self._venster:
            return None
        self._venster[-1].moment = nu
        return self._venster[-1]

    def beantwoord(self, beurt: Beurt, nu: float) -> None:
        """The platform answered this send."""
        beurt.antwoord = nu
        self._kortst = min(self._kortst * 1.01, nu - beurt.moment)

    def _stap_omhoog(self) -> None:
        if self._tempo < self._hoogste and self._gestuurd >= self._proef * self._tempo:
            if self._tempo > self._goed:
                self._proef = PROEF  # the last step was a good one
            self._goed = self._tempo
            self._zet(min(self._hoogste, self._tempo * MEER))

    def te_snel(self, nu: float, wacht: float) -> None:
        """The platform refused, and asks the whole account to wait so many seconds from ``nu`` (monotonic).

        A step up that was one too many is taken back; otherwise the limit came down, and the pace follows it.
        """
        # Others that were in the air are refused for the same reason; and without sending there was no pace to refuse.
        if self.mag(nu) and self._tempo < math.inf and self._sinds_weigering >= self._tempo / 2:
            omhoog = self._tempo > self._goed
            self._proef = min(self._proef * 2, LANGSTE_PROEF) if omhoog else PROEF
            self._goed = self._goed if omhoog else max(min(1.0, self._hoogste), self._tempo * MINDER)
            self._zet(self._goed)
        self._sinds_weigering = 0
        self.wacht(nu + wacht)

    def wacht(self, tot: float) -> None:
        """The whole account waits until ``tot`` (monotonic seconds); what is not used meanwhile is not saved up."""
        self._dicht = max(self._dicht, tot)

    def mag(self, nu: float) -> bool:
        """Whether the account may send at all: a beat that was reserved before a pause no longer counts."""
        return nu >= self._dicht

    def open_over(self, nu: float) -> float:
        """Seconds until the account may send again; 0 when it may."""
        return max(0.0, self._dicht - nu)

    def chat_vrij(self, adres: str) -> float:
        """When (monotonic seconds) this chat may have its next message."""
        return self._chats.get(adres, 0.0)

    def chat_los(self, adres: str) -> None:
        """Nothing went to this chat after all."""
        self._chats.pop(adres, None)

    def chat_bezet(self, adres: str, nu: float) -> None:
        """A message goes to this chat now."""
        if self._per_chat:
            if len(self._chats) > 4096:
                self._chats = {a: t for a, t in self._chats.items() if t > nu}
            self._chats[adres] = nu + self._per_chat

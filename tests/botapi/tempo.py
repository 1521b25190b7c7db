"""Telegram's sending limits, enforced to the letter when they are switched on.

Source: Bots FAQ, "My bot is hitting limits": about thirty messages a second over all chats, one a second in
one chat with short bursts. Telegram publishes no algorithm; here it is a sliding window, so every burst trips
it.
"""

from __future__ import annotations

import math
import time
from collections import defaultdict, deque
from collections.abc import Callable

from .fouten import te_veel


class Tempo:
    """`per_second`: messages a second over all chats. `per_chat`: messages a second in one chat, of which
    `burst` may come at once. None switches a limit off; both may be changed while the server runs.

    `straf`: after a refusal everything is refused until the promised number of seconds is over.
    """

    def __init__(
        self,
        per_second: int | None = None,
        per_chat: float | None = None,
        burst: int = 1,
        straf: bool = False,
        klok: Callable[[], float] = time.monotonic,
    ) -> None:
        self.per_second = per_second
        self.per_chat = per_chat
        self.burst = burst
        self.straf = straf
        self.geweigerd = 0
        self._klok = klok
        self._alle: deque[float] = deque()
        self._chats: defaultdict[int, deque[float]] = defaultdict(deque)
        self._straf_tot = -math.inf

    def neem(self, chat_id: int) -> None:
        """Count one message to this chat, or raise the 429 that Telegram would give."""
        nu = self._klok()
        wachten = max(self._straf_tot - nu, self._wacht_alle(nu), self._wacht_chat(nu, chat_id))
        if wachten > 0:
            raise self._weiger(nu, wachten)
        if self.per_second is not None:
            self._alle.append(nu)
        if self.per_chat is not None:
            self._chats[chat_id].append(nu)

    def _weiger(self, nu: float, wachten: float) -> Exception:
        self.geweigerd += 1
        seconden = max(1, math.ceil(wachten))
        if self.straf:
            self._straf_tot = nu + seconden
        return te_veel(seconden)

    def _wacht_alle(self, nu: float) -> float:
        if self.per_second is None:
            return 0.0
        return _wacht(self._alle, nu, self.per_second, 1.0)

    def _wacht_chat(self, nu: float, chat_id: int) -> float:
        if self.per_chat is None:
            return 0.0
        return _wacht(self._chats[chat_id], nu, self.burst, self.burst / self.per_chat)


def _wacht(gezien: deque[float], nu: float, hoogstens: int, venster: float) -> float:
    """Seconds until one more fits: at most `hoogstens` in any `venster` seconds. Zero or less: it fits
    now."""
    while gezien and gezien[0] <= nu - venster:
        gezien.popleft()
    if len(gezien) < hoogstens:
        return 0.0
    return gezien[len(gezien) - hoogstens] + venster - nu

"""How often somebody may ask something: counted in this process, forgotten after a minute."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

LINKS = 20
"""Links that one address may try in a minute; a code has 256 bits, so this is against noise only."""
PAGINAS_PER_MINUUT = 600
MINUUT = 60.0
_MEEST = 10_000


@dataclass(slots=True)
class Rem:
    """Counts per key within a window that begins with the first. ``klok`` is monotonic, in seconds."""

    klok: Callable[[], float] = time.monotonic
    _per: OrderedDict[str, tuple[float, int]] = field(default_factory=OrderedDict)

    def mag(self, sleutel: str, keer: int) -> bool:
        """Count one more; whether it is one of the first ``keer`` of this minute."""
        nu = self.klok()
        begin, aantal = self._per.get(sleutel, (nu, 0))
        if nu - begin >= MINUUT:
            begin, aantal = nu, 0
        self._per[sleutel] = (begin, aantal + 1)
        self._per.move_to_end(sleutel)
        if len(self._per) > _MEEST:
            self._per.popitem(last=False)
        return aantal < keer

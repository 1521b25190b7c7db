"""Updates that wait until the bot has them.

Source: Bot API documentation, "Getting updates". An update stays until a later offset confirms it, or until
the webhook answered 2xx; both may therefore bring it more than once.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from .bel import Bel
from .fouten import Json

# All kinds of update this server makes, and the ones that Telegram leaves out unless they are asked for.
NIET_VANZELF = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass
class Bijwerking:
    """One update. `keer`: how often it must arrive. `rij`: what Telegram's webhook keeps in order (a chat's
    messages; a user's button presses apart). `moment`: not before this time of the monotonic clock, in
    seconds."""

    id: int
    json: Json
    rij: tuple[str, int]
    keer: int = 1
    gegeven: int = 0
    pogingen: int = 0
    mislukt: int = 0
    moment: float = 0.0
    onderweg: bool = False


@dataclass
class Bijwerkingen:
    """The queue. Call it under the server's lock; `keer` is how often a new update is delivered."""

    bel: Bel
    volgende: int = 100_000_001
    keer: int = 1
    soorten: frozenset[str] | None = None
    wachtend: dict[int, Bijwerking] = field(default_factory=dict)
    gemaakt: int = 0
    overgeslagen: int = 0

    def voeg_toe(self, inhoud: Json, rij: tuple[str, int], keer: int | None = None) -> int | None:
        """Queue {kind: object}; the update_id comes first. None when the bot did not ask for this kind."""
        soort = next(iter(inhoud), "")
        if (soort in NIET_VANZELF) if self.soorten is None else (soort not in self.soorten):
            self.overgeslagen += 1
            return None
        nummer, self.volgende = self.volgende, self.volgende + 1
        self.wachtend[nummer] = Bijwerking(
            nummer, {"update_id": nummer, **inhoud}, rij, self.keer if keer is None else keer
        )
        self.gemaakt += 1
        self.bel.lui()
        return nummer

    def kies_soorten(self, gegeven: str) -> None:
        """allowed_updates: a JSON list, empty for the usual kinds. Absent or unreadable leaves it as it
        was."""
        soorten = _lijst(gegeven)
        if soorten is not None:
            self.soorten = frozenset(soorten) or None

    def bevestig(self, offset: int) -> None:
        """Forget what came before `offset`; a negative one keeps only the last so many. An offset far in the
        future confirms nothing."""
        if offset > self.volgende + 10:
            return
        if offset < 0:
            weg = list(self.wachtend)[:offset]
        else:
            weg = [n for n, b in self.wachtend.items() if n < offset and b.gegeven >= b.keer]
        for nummer in weg:
            del self.wachtend[nummer]

    def haal(self, hoogstens: int) -> list[Json]:
        """The oldest `hoogstens` updates, which stay until they are confirmed."""
        eerste = [b for b, _ in zip(self.wachtend.values(), range(hoogstens), strict=False)]
        for bijwerking in eerste:
            bijwerking.gegeven += 1
        return [b.json for b in eerste]

    def klaar(self, nu: float, per_rij: bool) -> Bijwerking | None:
        """The next update for the webhook, if one is due. `per_rij`: not before its predecessors."""
        bezet: set[tuple[str, int]] = set()
        for b in self.wachtend.values():
            if not b.onderweg and b.moment <= nu and not (per_rij and b.rij in bezet):
                return b
            bezet.add(b.rij)
        return None


def _lijst(gegeven: str) -> list[Any] | None:
    try:
        soorten = json.loads(gegeven)
    except ValueError:
        return None
    return soorten if isinstance(soorten, list) and all(isinstance(s, str) for s in soorten) else None

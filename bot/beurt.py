"""One turn while its effects are applied, and how it speaks to others than who did something."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from dialogen.basis import Bericht, Stand, Wereld
from opslag import postvak
from opslag.database import Sessie
from opslag.gesprekken import Gesprek, Sleutel


@dataclass(slots=True)
class Beurt:
    """One turn while its effects are applied. ``ouder_id`` and ``medewerker_id`` come to be within it.

    ``vervolg`` is where the conversation goes on by itself once the effects are written: what it is about may not
    have had a number before (an activity that was just made).
    """

    sessie: Sessie
    gesprek: Gesprek
    wereld: Wereld
    nu: datetime
    ouder_id: int | None
    medewerker_id: int | None
    vergeten: bool = False
    voor_anderen: bool = False
    vervolg: Stand | None = None
    daarna: list[Callable[[], object]] = field(default_factory=list)

    def zeg(self, bericht: Bericht) -> None:
        """One more message in this chat; in ``daarna`` it stands below what the conversation itself says."""
        g = self.gesprek
        postvak.leg_klaar(self.sessie, g.nummer, g.sleutel, bericht, g.taal, self.nu)

    def stuur(self, chat: Any, bericht: Bericht, over_ouder: int | None) -> None:
        """A message to somebody else's ``chat`` (id, kanaal, account, adres, taal)."""
        sleutel = Sleutel(chat.kanaal, chat.account, chat.adres)
        # Kept with the parent it is about: when the parent is erased it goes too, also from a colleague's browser chat.
        postvak.leg_klaar(
            self.sessie,
            chat.id,
            sleutel,
            bericht,
            chat.taal,
            self.nu,
            prioriteit=postvak.AAN_TEAM,
            ouder_id=over_ouder,
        )
        self.voor_anderen = True

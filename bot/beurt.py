"""One turn while its effects are applied, and how it speaks to others than who did something."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from dialogen.basis import Bericht, Stand, Wereld
from opslag import postvak, te_vertalen
from opslag.berichten import bericht_json
from opslag.database import Sessie
from opslag.gesprekken import Gesprek, Sleutel

WACHT = timedelta(seconds=20)
"""How long a message between a parent and the team waits for its translation; then it goes as it was written."""


@dataclass(frozen=True, slots=True)
class Vertaalt:
    """What is translated here: what the ``team`` writes, and also what ``ouders`` write. Nothing, unless it is set."""

    team: bool = False
    ouders: bool = False


ONVERTAALD = Vertaalt()
"""As it is when nothing is set."""


@dataclass(slots=True)
class Beurt:
    """One turn while its effects are applied. ``ouder_id`` and ``medewerker_id`` come to be within it.

    ``vervolg`` is where the conversation goes on by itself once the effects are written: what it is about may not
    have had a number before (an activity that was just made). ``nota`` is the number of the voice note it is about.
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
    nota: int | None = None
    daarna: list[Callable[[], object]] = field(default_factory=list)
    vertaalt: Vertaalt = ONVERTAALD

    def zeg(self, bericht: Bericht) -> None:
        """One more message in this chat; in ``daarna`` it stands below what the conversation itself says."""
        g = self.gesprek
        postvak.leg_klaar(self.sessie, g.nummer, g.sleutel, bericht, g.taal, self.nu)

    def vraag_vertaling(self, activiteit: int) -> None:
        """The words of an own activity are wanted in the languages of its parents, where anything is translated."""
        if self.vertaalt.team and te_vertalen.vraag_activiteit(self.sessie, activiteit, self.nu):
            self.voor_anderen = True

    def houd_vast(self, chat: Any, bericht: Bericht, over_ouder: int) -> int:
        """The same as ``stuur``, but it may wait ``WACHT`` for a translation; its number in the outbox."""
        sleutel = Sleutel(chat.kanaal, chat.account, chat.adres)
        rij = postvak.uit_rij(
            chat.id, sleutel, bericht_json(bericht), chat.taal, self.nu, postvak.AAN_TEAM, ouder_id=over_ouder
        )
        self.voor_anderen = True
        return postvak.houd_even_vast(self.sessie, rij, self.nu + WACHT)

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

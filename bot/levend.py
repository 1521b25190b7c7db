"""The message that lives along: what it says now, decided purely, and the tick that changes it when it must.

Two seconds at least between two changes while messages go out, ten while answers come in; and only when it differs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.uitzendingen import stap_als_bericht
from dialogen.basis import Bericht, Wereld, Wie
from dialogen.kantoor import Activiteit, Kantoor, Zending
from opslag import levend
from opslag.database import Database, DatabaseWeg, Sessie
from opslag.levend import Levend

VERZENDEN, ANTWOORDEN = timedelta(seconds=2), timedelta(seconds=10)
"""The least time between two changes: while messages go out, and while answers come in."""
NIET_TE_WIJZIGEN = frozenset({"terminal", "whatsapp"})
"""Channels where a message stays as it is: there only the end of the sending is said, and the count once."""


@dataclass(frozen=True, slots=True)
class Verandering:
    """A living message that must change: what it shows by then, and its words (None: it stays, and changes no more)."""

    wat: Levend
    toont: str
    bericht: Bericht | None
    klaar: bool


def besluit(wat: Levend, a: Activiteit | None, nu: datetime) -> Verandering | None:
    """What must happen to this message now, None when nothing. Pure; ``a`` has the counts of this moment."""
    if wat.weg:
        return Verandering(wat, wat.toont, None, True)
    if not wat.extern or a is None:
        return None  # on its way, or about what is gone
    zending = replace(wat.zending, nog=_nog(wat, nu))
    stap, toont = _beeld(zending, a, nu)
    if wat.afgelast:
        stap, toont = "stand", "afgelast"
    voorbij = wat.eind <= nu or wat.afgelast
    vast = wat.sleutel.kanaal in NIET_TE_WIJZIGEN
    anders = toont != wat.toont and not (vast and stap == "bezig" and not zending.gestopt)
    if voorbij and not anders:
        return Verandering(wat, toont, None, True)
    wacht = VERZENDEN if stap == "bezig" or wat.toont[:5] != "stand" else ANTWOORDEN
    if not anders or nu - wat.gewijzigd < wacht:
        return None
    return Verandering(wat, toont, _bericht(wat, zending, a, stap, nu), voorbij or (vast and stap == "stand"))


def _beeld(z: Zending, a: Activiteit, nu: datetime) -> tuple[str, str]:
    """The step that says it, and all that it says in short."""
    if z.gestopt:
        return "bezig", hoe_ver("gestopt", z.verzonden, z.aantal)
    if z.begint and z.begint > nu:
        return "bezig", gepland(z.begint)
    if z.wacht:
        return "bezig", hoe_ver("bezig", z.verzonden, z.aantal)
    antwoorden = f"{a.ja} {a.misschien} {a.nee} {a.stil} {a.vaders_ja}"
    return "stand", f"stand {antwoorden} {z.later} {z.vervallen}"


def hoe_ver(fase: str, verzonden: int, aantal: int) -> str:
    """What a message about the sending shows, in short. Not the seconds that are left: those alone change nothing."""
    return f"{fase} {verzonden} {aantal}"


def gepland(begint: datetime) -> str:
    """The same of what is sent later: it changes when that is moved."""
    return f"gepland {begint:%Y-%m-%d %H:%M}"


def _nog(wat: Levend, nu: datetime) -> int | None:
    """Seconds until all of it is out, by how fast it went since the last change; None when it did not move."""
    eerst = wat.toont.split()[1:2] if wat.toont.startswith("bezig") else []
    gedaan = wat.zending.verzonden - (int(eerst[0]) if eerst else 0)
    duur = (nu - wat.gewijzigd).total_seconds()
    if gedaan <= 0 or duur <= 0 or wat.zending.gestopt:
        return None
    return max(1, round(wat.zending.later * duur / gedaan))


def _bericht(wat: Levend, z: Zending, a: Activiteit, stap: str, nu: datetime) -> Bericht:
    kantoor = Kantoor("", komend=(a,), over=a, zendingen=(z,))
    wereld = Wereld(nu, wat.taal, Wie.MEDEWERKER, kantoor=kantoor)
    return stap_als_bericht(wereld, f"opkomst.{stap}", a.nummer)


class Bijwerker:
    """Keeps the living messages up to date. What it remembers may be lost: then it counts once more than needed."""

    def __init__(self, db: Database, klok: Callable[[], datetime], wek: Callable[[], None] = lambda: None) -> None:
        self._db, self._klok, self._wek = db, klok, wek
        self._geteld: dict[int, tuple[int, Activiteit]] = {}  # activity → (last answer at the time, counts)

    def zoek(self, sessie: Sessie, nu: datetime) -> list[Verandering]:
        """What must change now; reads only. One statement when nothing lives, no statement per message."""
        rijen = levend.open_(sessie)
        if not rijen:
            self._geteld.clear()
            return []
        tellen = self._tel(sessie, rijen, nu)
        gevonden = (besluit(rij, tellen.get(rij.activiteit), nu) for rij in rijen)
        return [v for v in gevonden if v is not None]

    def _tel(self, sessie: Sessie, rijen: Sequence[Levend], nu: datetime) -> Mapping[int, Activiteit]:
        """The counts of these messages' activities, anew only when anybody answered, or messages go out."""
        laatste = levend.laatste_antwoord(sessie)
        oud = {r.activiteit for r in rijen if self._is_oud(r, laatste, nu)}
        if oud:
            nieuw = levend.activiteiten(sessie, list(oud))
            self._geteld |= {nummer: (laatste, a) for nummer, a in nieuw.items()}
        return {r.activiteit: self._geteld[r.activiteit][1] for r in rijen if r.activiteit in self._geteld}

    def _is_oud(self, wat: Levend, laatste: int, nu: datetime) -> bool:
        """While messages go out nobody looks at the counts; after that they are new as soon as the count is shown."""
        geteld = self._geteld.get(wat.activiteit)
        if geteld is None or wat.zending.wacht:
            return geteld is None
        return wat.toont[:5] != "stand" or wat.afgelast or (geteld[0] != laatste and nu - wat.gewijzigd >= ANTWOORDEN)

    async def werk_bij(self) -> None:
        """One tick. A database that is away is looked for again at the next."""
        nu = self._klok()
        try:
            gevonden = await self._db.lees(self.zoek, nu)
            if gevonden:
                await self._db.schrijf(schrijf, gevonden, nu)
                self._wek()
        except DatabaseWeg:
            return


def schrijf(sessie: Sessie, gevonden: Sequence[Verandering], nu: datetime) -> None:
    """Change these messages."""
    for v in gevonden:
        levend.verander(sessie, v.wat, v.toont, v.bericht, nu, klaar=v.klaar)

"""What a colleague works with in the chat: the own locations, their activities, and who would be invited.

Frozen values like those of ``basis``, loaded once per turn and only for the conversations of staff that need them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from dialogen.basis import Lid, Vertaald


@dataclass(frozen=True, slots=True)
class Groep:
    """A group of an own location, and what it is about now."""

    nummer: int
    naam: str
    thema: str = ""


@dataclass(frozen=True, slots=True)
class Werkplek:
    """An own location with its groups."""

    nummer: int
    naam: str
    gastheer: str = ""
    tijdzone: str = "Europe/Amsterdam"
    groepen: tuple[Groep, ...] = ()
    begripsvraag: bool = False


@dataclass(frozen=True, slots=True)
class Telling:
    """So many caregivers who are alike: of which groups, which role and language, free when, and how they are reached.

    ``stand`` is 'bot' (can be written to), 'zonder' (uses no bot), 'gestopt' (said stop) or 'pauze'; ``bereikt``
    says the family was at an activity this school year, ``vol`` that the weekly cap is reached. They want to hear
    ``aankondiging`` days ahead.
    """

    groepen: frozenset[int]
    rol: str
    taal: str
    dagdelen: frozenset[str]
    stand: str
    bereikt: bool
    vol: bool
    aantal: int
    aankondiging: int = 14


@dataclass(frozen=True, slots=True)
class Activiteit:
    """An activity of an own location as staff see it. ``begin`` is UTC; counts are of caregivers' standing answers,
    ``mensen`` of the adults who come with them.
    """

    nummer: int
    locatie: int
    titel: str
    soort: str
    doel: str
    begin: datetime
    duur: int
    plek: str
    gastheer: str = ""
    capaciteit: int | None = None
    kinderen_welkom: bool = True
    titel_vaders: str = ""
    gevraagd: str = ""
    groepen: tuple[int, ...] = ()
    reeks: int = 0
    afgelast: bool = False
    uitgenodigd: int = 0
    ja: int = 0
    misschien: int = 0
    nee: int = 0
    stil: int = 0
    vaders_ja: int = 0
    teruggevraagd: int = 0  # of how many we asked back where it is
    onduidelijk: int = 0  # and for how many we had not been clear
    mensen: int = 0
    reeks_loopt: bool = False  # more weeks of its series are made
    verstuurd: bool = False  # announced, if only to nobody yet

    def titel_voor(self, rol: str) -> str:
        """What it is called for this role: fathers may have words of their own."""
        return self.titel_vaders if rol == "vader" and self.titel_vaders else self.titel


@dataclass(frozen=True, slots=True)
class Eerder:
    """Where an earlier activity was and who stood at the door: to choose from again."""

    nummer: int
    locatie: int
    plek: str
    gastheer: str = ""


@dataclass(frozen=True, slots=True)
class Zending:
    """A broadcast about an activity as staff see it. ``gemaakt`` and ``begint`` (send later) are UTC.

    ``door`` is the colleague's name, '' for the bot itself. ``wacht`` says that messages of it go out right now, or are
    still to be made; ``nog`` in how many seconds they are out, None when that is not known.
    """

    nummer: int
    soort: str
    voor: str
    door: str
    gemaakt: datetime
    begint: datetime | None = None
    gestopt: bool = False
    wacht: bool = False
    aantal: int = 0
    verzonden: int = 0
    vervallen: int = 0
    nog: int | None = None

    @property
    def later(self) -> int:
        """Messages that are made and neither sent nor given up."""
        return max(0, self.aantal - self.verzonden - self.vervallen)


@dataclass(frozen=True, slots=True)
class Kantoor:
    """``over`` is the activity this turn is about (also one that is past or called off), ``komend`` those to come,
    ``eerder`` the latest of the own locations, ``tellingen`` the caregivers of its (or the chosen) location who are not
    invited for it yet. ``zendingen`` are its broadcasts, newest first; ``leden`` who was invited, by answer and name.
    """

    rol: str
    nummer: int = 0
    werkplekken: tuple[Werkplek, ...] = ()
    komend: tuple[Activiteit, ...] = ()
    over: Activiteit | None = None
    eerder: tuple[Eerder, ...] = ()
    tellingen: tuple[Telling, ...] = ()
    zendingen: tuple[Zending, ...] = ()
    leden: tuple[Lid, ...] = ()
    vertaald: Mapping[tuple[str, str], Vertaald] = field(default_factory=dict)  # (text, language) of this activity

    def activiteit(self, nummer: int) -> Activiteit | None:
        """An activity of an own location by its number, or None: another's is never found."""
        bekend = (self.over, *self.komend)
        return next((a for a in bekend if a is not None and a.nummer == nummer), None)

    def werkplek(self, nummer: int) -> Werkplek | None:
        """An own location by its number, or None."""
        return next((w for w in self.werkplekken if w.nummer == nummer), None)


@dataclass(frozen=True, slots=True)
class Taak:
    """Something the team has promised a parent. ``eigenaar`` is who does it ('' for nobody yet), ``voor`` UTC.

    ``klaar`` says it is done; ``van_mij`` that this colleague does it, ``leidt`` that they may hand back another's.
    """

    nummer: int
    soort: str
    van: str
    taal: str
    titel: str = ""
    voor: datetime | None = None
    eigenaar: str = ""
    van_mij: bool = False
    leidt: bool = False
    klaar: bool = False


@dataclass(frozen=True, slots=True)
class Opname:
    """A recording as staff see it. ``wat`` is a key, a tip or ``activiteit:12``; ``geluid`` the hash of its bytes;
    ``seconden`` how long it is; ``oud`` says that the words changed since; ``algemeen`` that every location hears it;
    ``mag`` that this colleague may judge it.
    """

    nummer: int
    wat: str
    taal: str
    spreker: str
    goed: bool = False
    geluid: str = ""
    seconden: int = 0
    oud: bool = False
    algemeen: bool = False
    mag: bool = True


@dataclass(frozen=True, slots=True)
class EigenWoorden:
    """What a parent said in own words, for staff to read once: why not (``soort`` 'reden') or how it was ('ervaring').

    No name: role and language are enough to read it. ``media`` is '' where this chat cannot play it, and then
    ``elders`` holds. ``code`` is the reason that the parent chose already.
    """

    soort: str
    nummer: int
    rol: str
    taal: str
    titel: str
    begin: datetime
    tekst: str = ""
    media: str = ""
    elders: bool = False
    code: str = ""
    vertaling: str = ""  # the words in the colleague's language

    @property
    def over(self) -> str:
        """What its translation belongs to."""
        return f"{'afmeldreden' if self.soort == 'reden' else 'waardering'}:{self.nummer}"

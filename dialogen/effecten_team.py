"""Effects of colleagues. Like those of parents they are wishes: whether this colleague may, and at this location, is
asked where they are carried out (``opslag/rechten.py``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from dialogen.basis import Rol, Staat


@dataclass(frozen=True, slots=True)
class PresentieZetten:
    """A colleague registers somebody of an own location."""

    uitnodiging: int
    staat: Staat


@dataclass(frozen=True, slots=True)
class JaAanwezig:
    """A colleague registers everybody who said yes to this activity and is not registered yet."""

    activiteit: int


@dataclass(frozen=True, slots=True)
class GastErbij:
    """A colleague counts somebody who is not in the bot; ``rol`` None when that is not known."""

    activiteit: int
    rol: Rol | None = None


@dataclass(frozen=True, slots=True)
class GastEraf:
    """A colleague takes the last guest back; ``waren`` is how many there were, so that twice is once."""

    activiteit: int
    waren: int


@dataclass(frozen=True, slots=True)
class BrievenMaken:
    """A colleague wants the list and the letters for who cannot be reached by the bot; they are invited by it."""

    activiteit: int


@dataclass(frozen=True, slots=True)
class BureauOpenen:
    """A colleague wants to go to the desk in the browser."""


@dataclass(frozen=True, slots=True)
class UitvoerMaken:
    """A coordinator wants an export of their locations over this school year, in the chat: ``soort`` says which."""

    soort: str


@dataclass(frozen=True, slots=True)
class DeurOpenen:
    """A colleague wants the page for the screen at the door of this activity."""

    activiteit: int


@dataclass(frozen=True, slots=True)
class VraagBeantwoorden:
    """A colleague answers a parent's question, in writing or spoken; ``toch``: also after another's answer."""

    vraag: int
    tekst: str = ""
    media: str = ""
    toch: bool = False


@dataclass(frozen=True, slots=True)
class TaakOppakken:
    """A colleague does this task; the first one becomes its owner."""

    taak: int


@dataclass(frozen=True, slots=True)
class TaakTeruggeven:
    """Nobody does this task any more."""

    taak: int


@dataclass(frozen=True, slots=True)
class TaakAfronden:
    """This task is done."""

    taak: int


@dataclass(frozen=True, slots=True)
class RedenCoderen:
    """Own words of a parent get the code that fits; the words are wiped."""

    reden: int
    code: str


@dataclass(frozen=True, slots=True)
class WoordenGelezen:
    """Own words that need no code were read and are wiped. ``soort``: 'reden' (its code stands) or 'ervaring'."""

    soort: str
    nummer: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What staff decide about an activity. ``begin`` is UTC, ``duur`` in minutes, ``capaciteit`` adults or None."""

    soort: str
    titel: str
    doel: str
    begin: datetime
    duur: int
    plek: str
    groepen: tuple[int, ...]
    gastheer: str = ""
    capaciteit: int | None = None
    kinderen_welkom: bool = True
    titel_vaders: str = ""
    gevraagd: str = ""


@dataclass(frozen=True, slots=True)
class ActiviteitMaken:
    """A new activity of an own location, announced to nobody yet."""

    locatie: int
    plan: Plan


@dataclass(frozen=True, slots=True)
class ActiviteitWijzigen:
    """An activity gets another plan; who said yes or maybe hears it."""

    activiteit: int
    plan: Plan


@dataclass(frozen=True, slots=True)
class ActiviteitAfgelasten:
    """An activity does not take place; everybody who was invited hears it."""

    activiteit: int


@dataclass(frozen=True, slots=True)
class ReeksMaken:
    """The same activity every week, up to and including ``tot`` (local), in school holidays or not."""

    activiteit: int
    tot: date
    vakantie_overslaan: bool = True


@dataclass(frozen=True, slots=True)
class Versturen:
    """Invite who is not invited yet, now or from ``begint`` (UTC) on. ``gezien`` is the last broadcast of invitations
    that this colleague knew of (0 for none): when there is a newer one by then, somebody else was first.
    """

    activiteit: int
    voor: str
    gezien: int = 0
    begint: datetime | None = None


@dataclass(frozen=True, slots=True)
class Herinneren:
    """Remind who said yes or maybe, or nothing yet; once a day."""

    activiteit: int


@dataclass(frozen=True, slots=True)
class BegripsvraagZetten:
    """Ask the parents of this location back whether the invitation was clear, or ask no more."""

    locatie: int
    aan: bool


@dataclass(frozen=True, slots=True)
class Proefbericht:
    """Show the invitation as a parent of this role and language gets it; ``test``: as a message to oneself."""

    activiteit: int
    rol: str
    taal: str
    test: bool = False


@dataclass(frozen=True, slots=True)
class VertalingVerbeteren:
    """How a text of an own activity (``veld``: titel, titel_vaders or gevraagd) is said well in a language."""

    activiteit: int
    veld: str
    taal: str
    tekst: str


@dataclass(frozen=True, slots=True)
class Weekbericht:
    """What staff tell the parents of some groups: words, and perhaps a photo and a voice note (by the platform's file
    ids).
    """

    locatie: int
    tekst: str
    groepen: tuple[int, ...]
    foto: str = ""
    spraak: str = ""


@dataclass(frozen=True, slots=True)
class WeekberichtProef:
    """Show it as parents get it, to the colleague only."""

    wat: Weekbericht


@dataclass(frozen=True, slots=True)
class WeekberichtVersturen:
    """To every caregiver of the groups, now or not before ``begint`` (UTC)."""

    wat: Weekbericht
    begint: datetime | None = None


@dataclass(frozen=True, slots=True)
class ZendingStoppen:
    """Nothing more of this broadcast goes out."""

    zending: int


@dataclass(frozen=True, slots=True)
class ZendingHervatten:
    """A broadcast that was stopped goes on."""

    zending: int


@dataclass(frozen=True, slots=True)
class OpnameMaken:
    """A colleague spoke a text: ``wat`` in ``taal`` by ``spreker`` ('' for the colleague), ``media`` the file id."""

    wat: str
    taal: str
    spreker: str
    media: str


@dataclass(frozen=True, slots=True)
class OpnameKeuren:
    """A colleague listened to a recording: from now on it is heard, or it goes away."""

    opname: int
    goed: bool


@dataclass(frozen=True, slots=True)
class TipToevoegen:
    """A tip of the location's own, for parents in this step."""

    locatie: int
    stap: int
    tekst: str


@dataclass(frozen=True, slots=True)
class TipWeghalen:
    """An own tip is given to nobody any more."""

    tip: int


@dataclass(frozen=True, slots=True)
class TipVerteld:
    """A child told of this given tip in the group, or a colleague takes that back."""

    gegeven: int
    verteld: bool


@dataclass(frozen=True, slots=True)
class ThemaZetten:
    """What a group is about now; '' for nothing."""

    groep: int
    thema: str


Tips = TipToevoegen | TipWeghalen | TipVerteld | ThemaZetten
Teamwerk = (
    VraagBeantwoorden
    | TaakOppakken
    | TaakTeruggeven
    | TaakAfronden
    | RedenCoderen
    | WoordenGelezen
    | OpnameMaken
    | OpnameKeuren
)
"""What is done for one parent."""


@dataclass(frozen=True, slots=True)
class ReeksStoppen:
    """No more weeks are made of the series of this activity; those that nobody has heard of are called off silently."""

    activiteit: int


EffectTeam = (
    PresentieZetten
    | BegripsvraagZetten
    | JaAanwezig
    | GastErbij
    | GastEraf
    | DeurOpenen
    | BureauOpenen
    | UitvoerMaken
    | BrievenMaken
    | ActiviteitMaken
    | ActiviteitWijzigen
    | ActiviteitAfgelasten
    | ReeksMaken
    | ReeksStoppen
    | Teamwerk
    | Tips
    | Versturen
    | Herinneren
    | Proefbericht
    | VertalingVerbeteren
    | WeekberichtProef
    | WeekberichtVersturen
    | ZendingStoppen
    | ZendingHervatten
)

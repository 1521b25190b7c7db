"""Effects: what a turn asks to be written. The motor never writes; ``bot.effecten`` matches on these.

An effect is a wish, not a right: who may have it is checked where it is carried out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dialogen.basis import Rol, Vorm
from dialogen.effecten_team import EffectTeam


@dataclass(frozen=True, slots=True)
class Toestemmen:
    """Consent was given: from here on this person is a parent we keep."""

    code: str
    naam: str
    taal: str
    vorm: Vorm
    tweede_taal: str | None = None  # in which we write, where the first is only spoken


@dataclass(frozen=True, slots=True)
class Instellen:
    """Change what is kept about how this parent wants to be reached; None leaves it."""

    naam: str | None = None
    rol: Rol | None = None
    taal: str | None = None
    tweede_taal: str | None = None
    vorm: Vorm | None = None
    dagdelen: frozenset[str] | None = None
    tips: bool | None = None


@dataclass(frozen=True, slots=True)
class Verwelkomen:
    """Everything is known: also invite for what was announced to the group before this parent joined."""


@dataclass(frozen=True, slots=True)
class Aanmelden:
    """Comes, with ``aantal`` adults."""

    uitnodiging: int
    aantal: int = 1


@dataclass(frozen=True, slots=True)
class Twijfelen:
    """May come; asked again the day before."""

    uitnodiging: int


@dataclass(frozen=True, slots=True)
class Afmelden:
    """Does not come."""

    uitnodiging: int


@dataclass(frozen=True, slots=True)
class Begrepen:
    """What came of asking back where it is: 'goed' | 'fout' | 'weet_niet'. It says whether *we* were clear."""

    uitnodiging: int
    uitkomst: str


@dataclass(frozen=True, slots=True)
class OpWachtlijst:
    """Wants to come, as soon as there is a place."""

    uitnodiging: int


@dataclass(frozen=True, slots=True)
class VastAntwoord:
    """The answer to "every week?": comes to every activity of this series, or wants to be asked each time."""

    uitnodiging: int
    elke_week: bool


@dataclass(frozen=True, slots=True)
class RedenGeven:
    """Why not, as a code of ``redenen.toml``."""

    uitnodiging: int
    code: str


@dataclass(frozen=True, slots=True)
class RedenVertellen:
    """Why not, in own words: text or a voice note. Coded by staff, then wiped (30 days at most)."""

    uitnodiging: int
    tekst: str = ""
    media: str = ""


@dataclass(frozen=True, slots=True)
class AanbodAannemen:
    """The parent said yes to what follows a reason; a promise that needs a person becomes a task for the team."""

    uitnodiging: int
    aanbod: str


@dataclass(frozen=True, slots=True)
class Overstappen:
    """Cannot come to what ``uitnodiging`` is about, but comes to this other activity."""

    uitnodiging: int
    activiteit: int


@dataclass(frozen=True, slots=True)
class EerderUitnodigen:
    """Heard too late: from now on this parent is told a week earlier, four weeks ahead at most."""

    uitnodiging: int


@dataclass(frozen=True, slots=True)
class PresentieMelden:
    """The parent says: I am here."""

    uitnodiging: int


@dataclass(frozen=True, slots=True)
class PartnerUitnodigen:
    """The parent wants a link by which another caregiver of the child joins the same family."""


@dataclass(frozen=True, slots=True)
class DeurMelden:
    """The parent scanned the code at the door of an activity."""

    code: str


@dataclass(frozen=True, slots=True)
class Waarderen:
    """How it was: 'blij' | 'gewoon' | 'jammer', or words, or a voice note."""

    uitnodiging: int
    score: str = ""
    tekst: str = ""
    media: str = ""


@dataclass(frozen=True, slots=True)
class TipAntwoord:
    """What came of a tip at home: 'gedaan' | 'nog_niet' | 'andere'."""

    tip: int
    uitkomst: str


@dataclass(frozen=True, slots=True)
class TipGezicht:
    """What the child did: 'blij' | 'gewoon'."""

    tip: int
    gezicht: str


@dataclass(frozen=True, slots=True)
class TipVertellen:
    """What the child did, in own words: passed on to the team and kept nowhere."""

    tip: int
    tekst: str = ""
    media: str = ""


@dataclass(frozen=True, slots=True)
class TipVragen:
    """The parent wants a tip now, another one than ``niet``."""

    niet: int = 0


@dataclass(frozen=True, slots=True)
class VraagStellen:
    """A question for the team; ``mens`` when the bot was not understood and a person takes over (``bij`` is the step
    where that was). ``vervolg`` names the colleague to whose answer this is the reply.
    """

    tekst: str = ""
    media: str = ""
    mens: bool = False
    bij: str = ""
    vervolg: str = ""


@dataclass(frozen=True, slots=True)
class Beluisteren:
    """A voice note where only buttons count: write it out, and see whether it names a choice of the step ``bij``
    (``flow.step:over``).
    """

    media: str
    bij: str


@dataclass(frozen=True, slots=True)
class Pauzeren:
    """No broadcasts until ``tot`` (UTC)."""

    tot: datetime


@dataclass(frozen=True, slots=True)
class Uitschrijven:
    """Stop sending; everything that is kept stays until the parent says otherwise."""


@dataclass(frozen=True, slots=True)
class Hervatten:
    """Start sending again after a stop or a pause."""


@dataclass(frozen=True, slots=True)
class Wissen:
    """Erase this person; only counts without a name stay. Also the answer to 'no' at consent."""


@dataclass(frozen=True, slots=True)
class Aansluiten:
    """A parent opened the code of another group of the same location: a second child."""

    code: str


@dataclass(frozen=True, slots=True)
class TeamBinnen:
    """A colleague joins with a staff code, which is used up by it."""

    code: str
    naam: str


Effect = (
    Toestemmen
    | Instellen
    | Verwelkomen
    | Aanmelden
    | Twijfelen
    | Afmelden
    | Begrepen
    | OpWachtlijst
    | VastAntwoord
    | RedenGeven
    | RedenVertellen
    | AanbodAannemen
    | Overstappen
    | EerderUitnodigen
    | PresentieMelden
    | DeurMelden
    | PartnerUitnodigen
    | Waarderen
    | TipAntwoord
    | TipGezicht
    | TipVertellen
    | TipVragen
    | VraagStellen
    | Beluisteren
    | Pauzeren
    | Uitschrijven
    | Hervatten
    | Wissen
    | Aansluiten
    | TeamBinnen
    | EffectTeam
)

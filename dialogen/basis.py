"""The values a conversation is made of. Frozen, standard library only, no clock and no I/O.

The motor turns an ``Invoer`` and the current ``Stand`` into an ``Uitkomst``: what is said, what must be
written, and where the conversation stands afterwards. Nothing in here knows a platform or a database.
All moments are time-zone aware; UTC unless a docstring says otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dialogen.effecten import Effect
    from dialogen.kantoor import EigenWoorden, Kantoor, Opname, Taak
    from dialogen.tips import GegevenTip, Tipwerk

Gegeven = str | int | datetime
"""What may fill a ``{placeholder}``: text, a number, or an aware moment (formatted at the edge)."""


SPREEKTAAL = "spreektaal"
"""Under this name ``Tekst.gegevens`` say in which language a paragraph is heard, where that is not the reader's."""


class Soort(StrEnum):
    """What kind of thing a person sent."""

    TEKST = "tekst"
    KNOP = "knop"
    START = "start"
    SPRAAK = "spraak"
    FOTO = "foto"  # read only where it is asked for; anywhere else it is like ANDERS
    GEHOORD = "gehoord"  # a voice note that was written out, where its words may be a choice; made by ourselves
    ONHOORBAAR = "onhoorbaar"  # a voice note that cannot be used; ``waarde`` says why
    ANDERS = "anders"  # sticker, location, contact, file …: never read, never kept
    GEWIJZIGD = "gewijzigd"  # an edit of an earlier message


@dataclass(frozen=True, slots=True)
class Invoer:
    """One thing a person did in their chat.

    ``waarde`` is the text, the button's data, the start code, or the platform's file id of a photo or a voice note
    (``gehoord``: its words, '' when there were none to hear). ``bericht`` is the platform's id of the message that
    holds the pressed button ('' when unknown; of what was heard: the step it was said at, ``flow.step:over``), ``naam``
    the display name the platform gives; both live only as long as this one turn.
    """

    soort: Soort
    waarde: str = ""
    naam: str = ""
    bericht: str = ""
    gehoord: str = ""
    onder: str = ""  # the words of the message whose 🔊 was pressed, …
    labels: tuple[str, ...] = ()  # … and what can be chosen under it; both only as long as this one turn


@dataclass(frozen=True, slots=True)
class Tekst:
    """A text by its key in the catalogue, with what fills its placeholders. Key ``=`` says ``tekst`` as it is."""

    sleutel: str
    gegevens: Mapping[str, Gegeven] = field(default_factory=dict)

    @staticmethod
    def letterlijk(tekst: str) -> Tekst:
        """A text that is not translated: a name, a language in its own script, what a person wrote."""
        return Tekst("=", {"tekst": tekst})


@dataclass(frozen=True, slots=True)
class Knop:
    """A choice under a message. ``data`` is ``flow.stap:keuze[:over]``, at most 64 bytes (Telegram's limit)."""

    data: str
    label: Tekst


@dataclass(frozen=True, slots=True)
class Bericht:
    """One message, neutral of language and platform.

    ``teksten`` are paragraphs; each has a spoken twin under the same key. ``beeld`` names a picture, ``media``
    is a voice note by the platform's own file id, or as ``spraaknota:12`` where we keep it. ``bestand`` names a file
    that is made at the moment of sending (``brieven:12``), so that nothing of it lies in the outbox. ``vluchtig`` keeps
    no copy once it is sent (a parent's own words, read by staff). ``spreek``: it is heard as well as read, whoever gets
    it. ``vervangt`` asks the channel to change the message whose button was pressed instead of sending a new one (a
    channel that cannot sends it anew).

    ``stem`` names what a recording is of that speaks for the whole message (``tip.kijk_mee``, ``activiteit:12``), or a
    sound by its hash (``bijlage:…``). ``hardop``: it is heard, whoever gets it, and shows nothing but that. ``taal`` is
    the language when it is not the reader's.
    """

    teksten: tuple[Tekst, ...]
    knoppen: tuple[Knop, ...] = ()
    beeld: str = ""
    media: str = ""
    vervangt: bool = False
    vluchtig: bool = False
    bestand: str = ""
    stem: str = ""
    hardop: bool = False
    taal: str = ""
    spreek: bool = False


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a conversation stands: exactly the stored row."""

    flow: str
    stap: str
    antwoorden: Mapping[str, str] = field(default_factory=dict)
    missers: int = 0

    @property
    def over(self) -> int:
        """What the conversation is about (an invitation's number), 0 for nothing."""
        return int(self.antwoorden.get("over") or 0)

    def bij(self, stap: str, flow: str = "") -> Stand:
        """The same conversation at another step, of another flow when that is named."""
        return Stand(flow or self.flow, stap, self.antwoorden, self.missers)

    def met(self, antwoorden: Mapping[str, str]) -> Stand:
        """The same with these answers too."""
        return Stand(self.flow, self.stap, {**self.antwoorden, **antwoorden}, self.missers)


class Wie(StrEnum):
    """Who is on the other side of the chat."""

    ONBEKEND = "onbekend"
    OUDER = "ouder"
    MEDEWERKER = "medewerker"


class Rol(StrEnum):
    """Who a caregiver is to the child."""

    VADER = "vader"
    MOEDER = "moeder"
    ANDER = "ander"


class Vorm(StrEnum):
    """How a caregiver wants to receive messages."""

    LEZEN = "lezen"
    LUISTEREN = "luisteren"
    ALLEBEI = "allebei"


class Antwoord(StrEnum):
    """The current answer to an invitation."""

    GEEN = "geen"
    JA = "ja"
    MISSCHIEN = "misschien"
    NEE = "nee"
    WACHTLIJST = "wachtlijst"


class Staat(StrEnum):
    """Whether somebody was there."""

    AANWEZIG = "aanwezig"
    AFWEZIG = "afwezig"
    AFGEMELD = "afgemeld"


@dataclass(frozen=True, slots=True)
class Plaats:
    """The location a person belongs to. ``gastheer`` is who answers, '' for the team as a whole."""

    naam: str
    gastheer: str = ""
    telefoon: str = ""
    begripsvraag: bool = False
    tijdzone: str = "Europe/Amsterdam"


@dataclass(frozen=True, slots=True)
class Uitnodiging:
    """One invitation of this parent, with the activity it is about and the answer that stands."""

    nummer: int
    titel: str
    soort: str
    begin: datetime
    eind: datetime
    plek: str
    gastheer: str
    kinderen_welkom: bool = True
    afgelast: bool = False
    antwoord: Antwoord = Antwoord.GEEN
    aantal: int = 0
    vrij: int | None = None  # places left without this parent's own; None where there is no limit
    aanwezig: bool = False
    reden: str = ""
    andere_plek: str = ""  # another place of this location, for the teach-back question
    vast: str = ""  # of a series: 'ja' every week, 'nee' asked and not, 'open' not asked yet; '' for no series
    plek_tot: datetime | None = None  # until when a place that came free is held for this parent
    gevraagd: str = ""  # what is asked of who comes


@dataclass(frozen=True, slots=True)
class Editie:
    """Another activity like the one this parent cannot come to: ahead, with room, for a group of this family.

    ``dagdelen`` are the parts of the day it falls in, by the location's clock; ``begin`` is UTC.
    """

    activiteit: int
    titel: str
    begin: datetime
    plek: str
    dagdelen: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Lid:
    """One invited parent on a presence list of staff."""

    uitnodiging: int
    naam: str
    antwoord: Antwoord
    staat: Staat | None = None


@dataclass(frozen=True, slots=True)
class Lijst:
    """An activity of the colleague's own location. Who was invited (``leden``, who said yes first) and the counts are
    there only in a turn that is about this list. ``gasten`` came and are not in the bot.
    """

    activiteit: int
    titel: str
    begin: datetime
    leden: tuple[Lid, ...] = ()
    ja: int = 0
    misschien: int = 0
    nee: int = 0
    stil: int = 0
    vaders_ja: int = 0
    gasten: int = 0


@dataclass(frozen=True, slots=True)
class OpenVraag:
    """A parent's question for the team. ``door`` is the colleague who answered it, '' while it waits.

    ``media`` is '' where this chat cannot play what was spoken, and then ``elders`` holds; ``spreken`` says that a
    spoken answer can reach the parent from here. ``sinds`` is when it was asked (UTC).
    """

    nummer: int
    van: str
    taal: str
    tekst: str
    soort: str = "vraag"  # vraag | mens
    sinds: datetime | None = None
    media: str = ""
    elders: bool = False
    spreken: bool = False
    door: str = ""
    vertaling: str = ""  # what was asked, in the colleague's language


@dataclass(frozen=True, slots=True)
class Gevraagd:
    """What came to this parent last without being asked for: a broadcast's question (``stap``, about the invitation
    ``over``), or an answer of the team by ``door``. ``op`` is when it was sent (UTC).
    """

    op: datetime
    stap: str = ""
    over: int = 0
    door: str = ""


@dataclass(frozen=True, slots=True)
class Bewaard:
    """What is kept about a parent beside the settings and the answers: how much, and the last of each."""

    redenen: int = 0
    reden: str = ""  # the code
    toelichting: str = ""
    vragen: int = 0
    vraag: str = ""
    waarderingen: int = 0
    score: str = ""
    woorden: str = ""
    tips: int = 0
    gedaan: int = 0  # of those tips
    tip_stap: int = 1


@dataclass(frozen=True, slots=True)
class Startcode:
    """What a start link opens for this person: ``doel`` is 'ouders', 'team', 'deur', or '' with a ``bezwaar``."""

    code: str
    doel: str = ""
    locatie: str = ""
    gastheer: str = ""
    bezwaar: str = ""  # 'onbekend' | 'gebruikt' | 'verlopen' | 'elders' | 'deur'


@dataclass(frozen=True, slots=True)
class Vertaald:
    """Words of staff in another language. ``status`` is 'machine' or 'nagekeken' (by the colleague ``door``); where
    staff look at it also 'gevraagd' and 'mislukt', without a text.
    """

    tekst: str = ""
    status: str = "machine"
    door: str = ""


@dataclass(frozen=True, slots=True)
class Wereld:
    """Everything a flow may know, loaded once per turn. It holds only this person's own data.

    ``taal`` is the language of the words; ``spreektaal`` the one they are spoken in where that is another, which has
    no words ('' for the same). ``nu`` is UTC. ``vorige`` is the last handled input of this chat (button data) and
    ``vorige_op`` its moment; with them a doubled tap is told from a new one.
    """

    nu: datetime
    taal: str = "nl"
    wie: Wie = Wie.ONBEKEND
    naam: str = ""
    rol: Rol | None = None
    vorm: Vorm = Vorm.LEZEN
    dagdelen: frozenset[str] = frozenset()
    tips: bool = False
    gestopt: bool = False
    pauze_tot: datetime | None = None
    plaats: Plaats | None = None
    uitnodigingen: tuple[Uitnodiging, ...] = ()
    start: Startcode | None = None
    vorige: str = ""
    vorige_op: datetime | None = None
    lijsten: tuple[Lijst, ...] = ()
    open_vragen: tuple[OpenVraag, ...] = ()
    ook_ouder: bool = False  # a colleague who is a parent here too
    kantoor: Kantoor | None = None  # what a colleague works with; only in the conversations of staff that need it
    antwoord_voor: datetime | None = None  # the day before which the team answers a question asked now
    aankondiging: int = 14  # days of notice that this parent wants
    edities: tuple[Editie, ...] = ()  # soonest first; only while a parent says why not
    taken: tuple[Taak, ...] = ()  # only for a colleague who looks at them
    te_lezen: tuple[EigenWoorden, ...] = ()  # the same, oldest first
    opnames: tuple[Opname, ...] = ()  # only for a colleague who records, newest first
    te_horen: Bericht | None = None  # the message whose 🔊 was pressed
    gevraagd: Gevraagd | None = None  # only when a parent types or speaks
    bewaard: Bewaard | None = None  # only when a parent looks at what is kept
    tip: GegevenTip | None = None  # what the turn is about; of typed words the last one that waits for an answer
    tipwerk: Tipwerk | None = None  # only for a colleague who works on tips
    luistert: bool = False  # what is spoken can be written out here
    overal_te_horen: bool = False  # what is spoken here can be heard in every channel
    onderwerpen: Mapping[str, int] = field(default_factory=dict)  # the same: what parents would like, how often
    spreektaal: str = ""
    vertaald: Mapping[str, Vertaald] = field(default_factory=dict)  # Dutch words of staff → in this parent's language

    def uitnodiging(self, nummer: int) -> Uitnodiging | None:
        """This person's own invitation by its number, or None: another's is never found."""
        for u in self.uitnodigingen:
            if u.nummer == nummer:
                return u
        return None


@dataclass(frozen=True, slots=True)
class Uitkomst:
    """What one turn leads to. ``stand`` None means the conversation is at rest."""

    stand: Stand | None
    berichten: tuple[Bericht, ...] = ()
    effecten: tuple[Effect, ...] = ()


LANGSTE_SPRAAK = 180
"""Seconds that a voice note may last."""
GROOTSTE_SPRAAK = 5 * 1024 * 1024
"""Bytes that it may have."""
SPRAAKNOTA = "spraaknota:"
"""How ``Bericht.media`` names a voice note that we keep ourselves, before its number."""
TE_LANG = "te_lang"
"""Why a voice note cannot be used: longer or larger than that. Anything else: nothing can be heard in it."""
DUBBEL = timedelta(seconds=60)
"""The same button within this time is a doubled tap and is answered once."""

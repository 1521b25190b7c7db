"""The kinds of steps a conversation is made of, and the ``Flow`` that checks itself on import.

A flow is data: named steps, choices with stable ids, the next step per choice, effects as values. What a step
says is a row of ``Zin``: a key in the catalogue, said when its condition holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from dialogen.basis import Gegeven, Invoer, Stand, Tekst, Wereld
from dialogen.effecten import Effect
from dialogen.teksten import eenheden, woorden

Voorwaarde = Callable[[Wereld, Stand], bool]
Effecten = Callable[[Wereld, Stand], Iterable[Effect]]
Onthoud = Callable[[Wereld, Stand], Mapping[str, str]]
Mag = Callable[[Wereld, Stand, str], str | Tekst]
Gegevens = Callable[[Wereld, Stand], Mapping[str, Gegeven]]

LABEL = 20
"""UTF-16 units a button shows at most (WhatsApp's reply button, the narrowest of the platforms)."""
KNOPDATA = 64
"""Bytes a button can carry (Telegram's callback_data)."""


class FlowFout(ValueError):
    """A flow that cannot work: raised on import, naming the flow and the step."""


@dataclass(frozen=True, slots=True)
class Zin:
    """One paragraph: a catalogue key, said only when ``als`` holds (always without one)."""

    sleutel: str
    als: Voorwaarde | None = None


@dataclass(frozen=True, slots=True)
class Tak:
    """One way out of a ``Wissel``; ``naam`` is what the picture writes beside the arrow."""

    naam: str
    als: Voorwaarde
    naar: str


@dataclass(frozen=True, slots=True)
class Wissel:
    """Where to go depends: the first branch that holds, otherwise ``anders``."""

    takken: tuple[Tak, ...]
    anders: str


Naar = str | Wissel
"""A step of this flow, ``flow.stap`` of another one, or a choice between them."""


@dataclass(frozen=True, slots=True)
class Keuze:
    """A choice with a stable id. ``label`` defaults to the key ``flow.stap.id``.

    ``aanzetten`` makes it one of several that may be chosen together (see ``Kies``). ``onthoud`` is what is kept of
    choosing it; by default its id under the step's id.
    """

    id: str
    naar: Naar
    effect: Effecten | None = None
    toon: Voorwaarde | None = None
    label: str = ""
    aanzetten: bool = False
    onthoud: Onthoud | None = None


@dataclass(frozen=True, slots=True)
class Optie:
    """A choice that is known only now (a name on a list); its id is stable within what it is about. ``waarde`` is what
    a ``Vraag`` reads when it is chosen.
    """

    id: str
    tekst: str | Tekst
    waarde: str = ""

    def als_tekst(self) -> Tekst:
        """Its label; plain words are not translated."""
        return Tekst.letterlijk(self.tekst) if isinstance(self.tekst, str) else self.tekst


@dataclass(frozen=True, slots=True)
class Zeg:
    """Says something and goes on by itself. ``onthoud`` adds to the answers (and so may change ``over``).
    ``spreek``: the message of this turn is heard as well as read.
    """

    id: str
    naar: Naar
    zegt: tuple[Zin, ...] | None = None
    effect: Effecten | None = None
    onthoud: Onthoud | None = None
    gegevens: Gegevens | None = None
    spreek: bool = False


@dataclass(frozen=True, slots=True)
class Kies:
    """Asks for a choice.

    ``overal``: its buttons keep working from whatever conversation the person is in. ``vrij``: words that are no
    choice go there, kept under the step's id. ``bron`` adds choices that are known only now; they go ``bron_naar``.
    ``bron_mag`` says which of those ids are good (by default: those shown at this moment); without ``bron_typen``
    typing one of their labels does not choose it (a name that is typed to look for it must not change anything).
    ``vervangt``: a press here that leads to a step with it too changes the message instead of sending a new one.
    ``media`` is a voice note that goes along; of what is ``vluchtig`` no copy stays once it is sent.
    ``beeld`` may depend on who reads it and on what it is about; ``stem`` is the subject of a recording that speaks for
    all of it.
    """

    id: str
    keuzes: tuple[Keuze, ...]
    zegt: tuple[Zin, ...] | None = None
    overal: bool = False
    vrij: Naar | None = None
    bron: Callable[[Wereld, Stand], Iterable[Optie]] | None = None
    bron_naar: Naar = ""
    bron_effect: Effecten | None = None
    bron_mag: Callable[[Wereld, Stand, str], bool] | None = None
    bron_typen: bool = True
    gegevens: Gegevens | None = None
    beeld: str | Callable[[Wereld, Stand], str] = ""
    media: Callable[[Wereld, Stand], str] | None = None
    stem: Callable[[Wereld, Stand], str] | None = None
    vervangt: bool = False
    vluchtig: bool = False


@dataclass(frozen=True, slots=True)
class Vraag:
    """Asks for words. ``lees`` gives what is kept (None: not understood); ``keuzes`` are ways around it.

    ``mag`` looks at what was read with the world at hand: what is kept, or a text that says why it cannot be (the step
    is asked again, and it is no miss). ``bron`` gives ready-made answers, read like words. ``misser`` (a key) says
    what is asked for, to who sends something else; by default to write or type it.
    """

    id: str
    naar: Naar
    lees: Callable[[Invoer], str | None]
    zegt: tuple[Zin, ...] | None = None
    effect: Effecten | None = None
    keuzes: tuple[Keuze, ...] = ()
    gegevens: Gegevens | None = None
    mag: Mag | None = None
    bron: Callable[[Wereld, Stand], Iterable[Optie]] | None = None
    misser: str = ""


@dataclass(frozen=True, slots=True)
class Klaar:
    """The end of a conversation."""

    id: str
    zegt: tuple[Zin, ...] | None = None
    effect: Effecten | None = None
    gegevens: Gegevens | None = None


Stap = Zeg | Kies | Vraag | Klaar


def doelen(naar: Naar) -> Iterator[tuple[str, str]]:
    """Every (step, name of the branch) a ``Naar`` can lead to."""
    if isinstance(naar, str):
        yield naar, ""
        return
    for tak in naar.takken:
        yield tak.naar, tak.naam
    yield naar.anders, "anders"


def uitgangen(stap: Stap) -> Iterator[tuple[str, str]]:
    """Every (next step, what leads there) of a step; nothing for ``Klaar``."""
    match stap:
        case Zeg(naar=naar):
            yield from doelen(naar)
        case Kies(keuzes=keuzes, vrij=vrij, bron_naar=bron_naar):
            yield from _van_keuzes(keuzes)
            if vrij is not None:
                yield from ((d, f"woorden {n}".strip()) for d, n in doelen(vrij))
            if bron_naar:
                yield from ((d, f"keuze {n}".strip()) for d, n in doelen(bron_naar))
        case Vraag(naar=naar, keuzes=keuzes):
            yield from ((d, f"woorden {n}".strip()) for d, n in doelen(naar))
            yield from _van_keuzes(keuzes)
        case Klaar():
            return


def _van_keuzes(keuzes: tuple[Keuze, ...]) -> Iterator[tuple[str, str]]:
    for keuze in keuzes:
        for doel, naam in doelen(keuze.naar):
            yield doel, f"{keuze.id} {naam}".strip()


@dataclass(frozen=True, slots=True)
class Flow:
    """A conversation. ``wacht`` guards what it is about: the step to go to instead, or None when all is well.

    ``van_team``: only for colleagues. ``kantoor``: needs ``Wereld.kantoor`` (an own activity is what it is about).
    ``blijft``: looking at something else in between loses nothing; it goes on afterwards.

    Raises ``FlowFout`` when a step is doubled, missing, unreachable or a dead end, a choice id is doubled or too
    long for a button, a text has no Dutch words, or a label is longer than a button allows.
    """

    id: str
    stappen: tuple[Stap, ...]
    ingangen: tuple[str, ...] = ()
    wacht: Callable[[Wereld, Stand], str | None] | None = None
    van_team: bool = False
    kantoor: bool = False
    blijft: bool = False
    _per_id: Mapping[str, Stap] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_per_id", {stap.id: stap for stap in self.stappen})
        self._controleer_ids()
        self._controleer_wegen()
        for stap in self.stappen:
            self._controleer_woorden(stap)

    @property
    def begin(self) -> str:
        """The first step."""
        return self.stappen[0].id

    def stap(self, naam: str) -> Stap | None:
        """The step by its id, or None (a step that went with a deploy)."""
        return self._per_id.get(naam)

    def zinnen(self, stap: Stap) -> tuple[Zin, ...]:
        """What a step says; without own sentences the key is ``flow.stap``."""
        return (Zin(f"{self.id}.{stap.id}"),) if stap.zegt is None else stap.zegt

    def label(self, stap: Stap, keuze: Keuze) -> str:
        """The catalogue key of a choice's label."""
        return keuze.label or f"{self.id}.{stap.id}.{keuze.id}"

    def _fout(self, stap: str, wat: str) -> FlowFout:
        return FlowFout(f"flow {self.id}, stap {stap}: {wat}")

    def _controleer_ids(self) -> None:
        if len(self._per_id) != len(self.stappen):
            dubbel = [s.id for s in self.stappen if sum(t.id == s.id for t in self.stappen) > 1]
            raise self._fout(dubbel[0], "de naam komt twee keer voor")
        for stap in self.stappen:
            ids = [k.id for k in keuzes_van(stap)]
            if len(set(ids)) != len(ids):
                raise self._fout(stap.id, "een keuze komt twee keer voor")
            for keuze in ids:
                data = f"{self.id}.{stap.id}:-{keuze}:9223372036854775807"
                if not keuze or set(keuze) & set(":.-") or len(keuze.encode()) > 20 or len(data.encode()) > KNOPDATA:
                    raise self._fout(stap.id, f"keuze {keuze!r} past niet in een knop")

    def _controleer_wegen(self) -> None:
        wegen = {s.id: [d for d, _ in uitgangen(s)] for s in self.stappen}
        for stap, naar in wegen.items():
            for doel in naar:
                if "." not in doel and doel not in self._per_id:
                    raise self._fout(stap, f"gaat naar {doel!r}, en die is er niet")
        bereikt = self._bereik([self.begin, *self.ingangen], wegen)
        for stap in self._per_id:
            if stap not in bereikt:
                raise self._fout(stap, "is vanaf het begin niet te bereiken")
            if not any(self._eindigt(s) for s in self._bereik([stap], wegen)):
                raise self._fout(stap, "loopt dood: geen weg naar een einde")

    def _eindigt(self, naam: str) -> bool:
        stap = self._per_id.get(naam)
        return "." in naam or isinstance(stap, Klaar)

    @staticmethod
    def _bereik(vanaf: list[str], wegen: Mapping[str, list[str]]) -> set[str]:
        gezien: set[str] = set()
        rij = list(vanaf)
        while rij:
            naam = rij.pop()
            if naam not in gezien:
                gezien.add(naam)
                rij.extend(wegen.get(naam, ()))
        return gezien

    def _controleer_woorden(self, stap: Stap) -> None:
        for zin in self.zinnen(stap):
            if zin.sleutel not in woorden("nl"):
                raise self._fout(stap.id, f"geen Nederlandse tekst voor {zin.sleutel!r}")
        for keuze in keuzes_van(stap):
            label = woorden("nl").get(self.label(stap, keuze))
            if label is None:
                raise self._fout(stap.id, f"geen Nederlands label voor {self.label(stap, keuze)!r}")
            if "{" not in label and eenheden(label) + 2 * keuze.aanzetten > LABEL:
                raise self._fout(stap.id, f"label {label!r} is langer dan {LABEL} UTF-16-eenheden")


def keuzes_van(stap: Stap) -> tuple[Keuze, ...]:
    """The fixed choices of a step."""
    return stap.keuzes if isinstance(stap, Kies | Vraag) else ()

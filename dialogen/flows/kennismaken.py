"""a. Getting acquainted: from the QR code to the welcome. Before the consent nothing about the parent is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dialogen import begrijpen
from dialogen.basis import Invoer, Rol, Soort, Stand, Vorm, Wereld
from dialogen.effecten import Effect, Instellen, Toestemmen, Verwelkomen, Wissen
from dialogen.publiek import DAGDELEN
from dialogen.stappen import Flow, Keuze, Kies, Klaar, Tak, Vraag, Wissel, Zin
from dialogen.teksten import BRON, GESPROKEN, TALEN, talen


def _stem_toe(wereld: Wereld, stand: Stand) -> list[Effect]:
    a = stand.antwoorden
    vorm = Vorm(a.get("vorm", Vorm.LEZEN))
    return [Toestemmen(a.get("code", ""), wereld.naam, a.get("taal", BRON), vorm, a.get("schrijftaal") or None)]


def lees_naam(invoer: Invoer) -> str | None:
    """A name as typed, or None."""
    return begrijpen.naam(invoer.waarde) if invoer.soort is Soort.TEKST else None


def taalkeuzes(naar: str, *, meteen: bool = False) -> tuple[Keuze, ...]:
    """A choice per language in its own script; ``meteen`` changes what is kept at once. After one that is only spoken
    comes the question in which we write; until it is answered, the one we wrote in.
    """

    def gekozen(code: str, wereld: Wereld) -> list[Effect]:
        return [Instellen(taal=code, tweede_taal=wereld.taal if code in GESPROKEN else None)]

    def keuze(code: str) -> Keuze:
        effect = (lambda w, _s: gekozen(code, w)) if meteen else None
        return Keuze(code, "schrijftaal" if code in GESPROKEN else naar, effect, label=f"taal.{code}")

    return tuple(keuze(code) for code in TALEN if code in GESPROKEN or code in talen())


def schrijftaalkeuzes(naar: str, *, meteen: bool = False) -> tuple[Keuze, ...]:
    """A choice per language that is written."""

    def keuze(code: str) -> Keuze:
        effect = (lambda _w, _s: [Instellen(tweede_taal=code)]) if meteen else None
        return Keuze(code, naar, effect, label=f"taal.{code}")

    return tuple(keuze(code) for code in talen())


def vormkeuzes(naar: str, *, meteen: bool = False) -> tuple[Keuze, ...]:
    """Reading, listening, or both."""

    def keuze(vorm: Vorm) -> Keuze:
        effect = (lambda _w, _s: [Instellen(vorm=vorm)]) if meteen else None
        return Keuze(vorm.value, naar, effect, label=f"vorm.{vorm.value}")

    return tuple(keuze(vorm) for vorm in Vorm)


def nu_gekozen(stap: str) -> Callable[[Wereld, Stand], Mapping[str, str]]:
    """Put on beforehand, at ``stap``, the parts of the day that are kept."""
    return lambda w, _s: {stap: ",".join(d for d in DAGDELEN if d in w.dagdelen)}


def dagdeelkeuzes(stap: str, naar: str | Wissel) -> tuple[Keuze, ...]:
    """The parts of the day, as many as one likes, and ``klaar``, which keeps them."""

    def bewaar(_wereld: Wereld, stand: Stand) -> list[Effect]:
        return [Instellen(dagdelen=frozenset(filter(None, stand.antwoorden.get(stap, "").split(","))))]

    aan = tuple(Keuze(d, stap, label=f"dagdeel.{d}", aanzetten=True) for d in DAGDELEN)
    return (*aan, Keuze("klaar", naar, bewaar, label="knop.klaar"))


KENNISMAKEN = Flow(
    "kennismaken",
    (
        Kies("taal", taalkeuzes("vorm")),
        Kies("schrijftaal", schrijftaalkeuzes("vorm")),
        Kies("vorm", vormkeuzes("toestemming")),
        Kies(
            "toestemming",
            (
                Keuze("ja", Wissel((Tak("zonder naam", lambda w, _: not w.naam, "naam"),), "rol"), _stem_toe),
                Keuze("nee", "geen", label="knop.nee"),
                Keuze("meer", "uitleg"),
            ),
        ),
        Kies(
            "uitleg",
            (
                Keuze(
                    "ja",
                    Wissel((Tak("zonder naam", lambda w, _: not w.naam, "naam"),), "rol"),
                    _stem_toe,
                    label="kennismaken.toestemming.ja",
                ),
                Keuze("nee", "geen", label="knop.nee"),
            ),
        ),
        Klaar("geen", effect=lambda _w, _s: [Wissen()]),
        Vraag(
            "naam",
            "rol",
            lees_naam,
            effect=lambda _w, s: [Instellen(naam=s.antwoorden["naam"])],
            keuzes=(Keuze("zeg_niet", "rol", label="knop.zeg_niet"),),
        ),
        Kies(
            "rol",
            (
                Keuze("vader", "dagdelen", lambda _w, _s: [Instellen(rol=Rol.VADER)], label="rol.vader"),
                Keuze("moeder", "dagdelen", lambda _w, _s: [Instellen(rol=Rol.MOEDER)], label="rol.moeder"),
                Keuze("ander", "dagdelen", lambda _w, _s: [Instellen(rol=Rol.ANDER)], label="rol.ander"),
            ),
            overal=True,  # from here on: a look at the menu in between loses nothing
        ),
        Kies("dagdelen", dagdeelkeuzes("dagdelen", "tips"), overal=True),
        Kies(
            "tips",
            (
                Keuze("ja", "welkom", lambda _w, _s: [Instellen(tips=True)], label="knop.ja_graag"),
                Keuze("nee", "welkom", lambda _w, _s: [Instellen(tips=False)], label="knop.nee"),
            ),
            overal=True,
        ),
        Klaar(
            "welkom",
            zegt=(
                Zin("kennismaken.welkom", lambda w, _: bool(w.naam)),
                Zin("kennismaken.welkom.zonder_naam", lambda w, _: not w.naam),
            ),
            effect=lambda _w, _s: [Verwelkomen()],
        ),
    ),
)

"""People and invitations for tests of the conversations: values, nothing stored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from dialogen.basis import (
    Antwoord,
    Bericht,
    Editie,
    Invoer,
    Lid,
    Lijst,
    OpenVraag,
    Plaats,
    Rol,
    Soort,
    Staat,
    Startcode,
    Uitnodiging,
    Wereld,
    Wie,
)
from dialogen.effecten import (
    Aanmelden,
    Afmelden,
    Effect,
    Hervatten,
    Instellen,
    OpWachtlijst,
    Pauzeren,
    PresentieMelden,
    TeamBinnen,
    Toestemmen,
    Twijfelen,
    Uitschrijven,
    Wissen,
)
from dialogen.effecten_team import (
    GastEraf,
    GastErbij,
    JaAanwezig,
    PresentieZetten,
    RedenCoderen,
    TaakAfronden,
    TaakOppakken,
    TaakTeruggeven,
    VraagBeantwoorden,
    WoordenGelezen,
)
from dialogen.kantoor import Activiteit, Eerder, EigenWoorden, Groep, Kantoor, Taak, Telling, Werkplek, Zending

NU = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
TELLINGEN = (
    Telling(frozenset({1}), "vader", "tr", frozenset({"avond"}), "bot", bereikt=False, vol=False, aantal=2),
    Telling(frozenset({1, 2}), "moeder", "nl", frozenset(), "bot", bereikt=True, vol=True, aantal=3),
    Telling(frozenset({2}), "", "nl", frozenset(), "zonder", bereikt=False, vol=False, aantal=1),
)
PLAATS = Plaats("De Regenboog", "Juf Noor", "010 123 45 67")


def uitnodiging(nummer: int = 7, over: timedelta = timedelta(days=7), **anders: Any) -> Uitnodiging:
    """A coffee morning of an hour, ``over`` so long from ``NU``."""
    begin = NU + over
    u = Uitnodiging(nummer, f"Koffie {nummer}", "koffieochtend", begin, begin + timedelta(hours=1), "de hal", "Noor")
    return replace(u, **anders)


def editie(activiteit: int = 21, **anders: Any) -> Editie:
    """An evening, ten days from ``NU``."""
    e = Editie(activiteit, f"Avond {activiteit}", NU + timedelta(days=10, hours=10), "de hal", frozenset({"avond"}))
    return replace(e, **anders)


def taak(nummer: int = 4, **anders: Any) -> Taak:
    """A mother who looks for somebody to come with; nobody does it yet."""
    return replace(Taak(nummer, "maatje", "Amal", "nl", "Koffie", NU + timedelta(days=2)), **anders)


def ouder(*uitnodigingen: Uitnodiging, **anders: Any) -> Wereld:
    """A parent called Amal, with these invitations."""
    wereld = Wereld(NU, wie=Wie.OUDER, naam="Amal", rol=Rol.MOEDER, plaats=PLAATS, uitnodigingen=uitnodigingen)
    return replace(wereld, **anders)


def activiteit(nummer: int = 7, over: timedelta = timedelta(days=7), **anders: Any) -> Activiteit:
    """What staff see of a coffee morning, ``over`` so long from ``NU``: ten invited, three say yes, with five."""
    a = Activiteit(
        nummer, 1, f"Koffie {nummer}", "koffieochtend", "Elkaar leren kennen", NU + over, 60, "de hal", "Noor"
    )
    tellen = {"groepen": (1,), "uitgenodigd": 10, "ja": 3, "misschien": 1, "nee": 2, "stil": 4, "mensen": 5}
    return replace(a, **{**tellen, **anders})


def kantoor(*komend: Activiteit, over: Activiteit | None = None, locaties: int = 1) -> Kantoor:
    """What Noor works with: so many locations, each with two groups, and what comes."""
    werkplekken = tuple(
        Werkplek(n, f"Locatie {n}", "Juf Noor", groepen=(Groep(2 * n - 1, "Vlinders"), Groep(2 * n, "Rupsen")))
        for n in range(1, locaties + 1)
    )
    eerder = (Eerder(7, 1, "de hal", "Bea"), Eerder(6, 1, "de zaal"))
    zending = Zending(4, "uitnodiging", "vaders", "Sam", NU, aantal=3, verzonden=2)
    return Kantoor("medewerker", 1, werkplekken, komend, over, eerder, TELLINGEN, (zending,))


def medewerker(**anders: Any) -> Wereld:
    """A colleague called Noor, with one list of two parents and one open question."""
    leden = (Lid(7, "Amal", Antwoord.JA), Lid(8, "Karim", Antwoord.GEEN))
    lijst = Lijst(3, "Koffie", NU + timedelta(days=7), leden, ja=1, stil=1)
    vraag = OpenVraag(5, "Amal", "Nederlands", "Mag mijn zus mee?")
    return replace(
        Wereld(
            NU,
            wie=Wie.MEDEWERKER,
            naam="Noor",
            plaats=PLAATS,
            lijsten=(lijst,),
            open_vragen=(vraag,),
            kantoor=kantoor(activiteit()),
        ),
        **anders,
    )


def onbekend(**anders: Any) -> Wereld:
    """Somebody with a good start link for parents, before consent."""
    return replace(Wereld(NU, start=Startcode("abc", "ouders", "De Regenboog", "Juf Noor")), **anders)


def tekst(waarde: str) -> Invoer:
    """A typed text."""
    return Invoer(Soort.TEKST, waarde)


def knop(data: str) -> Invoer:
    """A pressed button."""
    return Invoer(Soort.KNOP, data)


def sleutels(berichten: Iterable[Bericht]) -> list[str]:
    """The keys of what is said."""
    return [t.sleutel for bericht in berichten for t in bericht.teksten]


def daarna(wereld: Wereld, effecten: Iterable[Effect]) -> Wereld:
    """The world after these effects, as far as conversations can see them."""
    for effect in effecten:
        wereld = _na(wereld, effect)
    return wereld


def _na(w: Wereld, effect: Effect) -> Wereld:
    match effect:
        case Toestemmen(naam=naam, taal=taal, vorm=vorm):
            return replace(w, wie=Wie.OUDER, naam=naam, taal=taal, vorm=vorm, plaats=PLAATS)
        case TeamBinnen(naam=naam):
            return replace(w, wie=Wie.MEDEWERKER, naam=naam, plaats=PLAATS)
        case Instellen():
            velden = ("naam", "rol", "taal", "vorm", "dagdelen", "tips")
            return replace(w, **{v: getattr(effect, v) for v in velden if getattr(effect, v) is not None})
        case Wissen():
            return replace(onbekend(), nu=w.nu, start=None) if w.wie is not Wie.MEDEWERKER else w
        case Uitschrijven():
            return replace(w, gestopt=True)
        case Hervatten():
            return replace(w, gestopt=False, pauze_tot=None)
        case Pauzeren(tot=tot):
            return replace(w, gestopt=False, pauze_tot=tot)
        case _:
            return _na_team(w, effect)


def _na_team(w: Wereld, effect: Effect) -> Wereld:
    match effect:
        case VraagBeantwoorden(vraag=nummer):
            return replace(w, open_vragen=tuple(v for v in w.open_vragen if v.nummer != nummer))
        case PresentieZetten() | GastErbij() | GastEraf() | JaAanwezig():
            return replace(w, lijsten=tuple(_na_registratie(x, effect) for x in w.lijsten))
        case TaakOppakken(taak=nummer):
            return _met_taak(w, nummer, eigenaar=w.naam or "Noor", van_mij=True)
        case TaakTeruggeven(taak=nummer):
            return _met_taak(w, nummer, eigenaar="", van_mij=False)
        case TaakAfronden(taak=nummer):
            return _met_taak(w, nummer, klaar=True)
        case RedenCoderen(reden=nummer):
            return _gewist(w, "reden", nummer)
        case WoordenGelezen(soort=soort, nummer=nummer):
            return _gewist(w, soort, nummer)
        case _:
            return _na_antwoord(w, effect)


def _na_antwoord(w: Wereld, effect: Effect) -> Wereld:
    nieuw: dict[str, Any]
    match effect:
        case Aanmelden(aantal=aantal):
            nieuw = {"antwoord": Antwoord.JA, "aantal": aantal}
        case Twijfelen():
            nieuw = {"antwoord": Antwoord.MISSCHIEN, "aantal": 0}
        case Afmelden():
            nieuw = {"antwoord": Antwoord.NEE, "aantal": 0}
        case OpWachtlijst():
            nieuw = {"antwoord": Antwoord.WACHTLIJST, "aantal": 0}
        case PresentieMelden():
            nieuw = {"aanwezig": True}
        case _:
            return w
    lijst = tuple(replace(u, **nieuw) if u.nummer == effect.uitnodiging else u for u in w.uitnodigingen)
    return replace(w, uitnodigingen=lijst)


def eigen_woorden(nummer: int = 9, soort: str = "reden", **anders: Any) -> EigenWoorden:
    """A mother who told in Arabic why she did not come."""
    x = EigenWoorden(soort, nummer, "moeder", "ar", "Koffie", NU + timedelta(days=7), "Mijn auto is stuk")
    return replace(x, **anders)


def _gewist(w: Wereld, soort: str, nummer: int) -> Wereld:
    return replace(w, te_lezen=tuple(x for x in w.te_lezen if (x.soort, x.nummer) != (soort, nummer)))


def _met_taak(w: Wereld, nummer: int, **nieuw: Any) -> Wereld:
    return replace(w, taken=tuple(replace(t, **nieuw) if t.nummer == nummer else t for t in w.taken))


def _met_staat(lijst: Lijst, nummer: int, staat: Any) -> Lijst:
    return replace(lijst, leden=tuple(replace(x, staat=staat) if x.uitnodiging == nummer else x for x in lijst.leden))


def _na_registratie(lijst: Lijst, effect: Effect) -> Lijst:
    match effect:
        case PresentieZetten(uitnodiging=nummer, staat=staat):
            return _met_staat(lijst, nummer, staat)
        case GastErbij() | GastEraf() if effect.activiteit == lijst.activiteit:
            return replace(lijst, gasten=lijst.gasten + (1 if isinstance(effect, GastErbij) else -1))
        case JaAanwezig() if effect.activiteit == lijst.activiteit:
            open_ja = [x.uitnodiging for x in lijst.leden if x.antwoord is Antwoord.JA and x.staat is None]
            return replace(
                lijst,
                leden=tuple(replace(x, staat=Staat.AANWEZIG) if x.uitnodiging in open_ja else x for x in lijst.leden),
            )
        case _:
            return lijst

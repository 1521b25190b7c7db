"""The menu, and what one can change about how one is reached. /menu and /help work in the middle of anything."""

from __future__ import annotations

from collections.abc import Iterable

from dialogen.basis import Antwoord, Stand, Tekst, Wereld, Wie
from dialogen.effecten import Effect, Hervatten, Instellen, PartnerUitnodigen
from dialogen.effecten_team import BegripsvraagZetten
from dialogen.flows.erbij import bezig
from dialogen.flows.kennismaken import dagdeelkeuzes, nu_gekozen, schrijftaalkeuzes, taalkeuzes, vormkeuzes
from dialogen.parkeren import geparkeerd
from dialogen.stappen import Flow, Keuze, Kies, Klaar, Optie, Tak, Wissel, Zeg, Zin
from dialogen.vertaald import in_hun_taal

TEKENS = {
    Antwoord.GEEN: "⏳",
    Antwoord.JA: "✅",
    Antwoord.MISSCHIEN: "🤔",
    Antwoord.NEE: "❌",
    Antwoord.WACHTLIJST: "🪑",
}


def _ouder(wereld: Wereld, _stand: Stand) -> bool:
    return wereld.wie is Wie.OUDER


def _team(wereld: Wereld, _stand: Stand) -> bool:
    return wereld.wie is Wie.MEDEWERKER


def _komend(wereld: Wereld, _stand: Stand) -> Iterable[Optie]:
    rij = sorted((u for u in wereld.uitnodigingen if u.begin > wereld.nu and not u.afgelast), key=lambda u: u.begin)
    return [Optie(str(u.nummer), f"{TEKENS[u.antwoord]} {in_hun_taal(wereld, u.titel)}") for u in rij[:10]]


def _gekozen(_wereld: Wereld, stand: Stand) -> dict[str, str]:
    return {"over": stand.antwoorden["activiteiten"]}


def _hier(wereld: Wereld, _stand: Stand) -> dict[str, str]:
    u = bezig(wereld)
    return {"over": str(u.nummer)} if u else {}


def _leidt(wereld: Wereld, _stand: Stand) -> bool:
    return wereld.kantoor is not None and wereld.kantoor.rol in {"coordinator", "beheerder"}


def _waar_gevraagd(wereld: Wereld, _stand: Stand) -> Iterable[Optie]:
    """A button per own location: a tap asks the question there from now on (``a``), or no more (``u``)."""
    for plek in wereld.kantoor.werkplekken if wereld.kantoor else ():
        id_ = f"{'u' if plek.begripsvraag else 'a'}{plek.nummer}"
        yield Optie(id_, Tekst("knop.aan", {"label": plek.naam}) if plek.begripsvraag else plek.naam)


def _zet_begripsvraag(wereld: Wereld, stand: Stand) -> list[Effect]:
    keuze = stand.antwoorden["begripsvraag"]
    return [BegripsvraagZetten(int(keuze[1:]), keuze[0] == "a")] if _leidt(wereld, stand) else []


_LEEG = Tak("niets", lambda w, s: not _komend(w, s), "geen")

MENU = Flow(
    "menu",
    (
        Kies(
            "menu",
            (
                Keuze("hier", "hier", toon=lambda w, s: _ouder(w, s) and bezig(w) is not None),
                Keuze("activiteiten", Wissel((_LEEG,), "activiteiten"), toon=_ouder),
                Keuze("tip", "tip.vraag_om", toon=_ouder),
                Keuze("werk", "werk", toon=lambda _w, s: geparkeerd(s) is not None),
                Keuze("agenda", "activiteiten.lijst", toon=_team),
                Keuze("maken", "maken.begin", toon=_team, onthoud=lambda _w, _s: {"over": ""}),
                Keuze("weekbericht", "weekbericht.begin", toon=_team, onthoud=lambda _w, _s: {"over": ""}),
                Keuze("presentie", "presentie.kies", toon=_team),
                Keuze("vragen", "team.vragen", toon=_team),
                Keuze("taken", "taken.lijst", toon=_team),
                Keuze("lezen", "lezen.begin", toon=_team),
                Keuze("tips", "tips.begin", toon=_team),
                Keuze("inspreken", "inspreken.begin", toon=_team),
                Keuze("vraag", "vraag.vraag", toon=_ouder),
                Keuze("partner", "partner", lambda _w, _s: [PartnerUitnodigen()], toon=_ouder),
                Keuze("bureau", "bureau.open", toon=_team),
                Keuze("instellingen", "instellingen.wat"),
                Keuze("gegevens", "stoppen.gegevens", toon=_ouder),
                Keuze(
                    "verder",
                    "stoppen.verder",
                    lambda _w, _s: [Hervatten()],
                    toon=lambda w, s: _ouder(w, s) and (w.gestopt or w.pauze_tot is not None),
                ),
                Keuze("stop", "stoppen.stop", toon=_ouder),
            ),
            zegt=(
                Zin("menu.al_bij_ons", lambda _w, s: "al_bij_ons" in s.antwoorden),
                Zin("menu.help", lambda _w, s: "help" in s.antwoorden),
                Zin("menu.menu"),
            ),
            overal=True,
        ),
        Kies("activiteiten", (Keuze("terug", "menu", label="knop.terug"),), bron=_komend, bron_naar="open"),
        Zeg("open", "uitnodiging.kom", zegt=(), onthoud=_gekozen),
        Zeg("hier", "erbij.hier", zegt=(), onthoud=_hier),
        Klaar("partner"),
        Klaar("geen"),
        Klaar("werk", zegt=()),  # at its end what was left comes back
    ),
    kantoor=True,
)

INSTELLINGEN = Flow(
    "instellingen",
    (
        Kies(
            "wat",
            (
                Keuze("taal", "taal"),
                Keuze("vorm", "vorm", toon=_ouder),
                Keuze("dagdelen", "nu_dagdelen", toon=_ouder),
                Keuze("tips", "tips", toon=_ouder),
                Keuze("begripsvraag", "begripsvraag", toon=_leidt),
            ),
            overal=True,
        ),
        Kies("taal", taalkeuzes("bewaard", meteen=True), overal=True),
        Kies(
            "schrijftaal",
            schrijftaalkeuzes("bewaard", meteen=True),
            zegt=(Zin("kennismaken.schrijftaal"),),
            overal=True,
        ),
        Kies("vorm", vormkeuzes("bewaard", meteen=True), zegt=(Zin("kennismaken.vorm"),), overal=True),
        Zeg("nu_dagdelen", "dagdelen", zegt=(), onthoud=nu_gekozen("dagdelen")),
        Kies("dagdelen", dagdeelkeuzes("dagdelen", "bewaard"), zegt=(Zin("kennismaken.dagdelen"),), overal=True),
        Kies(
            "tips",
            (
                Keuze("ja", "bewaard", lambda _w, _s: [Instellen(tips=True)], label="knop.ja_graag"),
                Keuze("nee", "bewaard", lambda _w, _s: [Instellen(tips=False)], label="knop.nee"),
            ),
            zegt=(Zin("kennismaken.tips"),),
            overal=True,
        ),
        Kies(
            "begripsvraag",
            (Keuze("terug", "wat", label="knop.terug"),),
            bron=_waar_gevraagd,
            bron_mag=lambda _w, _s, keuze: keuze[:1] in {"a", "u"} and keuze[1:].isdigit(),
            bron_naar=Wissel((Tak("leidt hier niet", lambda w, s: not _leidt(w, s), "wat"),), "bewaard"),
            bron_effect=_zet_begripsvraag,
            overal=True,
        ),
        Klaar("bewaard"),
    ),
    kantoor=True,
)

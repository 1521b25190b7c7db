"""i. Staff: the message that lives along with an invitation. How far the sending is, then who comes; who has to be
reminded; stop and go on. About an activity of an own location (``over``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from dialogen.basis import Antwoord, Gegeven, Stand, Tekst, Wereld, Wie
from dialogen.effecten import Effect
from dialogen.effecten_team import Herinneren, ZendingHervatten, ZendingStoppen
from dialogen.kantoor import Activiteit, Zending
from dialogen.later import lees_minuut
from dialogen.publiek import NET_GEVRAAGD
from dialogen.stappen import Flow, Gegevens, Keuze, Kies, Klaar, Optie, Tak, Voorwaarde, Wissel, Zeg, Zin

NET = "net"
"""Among the answers: what this very turn asks for, which is not in the world yet ('begin', 'stop', 'verder')."""

_VOLGORDE = (Antwoord.JA, Antwoord.MISSCHIEN, Antwoord.WACHTLIJST, Antwoord.NEE, Antwoord.GEEN)


def over(wereld: Wereld, stand: Stand) -> Activiteit | None:
    """The activity this is about; only one of an own location is ever found."""
    return wereld.kantoor.activiteit(stand.over) if wereld.kantoor else None


def tijdzone(wereld: Wereld, stand: Stand) -> ZoneInfo:
    """The time zone of the activity's location."""
    a = over(wereld, stand)
    plek = wereld.kantoor.werkplek(a.locatie) if wereld.kantoor and a else None
    return ZoneInfo(plek.tijdzone if plek else "Europe/Amsterdam")


def wat(wereld: Wereld, stand: Stand) -> dict[str, Gegeven]:
    """The activity's title and beginning."""
    a = over(wereld, stand)
    return {"titel": a.titel, "begin": a.begin} if a else {"begin": wereld.nu}


def zendingen(wereld: Wereld, *soorten: str) -> list[Zending]:
    """The broadcasts about this activity, newest first, of these kinds (of any without one)."""
    rij = wereld.kantoor.zendingen if wereld.kantoor else ()
    return [z for z in rij if not soorten or z.soort in soorten]


def laatste(wereld: Wereld, *soorten: str) -> Zending | None:
    """The newest of these."""
    return next(iter(zendingen(wereld, *soorten)), None)


def door(*soorten: str) -> Gegevens:
    """Who sent the newest of these, and when."""

    def gegevens(wereld: Wereld, _stand: Stand) -> dict[str, Gegeven]:
        z = laatste(wereld, *soorten)
        return {"door": z.door or "🤖", "begin": z.begint or z.gemaakt} if z else {"begin": wereld.nu}

    return gegevens


def bezwaar(wereld: Wereld, stand: Stand) -> str | None:
    """Why nothing can be sent about this activity, None when it can."""
    if wereld.wie is not Wie.MEDEWERKER:
        return "geen_team"
    a = over(wereld, stand)
    if a is None:
        return "onbekend"
    if a.afgelast:
        return "afgelast"
    return "voorbij" if a.begin <= wereld.nu else None


def _niet_meer(soort: str) -> Tak:
    return Tak(soort, lambda w, s: bezwaar(w, s) == soort, soort)


NIET_MEER = tuple(_niet_meer(soort) for soort in ("onbekend", "afgelast", "voorbij"))
"""Words go past the guard of buttons: what it would have said."""
EINDEN = (
    Klaar("afgelast", zegt=(Zin("versturen.afgelast"),), gegevens=wat),
    Klaar("voorbij", zegt=(Zin("versturen.voorbij"),), gegevens=wat),
    Klaar("onbekend", zegt=(Zin("versturen.onbekend"),)),
    Klaar("geen_team", zegt=(Zin("team.geen_team"),)),
)
"""Where a flow about sending ends when there is an objection."""


def op(stand: Stand) -> datetime | None:
    """When to send, UTC; None for now."""
    return lees_minuut(stand.antwoorden.get("op", ""))


def _wacht(wereld: Wereld, stand: Stand) -> str | None:
    gevonden = bezwaar(wereld, stand)
    if gevonden is None and stand.stap == "bezig" and not zendingen(wereld):
        return "stand"  # nothing was ever sent, whatever the button says
    return gevonden if stand.stap == "herinner" or gevonden in {"geen_team", "onbekend"} else None


# How far it is


def half(wereld: Wereld, stand: Stand) -> Zending | None:
    """The newest broadcast that was stopped before everybody had it, while it can still go on."""
    if bezwaar(wereld, stand) is not None:
        return None
    return next((z for z in zendingen(wereld) if z.gestopt and (z.later or not z.aantal)), None)


def is_half(wereld: Wereld, stand: Stand) -> bool:
    """Not everybody got the invitation, because somebody stopped it."""
    z = half(wereld, stand)
    return z is not None and z.soort == "uitnodiging"


def _gaande(wereld: Wereld, *, nu: bool = False) -> Zending | None:
    """The newest broadcast that goes out, now or later (``nu``: not what only waits for a better hour)."""
    rij = (z for z in zendingen(wereld) if not z.gestopt)
    return next((z for z in rij if z.wacht or (z.begint and z.begint > wereld.nu) or (z.later and not nu)), None)


def _zending(wereld: Wereld, stand: Stand) -> Zending | None:
    """What a message about the sending is about: what was pressed, what goes out, what was stopped, or the newest."""
    match stand.antwoorden.get(NET):
        case "stop":
            return _gaande(wereld) or laatste(wereld)
        case "verder":
            return half(wereld, stand) or laatste(wereld)
        case _:
            return _gaande(wereld, nu=True) or half(wereld, stand) or laatste(wereld)


def _fase(wereld: Wereld, stand: Stand) -> str:
    """How that broadcast stands: 'gestopt', 'gepland', 'begint', 'bezig' or 'klaar'."""
    z, net = _zending(wereld, stand), stand.antwoorden.get(NET)
    if net == "begin" or z is None:
        straks = op(stand)
        return "gepland" if straks and straks > wereld.nu else "begint"
    if (z.gestopt and net != "verder") or (net == "stop" and _gaande(wereld) is not None):
        return "gestopt"
    if z.begint and z.begint > wereld.nu:
        return "gepland"
    return ("bezig" if z.wacht or net == "verder" else "klaar") if z.aantal else "begint"


def _in_fase(*fasen: str, nog: bool | None = None) -> Voorwaarde:
    def in_fase(wereld: Wereld, stand: Stand) -> bool:
        z = _zending(wereld, stand)
        return _fase(wereld, stand) in fasen and (nog is None or (z is not None and z.nog is not None) is nog)

    return in_fase


def _hoe_ver(wereld: Wereld, stand: Stand) -> Mapping[str, Gegeven]:
    z, net = _zending(wereld, stand), stand.antwoorden.get(NET)
    uit = wat(wereld, stand)
    if z is None or net == "begin":
        return uit | {"begin": op(stand) or wereld.nu}
    cijfers: dict[str, Gegeven] = {"aantal": z.aantal, "verzonden": z.verzonden, "nog": z.nog or 0}
    return uit | cijfers | {"begin": z.begint or z.gemaakt}


def _knoppen(wereld: Wereld, stand: Stand) -> Iterable[Optie]:
    fase = _fase(wereld, stand)
    if fase == "gestopt":
        yield Optie("verder", Tekst("opkomst.bezig.verder"))
    elif fase != "klaar":
        yield Optie("stop", Tekst("opkomst.bezig.stop"))


def _rem(wereld: Wereld, stand: Stand) -> list[Effect]:
    keuze = stand.antwoorden["bezig"]
    z = _zending(wereld, Stand(stand.flow, stand.stap, {**stand.antwoorden, NET: keuze}))
    if z is None or (keuze == "stop" and _gaande(wereld) is None):
        return []  # all of it went already
    return [ZendingStoppen(z.nummer) if keuze == "stop" else ZendingHervatten(z.nummer)]


def _hervat(wereld: Wereld, stand: Stand) -> list[Effect]:
    z = half(wereld, stand)
    return [ZendingHervatten(z.nummer)] if z else []


def _staat(wereld: Wereld, stand: Stand) -> dict[str, Gegeven]:
    """How the answers stand, and what is still to come of the messages."""
    a, rij = over(wereld, stand), zendingen(wereld)
    if a is None:
        return wat(wereld, stand)
    geteld = {"ja": a.ja, "misschien": a.misschien, "nee": a.nee, "stil": a.stil, "vaders": a.vaders_ja}
    later = sum(z.later for z in rij if not z.gestopt and not z.wacht)
    return {
        **wat(wereld, stand),
        **geteld,
        "later": later,
        "vervallen": sum(z.vervallen for z in rij),
        "aantal": a.ja + a.misschien + a.stil,
        "teruggevraagd": a.teruggevraagd,
        "onduidelijk": a.onduidelijk,
    }


def _telt(veld: str) -> Voorwaarde:
    return lambda w, s: bool(_staat(w, s).get(veld))


def _was_onduidelijk(wereld: Wereld, stand: Stand) -> bool:
    """Told from five answers on: fewer may point at somebody."""
    a = over(wereld, stand)
    return a is not None and a.onduidelijk > 0 and a.teruggevraagd >= 5


def _namen(wereld: Wereld, stand: Stand) -> Mapping[str, Gegeven]:
    """Per answer the number and the names; of a long list the first, and how many more."""
    uit, leden = _staat(wereld, stand), wereld.kantoor.leden if wereld.kantoor else ()
    namen = {antwoord: [x.naam for x in leden if x.antwoord is antwoord] for antwoord in Antwoord}
    a = over(wereld, stand)
    wachtlijst = len(namen[Antwoord.WACHTLIJST])
    geteld = {Antwoord.JA: a.ja, Antwoord.MISSCHIEN: a.misschien, Antwoord.NEE: a.nee} if a else {}
    geteld |= {Antwoord.GEEN: a.stil - wachtlijst} if a else {}
    for antwoord, rij in namen.items():
        aantal = max(len(rij), geteld.get(antwoord, 0))
        meer = [f"… +{aantal - len(rij)}"] if aantal > len(rij) else []
        uit |= {f"n_{antwoord}": aantal, f"namen_{antwoord}": ", ".join([*rij, *meer])}
    return uit


def _heeft(antwoord: Antwoord) -> Voorwaarde:
    return lambda w, s: bool(_namen(w, s).get(f"n_{antwoord}"))


def _kan_nog(wereld: Wereld, stand: Stand) -> bool:
    return bezwaar(wereld, stand) is None


def _net_gevraagd(wereld: Wereld, stand: Stand) -> bool:
    """Some of who said nothing were invited only just, and are not reminded yet."""
    z = laatste(wereld, "uitnodiging")
    return z is not None and (z.begint or z.gemaakt) > wereld.nu - NET_GEVRAAGD and _telt("stil")(wereld, stand)


def _vandaag_al(wereld: Wereld, stand: Stand) -> bool:
    z, tz = laatste(wereld, "herinnering"), tijdzone(wereld, stand)
    return z is not None and (z.begint or z.gemaakt).astimezone(tz).date() == wereld.nu.astimezone(tz).date()


_HERINNER = Wissel(
    (
        *NIET_MEER,
        Tak("vandaag al", _vandaag_al, "al_herinnerd"),
        Tak("niemand", lambda w, s: not _telt("aantal")(w, s), "niemand"),
    ),
    "herinner",
)
_HERINNERD = Wissel(_HERINNER.takken, "herinnerd")

OPKOMST = Flow(
    "opkomst",
    (
        Kies(
            "bezig",
            (Keuze("wie", "wie_komt", toon=_in_fase("gestopt", "klaar"), label="opkomst.stand.wie"),),
            zegt=(
                Zin("opkomst.begint", _in_fase("begint")),
                Zin("opkomst.gepland", _in_fase("gepland")),
                Zin("opkomst.bezig", _in_fase("bezig", "klaar", nog=False)),
                Zin("opkomst.bezig_nog", _in_fase("bezig", "klaar", nog=True)),
                Zin(
                    "opkomst.gestopt_leeg", lambda w, s: _in_fase("gestopt")(w, s) and not _hoe_ver(w, s).get("aantal")
                ),
                Zin(
                    "opkomst.gestopt_bij", lambda w, s: _in_fase("gestopt")(w, s) and bool(_hoe_ver(w, s).get("aantal"))
                ),
            ),
            bron=_knoppen,
            bron_mag=lambda _w, _s, keuze: keuze in {"stop", "verder"},
            bron_naar="rem",
            gegevens=_hoe_ver,
            overal=True,
            vervangt=True,
        ),
        Zeg("hervat", "bezig", zegt=(), effect=_hervat, onthoud=lambda _w, _s: {NET: "verder"}),
        Zeg("rem", "bezig", zegt=(), effect=_rem, onthoud=lambda _w, s: {NET: s.antwoorden["bezig"]}),
        Kies(
            "stand",
            (
                Keuze("wie", "wie_komt"),
                Keuze("verder", "hervat", toon=is_half),
                Keuze("herinner", _HERINNER, toon=_kan_nog),
                Keuze("afgelasten", "activiteiten.zeker", toon=_kan_nog),
            ),
            zegt=(
                Zin("versturen.afgelast", lambda w, s: (a := over(w, s)) is not None and a.afgelast),
                Zin("opkomst.stand"),
                Zin("opkomst.stand_gestopt", is_half),
                Zin("opkomst.stand_later", _telt("later")),
                Zin("opkomst.stand_vervallen", _telt("vervallen")),
                Zin("opkomst.stand_onduidelijk", _was_onduidelijk),
            ),
            gegevens=_staat,
            overal=True,
        ),
        Klaar(
            "wie_komt",
            zegt=(
                Zin("opkomst.wie_komt"),
                *(Zin(f"opkomst.wie_komt.{antwoord}", _heeft(antwoord)) for antwoord in _VOLGORDE),
            ),
            gegevens=_namen,
        ),
        Kies(
            "herinner",
            (Keuze("ja", _HERINNERD), Keuze("terug", "stand", label="knop.terug")),
            zegt=(Zin("opkomst.herinner"), Zin("opkomst.herinner_net", _net_gevraagd)),
            gegevens=_staat,
            overal=True,
        ),
        Zeg(
            "herinnerd",
            "bezig",
            zegt=(),
            effect=lambda _w, s: [Herinneren(s.over)],
            onthoud=lambda _w, _s: {NET: "begin", "op": ""},
        ),
        Klaar("al_herinnerd", gegevens=door("herinnering")),
        Klaar("niemand"),
        *EINDEN,
    ),
    ingangen=("stand", "geen_team"),
    wacht=_wacht,
    van_team=True,
    kantoor=True,
)

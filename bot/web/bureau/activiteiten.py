"""*Activiteiten*: what is coming and what was, making one, how parents see it, sending, and calling off.

The rules are those of the chat: the same fields are looked at by the same functions (``dialogen/flows/maken.py``), the
same plan is written (``opslag/plannen.py``), and the same broadcast begins (``opslag/verzendingen.py``).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from aiohttp import web

from bot.kanalen.basis import Vermogen, Weergave
from bot.uitzendingen import uitnodiging_als_bericht
from bot.versturen import als_ouder
from bot.web.bureau.basis import BezoekFout, NietHier, Verzoek, naar, nummer_van
from bot.weergeven import in_woorden, weergave
from dialogen.basis import Stand, Tekst, Wereld, Wie
from dialogen.effecten_team import Plan, Proefbericht
from dialogen.flows.maken import VELDEN
from dialogen.formulier import Veld
from dialogen.hints import hints
from dialogen.kantoor import Activiteit, Kantoor, Werkplek
from dialogen.plan import lees_plan
from dialogen.publiek import DAGDELEN, IEDEREEN, publiek
from dialogen.teksten import TALEN, woorden, zin
from opslag import activiteitenlijst, plannen, te_vertalen, vertalingen, verzendingen
from opslag.activiteiten import Afgewezen
from opslag.database import Sessie
from opslag.locaties import Onbekend
from opslag.werkdagen import zone

TOESTEL = Vermogen(knoppen=3, tekst=4096)
"""What the drawn phone shows."""
ROLLEN = {"moeder": "moeder", "vader": "vader", "ander": "andere verzorger"}
FILTERS = {"vaders": "alleen vaders", "nieuw": "wie er dit jaar nog niet was"} | {d: f"wie kan: {d}" for d in DAGDELEN}
SOORT = {
    "uitnodiging": "uitnodiging", "vroeg": "vroege uitnodiging", "herinnering": "herinnering", "wijziging": "wijziging",
    "afgelast": "bericht dat het niet doorgaat", "hoe_was_het": "hoe was het?", "gemist": "gemist",
    "vast": "je staat erop",
}  # fmt: skip


def _wereld(v: Verzoek, kantoor: Kantoor) -> Wereld:
    """This colleague's world with only this location in it."""
    hier = tuple(w for w in kantoor.werkplekken if w.nummer == v.locatie.nummer)
    return Wereld(v.nu, "nl", Wie.MEDEWERKER, v.wie.naam, kantoor=replace(kantoor, werkplekken=hier))


async def lijst(v: Verzoek) -> web.StreamResponse:
    """What is coming; with ``?voorbij=1`` what was, the last first."""
    voorbij = v.request.query.get("voorbij") == "1"
    rij = await v.lees(activiteitenlijst.lijst, v.locatie.nummer, v.nu, voorbij)
    return v.toon("activiteiten.html", rij=rij, voorbij=voorbij, begin=lambda a: _moment(v, a.begin))


def _moment(v: Verzoek, wanneer: datetime) -> str:
    lokaal = wanneer.astimezone(zone(v.locatie.tijdzone))
    return in_woorden(Tekst("label.dag_tijd", {"begin": lokaal}), "nl", v.locatie.tijdzone)


# Making one


async def nieuw(v: Verzoek) -> web.StreamResponse:
    """The empty form."""
    return await _formulier(v, {"duur": "60", "kinderen": "ja"}, {})


async def _formulier(v: Verzoek, ingevuld: dict[str, str], fouten: dict[str, str]) -> web.StreamResponse:
    kantoor = await v.lees(activiteitenlijst.kantoor, v.wie.medewerker, v.nu)
    hier: Werkplek | None = kantoor.werkplek(v.locatie.nummer) if kantoor else None
    if hier is None:
        raise NietHier
    bij = ingevuld.get("groepen", ",".join(str(g.nummer) for g in hier.groepen)).split(",")
    keuzes = {veld.id: [(id_, zin("nl", label)) for id_, label in veld.keuzes] for veld in VELDEN if veld.keuzes}
    doelen = [w for sleutel, w in woorden("nl").items() if sleutel.startswith("maken.doel.")]
    plekken = sorted({e.plek for e in kantoor.eerder if e.locatie == hier.nummer})
    return v.toon(
        "nieuw.html", f=ingevuld, fouten=fouten, groepen=hier.groepen, bij=bij, keuzes=keuzes, doelen=doelen,
        plekken=plekken,
    )  # fmt: skip


async def maak(v: Verzoek) -> web.StreamResponse:
    """Make what was filled in, or show the form again with what is not right; nothing that was typed is lost."""
    gegeven, kantoor = await v.formulier(), await v.lees(activiteitenlijst.kantoor, v.wie.medewerker, v.nu)
    if kantoor is None:
        raise NietHier
    groepen = [g for g in (await v.request.post()).getall("groep", []) if isinstance(g, str) and nummer_van(g)]
    ingevuld = {veld.id: " ".join(gegeven.get(veld.id, "").replace("\x00", "").split()) for veld in VELDEN}
    ingevuld |= {"locatie": str(v.locatie.nummer), "groepen": ",".join(groepen)}
    wereld = _wereld(v, kantoor)
    goed, fouten = _kijk_na(wereld, ingevuld)
    plan = None if fouten else lees_plan(wereld, Stand("maken", "overzicht", goed))
    if plan is None and not fouten:
        fouten = {"groep": zin("nl", "maken.fout.groep")}
    if plan is None:
        return await _formulier(v, ingevuld, fouten)
    wat = (v.wie.medewerker, v.locatie.nummer, plan, v.bureau.vertaalt, v.nu)
    nummer = await v.schrijf(_maak, *wat)
    if nummer is None:
        raise BezoekFout("dit kan niet: kies een groep van deze locatie en een later begin")
    return naar(f"/bureau/{v.locatie.nummer}/activiteiten/{nummer}")


def _maak(sessie: Sessie, medewerker: int, locatie: int, plan: Plan, vertaalt: bool, nu: datetime) -> int | None:
    nummer = plannen.maak(sessie, medewerker, locatie, plan, nu)
    if nummer is not None and vertaalt:
        te_vertalen.vraag_activiteit(sessie, nummer, nu)
    return nummer


def _kijk_na(wereld: Wereld, ingevuld: dict[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """What was filled in as the chat would keep it, and per field what is wrong with it, in words."""
    goed = {k: ingevuld[k] for k in ("locatie", "groepen")}
    fouten: dict[str, str] = {}
    for veld in VELDEN:
        waarde = ingevuld.get(veld.id, "")
        if not waarde and not veld.verplicht:
            continue
        gelezen = _gelezen(veld, wereld, goed, waarde)
        if isinstance(gelezen, Tekst):
            fouten[veld.id] = in_woorden(gelezen, "nl")
        else:
            goed[veld.id] = gelezen
    return goed, fouten


def _gelezen(veld: Veld, wereld: Wereld, goed: dict[str, str], waarde: str) -> str | Tekst:
    if not waarde:
        return Tekst.letterlijk("Vul dit in.")
    if veld.keuzes and waarde not in {id_ for id_, _ in veld.keuzes}:
        return Tekst.letterlijk("Kies een van deze.")
    return veld.mag(wereld, Stand("maken", veld.id, goed), waarde) if veld.mag else waarde


# One activity


async def _kantoor(v: Verzoek) -> tuple[Kantoor, Activiteit]:
    """What a colleague works with, about the activity of the address. Raises ``NietHier`` for another location's."""
    vraag = (v.wie.medewerker, v.locatie.nummer, v.nummer("activiteit"), v.nu)
    kantoor: Kantoor | None = await v.lees(activiteitenlijst.over, *vraag)
    if kantoor is None or kantoor.over is None:
        raise NietHier
    return kantoor, kantoor.over


async def een(v: Verzoek) -> web.StreamResponse:
    """The page: how it stands, hints, how parents see it, and sending."""
    kantoor, a = await _kantoor(v)
    voor = _voor(list(v.request.query.getall("voor", [])))
    wereld = _wereld(v, kantoor)
    bij = publiek(kantoor.tellingen, a.groepen, voor, (a.begin - v.nu).days)
    rol = v.request.query.get("rol", "")
    rol = rol if rol in ROLLEN else next(iter(bij.rollen), "moeder")
    taal = v.request.query.get("taal", "")
    taal = taal if taal in TALEN else next(iter(bij.talen), "nl")
    wenken = [_in_zinnen(h.teksten) for h in hints(a, kantoor.tellingen, v.nu, v.locatie.tijdzone, voor=voor)]
    kan = not a.afgelast and a.begin > v.nu
    return v.toon(
        "activiteit.html", a=a, kan=kan, bij=bij, voor=voor.split(","), filters=FILTERS, rol=rol, taal=taal,
        rollen=ROLLEN, talen=TALEN, toestel=await _voorbeeld(v, wereld, kantoor, a, rol, taal), hints=wenken,
        zendingen=kantoor.zendingen, soorten=SOORT, gezien=_gezien(kantoor), moment=lambda w: _moment(v, w),
    )  # fmt: skip


def _in_zinnen(teksten: tuple[Tekst, ...]) -> str:
    return " ".join(zin("nl", t.sleutel, t.gegevens).format_map(dict(t.gegevens)) for t in teksten)


def _voor(gekozen: list[str]) -> str:
    """For whom, as a broadcast keeps it; of the parts of the day one."""
    dagdeel = [d for d in DAGDELEN if d in gekozen][:1]
    return ",".join([k for k in ("vaders", "nieuw") if k in gekozen] + dagdeel) or IEDEREEN


async def _voorbeeld(v: Verzoek, wereld: Wereld, kantoor: Kantoor, a: Activiteit, rol: str, taal: str) -> Weergave:
    """The invitation as a parent of this role reads it in this language."""
    vertaald: Any = await v.lees(vertalingen.in_taal, vertalingen.teksten_van(a), taal)
    ouder = als_ouder(wereld, kantoor, a, Proefbericht(a.nummer, rol, taal))
    bericht = uitnodiging_als_bericht(replace(ouder, vertaald=vertaald), a.nummer)
    return weergave(bericht, taal, TOESTEL, tijdzone=v.locatie.tijdzone)


def _gezien(kantoor: Kantoor) -> int:
    return next((z.nummer for z in kantoor.zendingen if z.soort == "uitnodiging"), 0)


async def verstuur(v: Verzoek) -> web.StreamResponse:
    """Invite now, or from a moment on; when somebody else was first, nothing happens twice."""
    kantoor, a = await _kantoor(v)
    f = await v.formulier()
    voor = _voor([str(w) for w in (await v.request.post()).getall("voor", [])])
    begint = _later(v, a, f.get("dag", ""), f.get("tijd", "")) if f.get("wanneer") == "later" else None
    if nummer_van(f.get("gezien")) != _gezien(kantoor):
        raise BezoekFout("een collega was eerder; laad de pagina opnieuw en kijk hoe het staat")
    if not publiek(kantoor.tellingen, a.groepen, voor).ouders:
        raise BezoekFout("er is niemand om uit te nodigen")
    return await _doe(v, a, _begin, v.wie.medewerker, a.nummer, voor, f"na {_gezien(kantoor)}", begint, v.nu)


def _begin(
    sessie: Sessie, medewerker: int, nummer: int, voor: str, kenmerk: str, begint: datetime | None, nu: datetime
) -> None:
    wie = f"medewerker:{medewerker}"
    verzendingen.begin(
        sessie, nummer, "uitnodiging", voor, nu, wie, kenmerk=kenmerk, begint=begint, door=medewerker
    )  # fmt: skip


def _later(v: Verzoek, a: Activiteit, dag: str, tijd: str) -> datetime:
    try:
        op = datetime.fromisoformat(f"{dag}T{tijd}").replace(tzinfo=zone(v.locatie.tijdzone)).astimezone(UTC)
    except ValueError:
        raise BezoekFout("kies een dag en een tijd om te versturen") from None
    if not v.nu < op < a.begin:
        raise BezoekFout("kies een moment na nu en voor het begin")
    return op


async def zending(v: Verzoek) -> web.StreamResponse:
    """Stop a broadcast of this activity, or go on with it."""
    kantoor, a = await _kantoor(v)
    f = await v.formulier()
    nummer = nummer_van(f.get("zending"))
    if nummer not in {z.nummer for z in kantoor.zendingen}:
        raise BezoekFout("deze verzending hoort niet bij deze activiteit")
    wat = verzendingen.hervat if f.get("wat") == "hervat" else verzendingen.stop
    return await _doe(v, a, wat, nummer, v.nu, f"medewerker:{v.wie.medewerker}", v.wie.medewerker)


async def gelast_af(v: Verzoek) -> web.StreamResponse:
    """Ask whether it is meant; with ``zeker`` it does not take place, and who was invited hears it."""
    _, a = await _kantoor(v)
    if (await v.formulier()).get("zeker") != "ja":
        return v.toon("afgelasten.html", a=a, begin=_moment(v, a.begin))
    if not await v.schrijf(plannen.gelast_af, v.wie.medewerker, a.nummer, v.nu):
        raise BezoekFout("dit kan niet meer: het is al afgelast of begonnen")
    return naar(f"/bureau/{v.locatie.nummer}/activiteiten/{a.nummer}")


async def _doe(v: Verzoek, a: Activiteit, wat: Any, *args: Any) -> web.StreamResponse:
    try:
        await v.schrijf(wat, *args)
    except (Afgewezen, Onbekend) as fout:
        raise BezoekFout(str(fout)) from None
    return naar(f"/bureau/{v.locatie.nummer}/activiteiten/{a.nummer}")

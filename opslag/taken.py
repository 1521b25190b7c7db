"""What the team has promised parents: one owner, a date, and the coordinator hears what nobody takes up.

Who may see or do a task is decided here: an active colleague of its location, and coordinators only for what is
confidential.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from dialogen.basis import Bericht, Knop, Tekst
from dialogen.kantoor import Taak
from dialogen.redenen import TAKEN_VERTROUWELIJK
from dialogen.teksten import TALEN, zin
from opslag import audit, postvak, rechten, team
from opslag.database import Sessie
from opslag.gesprekken import Sleutel
from opslag.tabellen import activiteit, locatie, medewerker, ouder, taak, uitnodiging
from opslag.werkdagen import is_stil, over_werkdagen

WERKDAGEN = 2
"""Working days within which a promise is kept."""
MEEST = 20
SAMEN = 50
"""Late tasks that one unit of work tells of."""
_eigenaar = medewerker.alias("eigenaar")


@dataclass(frozen=True, slots=True)
class Gedaan:
    """A task that just changed hands: where it belongs and what others may hear of it."""

    locatie_id: int
    ouder_id: int
    taak: Taak


def maak(sessie: Sessie, locatie_id: int, ouder_id: int, uitnodiging_id: int, soort: str, nu: datetime) -> int:
    """A new task, to be done within ``WERKDAGEN``; its number."""
    tijdzone = sessie.scalar(sa.select(locatie.c.tijdzone).where(locatie.c.id == locatie_id))
    waarden = {"locatie_id": locatie_id, "ouder_id": ouder_id, "uitnodiging_id": uitnodiging_id, "soort": soort}
    waarden |= {"gemaakt": nu, "voor": over_werkdagen(nu, WERKDAGEN, str(tijdzone))}
    nummer: int = sessie.execute(taak.insert().values(waarden).returning(taak.c.id)).scalar_one()
    return nummer


def _mag(medewerker_id: int) -> Any:
    """The tasks this colleague may see."""
    open_voor_wie = rechten.leidt(medewerker_id) | taak.c.soort.not_in(TAKEN_VERTROUWELIJK)
    return taak.c.locatie_id.in_(rechten.eigen(medewerker_id)) & open_voor_wie


def _kolommen(medewerker_id: int) -> Any:
    """Tasks with what a colleague reads of them. Who left the team owns nothing any more."""
    return (
        sa.select(
            taak.c.id,
            taak.c.soort,
            taak.c.voor,
            taak.c.klaar,
            taak.c.locatie_id,
            taak.c.ouder_id,
            ouder.c.naam,
            ouder.c.taal,
            activiteit.c.titel,
            _eigenaar.c.id.label("eigenaar"),
            _eigenaar.c.naam.label("eigenaar_naam"),
            sa.case((rechten.leidt(medewerker_id), 1), else_=0).label("leidt"),
        )
        .select_from(taak)
        .join(ouder, ouder.c.id == taak.c.ouder_id)
        .outerjoin(uitnodiging, uitnodiging.c.id == taak.c.uitnodiging_id)
        .outerjoin(activiteit, activiteit.c.id == uitnodiging.c.activiteit_id)
        .outerjoin(_eigenaar, (_eigenaar.c.id == taak.c.eigenaar) & _eigenaar.c.actief)
    )


def _taak(rij: Any, medewerker_id: int) -> Taak:
    van_mij, eigenaar = rij.eigenaar == medewerker_id, rij.eigenaar_naam or ""
    return Taak(
        rij.id, rij.soort, rij.naam or "een ouder", rij.taal, rij.titel or "", rij.voor,
        eigenaar or ("een collega" if rij.eigenaar else ""), van_mij, bool(rij.leidt), rij.klaar is not None,
    )  # fmt: skip


def voor_collega(sessie: Sessie, medewerker_id: int, over: int = 0) -> tuple[Taak, ...]:
    """The open tasks of the own locations: own first, then those nobody does, oldest date first; ``MEEST`` at most.

    The one it is ``over`` is always among them, and nobody else can change it until this transaction ends.
    """
    if over and sessie.dialect.name == "postgresql":
        sessie.execute(sa.select(taak.c.id).where(taak.c.id == over).with_for_update())
    eigen = sa.case((taak.c.eigenaar == medewerker_id, 0), (_eigenaar.c.id.is_(None), 1), else_=2)
    vraag = _kolommen(medewerker_id).where(taak.c.klaar.is_(None), _mag(medewerker_id))
    vraag = vraag.order_by(sa.case((taak.c.id == over, 0), else_=1), eigen, taak.c.voor, taak.c.id).limit(MEEST)
    return tuple(sorted((_taak(r, medewerker_id) for r in sessie.execute(vraag)), key=_volgorde))


def _volgorde(t: Taak) -> tuple[int, datetime | None, int]:
    return 0 if t.van_mij else 2 if t.eigenaar else 1, t.voor, t.nummer


def _verander(sessie: Sessie, medewerker_id: int, nummer: int, wat: str, mag: Any, nu: datetime, **nieuw: Any) -> bool:
    """Change an open task that this colleague may see and for which ``mag`` holds; whether it was changed."""
    open_ = (taak.c.id == nummer) & taak.c.klaar.is_(None)
    gedaan: int = sessie.execute(taak.update().where(open_, _mag(medewerker_id), mag).values(nieuw)).rowcount
    if gedaan:
        audit.leg_vast(sessie, nu, f"medewerker:{medewerker_id}", wat, f"taak:{nummer}")
    return gedaan == 1


def _vrij() -> Any:
    """Nobody does it, or somebody who is no longer there."""
    weg = sa.select(_eigenaar.c.id).where(_eigenaar.c.id == taak.c.eigenaar, _eigenaar.c.actief)
    return taak.c.eigenaar.is_(None) | ~weg.correlate(taak).exists()


def pak_op(sessie: Sessie, medewerker_id: int, nummer: int, nu: datetime) -> Gedaan | None:
    """Become the owner of a task that nobody does. None when somebody was first, or it is not theirs to have."""
    gepakt = _verander(sessie, medewerker_id, nummer, "taak opgepakt", _vrij(), nu, eigenaar=medewerker_id)
    return _gedaan(sessie, medewerker_id, nummer) if gepakt else None


def geef_terug(sessie: Sessie, medewerker_id: int, nummer: int, nu: datetime) -> Gedaan | None:
    """Nobody does it any more: said by its owner, or by a coordinator. The coordinator may hear of it again."""
    mag = (taak.c.eigenaar == medewerker_id) | (taak.c.eigenaar.is_not(None) & rechten.leidt(medewerker_id))
    nieuw = {"eigenaar": None, "gemeld": None}
    terug = _verander(sessie, medewerker_id, nummer, "taak teruggegeven", mag, nu, **nieuw)
    return _gedaan(sessie, medewerker_id, nummer) if terug else None


def rond_af(sessie: Sessie, medewerker_id: int, nummer: int, nu: datetime) -> bool:
    """Done, by its owner or, when nobody had taken it up, by this colleague; whether it was open until now."""
    mag = (taak.c.eigenaar == medewerker_id) | _vrij()
    return _verander(sessie, medewerker_id, nummer, "taak klaar", mag, nu, eigenaar=medewerker_id, klaar=nu)


def _gedaan(sessie: Sessie, medewerker_id: int, nummer: int) -> Gedaan:
    rij = sessie.execute(_kolommen(medewerker_id).where(taak.c.id == nummer)).one()
    return Gedaan(rij.locatie_id, rij.ouder_id, _taak(rij, medewerker_id))


def bericht(t: Taak, kop: str, taal: str, *, knoppen: bool = True) -> Bericht:
    """What a colleague gets about a task: ``kop`` is the text's key, the buttons take it up or close it."""
    wat = zin(taal, f"taak.{t.soort}")
    gegevens = {"van": t.van, "taalnaam": TALEN.get(t.taal, t.taal), "wat": wat, "eigenaar": t.eigenaar}
    tekst = Tekst(kop, {**gegevens, **({"begin": t.voor} if t.voor else {})})
    rij = (("pak", "taken.taak.pak"), ("klaar", "taken.taak.klaar")) if knoppen else ()
    return Bericht((tekst,), tuple(Knop(f"taken.taak:{id_}:{t.nummer}", Tekst(label)) for id_, label in rij))


def meld(sessie: Sessie, g: Gedaan, kop: str, nu: datetime, *, niet_aan: int = 0, knoppen: bool = True) -> None:
    """Tell the colleagues who may see this task, but for the chat ``niet_aan``."""
    vertrouwelijk = g.taak.soort in TAKEN_VERTROUWELIJK
    for collega in team.gesprekken_van_team(sessie, g.locatie_id, vertrouwelijk=vertrouwelijk):
        if collega.id != niet_aan:
            _stuur(sessie, collega, g, kop, nu, knoppen)


def _stuur(sessie: Sessie, collega: Any, g: Gedaan, kop: str, nu: datetime, knoppen: bool) -> None:
    sleutel = Sleutel(collega.kanaal, collega.account, collega.adres)
    tekst = bericht(g.taak, kop, collega.taal, knoppen=knoppen)
    # Kept with the parent it is about: when the parent is erased it goes too.
    postvak.leg_klaar(
        sessie, collega.id, sleutel, tekst, collega.taal, nu, prioriteit=postvak.AAN_TEAM, ouder_id=g.ouder_id
    )


def nieuw(sessie: Sessie, nummer: int, nu: datetime) -> None:
    """Tell the team of a task that was just made."""
    meld(sessie, _gedaan(sessie, 0, nummer), "team.taak", nu)


def meld_late(sessie: Sessie, nu: datetime) -> int:
    """The coordinators hear, once, of tasks that nobody took up before their date; how many were told now.

    Nobody is told in quiet hours. Without a coordinator in the chat the team hears it, but for what is confidential:
    that waits for the first coordinator who joins.
    """
    gemeld = 0
    for rij in sessie.execute(_te_laat(nu)).all():
        if is_stil(nu, rij.stil_van, rij.stil_tot, rij.tijdzone):
            continue
        wie = team.gesprekken_van_team(sessie, rij.locatie_id, vertrouwelijk=True)
        if not wie and rij.soort not in TAKEN_VERTROUWELIJK:
            wie = team.gesprekken_van_team(sessie, rij.locatie_id)
        if wie and _eerste(sessie, rij.id, nu):
            gemeld += 1
            g = _gedaan(sessie, 0, rij.id)
            for collega in wie:
                _stuur(sessie, collega, g, "team.taak_laat", nu, True)
    return gemeld


def _te_laat(nu: datetime) -> Any:
    laat = taak.c.klaar.is_(None) & taak.c.gemeld.is_(None) & (taak.c.voor <= nu) & taak.c.ouder_id.is_not(None)
    return (
        sa.select(taak.c.id, taak.c.locatie_id, taak.c.soort, locatie.c.stil_van, locatie.c.stil_tot)
        .add_columns(locatie.c.tijdzone)
        .join(locatie, locatie.c.id == taak.c.locatie_id)
        .where(laat, _vrij(), team.heeft_chat(taak.c.locatie_id))
        .order_by(taak.c.id)
        .limit(SAMEN)
    )


def _eerste(sessie: Sessie, nummer: int, nu: datetime) -> bool:
    """Whether it is told now and by us: of two processes one wins."""
    open_ = taak.update().where(taak.c.id == nummer, taak.c.gemeld.is_(None), taak.c.klaar.is_(None))
    gedaan: int = sessie.execute(open_.values(gemeld=nu)).rowcount
    return gedaan == 1

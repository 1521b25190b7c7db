"""The waiting list: a place that comes free is offered to who waits longest, and held for them until it expires.

An offer expires for the sake of the next in line: while nobody else waits it simply stays. Who lets one pass goes to
the end of the line, and is offered a place twice at most: silence is an answer too, and nobody is asked for ever.
Whoever reads or writes offers holds the activity's lock, so that a place is offered once.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from dialogen import motor
from dialogen.basis import Antwoord, Stand, Wereld
from dialogen.flows import FLOWS
from opslag import cijfers, gesprekken, postvak, vertalingen
from opslag.database import Sessie
from opslag.gesprekken import Sleutel
from opslag.ontvangers import nieuwste_chat
from opslag.plekken import bezet
from opslag.tabellen import aanmelding, aanmelding_huidig, activiteit, gesprek, locatie, ouder, plekaanbod, uitnodiging
from opslag.talen import SCHRIJFTAAL
from opslag.werkdagen import na_stilte, na_wakkere_tijd, wakkere_tijd

LANGST = timedelta(hours=24)
"""How long a place is held at most, until the same hour tomorrow; less when the activity is near."""
KORTST = timedelta(hours=1)
KEREN = 2
"""So often one invitation is offered a place."""
SAMEN = 50
"""Activities, or offers of one without a limit, that one unit of work handles."""
_HUIDIG = aanmelding_huidig.c
_OPEN = plekaanbod.c.uitkomst.is_(None)
_SLOT = sa.select(activiteit.c.id).where(activiteit.c.id == sa.bindparam("nummer")).with_for_update(key_share=True)


def verloopt(nu: datetime, begin: datetime, stil: tuple[str, str, str]) -> datetime:
    """Until when an offer made at ``nu`` holds (UTC): a day, or half of the time that is left when that is less, an
    hour at least, never past the beginning. Hours in which we are quiet do not count, for nobody hears it then.
    """
    vanaf = na_stilte(nu, *stil)
    dag = wakkere_tijd(vanaf, vanaf + LANGST, *stil)
    helft = wakkere_tijd(vanaf, begin, *stil) / 2
    return min(begin, na_wakkere_tijd(vanaf, max(KORTST, min(dag, helft)), *stil))


def bied_aan(sessie: Sessie, activiteit_id: int, nu: datetime) -> int:
    """Offer the free places of an activity to who waits longest, one place each; how many offers were made.

    Safe to call whenever a place may have come free (an answer, more capacity): with nothing free it does nothing.
    """
    a = _op_slot(sessie, activiteit_id)
    if a is None or a.afgelast is not None or na_stilte(nu, a.stil_van, a.stil_tot, a.tijdzone) >= a.begin:
        return 0
    vrij = SAMEN if a.capaciteit is None else a.capaciteit - a.bezet
    if vrij < 1:
        return 0
    rij = sessie.execute(_wachtenden(activiteit_id, nu).limit(vrij)).all()
    for wacht in rij:
        _bied(sessie, a, wacht, nu)
    return len(rij)


def na_antwoord(sessie: Sessie, uitnodiging_id: int, nieuw: Antwoord, nu: datetime) -> int:
    """An answer was given to an invitation: its open offer is closed by it, and what is free now is offered on.

    Returns how many others were offered a place.
    """
    if nieuw is not Antwoord.WACHTLIJST:
        _sluit(sessie, [uitnodiging_id], "aangenomen" if nieuw is Antwoord.JA else "afgewezen")
    nummer = sessie.scalar(sa.select(uitnodiging.c.activiteit_id).where(uitnodiging.c.id == uitnodiging_id))
    return bied_aan(sessie, nummer, nu) if nummer is not None else 0


def kostbaar(sessie: Sessie, ouder_id: int, nu: datetime) -> list[int]:
    """The activities ahead of which this parent holds a place, is offered one or waits for one, in order of number.

    Ask it before the parent goes, and offer those places on afterwards (``geef_door``).
    """
    return list(
        sessie.scalars(
            sa.select(activiteit.c.id)
            .join(uitnodiging, uitnodiging.c.activiteit_id == activiteit.c.id)
            .join(aanmelding_huidig, _HUIDIG.uitnodiging_id == uitnodiging.c.id)
            .where(uitnodiging.c.ouder_id == ouder_id, activiteit.c.begin > nu, activiteit.c.capaciteit.is_not(None))
            .where(_HUIDIG.antwoord.in_(("ja", "wachtlijst")))
            .order_by(activiteit.c.id)
        )
    )


def trek_in(sessie: Sessie, ouder_id: int) -> None:
    """Close what was offered to this parent: they stopped, or are about to be erased."""
    eigen = sessie.scalars(
        sa.select(uitnodiging.c.id)
        .join(plekaanbod, plekaanbod.c.uitnodiging_id == uitnodiging.c.id)
        .where(uitnodiging.c.ouder_id == ouder_id, _OPEN)
    )
    _sluit(sessie, list(eigen), "afgewezen")


def geef_door(sessie: Sessie, activiteiten: list[int], nu: datetime) -> int:
    """Offer what came free at these activities; how many offers."""
    return sum(bied_aan(sessie, nummer, nu) for nummer in activiteiten)


# What comes due


def verloop(sessie: Sessie, nu: datetime) -> int:
    """Pass on the places of offers that ran out, when somebody else waits for them; how many ran out."""
    a = activiteit.c
    ander = _wachtenden(a.id, nu).correlate(activiteit).exists()
    te_laat = (
        sa.select(a.id)
        .distinct()
        .join(uitnodiging, uitnodiging.c.activiteit_id == a.id)
        .join(plekaanbod, plekaanbod.c.uitnodiging_id == uitnodiging.c.id)
        .where(_OPEN, plekaanbod.c.verloopt <= nu, sa.or_(a.begin <= nu, a.afgelast.is_not(None), ander))
        .order_by(a.id)
        .limit(SAMEN)
    )
    return sum(_verloop(sessie, nummer, nu) for nummer in list(sessie.scalars(te_laat)))


def bied_overal_aan(sessie: Sessie, nu: datetime) -> int:
    """Offer every place that is free while somebody waits, however it came free; how many offers."""
    a, ooit = activiteit.c, aanmelding.c
    # Whoever waits said so once: those few answers are looked up first, and no other activity is counted.
    gewacht = sa.select(uitnodiging.c.activiteit_id).join(aanmelding, ooit.uitnodiging_id == uitnodiging.c.id)
    nodig = (
        sa.select(a.id)
        .where(a.id.in_(gewacht.where(ooit.antwoord == sa.literal_column("'wachtlijst'"))))
        .where(a.begin > nu, a.afgelast.is_(None), sa.or_(a.capaciteit.is_(None), a.capaciteit > bezet(alles=True)))
        .where(_wachtenden(a.id, nu).correlate(activiteit).exists())
        .order_by(a.id)
        .limit(SAMEN)
    )
    return geef_door(sessie, list(sessie.scalars(nodig)), nu)


def _verloop(sessie: Sessie, activiteit_id: int, nu: datetime) -> int:
    a = _op_slot(sessie, activiteit_id)
    open_ = _te_laat(sessie, activiteit_id, nu)
    if a is None:
        return 0
    if a.begin <= nu or a.afgelast is not None:
        return _sluit(sessie, [o.id for o in open_], "verlopen")
    wachten = sessie.execute(_wachtenden(activiteit_id, nu).limit(len(open_))).all()
    weg = open_[: len(wachten)]
    _sluit(sessie, [o.id for o in weg], "verlopen")
    for o in weg:
        _achteraan(sessie, o.id, nu)
        _zeg(sessie, a, o, "verlopen", nu)
    bied_aan(sessie, activiteit_id, nu)
    return len(weg)


# The rows


def _op_slot(sessie: Sessie, activiteit_id: int) -> Any | None:
    """The activity under its lock, and then, not before, how many of its places are taken."""
    a = activiteit.c
    sessie.execute(_SLOT, {"nummer": activiteit_id})
    return sessie.execute(
        sa.select(a.id, a.begin, a.afgelast, a.capaciteit, locatie.c.stil_van, locatie.c.stil_tot, locatie.c.tijdzone)
        .add_columns(bezet(alles=True).label("bezet"))
        .join(locatie, locatie.c.id == a.locatie_id)
        .where(a.id == activiteit_id)
    ).first()


def _met_chat() -> Any:
    """Invitations with their parent and chat, and the answer that stands."""
    g = gesprek.c
    return (
        sa.select(uitnodiging.c.id, ouder.c.id.label("ouder_id"), SCHRIJFTAAL)
        .add_columns(g.id.label("gesprek_id"), g.kanaal, g.account, g.adres)
        .join(aanmelding_huidig, _HUIDIG.uitnodiging_id == uitnodiging.c.id)
        .join(ouder, ouder.c.id == uitnodiging.c.ouder_id)
        .join(gesprek, g.id == nieuwste_chat())
    )


def _wachtenden(activiteit_id: Any, nu: datetime) -> Any:
    """Who waits for a place at an activity and may be offered one, longest first."""
    eerder = plekaanbod.alias("eerder")
    keren = (
        sa.select(sa.func.count()).where(eerder.c.uitnodiging_id == uitnodiging.c.id).correlate(uitnodiging)
    ).scalar_subquery()
    lopend = sa.exists().where(eerder.c.uitnodiging_id == uitnodiging.c.id, eerder.c.uitkomst.is_(None))
    return (
        _met_chat()
        .where(uitnodiging.c.activiteit_id == activiteit_id, _HUIDIG.antwoord == sa.literal_column("'wachtlijst'"))
        .where(ouder.c.gestopt_op.is_(None), sa.or_(ouder.c.pauze_tot.is_(None), ouder.c.pauze_tot <= nu))
        .where(keren < KEREN, ~lopend.correlate(uitnodiging))
        .order_by(_HUIDIG.id)
    )


def _te_laat(sessie: Sessie, activiteit_id: int, nu: datetime) -> list[Any]:
    """The open offers of an activity that ran out, oldest first; also of who cannot be reached any more."""
    g = gesprek.c
    return list(
        sessie.execute(
            sa.select(uitnodiging.c.id, ouder.c.id.label("ouder_id"), SCHRIJFTAAL)
            .add_columns(g.id.label("gesprek_id"), g.kanaal, g.account, g.adres)
            .join(plekaanbod, plekaanbod.c.uitnodiging_id == uitnodiging.c.id)
            .outerjoin(ouder, ouder.c.id == uitnodiging.c.ouder_id)
            .outerjoin(gesprek, g.id == nieuwste_chat())
            .where(uitnodiging.c.activiteit_id == activiteit_id, _OPEN, plekaanbod.c.verloopt <= nu)
            .order_by(plekaanbod.c.id)
        )
    )


def _bied(sessie: Sessie, a: Any, wacht: Any, nu: datetime) -> None:
    tot = verloopt(nu, a.begin, (a.stil_van, a.stil_tot, a.tijdzone))
    sessie.execute(plekaanbod.insert().values(uitnodiging_id=wacht.id, gemaakt=nu, verloopt=tot))
    _zeg(sessie, a, wacht, "plek_vrij", nu)


def _sluit(sessie: Sessie, uitnodigingen: list[int], uitkomst: str) -> int:
    if not uitnodigingen:
        return 0
    dicht = plekaanbod.update().where(plekaanbod.c.uitnodiging_id.in_(uitnodigingen), _OPEN)
    return sessie.execute(dicht.values(uitkomst=uitkomst)).rowcount


def _achteraan(sessie: Sessie, uitnodiging_id: int, nu: datetime) -> None:
    """The same answer again, so that it is the newest of those who wait."""
    waarden = {"uitnodiging_id": uitnodiging_id, "antwoord": "wachtlijst", "aantal": 0, "bron": "bot", "moment": nu}
    with cijfers.telt(sessie, uitnodiging_id):
        sessie.execute(aanmelding.insert().values(waarden))


def _zeg(sessie: Sessie, a: Any, aan: Any, stap: str, nu: datetime) -> None:
    """Say a step of the invitation's conversation to its parent, as an offer (not at night, outside the cap)."""
    if aan.gesprek_id is None:
        return
    sleutel = Sleutel(aan.kanaal, aan.account, aan.adres)
    chat = gesprekken.kijk(sessie, sleutel)
    if chat is None:
        return
    eigen = gesprekken.uitnodigingen(sessie, chat, nu, aan.id)
    vertaald = vertalingen.in_taal(sessie, (u.titel for u in eigen if u.nummer == aan.id), aan.taal)
    wereld = Wereld(nu, aan.taal, uitnodigingen=eigen, vertaald=vertaald)
    (bericht, *_) = motor.herhaal(FLOWS, Stand("uitnodiging", stap, {"over": str(aan.id)}), wereld).berichten
    postvak.leg_klaar(
        sessie, aan.gesprek_id, sleutel, bericht, aan.taal, nu,
        prioriteit=postvak.AANBOD, niet_na=a.begin, ouder_id=aan.ouder_id,
    )  # fmt: skip

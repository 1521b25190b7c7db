"""Who receives a broadcast: per kind one select, by the parent's number, so that it can be taken in batches."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa

from dialogen.basis import Antwoord
from dialogen.publiek import DAGDELEN, NET_GEVRAAGD
from opslag import postvak
from opslag.tabellen import (
    NODIGT_UIT,
    aanmelding_huidig,
    activiteit,
    activiteit_groep,
    gesprek,
    gezin,
    gezin_groep,
    ouder,
    postvak_uit,
    presentie,
    presentie_huidig,
    uitnodiging,
    verzending,
)
from opslag.talen import SCHRIJFTAAL
from opslag.werkdagen import zone

NA_AFLOOP = timedelta(days=3)
"""How long after it a question about an activity is still worth sending."""


class VoorFout(ValueError):
    """``voor`` names nobody; the text says what may stand in it."""


@dataclass(frozen=True, slots=True)
class Soort:
    """A kind of broadcast. ``wie`` narrows the select; ``nieuw``: to who is not invited yet, and invites them.

    ``dringend`` goes before invitations and does not count for the weekly cap: it is about what was asked before.
    ``na_begin``: still said when the activity has begun; ``afgelast``: also when it is called off. ``vroeg``: only
    to who asked for so many days of notice as its mark says. ``lang``: how long its words are true.
    """

    wie: Callable[[Any, int, datetime], Any] = lambda vraag, _activiteit, _nu: vraag
    nieuw: bool = False
    dringend: frozenset[str] = frozenset()
    na_begin: bool = False
    afgelast: bool = False
    vroeg: bool = False
    lang: timedelta = timedelta(days=366)

    def prioriteit(self, antwoord: str | None) -> int:
        """The priority in the outbox of a message to somebody with this answer."""
        return postvak.AANBOD if (antwoord or "geen") in self.dringend else postvak.UITZENDING

    def niet_na(self, begin: datetime, duur: int, nu: datetime) -> datetime:
        """Until when it is worth sending (UTC)."""
        if self.na_begin:
            return max(begin + timedelta(minutes=duur), nu) + NA_AFLOOP
        return begin + timedelta(minutes=duur) if self.afgelast else min(begin, nu + self.lang)


def _antwoord(*antwoorden: str) -> Callable[[Any, int, datetime], Any]:
    kolom = sa.func.coalesce(aanmelding_huidig.c.antwoord, "geen")
    return lambda vraag, nummer, _nu: _gehoord(vraag.where(kolom.in_(antwoorden)), nummer)


def _herinnerd(vraag: Any, nummer: int, nu: datetime) -> Any:
    """Yes, maybe and silent; but who is silent and was invited only just is not asked again right on top of it."""
    vers = aanmelding_huidig.c.id.is_(None) & (uitnodiging.c.gemaakt > nu - NET_GEVRAAGD)
    return _antwoord("geen", "ja", "misschien")(vraag, nummer, nu).where(~vers)


def _staat_erop(vraag: Any, nummer: int, _nu: datetime) -> Any:
    """Registered by a standing answer, nothing else said since, and not told so yet: some hear it earlier."""
    return vraag.where(aanmelding_huidig.c.bron == "vast", ~_kreeg(nummer, "vast"))


def _kreeg(nummer: int, soort: str) -> Any:
    """Whether a message of this kind about the activity was made for this parent."""
    bericht = (
        sa.select(postvak_uit.c.id)
        .join(verzending, verzending.c.id == postvak_uit.c.verzending_id)
        .where(verzending.c.activiteit_id == nummer, verzending.c.soort == soort)
        .where(postvak_uit.c.ouder_id == ouder.c.id)
    )
    return bericht.correlate(ouder).exists()


def _gehoord(vraag: Any, nummer: int) -> Any:
    """Not to somebody whose invitation lies in the outbox still, or never went: they know of nothing."""
    niet_gegaan = (
        sa.select(postvak_uit.c.id)
        .join(verzending, verzending.c.id == postvak_uit.c.verzending_id)
        .where(verzending.c.activiteit_id == nummer, verzending.c.soort.in_(NODIGT_UIT))
        .where(postvak_uit.c.ouder_id == ouder.c.id, postvak_uit.c.verzonden.is_(None))
        .where(postvak_uit.c.status != "bezig", postvak_uit.c.onzeker.is_(False))
    )
    return vraag.where(sa.or_(aanmelding_huidig.c.id.is_not(None), ~niet_gegaan.correlate(ouder).exists()))


def _staat(*staten: str) -> Any:
    p = presentie_huidig.c
    return sa.exists().where(p.uitnodiging_id == uitnodiging.c.id, p.staat.in_(staten)).correlate(uitnodiging)


def _was_er(vraag: Any, nummer: int, _nu: datetime) -> Any:
    """Who was there and was not asked yet: the team may tick off more people later."""
    return vraag.where(_staat("aanwezig"), ~_kreeg(nummer, "hoe_was_het"))


def _gemist(vraag: Any, nummer: int, _nu: datetime) -> Any:
    """Said yes and was not there. When nobody was ticked off at all we do not know who was there, and ask nobody."""
    ander = uitnodiging.alias("ander")
    geteld = sa.exists().where(presentie.c.uitnodiging_id == ander.c.id, ander.c.activiteit_id == nummer)
    return vraag.where(aanmelding_huidig.c.antwoord == "ja", ~_staat("aanwezig", "afgemeld"), geteld)


_ALLE = frozenset(a.value for a in Antwoord)
SOORTEN: Mapping[str, Soort] = {
    "uitnodiging": Soort(nieuw=True),
    "vroeg": Soort(nieuw=True, vroeg=True),
    "vast": Soort(_staat_erop, dringend=_ALLE),
    "herinnering": Soort(_herinnerd, dringend=frozenset({"ja", "misschien"}), lang=timedelta(hours=10)),
    "wijziging": Soort(_antwoord("ja", "misschien", "wachtlijst"), dringend=_ALLE),
    "afgelast": Soort(_antwoord(*_ALLE), dringend=_ALLE, afgelast=True),
    "hoe_was_het": Soort(_was_er, dringend=_ALLE, na_begin=True),
    "gemist": Soort(_gemist, dringend=_ALLE, na_begin=True),
}
"""What can be broadcast about an activity."""


def schooljaar(nu: datetime, tijdzone: str = "Europe/Amsterdam") -> datetime:
    """When the school year of this moment began: 1 August, local, as UTC."""
    vandaag = nu.astimezone(zone(tijdzone)).date()
    jaar = vandaag.year if vandaag >= date(vandaag.year, 8, 1) else vandaag.year - 1
    return datetime.combine(date(jaar, 8, 1), time(), zone(tijdzone))


def bereikt(nu: datetime) -> Any:
    """Whether somebody of this parent's family was at an activity this school year, as a condition on ``ouder``."""
    lid, uit, act = ouder.alias("lid"), uitnodiging.alias("toen"), activiteit.alias("activiteit_toen")
    return (
        sa.select(uit.c.id)
        .join(lid, lid.c.id == uit.c.ouder_id)
        .join(act, act.c.id == uit.c.activiteit_id)
        .join(presentie_huidig, presentie_huidig.c.uitnodiging_id == uit.c.id)
        .where(lid.c.gezin_id == ouder.c.gezin_id, presentie_huidig.c.staat == "aanwezig")
        .where(act.c.begin >= schooljaar(nu))
        .correlate(ouder)
        .exists()
    )


def lees_voor(voor: str) -> frozenset[str]:
    """``'iedereen'``, or 'vaders', 'nieuw' and one part of the day, comma separated. Raises ``VoorFout``."""
    delen = frozenset(voor.split(",")) - {"iedereen"}
    if delen - {"vaders", "nieuw", *DAGDELEN} or len(delen & set(DAGDELEN)) > 1 or len(voor) > 20:
        raise VoorFout(f"voor {voor!r} is er niet; kies iedereen, of vaders, nieuw en een dagdeel")
    return delen


def ontvangers(soort: str, voor: str, nummer: int, nu: datetime, dagen: int = 0) -> Any:
    """The select of who gets a broadcast of this kind about activity ``nummer``; each parent once.

    ``dagen``: only who asked for at least so many days of notice.

    Columns: id, naam, rol, taal, gestopt_op of the parent; gesprek_id, kanaal, account, adres of their chat (NULL
    without one); uitnodiging, antwoord and aantal (NULL where there is none).
    """
    vraag = _nieuw(nummer) if SOORTEN[soort].nieuw else _uitgenodigd(nummer)
    vraag = SOORTEN[soort].wie(vraag, nummer, nu)
    if dagen:
        vraag = vraag.where(ouder.c.aankondiging >= dagen)
    return _voor(vraag.where(ingeschreven(nu)), lees_voor(voor), nu)


def kandidaten(nummer: int, voor: str, nu: datetime) -> Any:
    """The select of everybody an invitation is meant for, invited already or not."""
    return _voor(_groepen(nummer).where(ingeschreven(nu)), lees_voor(voor), nu)


def _voor(vraag: Any, delen: frozenset[str], nu: datetime) -> Any:
    if "vaders" in delen:
        vraag = vraag.where(ouder.c.rol == "vader")
    if "nieuw" in delen:
        vraag = vraag.where(~bereikt(nu))
    for dagdeel in delen & set(DAGDELEN):
        vraag = vraag.where(("," + ouder.c.dagdelen + ",").contains(f",{dagdeel},"))
    return vraag


def ingeschreven(nu: datetime) -> Any:
    """Whether this parent's family is enrolled still, as a condition on ``gezin``."""
    return gezin.c.uitgeschreven.is_(None) | (gezin.c.uitgeschreven > nu.date())


def _kolommen(uitnodiging_: Any, antwoord: Any, aantal: Any) -> Any:
    return sa.select(
        *(ouder.c.id, ouder.c.naam, ouder.c.rol, SCHRIJFTAAL, ouder.c.gestopt_op),
        *(gesprek.c.id.label("gesprek_id"), gesprek.c.kanaal, gesprek.c.account, gesprek.c.adres),
        *(uitnodiging_.label("uitnodiging"), antwoord.label("antwoord"), aantal.label("aantal")),
    ).join_from(ouder, gezin, gezin.c.id == ouder.c.gezin_id)


def nieuwste_chat() -> Any:
    """The number of the parent's newest chat that can be reached."""
    return (
        sa.select(sa.func.max(gesprek.c.id))
        .where(gesprek.c.ouder_id == ouder.c.id, gesprek.c.onbereikbaar.is_(None))
        .correlate(ouder)
        .scalar_subquery()
    )


def _groepen(nummer: int) -> Any:
    in_groep = (
        sa.select(gezin_groep.c.gezin_id)
        .join(activiteit_groep, activiteit_groep.c.groep_id == gezin_groep.c.groep_id)
        .where(activiteit_groep.c.activiteit_id == nummer)
    )
    vraag = _kolommen(sa.null(), sa.null(), sa.null()).outerjoin(gesprek, gesprek.c.id == nieuwste_chat())
    return vraag.where(gezin.c.id.in_(in_groep))


def _nieuw(nummer: int) -> Any:
    al = sa.exists().where(uitnodiging.c.activiteit_id == nummer, uitnodiging.c.ouder_id == ouder.c.id)
    return _groepen(nummer).where(~al)


def _uitgenodigd(nummer: int) -> Any:
    a = aanmelding_huidig.c
    return (
        _kolommen(uitnodiging.c.id, a.antwoord, a.aantal)
        .join(uitnodiging, uitnodiging.c.ouder_id == ouder.c.id)
        .join(gesprek, gesprek.c.id == nieuwste_chat())
        .outerjoin(aanmelding_huidig, a.uitnodiging_id == uitnodiging.c.id)
        .where(uitnodiging.c.activiteit_id == nummer)
    )

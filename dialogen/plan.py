"""The plan of an activity while it is being made: texts among the answers of a conversation ↔ ``Plan``.

Under these keys: locatie, doel, soort, titel, titel_vaders, datum (2026-12-08), tijd (09:30), duur, plek, gastheer,
capaciteit, kinderen (ja | nee), gevraagd, groepen (numbers). Days and times are those of the location.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from dialogen.basis import Stand, Wereld
from dialogen.effecten_team import Plan
from dialogen.kantoor import Activiteit, Werkplek
from dialogen.wanneer import Moment, Niet, op_moment

GEHOORD = frozenset({"titel", "titel_vaders", "begin", "duur", "plek", "gastheer", "kinderen_welkom", "gevraagd"})
"""The parts of a plan that who said yes has to hear when they change."""


WAS = "was"
"""The answer that holds the activity as it was when somebody began to change it."""


def bestaand(wereld: Wereld, stand: Stand) -> Activiteit | None:
    """The activity that is being changed, or None for a new one."""
    return wereld.kantoor.activiteit(stand.over) if wereld.kantoor and stand.over else None


def werkplekken(wereld: Wereld) -> tuple[Werkplek, ...]:
    """The own locations that have groups: elsewhere nobody can be invited."""
    return tuple(w for w in wereld.kantoor.werkplekken if w.groepen) if wereld.kantoor else ()


def werkplek(wereld: Wereld, stand: Stand) -> Werkplek | None:
    """The location it is at: the chosen one, or the only one."""
    alle = werkplekken(wereld)
    return next((w for w in alle if str(w.nummer) == stand.antwoorden.get("locatie")), alle[0] if alle else None)


def zone(wereld: Wereld, stand: Stand) -> ZoneInfo:
    """The time zone of the location."""
    plek = werkplek(wereld, stand)
    return ZoneInfo(plek.tijdzone if plek else "Europe/Amsterdam")


def vandaag(wereld: Wereld, stand: Stand) -> date:
    """Today, where the location is."""
    return wereld.nu.astimezone(zone(wereld, stand)).date()


def datum(stand: Stand) -> date | None:
    """The day that was filled in."""
    tekst = stand.antwoorden.get("datum")
    return date.fromisoformat(tekst) if tekst else None


def middag(dag: date) -> datetime:
    """A day as a moment that shows as that day everywhere in Europe."""
    return datetime.combine(dag, time(12), UTC)


def moment(wereld: Wereld, stand: Stand, dag: date | None = None, klok: str = "") -> Moment | Niet:
    """When it begins, by what was filled in or what is given: 'onleesbaar' until both are there, 'voorbij' when it is
    past.
    """
    dag, klok = dag or datum(stand), klok or stand.antwoorden.get("tijd", "")
    if dag is None or not klok:
        return Niet("onleesbaar")
    gevonden = op_moment(dag, time.fromisoformat(klok), zone(wereld, stand))
    if isinstance(gevonden, Moment) and gevonden.begin <= wereld.nu and not _ongewijzigd(wereld, stand, gevonden):
        return Niet("voorbij", dag)
    return gevonden


def _ongewijzigd(wereld: Wereld, stand: Stand, m: Moment) -> bool:
    oud = bestaand(wereld, stand)
    return oud is not None and oud.begin == m.begin


def groepen(wereld: Wereld, stand: Stand) -> tuple[int, ...]:
    """The chosen groups of the location; all of them until somebody chooses."""
    plek = werkplek(wereld, stand)
    alle = tuple(g.nummer for g in plek.groepen) if plek else ()
    if "groepen" not in stand.antwoorden:
        return alle
    return tuple(g for g in alle if str(g) in stand.antwoorden["groepen"].split(","))


def lees_plan(wereld: Wereld, stand: Stand) -> Plan | None:
    """What was filled in, when it is enough and its moment can still be; None otherwise."""
    a, begin, bij = stand.antwoorden, moment(wereld, stand), groepen(wereld, stand)
    nodig = ("doel", "soort", "titel", "duur", "plek")
    if isinstance(begin, Niet) or not bij or not all(a.get(k) for k in nodig):
        return None
    return Plan(
        a["soort"],
        a["titel"],
        a["doel"],
        begin.begin,
        int(a["duur"]),
        a["plek"],
        bij,
        a.get("gastheer", ""),
        int(a["capaciteit"]) if a.get("capaciteit") else None,
        a.get("kinderen") != "nee",
        a.get("titel_vaders", ""),
        a.get("gevraagd", ""),
    )


def uit_activiteit(a: Activiteit, wereld: Wereld) -> dict[str, str]:
    """An activity as it would have been filled in."""
    plek = wereld.kantoor.werkplek(a.locatie) if wereld.kantoor else None
    lokaal = a.begin.astimezone(ZoneInfo(plek.tijdzone if plek else "Europe/Amsterdam"))
    return {
        "locatie": str(a.locatie),
        "doel": a.doel,
        "soort": a.soort,
        "titel": a.titel,
        "titel_vaders": a.titel_vaders,
        "datum": f"{lokaal:%Y-%m-%d}",
        "tijd": f"{lokaal:%H:%M}",
        "duur": str(a.duur),
        "plek": a.plek,
        "gastheer": a.gastheer,
        "capaciteit": str(a.capaciteit or ""),
        "kinderen": "ja" if a.kinderen_welkom else "nee",
        "gevraagd": a.gevraagd,
        "groepen": ",".join(map(str, a.groepen)),
    }


def met_was(a: Activiteit, wereld: Wereld) -> dict[str, str]:
    """An activity to be changed: as it would have been filled in, and that once more to compare with."""
    nu = uit_activiteit(a, wereld)
    return {**nu, WAS: json.dumps(nu, ensure_ascii=False)}


def achterhaald(wereld: Wereld, stand: Stand) -> bool:
    """A colleague changed the activity since."""
    a, was = bestaand(wereld, stand), stand.antwoorden.get(WAS)
    return a is not None and bool(was) and json.loads(was or "{}") != uit_activiteit(a, wereld)


def ververs(wereld: Wereld, stand: Stand) -> dict[str, str]:
    """What was left alone becomes what it is now: two who change different things both have their way."""
    a, was = bestaand(wereld, stand), stand.antwoorden.get(WAS)
    if a is None or not was:
        return {}
    nu, toen = met_was(a, wereld), json.loads(was)
    return {k: w for k, w in nu.items() if k == WAS or stand.antwoorden.get(k) == toen.get(k)}

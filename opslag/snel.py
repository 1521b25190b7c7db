"""A Core statement on the hot path: compiled once per kind of database, run on the driver's own cursor.

The statement stays ordinary, checked Core; what is skipped is the work SQLAlchemy does anew at every execution
(docs/besluiten/0001-een-schrijver.md has the figures). Types convert exactly as they do in SQLAlchemy.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from functools import lru_cache
from operator import itemgetter
from typing import Any

import sqlalchemy as sa
from sqlalchemy.sql.compiler import SQLCompiler

from opslag.database import Sessie
from opslag.tabellen import Moment

_Omzetter = Callable[[Any], Any]
_MOMENTEN = 256
"""So many moments are kept as the database wants them: one turn writes the same one up to six times."""


@dataclass(frozen=True, slots=True)
class _Klaar:
    """A compiled statement: its text, which parameters it takes with their converters, how to read a row.

    ``stil`` is what a parameter has that is not given; ``namen`` are the driver's own, () when it counts places.
    """

    tekst: str
    neem: Callable[[Mapping[str, Any]], tuple[Any, ...]]
    stil: Mapping[str, Any]
    in_te_zetten: tuple[tuple[int, _Omzetter], ...]
    namen: tuple[str, ...]
    om_te_zetten: tuple[tuple[int, _Omzetter], ...]
    rij: Any

    def waarden(self, gegeven: Mapping[str, Any]) -> Any:
        """The parameters as the driver wants them."""
        rij = list(self.neem(gegeven if len(gegeven) == len(self.stil) else {**self.stil, **gegeven}))
        for plaats, om in self.in_te_zetten:
            rij[plaats] = om(rij[plaats])
        return dict(zip(self.namen, rij, strict=True)) if self.namen else rij

    def lees(self, ruw: Sequence[Any]) -> Any:
        """A driver's row with its types converted, values by name."""
        if not self.om_te_zetten:
            return self.rij._make(ruw)
        waarden = list(ruw)
        for plaats, om in self.om_te_zetten:
            if waarden[plaats] is not None:
                waarden[plaats] = om(waarden[plaats])
        return self.rij._make(waarden)


def eenmaal(keuze: Any, naam: str = "gekozen") -> Any:
    """A limited select of numbers, to update by: chosen once, before the update.

    As a plain subquery PostgreSQL may run it again for every row it looks at, and with ``SKIP LOCKED`` each run finds
    other rows: more would be taken than the limit says.
    """
    gekozen = keuze.cte(naam).prefix_with("MATERIALIZED")
    return sa.select(gekozen.c.id)


class Snel:
    """Wraps a statement. For an insert or update ``kolommen`` are the parameters that fill its columns."""

    def __init__(self, statement: Any, *kolommen: str) -> None:
        self._statement = statement
        self._kolommen = list(kolommen) or None
        self._per_soort: dict[str, _Klaar] = {}

    def rij(self, sessie: Sessie, **gegeven: Any) -> Any:
        """The first row (values by name), or None."""
        klaar = self._voor(sessie)
        ruw = _cursor(sessie, klaar, gegeven).fetchone()
        return None if ruw is None else klaar.lees(ruw)

    def rijen(self, sessie: Sessie, **gegeven: Any) -> list[Any]:
        """All rows."""
        klaar = self._voor(sessie)
        return [klaar.lees(ruw) for ruw in _cursor(sessie, klaar, gegeven).fetchall()]

    def doe(self, sessie: Sessie, **gegeven: Any) -> int:
        """Run it; how many rows it changed."""
        aantal: int = _cursor(sessie, self._voor(sessie), gegeven).rowcount
        return aantal

    def doe_veel(self, sessie: Sessie, lijst: Sequence[Mapping[str, Any]], **vast: Any) -> int:
        """Run it for every set of parameters, in one call of the driver; ``vast`` is the same for all. How many rows
        it changed.
        """
        klaar = self._voor(sessie)
        cursor = _verbinding(sessie).cursor()
        cursor.executemany(klaar.tekst, [klaar.waarden({**vast, **een} if vast else een) for een in lijst])
        aantal: int = cursor.rowcount
        return aantal

    def _voor(self, sessie: Sessie) -> _Klaar:
        soort = sessie.dialect.name
        if soort not in self._per_soort:
            self._per_soort[soort] = _maak(self._statement, self._kolommen, sessie.dialect)
        return self._per_soort[soort]


def _verbinding(sessie: Sessie) -> Any:
    return sessie.connection.dbapi_connection


def _cursor(sessie: Sessie, klaar: _Klaar, gegeven: Mapping[str, Any]) -> Any:
    return _verbinding(sessie).execute(klaar.tekst, klaar.waarden(gegeven))


def _maak(statement: Any, kolommen: list[str] | None, dialect: sa.Dialect) -> _Klaar:
    compiled = statement.compile(dialect=dialect, column_keys=kolommen, compile_kwargs={"render_postcompile": True})
    assert isinstance(compiled, SQLCompiler)
    volgorde = compiled.positiontup if compiled.positional else list(compiled.binds)
    assert volgorde is not None
    binds = [compiled.binds[naam] for naam in volgorde]
    schrijvers = [(plaats, _omzetter(bind.type, dialect)) for plaats, bind in enumerate(binds)]
    namen = () if compiled.positional else tuple(compiled.escaped_bind_names.get(naam, naam) for naam in volgorde)
    uit: list[Any] = list(statement.selected_columns) if isinstance(statement, sa.Select) else []
    lezers = [(plaats, k.type.dialect_impl(dialect).result_processor(dialect, None)) for plaats, k in enumerate(uit)]
    om_te_zetten = tuple((plaats, om) for plaats, om in lezers if om is not None)
    maak_rij: Any = namedtuple  # its columns are known only here
    rij = maak_rij("Rij", [kolom.name for kolom in uit], rename=True)
    return _Klaar(
        str(compiled),
        _nemer([bind.key for bind in binds]),
        {bind.key: None if bind.required else bind.effective_value for bind in binds},
        tuple((plaats, om) for plaats, om in schrijvers if om is not None),
        namen,
        om_te_zetten,
        rij,
    )


def _nemer(sleutels: Sequence[str]) -> Callable[[Mapping[str, Any]], tuple[Any, ...]]:
    """Takes these values out of what is given, in order."""
    if len(sleutels) > 1:
        return itemgetter(*sleutels)
    return lambda gegeven: tuple(gegeven[sleutel] for sleutel in sleutels)


_per_dialect: dict[str, _Omzetter] = {}


def _omzetter(soort: Any, dialect: sa.Dialect) -> _Omzetter | None:
    om: _Omzetter | None = soort.dialect_impl(dialect).bind_processor(dialect)
    if om is None or not isinstance(soort, Moment):
        return om
    return _per_dialect.setdefault(dialect.name, _onthoudend(om))


def _onthoudend(om: _Omzetter) -> _Omzetter:
    """Keeps the last moments in UTC. Of another zone not: the hour that comes twice in autumn is equal to itself."""
    gehouden = lru_cache(_MOMENTEN)(om)
    return lambda moment: gehouden(moment) if moment is not None and moment.tzinfo is UTC else om(moment)

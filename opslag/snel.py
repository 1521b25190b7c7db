"""A Core statement on the hot path: compiled once per kind of database, run on the driver's own cursor.

The statement stays ordinary, checked Core; what is skipped is the work SQLAlchemy does anew at every execution
(docs/besluiten/0001-een-schrijver.md has the figures). Types convert exactly as they do in SQLAlchemy.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.sql.compiler import SQLCompiler

from opslag.database import Sessie

_Omzetter = Callable[[Any], Any] | None


@dataclass(frozen=True, slots=True)
class _Klaar:
    """A compiled statement: text, parameters in order with their converters and defaults, how to read a row."""

    tekst: str
    parameters: tuple[tuple[str, str, _Omzetter, Any], ...]
    op_naam: bool
    om_te_zetten: tuple[tuple[int, Callable[[Any], Any]], ...]
    rij: Any

    def vast(self, gegeven: Mapping[str, Any]) -> Mapping[str, Any]:
        """Parameters converted once, to be used for many rows."""
        return {n: om(gegeven[n]) if om else gegeven[n] for _, n, om, _ in self.parameters if n in gegeven}

    def waarden(self, gegeven: Mapping[str, Any], vast: Mapping[str, Any] | None = None) -> Any:
        """The parameters as the driver wants them; one that is not given has its default."""
        rij = [
            vast[naam]
            if vast is not None and naam in vast
            else om(gegeven.get(naam, stil))
            if om
            else gegeven.get(naam, stil)
            for _, naam, om, stil in self.parameters
        ]
        return {p[0]: waarde for p, waarde in zip(self.parameters, rij, strict=True)} if self.op_naam else rij

    def lees(self, ruw: Sequence[Any]) -> Any:
        """A driver's row with its types converted, values by name."""
        if not self.om_te_zetten:
            return self.rij._make(ruw)
        waarden = list(ruw)
        for plaats, om in self.om_te_zetten:
            if waarden[plaats] is not None:
                waarden[plaats] = om(waarden[plaats])
        return self.rij._make(waarden)


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
        gelijk = klaar.vast(vast)
        cursor = _verbinding(sessie).cursor()
        cursor.executemany(klaar.tekst, [klaar.waarden(een, gelijk) for een in lijst])
        aantal: int = cursor.rowcount
        return aantal

    def _voor(self, sessie: Sessie) -> _Klaar:
        soort = sessie.dialect.name
        if soort not in self._per_soort:
            self._per_soort[soort] = _maak(self._statement, self._kolommen, sessie.dialect)
        return self._per_soort[soort]


def _verbinding(sessie: Sessie) -> Any:
    return sessie.connection.driver_connection


def _cursor(sessie: Sessie, klaar: _Klaar, gegeven: Mapping[str, Any]) -> Any:
    return _verbinding(sessie).execute(klaar.tekst, klaar.waarden(gegeven))


def _maak(statement: Any, kolommen: list[str] | None, dialect: sa.Dialect) -> _Klaar:
    compiled = statement.compile(dialect=dialect, column_keys=kolommen, compile_kwargs={"render_postcompile": True})
    assert isinstance(compiled, SQLCompiler)
    volgorde = compiled.positiontup if compiled.positional else list(compiled.binds)
    assert volgorde is not None
    parameters = tuple(_parameter(compiled, naam, dialect) for naam in volgorde)
    uit: list[Any] = list(statement.selected_columns) if isinstance(statement, sa.Select) else []
    lezers = [(plaats, k.type.dialect_impl(dialect).result_processor(dialect, None)) for plaats, k in enumerate(uit)]
    om_te_zetten = tuple((plaats, om) for plaats, om in lezers if om is not None)
    maak_rij: Any = namedtuple  # its columns are known only here
    rij = maak_rij("Rij", [kolom.name for kolom in uit], rename=True)
    return _Klaar(str(compiled), parameters, not compiled.positional, om_te_zetten, rij)


def _parameter(compiled: SQLCompiler, naam: str, dialect: sa.Dialect) -> tuple[str, str, _Omzetter, Any]:
    bind = compiled.binds[naam]
    om = bind.type.dialect_impl(dialect).bind_processor(dialect)
    sleutel = compiled.escaped_bind_names.get(naam, naam)
    return sleutel, bind.key, om, None if bind.required else bind.effective_value

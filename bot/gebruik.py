"""Which keys of the catalogue the program says, read from its own source: what nothing says is a fault.

A key counts as said when it stands in the source as it is, or when it fits a text that is put together there
(``f"reden.{code}"``).
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

from dialogen.flows import FLOWS
from dialogen.stappen import keuzes_van

PAKKETTEN = ("dialogen", "opslag", "bot")
RIJ = 24
"""UTF-16 units a row of a list shows at most (WhatsApp's list message)."""
_SLEUTEL = re.compile(r"[a-z_]+(?:\.\w+)+")


def ongebruikt(sleutels: Iterable[str]) -> list[str]:
    """The keys that nothing says."""
    vast, patronen = _gezegd()
    van_flows = _in_flows()
    return [
        sleutel
        for sleutel in sleutels
        if sleutel not in vast and sleutel not in van_flows and not any(p.fullmatch(sleutel) for p in patronen)
    ]


def _in_flows() -> set[str]:
    stappen = [(flow, stap) for flow in FLOWS.values() for stap in flow.stappen]
    gezegd = {zin.sleutel for flow, stap in stappen for zin in flow.zinnen(stap)}
    return gezegd | {flow.label(stap, keuze) for flow, stap in stappen for keuze in keuzes_van(stap)}


@cache
def _bomen() -> tuple[ast.Module, ...]:
    bestanden = (b for pakket in PAKKETTEN for b in _bestanden(resources.files(pakket)))
    return tuple(ast.parse(b.read_text("utf-8")) for b in bestanden if b.name.endswith(".py"))


def _bestanden(map_: Traversable) -> Iterator[Traversable]:
    for deel in map_.iterdir():
        if deel.is_dir():
            yield from _bestanden(deel)
        elif deel.name.endswith((".py", ".html", ".js", ".toml")):
            yield deel


@cache
def _gezegd() -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    vast: set[str] = set()
    patronen: set[str] = set()
    for knoop in (k for boom in _bomen() for k in ast.walk(boom)):
        match knoop:
            case ast.Constant(value=str() as tekst):
                vast.add(tekst)
            case ast.JoinedStr():
                patronen |= {p for p in [_patroon(knoop)] if p}
    overig = (b for pakket in PAKKETTEN for b in _bestanden(resources.files(pakket)) if not b.name.endswith(".py"))
    vast |= {sleutel for b in overig for sleutel in _SLEUTEL.findall(b.read_text("utf-8"))}
    return frozenset(vast), tuple(map(re.compile, sorted(patronen)))


def _patroon(tekst: ast.JoinedStr) -> str:
    """The keys that a text put together may be, as a pattern; '' when it does not begin like one."""
    begin = tekst.values[0]
    if not (isinstance(begin, ast.Constant) and re.match(r"[a-z_]+\.", str(begin.value))):
        return ""
    return "".join(re.escape(str(d.value)) if isinstance(d, ast.Constant) else r"\w+" for d in tekst.values)


@cache
def rijen() -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """The keys that are a choice known only at the moment itself (``Optie``), as they stand and as patterns."""
    vast: set[str] = set()
    patronen: set[str] = set()
    opties = (k for boom in _bomen() for k in ast.walk(boom) if isinstance(k, ast.Call) and _heet(k) == "Optie")
    for tekst in (k for optie in opties for k in ast.walk(optie) if isinstance(k, ast.Call) and _heet(k) == "Tekst"):
        match tekst.args[:1]:
            case [ast.Constant(value=str() as sleutel)]:
                vast.add(sleutel)
            case [ast.JoinedStr() as samen]:
                patronen |= {p for p in [_patroon(samen)] if p}
    return frozenset(vast), tuple(map(re.compile, sorted(patronen)))


def _heet(aanroep: ast.Call) -> str:
    return aanroep.func.id if isinstance(aanroep.func, ast.Name) else ""

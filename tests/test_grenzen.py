"""The direction of the house: bot → opslag → dialogen, and frameworks stop at their folder. Read from the imports."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

WORTEL = Path(__file__).parents[1]
ONS = ("bot", "dialogen", "opslag")
MODULES = sorted(p.relative_to(WORTEL) for ons in ONS for p in (WORTEL / ons).rglob("*.py"))
ALLEEN_IN = {
    "sqlalchemy": ("opslag",),
    "alembic": ("opslag",),
    "psycopg": ("opslag",),
    "aiogram": ("bot/kanalen",),
    "telegram": ("bot/kanalen",),
    "aiohttp": ("bot/web", "bot/kanalen", "bot/diensten"),
    "deep_translator": ("bot/diensten",),
    "aiohttp_jinja2": ("bot/web",),
    "aiohttp_sse": ("bot/web",),
    "jinja2": ("bot/web",),
    "babel": ("bot/weergeven.py",),
    "apscheduler": ("bot/planning.py",),
    "xlsxwriter": ("bot/uitvoeren.py", "bot/bench/i_uitvoer.py"),
}
"""A library → the only folders (or files) that may know it. For types alone, under TYPE_CHECKING, anybody may."""
ZWAAR = (*ALLEEN_IN, "pydantic", "structlog", "segno", "opslag", "dialogen", "asyncio")


@dataclass(frozen=True)
class Invoer:
    """One import: the whole dotted name, and whether it is for types alone or inside a function."""

    naam: str
    voor_types: bool
    bovenin: bool

    @property
    def top(self) -> str:
        return self.naam.partition(".")[0]


@cache
def _invoer(module: Path) -> tuple[Invoer, ...]:
    return tuple(_loop(ast.parse((WORTEL / module).read_text("utf-8")), False, True))


def _loop(knoop: ast.AST, voor_types: bool, bovenin: bool) -> Iterator[Invoer]:
    for kind in ast.iter_child_nodes(knoop):
        if isinstance(kind, ast.Import):
            yield from (Invoer(naam.name, voor_types, bovenin) for naam in kind.names)
        elif isinstance(kind, ast.ImportFrom):
            assert not kind.level, "wij schrijven het hele pad"
            yield Invoer(kind.module or "", voor_types, bovenin)
        else:
            types = voor_types or (isinstance(kind, ast.If) and "TYPE_CHECKING" in ast.unparse(kind.test))
            functie = isinstance(kind, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            yield from _loop(kind, types, bovenin and not functie)


def test_er_is_wat_te_lezen() -> None:
    assert len(MODULES) > 60
    assert {i.top for m in MODULES for i in _invoer(m)} >= {"sqlalchemy", "aiohttp", "aiogram", "telegram", "typer"}


@pytest.mark.parametrize("module", [m for m in MODULES if m.parts[0] == "dialogen"], ids=str)
def test_dialogen_kent_alleen_de_standaardbibliotheek(module: Path) -> None:
    vreemd = {i.naam for i in _invoer(module) if i.top not in {*sys.stdlib_module_names, "dialogen"}}
    assert not vreemd


@pytest.mark.parametrize("module", [m for m in MODULES if m.parts[0] == "dialogen"], ids=str)
def test_dialogen_doet_niets(module: Path) -> None:
    """No clock, no chance, no network; of files only its own words."""
    verboden = {
        "time",
        "random",
        "secrets",
        "socket",
        "asyncio",
        "threading",
        "os",
        "sys",
        "pathlib",
        "subprocess",
        "http",
    }
    assert not verboden & {i.top for i in _invoer(module)}
    boom = ast.parse((WORTEL / module).read_text("utf-8"))
    klok = [
        ast.unparse(k) for k in ast.walk(boom) if isinstance(k, ast.Attribute) and k.attr in {"now", "utcnow", "today"}
    ]
    assert not klok


@pytest.mark.parametrize("module", [m for m in MODULES if m.parts[0] == "opslag"], ids=str)
def test_opslag_kent_de_bot_niet(module: Path) -> None:
    assert "bot" not in {i.top for i in _invoer(module)}


@pytest.mark.parametrize("bibliotheek", ALLEEN_IN)
def test_bibliotheken_blijven_in_hun_map(bibliotheek: str) -> None:
    kenners = {
        module.as_posix()
        for module in MODULES
        if any(i.top == bibliotheek and not i.voor_types for i in _invoer(module))
    }
    assert not {k for k in kenners if not k.startswith(ALLEEN_IN[bibliotheek])}


def test_de_bot_vraagt_niets_aan_een_sessie() -> None:
    """Sessions pass through the bot as values: it runs no statements of its own."""
    for module in (m for m in MODULES if m.parts[0] == "bot" and "bench" not in m.parts):
        boom = ast.parse((WORTEL / module).read_text("utf-8"))
        for knoop in ast.walk(boom):
            if isinstance(knoop, ast.Call) and isinstance(knoop.func, ast.Attribute):
                assert ast.unparse(knoop.func) not in {"sessie.execute", "sessie.scalar", "sessie.scalars"}, module


def test_de_opdrachtregel_laadt_niets_zwaars() -> None:
    """``inloop --help`` must come at once."""
    assert not {i.top for i in _invoer(Path("bot/__main__.py")) if i.bovenin} - {"typer", *sys.stdlib_module_names}
    code = "import sys, bot.__main__; print(' '.join(sys.modules))"
    geladen = subprocess.run([sys.executable, "-c", code], cwd=WORTEL, capture_output=True, text=True, check=True)
    assert not set(ZWAAR) & set(geladen.stdout.split())


def test_bibliotheken_worden_pas_geladen_als_het_nodig_is() -> None:
    modules = "bot.app, bot.opdrachten.beheer, bot.kanalen.webchat, bot.diensten.vertalen"
    code = f"import sys, {modules}; print(' '.join(sys.modules))"
    geladen = subprocess.run([sys.executable, "-c", code], cwd=WORTEL, capture_output=True, text=True, check=True)
    assert not {"aiogram", "telegram", "deep_translator", "requests"} & set(geladen.stdout.split())

"""The pages of the desk in its menu: only those this colleague may open."""

from __future__ import annotations

from dataclasses import dataclass

from bot.web.bureau.basis import Verzoek


@dataclass(frozen=True, slots=True)
class Ingang:
    """One entry of the menu."""

    pad: str
    kop: str
    teken: str
    hier: bool


def menu(v: Verzoek) -> tuple[Ingang, ...]:
    """The entries for this colleague at this location; without a location those of their first."""
    from bot.web.bureau.routes import PAGINAS

    waar = v.waar or next(iter(v.wie.locaties), None)
    return tuple(
        Ingang(f"/bureau{p.pad.replace('{locatie}', str(waar.nummer if waar else 0))}", p.kop, p.teken, p is v.pagina)
        for p in PAGINAS
        if p.kop and v.wie.rol in p.rollen and (waar or "{locatie}" not in p.pad)
    )

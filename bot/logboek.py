"""Logging: events with ids, never names, texts or tokens. JSON for machines, one line for people."""

from __future__ import annotations

import logging
import sys
from collections.abc import Mapping, MutableMapping
from typing import Any, Literal

import structlog

VEILIG = frozenset(
    {"kanaal", "account", "gesprek", "rij", "rijen", "verzending", "activiteit", "aantal", "fout", "wacht", "poging"}
    | {"seconden", "status", "soort", "job", "regel", "houder"}
)
"""What may stand beside an event. Anything else is dropped, so that a slip cannot leak a name or a text."""


def _alleen_veilig(_log: Any, _methode: str, gebeurtenis: MutableMapping[str, Any]) -> Mapping[str, Any]:
    mag = VEILIG | {"event", "level", "timestamp"}
    return {sleutel: waarde for sleutel, waarde in gebeurtenis.items() if sleutel in mag}


class _Bibliotheek(logging.Handler):
    """What a library logs, without its words: they may hold an address with a token, or what a parent wrote."""

    def emit(self, record: logging.LogRecord) -> None:
        fout = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
        log.warning("melding van een bibliotheek", soort=f"{record.name}:{record.lineno}", fout=fout)


def stel_in(vorm: Literal["json", "console"], niveau: int = logging.INFO) -> None:
    """Set logging up for the process, from ``niveau`` on. Of libraries only warnings are heard, and only their kind."""
    afdruk: Any = structlog.processors.JSONRenderer(ensure_ascii=False)
    if vorm == "console":
        afdruk = structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    structlog.configure(
        processors=[
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _alleen_veilig,
            afdruk,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(niveau),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    logging.basicConfig(level=logging.WARNING, handlers=[_Bibliotheek()], force=True)


log: Any = structlog.get_logger()

"""The port of translators: a text goes in, a text or a ``Vertaalfout`` comes out."""

from __future__ import annotations

from typing import Protocol


class Vertaalfout(Exception):
    """Why there is no translation. ``soort`` is the kind only: never a text, a key or an address.

    ``afgekeurd``: something came back that cannot be used (once more, and then it is enough). ``blijvend``: trying
    again changes nothing. ``wacht``: the service asked for so many seconds of rest, for everything.
    """

    def __init__(self, soort: str, *, afgekeurd: bool = False, blijvend: bool = False, wacht: float = 0.0) -> None:
        super().__init__(soort)
        self.soort, self.afgekeurd, self.blijvend, self.wacht = soort, afgekeurd, blijvend, wacht


class Vertaaldienst(Protocol):
    """Translates one text. Names and what else may not travel are covered already (``dialogen/afdekken.py``)."""

    naam: str

    async def vertaal(self, tekst: str, van: str, naar: str) -> str:
        """The text in language ``naar``; codes are those of ``TALEN``. Raises ``Vertaalfout``, and nothing else."""
        ...

    async def sluit(self) -> None:
        """Let go of connections."""
        ...

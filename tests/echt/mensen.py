"""People with the fake Telegram who talk to the real process, and wait for what it says back."""

from __future__ import annotations

from tests.botapi import Bericht, BotApi, Gebruiker

GEDULD = 20.0
"""Seconds: long, so that a busy machine fails nothing; nobody waits longer than needed."""


class Mens:
    """Somebody with a phone. Every act waits for what the bot answers to it."""

    def __init__(self, api: BotApi, naam: str, taal: str = "nl") -> None:
        self.naam = naam
        self.telefoon: Gebruiker = api.gebruiker(naam, taal)

    def _gezien(self) -> int:
        return sum(1 + bericht.bewerkt for bericht in self.telefoon.berichten)

    def _wacht(self, gezien: int) -> Bericht:
        """Until something new came, or something changed."""
        self.telefoon.chat.bel.wacht_sync(lambda: True if self._gezien() > gezien else None, GEDULD)
        assert self._gezien() > gezien, f"no answer; the conversation was:\n{self.telefoon.verloop()}"
        return self.telefoon.laatste

    def zeg(self, tekst: str) -> Bericht:
        """Type something; the answer."""
        gezien = self._gezien()
        self.telefoon.stuur(tekst)
        return self._wacht(gezien)

    def tik(self, *knoppen: str) -> Bericht:
        """Press buttons one after the other, each by the beginning of its data; the last answer."""
        for knop in knoppen:
            gezien = self._gezien()
            self.telefoon.druk(self.knop(knop))
            antwoord = self._wacht(gezien)
        return antwoord

    def knop(self, begin: str) -> str:
        """The data of the newest button that begins so."""
        for bericht in reversed(self.telefoon.berichten):
            for knop in bericht.knoppen:
                if knop.data.startswith(begin):
                    return knop.data
        raise LookupError(f"no button {begin!r}; the conversation was:\n{self.telefoon.verloop()}")

    def wacht_op(self, tekst: str, na: int = 0) -> Bericht:
        """Until a message came with this in its text, or a button whose data begins so."""
        return self.telefoon.wacht_op_sync(
            lambda b: tekst in b.tekst or any(k.data.startswith(tekst) for k in b.knoppen), GEDULD, na
        )

    def maak_kennis(self, code: str, rol: str, *dagdelen: str) -> None:
        """From the link to the welcome."""
        self.zeg(f"/start {code}")
        self.tik(
            "kennismaken.taal:nl", "kennismaken.vorm:lezen", "kennismaken.toestemming:ja", f"kennismaken.rol:{rol}"
        )
        self.tik(*(f"kennismaken.dagdelen:{d}" for d in dagdelen), "kennismaken.dagdelen:klaar", "kennismaken.tips:nee")

"""A printed list and letters, for parents whom the bot cannot reach. They are made where the effect is carried out."""

from __future__ import annotations

from dialogen.effecten_team import BrievenMaken
from dialogen.stappen import Flow, Klaar, Zeg

BRIEVEN = Flow(
    "brieven",
    (Zeg("maak", "klaar", zegt=(), effect=lambda _w, s: [BrievenMaken(s.over)]), Klaar("klaar")),
    van_team=True,
)

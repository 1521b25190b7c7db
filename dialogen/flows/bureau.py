"""The way to the desk in the browser: a link that works once."""

from __future__ import annotations

from dialogen.effecten_team import BureauOpenen
from dialogen.stappen import Flow, Klaar

BUREAU = Flow("bureau", (Klaar("open", zegt=(), effect=lambda _w, _s: [BureauOpenen()]),), van_team=True)

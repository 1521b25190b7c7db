"""Labelled points around every commit and send, at which a test lets the process die as ``kill -9`` would.

Set by ``INLOOP_BREEKPUNT=label:n`` (die at the n-th time the label is passed); without it a point does nothing.
"""

from __future__ import annotations

import os

from bot.verwerken import Punt

LABELS = ("voor_inbox", "na_inbox", "voor_beurt", "na_beurt", "voor_verzenden", "na_verzenden", "na_merken")


def uit_omgeving() -> Punt:
    """The point of this process."""
    label, _, keer = os.environ.get("INLOOP_BREEKPUNT", "").partition(":")
    if label not in LABELS:
        return lambda _punt: None
    over = int(keer or 1)

    def punt(naam: str) -> None:
        nonlocal over
        if naam == label:
            over -= 1
            if over == 0:
                os._exit(137)

    return punt

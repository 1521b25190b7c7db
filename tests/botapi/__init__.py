"""A strict Telegram Bot API server for tests: loopback only, as unforgiving as the real one, and
scriptable."""

from .bericht import Bericht, Knop
from .gebruiker import Gebruiker, Groep, NietGekomen
from .kern import Bestand, Regel, Tik
from .server import TOKEN, BotApi
from .storing import (
    FOUT_500,
    FOUT_502,
    FOUT_502_HTML,
    FOUT_502_NA,
    WEG_NA,
    WEG_VOOR,
    Storing,
    vertraag,
    wacht_even,
)
from .tempo import Tempo

__all__ = [
    "FOUT_500",
    "FOUT_502",
    "FOUT_502_HTML",
    "FOUT_502_NA",
    "TOKEN",
    "WEG_NA",
    "WEG_VOOR",
    "Bericht",
    "Bestand",
    "BotApi",
    "Gebruiker",
    "Groep",
    "Knop",
    "NietGekomen",
    "Regel",
    "Storing",
    "Tempo",
    "Tik",
    "vertraag",
    "wacht_even",
]

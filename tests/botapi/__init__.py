"""A strict Telegram Bot API server for tests: loopback only, as unforgiving as the real one, and scriptable.

In the test's own event loop, or in a thread of its own for a bot that runs as another process:

    async with BotApi(per_second=30) as api:            # or: with BotApi.in_thread() as api
        start_bot(token=api.token, base=api.url)
        amina = api.gebruiker("Amina", "nl")
        uitnodiging = await amina.zeg("/start CODE")    # types, and waits for the answer
        assert uitnodiging.labels == ["Ja", "Nee"]
        tik = amina.tik(uitnodiging, "Ja", keer=2)      # the bot gets this press twice
        await amina.wacht_op("Tot dinsdag")             # a new message, or an edit
        assert tik.beantwoord
        api.storing.plan(WEG_NA, methode="sendMessage") # sent, but the bot never hears so
        amina.spraak(4)
        amina.blokkeer()                                # from now on: 403
        assert api.tellers["429"] == 0

Works under one lock, so everything here may be called from any thread.
"""

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

"""getUpdates, by long polling.

Source: Bot API documentation, "getUpdates". Only one reader counts: a newer long poll ends the older one with
409, and with a webhook set nobody may poll.
"""

from __future__ import annotations

from .fouten import ApiFout, Json, conflict
from .kern import Kern
from .verzoek import Verzoek

_ANDER = "terminated by other getUpdates request; make sure that only one bot instance is running"
_HAAK = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"


async def get_updates(kern: Kern, verzoek: Verzoek) -> list[Json]:
    """Updates from `offset` (which confirms the earlier ones), at most `limit` (1-100); none for `timeout`
    seconds gives an empty list. Raises 409."""
    timeout = verzoek.geheel("timeout", 0, 0, 50)
    hoogstens = verzoek.geheel("limit", 100, 1, 100)
    with kern.slot:
        gereed = _begin(kern, verzoek, hoogstens)
        if gereed or timeout == 0:
            return gereed
        kern.beurt, kern.beurt_reden = kern.beurt + 1, _ANDER
        kern.bijwerkingen.bel.lui()
        beurt = kern.beurt
    gezien: list[Json] | ApiFout | None = await kern.bijwerkingen.bel.wacht(
        lambda: _kijk(kern, beurt, hoogstens), timeout
    )
    if isinstance(gezien, ApiFout):
        raise gezien
    return gezien or []


def _begin(kern: Kern, verzoek: Verzoek, hoogstens: int) -> list[Json]:
    if kern.haak is not None:
        raise conflict(_HAAK)
    kern.bijwerkingen.kies_soorten(verzoek.tekst("allowed_updates"))
    kern.bijwerkingen.bevestig(verzoek.geheel("offset"))
    return kern.bijwerkingen.haal(hoogstens)


def _kijk(kern: Kern, beurt: int, hoogstens: int) -> list[Json] | ApiFout | None:
    if kern.beurt != beurt:
        return conflict(kern.beurt_reden)
    return kern.bijwerkingen.haal(hoogstens) or None

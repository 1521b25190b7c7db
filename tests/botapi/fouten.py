"""Refusals, worded as Telegram words them.

Source: Bot API documentation, "Making requests" and "ResponseParameters". Codes are HTTP status codes, and a
description starts with the name of its code.
"""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


class ApiFout(Exception):
    """A request that Telegram refuses: `code` (HTTP), `description`, and for a 429 `retry_after` in
    seconds."""

    def __init__(self, code: int, description: str, retry_after: int | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after

    def json(self) -> Json:
        """The body: {ok, error_code, description} and, for a 429, {parameters: {retry_after}}."""
        body: Json = {"ok": False, "error_code": self.code, "description": self.description}
        if self.retry_after is not None:
            body["parameters"] = {"retry_after": self.retry_after}
        return body


def onjuist(reden: str) -> ApiFout:
    """400. The first letter is lowered unless the reason is a CONSTANT, which is how Telegram writes them."""
    constante = len(reden) > 1 and (reden[1] == "_" or reden[1].isupper())
    return ApiFout(400, "Bad Request: " + (reden if constante else reden[0].lower() + reden[1:]))


def verboden(reden: str) -> ApiFout:
    """403: the bot may not write here (blocked, or the account is gone)."""
    return ApiFout(403, f"Forbidden: {reden}")


def te_veel(seconden: int) -> ApiFout:
    """429 with the whole number of seconds to wait."""
    return ApiFout(429, f"Too Many Requests: retry after {seconden}", retry_after=seconden)


def conflict(reden: str) -> ApiFout:
    """409: two readers of the same updates."""
    return ApiFout(409, f"Conflict: {reden}")

"""What somebody spoke, locked: AES-256-GCM under a key that is derived from ``INLOOP_SECRET``.

See docs/besluiten/0012-spraak.md. With another secret nothing that was locked before opens again: it counts as gone.
"""

from __future__ import annotations

import secrets

KORTST = 16
"""Characters that the secret must have at least."""
_VORM = b"\x01"
_DOEL = b"inloop spraaknota 1"
_NONCE = 12


class Kluis:
    """Locks and opens bytes. ``bij`` says what they belong to: elsewhere they do not open. Safe in any thread."""

    def __init__(self, geheim: str) -> None:
        """Raises ``ValueError`` for a secret that is too short to protect anything."""
        if len(geheim) < KORTST:
            raise ValueError(f"INLOOP_SECRET heeft minder dan {KORTST} tekens")
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM
        from cryptography.hazmat.primitives.hashes import SHA256
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF

        self._slot = AESGCM(HKDF(SHA256(), 32, salt=None, info=_DOEL).derive(geheim.encode()))

    def sluit(self, inhoud: bytes, bij: str) -> bytes:
        """Locked: a byte for the form, the nonce, and the bytes with their tag."""
        nonce = secrets.token_bytes(_NONCE)
        return _VORM + nonce + self._slot.encrypt(nonce, inhoud, bij.encode())

    def open(self, dicht: bytes, bij: str) -> bytes | None:
        """The bytes again, or None: another secret, something else's, or damaged."""
        from cryptography.exceptions import InvalidTag

        nonce, rest = dicht[1 : 1 + _NONCE], dicht[1 + _NONCE :]
        if dicht[:1] != _VORM or len(rest) < 16:
            return None
        try:
            return self._slot.decrypt(nonce, rest, bij.encode())
        except InvalidTag:
            return None


def tijdelijk() -> Kluis:
    """A vault for as long as this process runs (the demo)."""
    return Kluis(secrets.token_urlsafe(32))

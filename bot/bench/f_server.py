"""The platform of measurement f, in a process of its own: takes any call of the Bot API and says that it was sent.

As lean as Python allows, so that who sends is the bottleneck. Prints its port, and serves until it is ended.
"""

from __future__ import annotations

import asyncio
import itertools

_KOP = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b"
_INHOUD = (
    b'{"ok":true,"result":{"message_id":%d,"from":{"id":7000000001,"is_bot":true,"first_name":"De Klimboom"},'
    b'"chat":{"id":5000000001,"first_name":"Fatima","type":"private"},"date":1795337000,%b}}'
)
FOTO = "AgACAgQAAxkDAAIBench-een-foto-die-het-platform-al-heeft"
"""The file id of every picture."""
_TEKST, _FOTO = b'"text":"verzonden"', b'"photo":[{"file_id":"%b","width":1024,"height":576}]' % FOTO.encode()
_nummers = itertools.count(1)


class _Lijn(asyncio.Protocol):
    """One keep-alive connection."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._weg, self._gekregen = transport, b""

    def data_received(self, data: bytes) -> None:
        self._gekregen += data
        while (einde := self._gekregen.find(b"\r\n\r\n")) >= 0:
            kop = self._gekregen[:einde]
            heel = einde + 4 + _lengte(kop)
            if len(self._gekregen) < heel:
                return
            self._gekregen = self._gekregen[heel:]
            inhoud = _INHOUD % (next(_nummers), _FOTO if b"sendPhoto" in kop else _TEKST)
            self._weg.write(_KOP % (len(inhoud), inhoud))


def _lengte(kop: bytes) -> int:
    plaats = kop.lower().find(b"content-length:")
    return int(kop[plaats + 15 :].split(b"\r\n", 1)[0]) if plaats >= 0 else 0


async def dien() -> None:
    """Serve on a free port, until cancelled."""
    server = await asyncio.get_running_loop().create_server(_Lijn, "127.0.0.1", 0)
    print("poort", server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(dien())

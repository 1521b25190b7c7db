"""A lean HTTP client: keep-alive connections, one request at a time on each, so that the server is the bottleneck."""

from __future__ import annotations

import selectors
import socket
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.bench.tabel import MeetFout

_GOED = b"HTTP/1.1 200"


@dataclass(slots=True)
class _Lijn:
    """One connection: when its request was sent, and what of the answer has come."""

    sok: socket.socket
    begin: float = 0.0
    gekregen: bytes = b""


@dataclass(frozen=True, slots=True)
class Uitslag:
    """Requests a second, and the sorted times (seconds) that they took."""

    per_seconde: float
    tijden: Sequence[float] = field(repr=False)

    def percentiel(self, deel: float) -> float:
        """The time, in milliseconds, that this part of the requests took at most."""
        return self.tijden[min(len(self.tijden) - 1, int(len(self.tijden) * deel))] * 1e3


def verzoek(pad: str, koppen: str, inhoud: bytes) -> bytes:
    """A POST as bytes. ``koppen`` are whole header lines."""
    kop = f"POST {pad} HTTP/1.1\r\nHost: bench\r\n{koppen}Content-Type: application/json\r\n"
    return f"{kop}Content-Length: {len(inhoud)}\r\n\r\n".encode() + inhoud


def belast(poort: int, verzoeken: Sequence[bytes], verbindingen: int) -> Uitslag:
    """Send all requests over so many connections. Raises ``MeetFout`` for any answer but an empty 200."""
    rij = iter(verzoeken)
    tijden: list[float] = []
    with selectors.DefaultSelector() as kiezer:
        lijnen = [_Lijn(socket.create_connection(("127.0.0.1", poort))) for _ in range(verbindingen)]
        begin = time.perf_counter()
        for lijn in lijnen:
            lijn.sok.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            kiezer.register(lijn.sok, selectors.EVENT_READ, lijn)
            _stuur(lijn, rij)
        while len(tijden) < len(verzoeken):
            for sleutel, _ in kiezer.select():
                _ontvang(sleutel.data, rij, tijden)
        seconden = time.perf_counter() - begin
        for lijn in lijnen:
            lijn.sok.close()
    return Uitslag(len(tijden) / seconden, sorted(tijden))


def _stuur(lijn: _Lijn, rij: Iterator[bytes]) -> None:
    volgende = next(rij, None)
    if volgende is not None:
        lijn.begin, lijn.gekregen = time.perf_counter(), b""
        lijn.sok.sendall(volgende)


def _ontvang(lijn: _Lijn, rij: Iterator[bytes], tijden: list[float]) -> None:
    """Read what came; a whole answer counts, and the next request goes out."""
    lijn.gekregen += lijn.sok.recv(4096)
    if not lijn.gekregen.endswith(b"\r\n\r\n"):
        if not lijn.gekregen:
            raise MeetFout("de server verbrak een verbinding")
        return
    if not lijn.gekregen.startswith(_GOED):
        raise MeetFout(f"de server antwoordde {lijn.gekregen[:40]!r}")
    tijden.append(time.perf_counter() - lijn.begin)
    _stuur(lijn, rij)

"""Who holds a sending lease, as a name that tells others whether its process can still be alive."""

from __future__ import annotations

import os
import secrets
import socket


def houdernaam() -> str:
    """Who we are to others: machine:process, and a mark because a process number comes back (in a container always)."""
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"


def leeft(houder: str) -> bool:
    """Whether the process that holds a lease may still be alive: only one of this machine can be known to be gone.

    Not for a lease of one's own: with our process number it is an earlier process's.
    """
    machine, _, rest = houder.partition(":")
    proces = rest.partition(":")[0]
    if machine != socket.gethostname() or not proces.isdigit():
        return True
    if int(proces) == os.getpid():
        return False
    try:
        os.kill(int(proces), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True

"""The process of measurement i that writes one CSV; prints its highest resident memory (MB)."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from bot.bench.i_uitvoer import schrijf

if __name__ == "__main__":
    schrijf(Path(sys.argv[1]), Path(sys.argv[2]), "csv")
    stand = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())
    print(int(stand[1]) / 1024 if stand else 0)

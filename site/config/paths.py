"""Where things are. Importing this makes the rooms importable from any working directory."""

import sys
from pathlib import Path

BASE = Path(__file__).resolve().parents[2]

for folder in (BASE, BASE / "site"):
    if str(folder) not in sys.path:
        # Appended: a folder named `site` must not shadow the standard library's module.
        sys.path.append(str(folder))

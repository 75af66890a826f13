"""Sample files kept beside the checkout, not in it: some are hostile, some are other people's."""

import os
from pathlib import Path

import pytest

BASE = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("PENDOPO_SHARED", BASE.parent / "shared"))


def shared(path: str) -> Path:
    """A sample by its path. Where it is missing the test is skipped, or fails under PENDOPO_REQUIRE_ALL=1."""
    found = SHARED / path
    if not found.exists():
        missing = f"sample data is not here: {path} (set PENDOPO_SHARED)"
        if os.environ.get("PENDOPO_REQUIRE_ALL") == "1":
            pytest.fail(missing)
        pytest.skip(missing)
    return found

"""Canonical JSON: one text for one content, so that it can be hashed."""

import json

# Made once: json.dumps would make another one for each event.
canonical = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False).encode

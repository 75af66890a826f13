"""Keys of a local installation, made once and kept beside its data so that nothing encrypted is lost."""

import base64
import json
import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def local_keys(data_dir: Path) -> dict[str, str]:
    """Return {"SECRET_KEY", "IDENTITY_KEY"} from data_dir/keys.json, making the file (mode 0600) where there is none.

    Raises ImproperlyConfigured where the folder cannot be written to.
    """
    path = data_dir / "keys.json"
    try:
        return json.loads(path.read_text()) if path.exists() else _make(path)
    except OSError:
        raise ImproperlyConfigured(f"DATA_DIR: folder {data_dir} tidak dapat dibaca atau ditulis.") from None


def _make(path: Path) -> dict[str, str]:
    keys = {
        "SECRET_KEY": secrets.token_urlsafe(50),
        "IDENTITY_KEY": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(keys))
    try:
        os.link(draft, path)  # fails where another process was first: then its keys count
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return json.loads(path.read_text())

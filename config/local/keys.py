"""Keys of a development installation: made by chance on first use, kept beside its data."""

from __future__ import annotations

import base64
import os
import secrets

from config.local import places


def secret_key() -> str:
    """Django's SECRET_KEY of this checkout."""
    return _kept("secret_key", secrets.token_urlsafe(64))


def field_key() -> str:
    """The key that fields and files of this checkout are encrypted with."""
    return _kept("field_key", base64.urlsafe_b64encode(secrets.token_bytes(32)).decode())


def _kept(name: str, fresh: str) -> str:
    """The key as first written; whoever comes second reads what the first one wrote."""
    file = places.profile() / "keys" / name
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = file.with_suffix(f".{os.getpid()}")
        draft.write_text(fresh, encoding="utf-8")
        draft.chmod(0o600)
        if not file.exists():
            draft.rename(file)
        draft.unlink(missing_ok=True)
    return file.read_text(encoding="utf-8")

"""Encryption of fields and files: Fernet with a key id in front, so that keys can be replaced one by one."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.db import models


class UndecryptableError(ValueError):
    """Bytes were encrypted with a key that is not here, or were changed."""


@lru_cache(maxsize=8)
def _fernet(key: str) -> Fernet:
    return Fernet(key)


def encrypt(plain: bytes) -> bytes:
    """`key-id:token`, by the first key of FIELD_KEYS."""
    key_id, key = next(iter(settings.FIELD_KEYS.items()))
    return key_id.encode() + b":" + _fernet(key).encrypt(plain)


def decrypt(token: bytes) -> bytes:
    """The plain bytes; UndecryptableError when the key is unknown or the bytes were changed."""
    key_id, _, sealed = token.partition(b":")
    key = settings.FIELD_KEYS.get(key_id.decode(errors="replace"))
    if key is None:
        raise UndecryptableError("The key these bytes were encrypted with is not among FIELD_KEYS.")
    try:
        return _fernet(key).decrypt(sealed)
    except InvalidToken as error:
        raise UndecryptableError("These bytes were changed after they were encrypted.") from error


class EncryptedField(models.TextField):  # type: ignore[type-arg]
    """Text that the database sees only encrypted. It cannot be searched or sorted by."""

    is_encrypted = True

    def get_prep_value(self, value: Any) -> Any:
        return encrypt(str(value).encode()).decode() if value not in {None, ""} else ""

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str:
        return decrypt(value.encode()).decode() if value else ""

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name == "exact":
            return None
        return super().get_lookup(lookup_name)

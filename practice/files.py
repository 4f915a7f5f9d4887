"""Keeps bytes encrypted outside the database, and a row that says whose they are and what they hold."""

from __future__ import annotations

import hashlib
from typing import Final, TypeVar

import puremagic
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction

from practice import audit, clock, crypto
from practice.actors import Actor
from practice.models import PracticeFile, StoredFile

LARGEST: Final = 25 * 1024 * 1024
_TEXT: Final = "text/plain"
_KINDS: Final = {
    "application/pdf": "PDF",
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/webp": "WebP",
    "text/plain": "plain text",
}
_File = TypeVar("_File", StoredFile, PracticeFile)


class FileRefusedError(ValueError):
    """An upload cannot be kept; the message says why."""


def store(content: bytes, *, name: str, actor: Actor, accepts: frozenset[str] | None = None) -> StoredFile:
    """Keeps a file that may hold something about a client.

    `accepts` is a set of media types; the type is read from the content, never from the name.
    FileRefusedError when it is empty, too large or of another type.
    """
    return _keep(StoredFile(), content, name, actor, accepts)


def store_for_practice(
    content: bytes, *, name: str, actor: Actor, accepts: frozenset[str] | None = None
) -> PracticeFile:
    """Keeps a file of the business itself, with nothing about a client in it. Errors as `store`."""
    return _keep(PracticeFile(), content, name, actor, accepts)


def read(file: StoredFile | PracticeFile) -> bytes:
    """The bytes as they were stored."""
    with storages["files"].open(_path(file)) as kept:
        return crypto.decrypt(kept.read())


def forget(file: StoredFile | PracticeFile, *, actor: Actor) -> None:
    """Removes a file that nothing names any more: its row now, its bytes once that is committed."""
    audit.record("file.removed", actor=actor, row=file, before={"name": file.name, "sha256": file.sha256})
    path = _path(file)
    file.delete()
    transaction.on_commit(lambda: storages["files"].delete(path), robust=True)


def media_type(content: bytes) -> str:
    """What the bytes are, by their content; plain text when they decode as UTF-8 and nothing else fits."""
    try:
        found: str = puremagic.from_string(content, mime=True)
    except (puremagic.PureError, ValueError):
        found = ""
    if found:
        return found
    return _TEXT if _is_text(content) else "application/octet-stream"


def _kinds(accepts: frozenset[str]) -> str:
    """`JPEG, PDF or PNG`: the kinds of file as people call them."""
    *others, last = sorted((name for kind, name in _KINDS.items() if kind in accepts), key=str.casefold)
    return f"{', '.join(others)} or {last}" if others else last


def _keep(file: _File, content: bytes, name: str, actor: Actor, accepts: frozenset[str] | None) -> _File:
    if not content:
        raise FileRefusedError("This file is empty.")
    if len(content) > LARGEST:
        raise FileRefusedError(f"This file has {len(content) / 1048576:.0f} MB; the most is {LARGEST // 1048576} MB.")
    found = media_type(content)
    if accepts is not None and found not in accepts:
        raise FileRefusedError(f"This is not a {_kinds(accepts)} file.")
    file.name, file.media_type, file.size = name[-200:], found, len(content)
    file.sha256 = hashlib.sha256(content).hexdigest()
    file.stored_at, file.stored_by_id = clock.now(), actor.user_id
    file.save()
    storages["files"].save(_path(file), ContentFile(crypto.encrypt(content)))
    audit.record("file.stored", actor=actor, row=file)
    return file


def _path(file: StoredFile | PracticeFile) -> str:
    return f"{file.practice_id}/{file.key}"


def _is_text(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return b"\0" not in content

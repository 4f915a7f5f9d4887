"""What a note holds, and the words people put their name under. Pure."""

from __future__ import annotations

import hashlib
import json
from typing import Any, Final

from charting.models import Documentation

SIGN_WORDS: Final = "I gave this session, and this documentation of it is mine, complete and true."
ELSEWHERE_WORDS: Final = (
    "I gave this session. Its complete documentation is kept outside of Caseload, where I named it,"
    " and I can produce it when it is asked for."
)
COSIGN_WORDS: Final = "I supervise this clinician, have read this documentation and agree with it."


def is_empty(note: Documentation) -> bool:
    """Whether there is nothing to sign."""
    return not (note.text.strip() or note.file_id or note.kept_elsewhere)


def digest(note: Documentation) -> str:
    """SHA-256 over everything the note says: text, the file's own hash, and where it is kept."""
    parts = {
        "text": note.text,
        "file": note.file.sha256 if note.file is not None else "",
        "elsewhere": note.elsewhere if note.kept_elsewhere else "",
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def words_to_sign(note: Documentation) -> str:
    """What the clinician attests: a note that is kept elsewhere needs other words."""
    return ELSEWHERE_WORDS if note.kept_elsewhere else SIGN_WORDS


def gist(note: Documentation) -> dict[str, Any]:
    """What the trail says of a note: never its words, but their hash."""
    return {
        "characters": len(note.text),
        "text_sha256": hashlib.sha256(note.text.encode()).hexdigest(),
        "file_id": note.file_id,
        "elsewhere": note.elsewhere,
    }

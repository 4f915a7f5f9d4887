"""What a page answers, as data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final

JSON: Final = "application/json"
X12: Final = "application/edi-x12"


@dataclass(frozen=True, slots=True)
class Reply:
    """Status, kind of content, content, and headers beyond the usual ones."""

    status: HTTPStatus
    kind: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


def said(status: HTTPStatus = HTTPStatus.OK, /, **facts: Any) -> Reply:
    """A reply in JSON."""
    return Reply(status, JSON, json.dumps(facts).encode())


def refused(status: HTTPStatus, code: str, message: str, **headers: str) -> Reply:
    """An error as Stedi's API words one."""
    return Reply(status, JSON, json.dumps({"message": message, "code": code}).encode(), headers)

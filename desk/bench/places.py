"""What the bench made, kept beside its data so that it is made once."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

KIND: Final = 2  # another shape of the data is another number, and the data is made anew


@dataclass(frozen=True, slots=True)
class Bench:
    """The practice of the figures. `day` is its last day of work, still to be billed, and `to_click` one click.

    `request_id` is a file of claims that was sent, about as many as one click has.
    """

    kind: int
    clinicians: int
    sessions: int
    practice_id: int
    slug: str
    email: str
    day: str
    to_click: list[int]
    request_id: int

    @property
    def date(self) -> dt.date:
        """The last day of work."""
        return dt.date.fromisoformat(self.day)


def read(file: Path, clinicians: int) -> Bench | None:
    """What was made for so many clinicians; None when it has to be made."""
    if not file.is_file():
        return None
    kept = json.loads(file.read_text(encoding="utf-8"))
    fits = kept.get("kind") == KIND and kept.get("clinicians") == clinicians
    return Bench(**kept) if fits else None


def write(file: Path, bench: Bench) -> None:
    """Keeps it."""
    file.write_text(json.dumps(asdict(bench)), encoding="utf-8")

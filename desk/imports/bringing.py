"""A run under way: what it knows, what it counts, and what it leaves with why."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from desk.imports.offered import Offered
from desk.imports.planning import Plan
from desk.models import ImportedRow, ImportRun
from practice import clock
from practice.actors import Actor
from practice.models import Practice

_KEY: Final = 200


@dataclass
class Bringing:
    """A run under way: what the file says, who is who, and what has been made so far."""

    run: ImportRun
    actor: Actor
    practice: Practice
    plan: Plan
    offered: Offered
    counts: Counter[str] = field(default_factory=Counter)
    left: list[dict[str, Any]] = field(default_factory=list)

    def leave(self, row: int, words: str) -> None:
        """Says why a row was left."""
        self.counts["left"] += 1
        self.left.append({"row": row, "words": words})

    def remember(self, kind: str, made: Iterable[tuple[int, int, str, bool]]) -> None:
        """Keeps what was made or recognized: (id, row, key, is new)."""
        ImportedRow.objects.bulk_create(
            [
                ImportedRow(run=self.run, kind=kind, object_id=pk, row=row, key=key[:_KEY], is_new=is_new)
                for pk, row, key, is_new in made
            ],
            batch_size=500,
        )

    def today(self) -> dt.date:
        """The present date where the practice is."""
        return clock.today(self.practice)

"""Hours as people type them into a week: `2.5`, `1:30`, `2.5 Team meeting`, or nothing to take them away."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from payroll import services
from payroll.calculation.words import plain
from payroll.errors import PayrollRefusedError
from payroll.models import HoursEntry, HoursKind, PayLine, PayRun
from practice.actors import Actor

_TYPED: Final = re.compile(
    r"^(?P<number>\d{1,2}(?:[.,]\d{1,4})?|[.,]\d{1,4}|\d{1,2}:[0-5]\d)(?:\s*h)?(?:\s+(?P<note>.*))?$", re.ASCII
)
_KEY: Final = re.compile(r"^h-(\d{1,18})-(\d{4}-\d{2}-\d{2})-([a-z_]{1,12})$", re.ASCII)
_HOW: Final = "Write hours, as 2.5 or 1:30, with a note after them where it helps."
_OPEN: Final = (PayRun.Status.DRAFT, PayRun.Status.COMPUTED)
_SIXTY: Final = Decimal(60)
_CENT: Final = Decimal("0.01")
_LONGEST: Final = 120


@dataclass(frozen=True, slots=True)
class Spot:
    """One cell of a week: whose, which day, and what for."""

    clinician_id: int
    day: dt.date
    kind: str

    @property
    def key(self) -> str:
        """The name of its field."""
        return f"h-{self.clinician_id}-{self.day}-{self.kind}"


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one cell: the sentence, and the entry that can be put back."""

    words: str = ""
    removed_id: int | None = None


def spot_of(key: str) -> Spot | None:
    """The cell of a field's name; None where it is none."""
    found = _KEY.match(key)
    if found is None or found[3] not in HoursKind.values:
        return None
    try:
        return Spot(int(found[1]), dt.date.fromisoformat(found[2]), found[3])
    except ValueError:
        return None


def hours_of(text: str) -> tuple[Decimal, str]:
    """The hours with two places and the note after them; PayrollRefusedError where it is neither."""
    found = _TYPED.match(text.strip())
    if found is None:
        raise PayrollRefusedError(_HOW, "hours")
    note = (found["note"] or "").strip()
    if len(note) > _LONGEST:
        raise PayrollRefusedError("A note has at most 120 characters.", "hours")
    return _number(found["number"]), note


def enter(spot: Spot, text: str, *, actor: Actor) -> Done:
    """Puts what was typed into a cell: a new entry, other hours, or none. PayrollRefusedError says why it cannot be."""
    rows = list(
        HoursEntry.objects.filter(clinician=spot.clinician_id, worked_on=spot.day, kind=spot.kind).order_by("pk")
    )
    if not text.strip() and not rows:
        return Done()
    if len(rows) > 1 or any(row.corrects_id for row in rows):
        raise PayrollRefusedError("This day has several entries. Open it to change one of them.", "hours")
    if not text.strip():
        services.remove_hours(actor=actor, hours_id=rows[0].pk)
        return Done(f"{plain(rows[0].hours)} hours are removed.", rows[0].pk)
    hours, note = hours_of(text)
    if rows:
        return _change(rows[0], hours, note, actor)
    services.add_hours(
        actor=actor, clinician_id=spot.clinician_id, worked_on=spot.day, kind=spot.kind, hours=hours, note=note
    )
    return Done()


def correct(row: HoursEntry, to: Decimal, *, note: str, actor: Actor) -> HoursEntry:
    """What paid hours should have been: a new entry with the difference, linked to the one it corrects."""
    now = row.hours + sum(standing_corrections([row.pk]).get(row.pk, ()), Decimal(0))
    if to == now:
        raise PayrollRefusedError(f"These are {plain(now)} hours already.", "to")
    return services.add_hours(
        actor=actor,
        clinician_id=row.clinician_id,
        worked_on=row.worked_on,
        kind=row.kind,
        hours=to - now,
        note=note,
        corrects_id=row.pk,
    )


def standing_corrections(ids: list[int]) -> Mapping[int, list[Decimal]]:
    """The hours that correct these entries."""
    found: dict[int, list[Decimal]] = {}
    for number, hours in HoursEntry.objects.filter(corrects__in=ids).values_list("corrects_id", "hours"):
        found.setdefault(number or 0, []).append(hours)
    return found


def paid_by(ids: list[int]) -> dict[int, PayRun]:
    """The run that paid each of these entries and is not open any more; one query."""
    lines = PayLine.objects.filter(hours_entry__in=ids).exclude(run__status__in=_OPEN).select_related("run")
    return {line.hours_entry_id: line.run for line in lines if line.hours_entry_id is not None}


def _change(row: HoursEntry, hours: Decimal, note: str, actor: Actor) -> Done:
    note = note or row.note
    if (row.hours, row.note) != (hours, note):
        services.change_hours(
            actor=actor, hours_id=row.pk, worked_on=row.worked_on, kind=row.kind, hours=hours, note=note
        )
    return Done()


def _number(text: str) -> Decimal:
    if ":" in text:
        hours, _, minutes = text.partition(":")
        return (Decimal(hours) + Decimal(minutes) / _SIXTY).quantize(_CENT)
    try:
        return Decimal(text.replace(",", "."))
    except InvalidOperation as error:
        raise PayrollRefusedError(_HOW, "hours") from error

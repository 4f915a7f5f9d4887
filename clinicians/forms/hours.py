"""The form of a usual week: several stretches a day."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from django import forms
from django.forms.boundfield import BoundField

from clinicians.models import WorkingHours
from clinicians.services import Stretch
from practice.models import Location
from practice.record_forms import Refusable

_EMPTY_A_DAY: Final = 1
_LEAST_A_DAY: Final = 2
_NAME: Final = re.compile(r"^d([0-6])_(\d{1,2})_from$")


class HoursForm(Refusable, forms.Form):
    """A pair of times for each stretch and an empty pair more for each day; an emptied pair goes away."""

    def __init__(self, *args: Any, hours: Iterable[WorkingHours], **options: Any) -> None:
        super().__init__(*args, **options)
        week: dict[int, list[WorkingHours]] = {day: [] for day in WorkingHours.Weekday.values}
        for row in hours:
            week[row.weekday].append(row)
        self.counts = {day: self._count(day, len(rows)) for day, rows in week.items()}
        places = [("", "Usual location"), *Location.objects.values_list("pk", "name")]
        for day, rows in week.items():
            for at in range(self.counts[day]):
                self._add(day, at, rows[at] if at < len(rows) else None, places)

    def days(self) -> Iterator[tuple[str, list[tuple[BoundField, BoundField, BoundField]]]]:
        """Each day with the fields of its stretches."""
        for day, count in self.counts.items():
            fields = [tuple(self[_name(day, at, part)] for part in ("from", "to", "at")) for at in range(count)]
            yield WorkingHours.Weekday(day).label, fields  # type: ignore[misc]

    def clean(self) -> dict[str, Any]:
        """Both times of a stretch, or none."""
        given = super().clean() or {}
        for day, count in self.counts.items():
            for at in range(count):
                first, last = (given.get(_name(day, at, part)) for part in ("from", "to"))
                missing = "from" if first is None and last is not None else "to" if last is None and first else ""
                if missing and _name(day, at, missing) not in self.errors:
                    self.add_error(_name(day, at, missing), "One of the two times is missing.")
                elif first is not None and last is not None and last <= first:
                    self.add_error(_name(day, at, "to"), "This ends before it starts.")
        return given

    def stretches(self) -> list[Stretch]:
        """What was filled in."""
        found = []
        for day, count in self.counts.items():
            for at in range(count):
                starts: dt.time | None = self.cleaned_data.get(_name(day, at, "from"))
                ends: dt.time | None = self.cleaned_data.get(_name(day, at, "to"))
                if starts is not None and ends is not None:
                    place = self.cleaned_data.get(_name(day, at, "at"))
                    found.append(Stretch(day, starts, ends, int(place) if place else None))
        return found

    def _count(self, day: int, filled: int) -> int:
        if not self.is_bound:
            return max(filled + _EMPTY_A_DAY, _LEAST_A_DAY)
        sent = [int(found[2]) + 1 for name in self.data if (found := _NAME.match(name)) and int(found[1]) == day]
        return max([_LEAST_A_DAY, *sent])

    def _add(self, day: int, at: int, row: WorkingHours | None, places: list[Any]) -> None:
        label = WorkingHours.Weekday(day).label
        for part, initial in (("from", row and row.starts), ("to", row and row.ends)):
            name = _name(day, at, part)
            spoken = f"{label}, stretch {at + 1}, {part}"
            widget = forms.TimeInput(attrs={"type": "time", "aria-label": spoken}, format="%H:%M")
            self.fields[name] = forms.TimeField(label=spoken, required=False, initial=initial, widget=widget)
        where = forms.Select(attrs={"aria-label": f"{label}, stretch {at + 1}, where"})
        self.fields[_name(day, at, "at")] = forms.ChoiceField(
            label=f"{label}, where", required=False, choices=places, widget=where, initial=row and row.location_id
        )


def _name(day: int, at: int, part: str) -> str:
    return f"d{day}_{at}_{part}"

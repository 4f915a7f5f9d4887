"""The people of a run in their order, to go from one to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from clinicians.models import Clinician
from payroll.models import PayRun, RunTotal


@dataclass(frozen=True, slots=True)
class Beside:
    """Everybody in a run by name, and who stands before and after one of them."""

    people: Sequence[Clinician]
    earlier: Clinician | None
    later: Clinician | None


def beside(run: PayRun, clinician_id: int) -> Beside:
    """The people of the run around one; one query."""
    inside = RunTotal.objects.filter(run=run).values("clinician_id")
    found = list(Clinician.objects.filter(pk__in=inside).order_by("last_name", "first_name", "pk"))
    place = next((number for number, one in enumerate(found) if one.pk == clinician_id), None)
    if place is None:
        return Beside(found, None, None)
    return Beside(found, found[place - 1] if place else None, found[place + 1] if place + 1 < len(found) else None)

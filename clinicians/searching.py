"""What the search in the bar finds of the team: by name, letters, NPI or email."""

from __future__ import annotations

from collections.abc import Iterator

from clinicians.policies import visible_clinicians
from practice import searching
from practice.searching import Hit, Seeker, Source


def register() -> None:
    """Called once at start-up."""
    searching.register(Source("Team", ("team:view", "team:own"), clinicians, 30, treats_clients=False))


def clinicians(seeker: Seeker) -> Iterator[Hit]:
    """Those whose file the person may open, by name."""
    for row in visible_clinicians(seeker.actor).order_by("last_name", "first_name", "pk"):
        if seeker.meets(row.title, row.preferred_name, row.npi, row.email):
            note = " · ".join(part for part in (row.credentials, f"NPI {row.npi}" if row.npi else "") if part)
            yield Hit(row.name, note, seeker.url("clinician", row.pk))

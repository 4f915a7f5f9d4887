"""One thing a payer says, with the service type it was said for and the rows that say it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from edi.eligibility.benefit import Benefit

Value = TypeVar("Value")
Found = TypeVar("Found")

PLAN: Final = "30"
UNNAMED: Final = ""
"""A row that names neither a service type nor a procedure speaks for the plan."""

SERVICES: Final = ("A6", "A8", "CF", "MH", "A4", "98")
"""How well a service type fits an outpatient therapy session, best first: psychotherapy, outpatient mental health,
outpatient mental health provider, mental health, psychiatric, office visit. A5 and A7 are inpatient and never fit."""

FIT: Final = (*SERVICES, PLAN, UNNAMED)
"""The services, then what is said of the plan as a whole."""


@dataclass(frozen=True, slots=True)
class Said(Generic[Value]):
    """`values` are the different things said for `service_type`; `rows` are the benefits that say them."""

    values: tuple[Value, ...]
    service_type: str
    rows: tuple[Benefit, ...]

    @property
    def value(self) -> Value | None:
        """What is said; None when the payer says several things, which only a person can tell apart."""
        return self.values[0] if len(self.values) == 1 else None


def concerns(row: Benefit, service_type: str) -> bool:
    """Whether a row speaks for a service type; one that is limited to a procedure speaks for none."""
    if row.procedure:
        return False
    return service_type in row.service_types if service_type else not row.service_types


def said(
    rows: Iterable[Benefit], value: Callable[[Benefit], Value | None], order: Sequence[str] = FIT
) -> Said[Value] | None:
    """What the rows of the best fitting service type say; None when no row says anything."""
    kept = [(row, found) for row in rows if (found := value(row)) is not None]
    for service_type in order:
        pairs = [(row, found) for row, found in kept if concerns(row, service_type)]
        if pairs:
            values = tuple(dict.fromkeys(found for _, found in pairs))
            return Said(values, service_type, tuple(row for row, _ in pairs))
    return None


def first(order: Sequence[str], find: Callable[[str], Found | None]) -> Found | None:
    """What `find` finds for the best fitting service type for which it finds anything."""
    return next((found for service_type in order if (found := find(service_type)) is not None), None)

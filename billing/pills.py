"""What lists of billing share: pills over groups of states with their count and sum, and sorting by a column."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, TypeVar

from django.db.models import Count, Model, QuerySet, Sum

from practice.money import ZERO, total

ALL: Final = "all"
Groups = Mapping[str, tuple[str, Sequence[str]]]
"""By key: the label of the pill and the states behind it."""
_Row = TypeVar("_Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Group:
    """One pill: how many rows stand behind it, and their sum in dollars."""

    key: str
    label: str
    count: int
    total: Decimal


def by_state(rows: QuerySet[Any], groups: Groups, amount: str, apart: Collection[str] = ()) -> list[Group]:
    """Each group with its figures, and all together at the end without the states `apart`; one query."""
    counted = rows.order_by().values_list("status").annotate(count=Count("pk"), sum=Sum(amount, default=ZERO))
    known = {status: (count, dollars) for status, count, dollars in counted}
    made = [
        Group(key, label, *added(known[status] for status in statuses if status in known))
        for key, (label, statuses) in groups.items()
    ]
    every = added(figures for status, figures in known.items() if status not in apart)
    return [*made, Group(ALL, "All", *every)]


def added(pairs: Iterable[tuple[int, Decimal]]) -> tuple[int, Decimal]:
    """Counts and sums, added up."""
    listed = list(pairs)
    return sum(count for count, _ in listed), total(dollars for _, dollars in listed)


def chosen(groups: Sequence[Group], key: str) -> Group:
    """The group by its key; the last one, which is all of them, where there is no such key."""
    return next((group for group in groups if group.key == key), groups[-1])


def in_order(rows: QuerySet[_Row], sorts: Mapping[str, Sequence[str]], sort: str, otherwise: str) -> QuerySet[_Row]:
    """Sorted by a column of the list, backwards with a minus in front."""
    names = sorts.get(sort.removeprefix("-"), sorts[otherwise])
    return rows.order_by(*(f"-{name}" if sort.startswith("-") else name for name in names))

"""One person's lines of a run: grouped as they read, filtered and sorted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from payroll.explained.policies import Reach
from payroll.explained.shapes import ABSENCES, ADJUSTMENTS, HELD, HOURS, OTHER, SESSIONS, Group
from payroll.models import LineKind, PayLine
from practice.money import ZERO

SORTS: Final[dict[str, str]] = {
    "": "Payment day, newest first",
    "paid": "Payment day, oldest first",
    "-service": "Day of service, newest first",
    "service": "Day of service, oldest first",
    "-amount": "Largest amount first",
    "amount": "Smallest amount first",
}
_KEYS: Final[dict[str, Callable[[Group], Any]]] = {
    "paid": lambda group: (group.paid_on, group.service_on, group.first.pk),
    "service": lambda group: (group.service_on, group.paid_on, group.first.pk),
    "amount": lambda group: (group.amount, group.service_on, group.first.pk),
}
_SECTIONS: Final[dict[str, str]] = {
    LineKind.SESSION: SESSIONS,
    LineKind.ADD_ON: SESSIONS,
    LineKind.ABSENCE: ABSENCES,
    LineKind.HOURS: HOURS,
    LineKind.CARRIED: ADJUSTMENTS,
    LineKind.CORRECTION: ADJUSTMENTS,
}


def lines(reach: Reach, run_id: int) -> list[PayLine]:
    """The person's lines of a run with client and session; table by table, as a join of eight is at the mercy of
    the planner."""
    rows = reach.lines().filter(run=run_id).order_by("service_on", "charge_id", "pk")
    return list(rows.prefetch_related("charge__client", "attendance__client", "rule", "hours_entry", "manual_line"))


def section_of(line: PayLine) -> str:
    """The card a line belongs to."""
    if line.is_held:
        return HELD
    return ADJUSTMENTS if line.is_adjustment else _SECTIONS.get(line.kind, OTHER)


def paid_sessions(found: Iterable[PayLine]) -> set[int]:
    """The attendances that are paid as kept sessions."""
    paid = (line for line in found if section_of(line) == SESSIONS and line.amount > ZERO)
    return {line.attendance_id for line in paid if line.attendance_id is not None}


def groups(found: Iterable[PayLine]) -> list[Group]:
    """Lines of one charge in one card read as one; every other line stands alone."""
    together: dict[tuple[Any, ...], list[PayLine]] = {}
    for line in found:
        section = section_of(line)
        alone = line.charge_id is None or section == ADJUSTMENTS
        together.setdefault((section, "line" if alone else "charge", line.pk if alone else line.charge_id), []).append(
            line
        )
    return [_group(key[0], rows) for key, rows in together.items()]


def about(found: Sequence[Group], words: str) -> list[Group]:
    """Those whose client's name or number holds all of the words."""
    wanted = words.casefold().split()
    if not wanted:
        return list(found)
    return [one for one in found if one.name and all(_has(one, word) for word in wanted)]


def ordered(found: Iterable[Group], sort: str) -> list[Group]:
    """As asked for; by the payment day, the newest first, where nothing is asked."""
    name = sort if sort in SORTS and sort else "-paid"
    return sorted(found, key=_KEYS[name.removeprefix("-")], reverse=name.startswith("-"))


def client_of(line: PayLine) -> Any:
    """The client a line is about; None where it is about none."""
    if line.charge is not None:
        return line.charge.client
    return line.attendance.client if line.attendance is not None else None


def _group(section: str, rows: Sequence[PayLine]) -> Group:
    client = client_of(rows[0])
    named = (client.name, str(client.number)) if client is not None else ("", "")
    return Group(section, tuple(rows), *named)


def _has(group: Group, word: str) -> bool:
    return word in group.name.casefold() or word == group.number

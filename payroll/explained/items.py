"""Groups of lines as the page reads them: who and when, one sentence, the arithmetic, and where it leads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from billing.models import Account
from payroll.calculation.words import count, money, plain, share
from payroll.explained import arithmetic, words
from payroll.explained.selectors.around import Around, Cause
from payroll.explained.shapes import ABSENCES, HELD, SESSIONS, Group, Item, Link
from payroll.models import EventKind, HoursKind, LineKind, PayLine
from practice.money import ZERO

_TAKEN_OFF: Final = {
    Account.CONTRACTUAL: "the insurer’s contract takes off the {fee} fee.",
    Account.WRITE_OFF: "of the {fee} fee that was written off.",
    Account.BAD_DEBT: "of the {fee} fee that was given up as bad debt.",
}
_NAMES: Final = {
    EventKind.CARRIED_IN: "Carried from an earlier run",
    EventKind.CARRIED_OUT: "Carried to the next run",
}


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads the page, and how addresses are made: of a page by its name, and of the pay of a run."""

    is_own: bool
    today: dt.date
    url: Callable[..., str]
    run_url: Callable[[int], str]


def item(group: Group, found: Around, reader: Reader) -> Item:
    """One line that opens."""
    return Item(
        title=_title(group, reader),
        said=_said(group),
        amount=group.amount,
        sums=arithmetic.sums(group),
        not_counted=[*arithmetic.not_counted(group.lines), *_not_counted(group, found)],
        links=list(_links(group, found, reader)),
        note=_note(group, found, reader),
        signing=_signing(group, found),
    )


def _title(group: Group, reader: Reader) -> str:
    line, on = group.first, words.day(group.service_on, reader.today.year)
    if group.name:
        what = ", bonus" if line.kind == LineKind.BONUS else ", add-on" if line.kind == LineKind.ADD_ON else ""
        return f"{group.name}, {on}{what}"
    if line.event_kind in _NAMES:
        return _NAMES[EventKind(line.event_kind)]
    if line.kind == LineKind.HOURS:
        kind = str(HoursKind(line.code).label)
        return f"{kind}, {_hours(line)}, {on}"
    return str(line.get_kind_display())


def _hours(line: PayLine) -> str:
    hours = line.quantity or ZERO
    return f"{plain(hours)} hour" if hours == 1 else f"{plain(hours)} hours"


def _said(group: Group) -> str:
    """What the lines say; where one share pays them all, it is said once."""
    said = [line.words for line in group.lines]
    end = f" You get {share(group.first.rate)}." if group.first.rate is not None and group.section in _SHARED else ""
    if end and len(said) > 1 and all(one.endswith(end) for one in said):
        said = [one.removesuffix(end) for one in said[:-1]] + said[-1:]
    return " ".join(said)


_SHARED: Final = frozenset({SESSIONS, ABSENCES, HELD})


def _not_counted(group: Group, found: Around) -> Iterator[str]:
    """What never came in, where the pay is a share of what did."""
    charge = group.first.charge
    if charge is None or group.first.rate is None or group.amount <= ZERO:
        return
    for account, amount in found.taken_off.get(charge.pk, {}).items():
        if amount > ZERO:
            yield f"{money(amount)} {_TAKEN_OFF[Account(account)].format(fee=money(charge.amount))}"


def _links(group: Group, found: Around, reader: Reader) -> Iterator[Link]:
    line = group.first
    if line.attendance is not None and line.attendance.session_id in found.sessions:
        yield Link("Open the session", reader.url("session", line.attendance.session_id))
    if line.charge_id and line.charge_id in found.claims:
        yield Link("Open the claim", reader.url("claim", found.claims[line.charge_id]))
    if line.charge_id is not None and found.charges_open:
        yield Link("Open the charge", reader.url("client_charge", line.charge_id))
    for remittance in dict.fromkeys(_remittances(group.lines, found)):
        yield Link("Open the remittance", reader.url("remittance", remittance))
    for cause in dict.fromkeys(_causes(group.lines, found)):
        said = f"Open your pay of {cause.name}" if reader.is_own else f"Open {cause.name}"
        yield Link(said, reader.run_url(cause.run_id))


def _causes(lines: Sequence[PayLine], found: Around) -> Iterator[Cause]:
    for line in lines:
        if line.cause_line_id and line.cause_line_id in found.causes:
            yield found.causes[line.cause_line_id]


def _remittances(lines: Sequence[PayLine], found: Around) -> Iterator[int]:
    for line in lines:
        if line.ledger_line_id and line.ledger_line_id in found.remittances:
            yield found.remittances[line.ledger_line_id]


def _note(group: Group, found: Around, reader: Reader) -> Link | None:
    """The documentation that a held line waits for, or that a session was paid without."""
    number = group.first.attendance_id
    if not (group.section == HELD or _signing(group, found) == "open") or number not in found.notes:
        return None
    return Link("Sign the note" if reader.is_own else "Open the note", reader.url("note", number))


def _signing(group: Group, found: Around) -> str:
    """`open` or `late` where a session was paid before its note was signed."""
    waits = found.unsigned.get(group.first.attendance_id or 0)
    if group.section != SESSIONS or waits is None:
        return ""
    return "open" if waits else "late"


def sub(key: str, groups: Sequence[Group]) -> str:
    """How many lines a card holds, in words; of sessions those that pay something, as the run counts them."""
    if key in {SESSIONS, ABSENCES, HELD}:
        paid = {group.first.attendance_id for group in groups if any(line.amount for line in group.lines)}
        return count(len(paid), "absence" if key == ABSENCES else "session")
    return count(len(groups), "line")

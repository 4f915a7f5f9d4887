"""The page Eligibility: the coming week's sessions with what payers said, and every answer somebody should look at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import Q

from billing.claims.words import Chip
from billing.eligibility import standing, sweeping, today, words
from billing.eligibility.facts import from_data
from billing.models import EligibilityCheck
from billing.pills import ALL
from clients.models import Client, Coverage
from clients.policies import visible_clients
from practice import clock
from practice.actors import Actor
from practice.models import Practice

ON_A_PAGE: Final = 50
GROUPS: Final[Mapping[str, str]] = {
    "stopped": "Not confirmed",
    "changed": "Something changed",
    "unverified": "Not verified",
    "unable": "Cannot be asked",
    "verified": "Verified",
    ALL: "All",
}
_UNVERIFIED: Final = Chip("wait", "ready", "Not verified")
_UNABLE: Final = Chip("calm", "held", "Cannot be asked")
_CHANGED: Final = Chip("wait", "", "Look at it")
_STOPPED: Final = frozenset({EligibilityCheck.Outcome.INACTIVE, EligibilityCheck.Outcome.REJECTED})


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asked the list for."""

    group: str = ALL
    payer: int | None = None
    words: str = ""
    sort: str = "day"
    page: str = "1"


@dataclass(frozen=True, slots=True)
class Row:
    """A coverage with the next session under it; `said` is the answer, the trouble, or why it cannot be asked."""

    coverage: Coverage
    client: Client
    on: dt.date | None
    check: EligibilityCheck | None
    group: str
    chip: Chip
    said: str
    may_ask: bool


@dataclass(frozen=True, slots=True)
class EligibilityList:
    """A page of rows, and how many stand in each group."""

    page: Page[Row]
    counts: dict[str, int]
    payers: list[tuple[int, str]]
    can_ask: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the questions of one click are."""

    together: str
    done: int
    of: int
    active: int
    others: int

    @property
    def is_done(self) -> bool:
        """Whether nothing is under way any more."""
        return self.done >= self.of


def eligibility_list(actor: Actor, practice: Practice, wanted: Wanted) -> EligibilityList:
    """The week's insured sessions by coverage, and all answers to look at; nine queries however many there are."""
    known = standing.load(clock.today(practice))
    rows = _rows(actor, practice, known)
    payers = sorted({(row.coverage.payer_id, row.coverage.payer.name) for row in rows}, key=lambda pair: pair[1])
    if wanted.payer:
        rows = [row for row in rows if row.coverage.payer_id == wanted.payer]
    if wanted.words:
        rows = [row for row in rows if _matches(row, wanted.words)]
    counts = {key: len(rows) if key == ALL else sum(row.group == key for row in rows) for key in GROUPS}
    shown = rows if wanted.group == ALL else [row for row in rows if row.group == wanted.group]
    key = _SORTS.get(wanted.sort.removeprefix("-"), _SORTS["day"])
    shown.sort(key=key, reverse=wanted.sort.startswith("-"))
    return EligibilityList(Paginator(shown, ON_A_PAGE).get_page(wanted.page), counts, payers, bool(known.connection))


def progress(together: str) -> Progress:
    """How far the questions of one click are; one query."""
    rows = list(EligibilityCheck.objects.filter(together=together).values_list("status", "outcome"))
    busy = {EligibilityCheck.Status.READY, EligibilityCheck.Status.SENDING}
    done = [outcome for status, outcome in rows if status not in busy]
    active = sum(outcome == EligibilityCheck.Outcome.ACTIVE for outcome in done)
    return Progress(together, len(done), len(rows), active, len(done) - active)


def _rows(actor: Actor, practice: Practice, known: standing.Standing) -> list[Row]:
    visits = sweeping.visits(practice, sweeping.WEEK)
    alerted = Q(pk__in=today.to_look_at(actor).values("client"))
    named = visible_clients(actor).filter(Q(pk__in={one.client_id for one in visits}) | alerted)
    people = {row.pk: row for row in named}
    plans = sweeping.coverages(list(people))
    pairs: dict[int, tuple[Coverage, dt.date | None]] = {}
    for one in visits:
        coverage = sweeping.coverage_of(one, plans.get(one.client_id, []))
        if coverage is not None and one.client_id in people:
            pairs.setdefault(coverage.pk, (coverage, one.on))
    checks = _latest([row.pk for found in plans.values() for row in found])
    for row in (row for found in plans.values() for row in found):
        check = checks.get(row.pk, (None, None))[0]
        if row.pk not in pairs and check is not None and check.alerts and check.looked_at is None:
            pairs[row.pk] = (row, None)
    return [_row(coverage, people[coverage.client_id], on, checks, known) for coverage, on in pairs.values()]


def _latest(ids: list[int]) -> dict[int, tuple[EligibilityCheck | None, EligibilityCheck | None]]:
    """By coverage the answer that counts, and a later question; one query."""
    rows = EligibilityCheck.objects.filter(coverage__in=ids).order_by("pk").defer("fingerprint")
    found: dict[int, tuple[EligibilityCheck | None, EligibilityCheck | None]] = {}
    for row in rows:
        counts = found.get(row.coverage_id, (None, None))[0]
        found[row.coverage_id] = (row, None) if row.is_current else (counts, row)
    return found


def _row(
    coverage: Coverage,
    client: Client,
    on: dt.date | None,
    checks: Mapping[int, tuple[EligibilityCheck | None, EligibilityCheck | None]],
    known: standing.Standing,
) -> Row:
    counts, last = checks.get(coverage.pk, (None, None))
    why_not = known.why_not(coverage, client)
    if last is not None and last.is_under_way:
        return Row(coverage, client, on, last, "unverified", words.chip_of(last), last.trouble, may_ask=False)
    if counts is not None and counts.set_aside_at is None:
        facts = from_data(counts.facts)
        group = _group_of(counts)
        chip = _CHANGED if group == "changed" else words.chip_of(counts)
        said = counts.alerts[0]["words"] if group == "changed" else words.summary(facts)
        is_good = facts.until is None or on is None or facts.until >= on
        if group != "verified" or is_good:
            return Row(coverage, client, on, counts, group, chip, said, may_ask=not why_not)
    if why_not:
        return Row(coverage, client, on, counts, "unable", _UNABLE, why_not, may_ask=False)
    chip = words.chip_of(last) if last else _UNVERIFIED
    said = last.trouble if last else ""
    return Row(coverage, client, on, last or counts, "unverified", chip, said, may_ask=True)


def _group_of(check: EligibilityCheck) -> str:
    if check.outcome in _STOPPED:
        return "stopped"
    if check.alerts and check.looked_at is None:
        return "changed"
    return "verified" if check.outcome == EligibilityCheck.Outcome.ACTIVE else "unverified"


def _matches(row: Row, words: str) -> bool:
    """Whether every word is in the client's names or in the member ID."""
    client = row.client
    names = " ".join((client.first_name, client.last_name, client.preferred_name, row.coverage.member_id)).casefold()
    return all(word in names for word in words.casefold().split())


def _by_said(row: Row) -> Any:
    return list(GROUPS).index(row.group), row.client.last_name.casefold(), row.coverage.pk


def _by_day(row: Row) -> Any:
    return row.on or dt.date.max, row.client.last_name, row.coverage.pk


def _by_client(row: Row) -> Any:
    return row.client.last_name.casefold(), row.client.first_name.casefold(), row.coverage.pk


def _by_payer(row: Row) -> Any:
    return row.coverage.payer.name.casefold(), row.client.last_name, row.coverage.pk


def _by_checked(row: Row) -> Any:
    at = row.check.checked_at if row.check else None
    return at is not None, at.timestamp() if at else 0, row.coverage.pk


_SORTS: Final[Mapping[str, Callable[[Row], Any]]] = {
    "day": _by_day,
    "client": _by_client,
    "payer": _by_payer,
    "checked": _by_checked,
    "state": _by_said,
}

"""What the list of the team shows."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from clinicians import expiry
from clinicians.expiry import Notice, Paper
from clinicians.models import Clinician, Enrollment
from clinicians.policies import visible_clinicians
from clinicians.selectors.papers import facts_of, is_active, papers_of
from clinicians.selectors.standing import engagement_on
from practice import access
from practice.actors import Actor

ACTIVE: Final = "active"
EXPIRING: Final = "expiring"
LEFT: Final = "left"
_KIND_SHORT: Final = {
    "w2_exempt": "W-2 exempt",
    "w2_nonexempt": "W-2 non-exempt",
    "contractor": "1099",
    "partner": "Partner",
    "sole_owner": "Sole owner",
}


@dataclass(frozen=True, slots=True)
class Chip:
    """A license as the list shows it: the state, tinted when it runs out."""

    state: str
    kind: str


@dataclass(frozen=True, slots=True)
class Row:
    """One clinician of the list."""

    id: int
    name: str
    credentials: str
    level: str
    terms: str
    licenses: list[Chip]
    enrollment: str
    next_on: dt.date | None
    next_name: str
    notice: Notice | None
    portal: str
    ends_on: dt.date | None
    side: str
    searched: str

    @property
    def is_expiring(self) -> bool:
        """Whether something in the file warns or stops."""
        return self.notice is not None


@dataclass(frozen=True, slots=True)
class Team:
    """The rows that were asked for, and how many there are under each filter."""

    rows: list[Row]
    counts: dict[str, int]


SORTS: Final[dict[str, Callable[[Row], Any]]] = {
    "name": lambda row: row.name.split(" ")[-1].casefold(),
    "level": lambda row: (row.level, row.name.casefold()),
    "next": lambda row: (row.next_on or dt.date.max, row.name.casefold()),
    "portal": lambda row: (row.portal, row.name.casefold()),
}


def team(actor: Actor, today: dt.date, *, words: str = "", sort: str = "", show: str = ACTIVE) -> Team:
    """The clinicians of one filter whose name, letters, NPI or email hold every word; six queries."""
    found = list(visible_clinicians(actor))
    ids = [row.pk for row in found]
    papers, terms = papers_of(ids), engagement_on(today, ids)
    enrolled, invited = _enrolled(ids), _invited(actor)
    rows = [
        _row(
            row,
            papers[row.pk],
            today,
            terms=terms.get(row.pk),
            enrolled=enrolled.get(row.pk),
            is_invited=row.pk in invited,
        )
        for row in found
    ]
    shown = [row for row in rows if _is_shown(row, show) and _has(words, row.searched)]
    counts = {name: sum(_is_shown(row, name) for row in rows) for name in (ACTIVE, EXPIRING, LEFT)}
    key = SORTS.get(sort.removeprefix("-"), SORTS["name"])
    return Team(sorted(shown, key=key, reverse=sort.startswith("-")), counts)


def _row(
    clinician: Clinician,
    papers: list[Paper],
    today: dt.date,
    *,
    terms: dict[str, Any] | None,
    enrolled: Counter[str] | None,
    is_invited: bool,
) -> Row:
    notices = expiry.warnings(facts_of(clinician, papers, today), today)
    following = expiry.soonest(papers)
    return Row(
        id=clinician.pk,
        name=clinician.name,
        credentials=clinician.credentials,
        level=clinician.get_level_display() if clinician.level else "",
        terms=_KIND_SHORT[terms["kind"]] if terms else "",
        licenses=_chips(papers, today),
        enrollment=_summary(enrolled),
        next_on=following.expires_on if following else None,
        next_name=following.name.removeprefix("The ") if following else "",
        notice=expiry.worst(notices),
        portal="Open" if clinician.user_id else "Invited" if is_invited else "Not opened",
        ends_on=clinician.ends_on,
        side=ACTIVE if is_active(clinician, today) else LEFT,
        searched=" ".join((clinician.title, clinician.preferred_name, clinician.npi, clinician.email)).casefold(),
    )


def _chips(papers: list[Paper], today: dt.date) -> list[Chip]:
    latest: dict[str, Paper] = {}
    for paper in papers:
        ends = paper.expires_on or dt.date.max
        if paper.kind == expiry.LICENSE and (
            paper.state not in latest or ends > (latest[paper.state].expires_on or dt.date.max)
        ):
            latest[paper.state] = paper
    return [Chip(state, expiry.is_near(latest[state], today)) for state in sorted(latest)]


def _enrolled(ids: list[int]) -> dict[int, Counter[str]]:
    found: dict[int, Counter[str]] = {}
    for pk, status in Enrollment.objects.filter(clinician_id__in=ids).values_list("clinician_id", "status"):
        found.setdefault(pk, Counter())[status] += 1
    return found


def _summary(enrolled: Counter[str] | None) -> str:
    """`6 in network, 1 underway`."""
    if not enrolled:
        return ""
    status = Enrollment.Status
    underway = enrolled[status.GATHERING] + enrolled[status.SENT] + enrolled[status.REVIEW]
    over = enrolled[status.DENIED] + enrolled[status.ENDED]
    parts = ((enrolled[status.EFFECTIVE], "in network"), (underway, "underway"), (over, "denied or ended"))
    return ", ".join(f"{count} {word}" for count, word in parts if count)


def _invited(actor: Actor) -> set[int]:
    if not actor.may("members:view"):
        return set()
    return {pk for pk in access.invitations(actor).values_list("clinician_id", flat=True) if pk is not None}


def _is_shown(row: Row, show: str) -> bool:
    if show == EXPIRING:
        return row.side == ACTIVE and row.is_expiring
    return row.side == (LEFT if show == LEFT else ACTIVE)


def _has(words: str, whole: str) -> bool:
    return all(word in whole for word in words.casefold().split())

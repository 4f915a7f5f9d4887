"""The page of the filing clock: money by how near its deadline is, by what is in the way, and the rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.core.paginator import Page, Paginator

from billing.claims.policies import visible_claims
from billing.unbilled import sources
from billing.unbilled.shapes import BUCKETS, DUE, OVER, SOON, SOON_DAYS, STAGES, Entry, bucket
from billing.unbilled.words import words
from practice import clock
from practice.actors import Actor
from practice.models import Practice
from practice.money import total

ON_A_PAGE: Final = 50
_FAR: Final = dt.date.max
SORTS: Final[Mapping[str, Callable[[Entry], Any]]] = {
    "client": lambda one: one.client.casefold(),
    "day": lambda one: one.on,
    "payer": lambda one: one.payer.casefold(),
    "deadline": lambda one: one.deadline or _FAR,
    "amount": lambda one: one.dollars,
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asked the page for; `near` is a bucket, `block` what is in the way."""

    near: str = ""
    stage: str = ""
    block: str = ""
    payer: int | None = None
    clinician: int | None = None
    sort: str = ""
    page: str = "1"


@dataclass(frozen=True, slots=True)
class Part:
    """Some of it under one word: how many, and dollars."""

    key: str
    label: str
    count: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Unbilled:
    """The whole page. `more` sessions were too many to judge at once."""

    page: Page[Entry]
    buckets: list[Part]
    stages: list[Part]
    blocks: list[Part]
    shown: Part
    more: int


def unbilled(actor: Actor, practice: Practice, wanted: Wanted) -> Unbilled:
    """Everything no payer was asked for yet, as it was asked for; a fixed number of queries."""
    today = clock.today(practice)
    waiting, more = sources.sessions(actor, practice)
    every = [*waiting, *sources.charged(practice), *sources.claims(practice, visible_claims(actor))]
    narrowed = [one for one in every if _is_of(one, wanted)]
    staged = [one for one in narrowed if not wanted.stage or one.stage == wanted.stage]
    near = [one for one in staged if is_near(one, wanted.near, today)]
    rows = [one for one in near if not wanted.block or one.code == wanted.block]
    page: Page[Any] = Paginator(_sorted(rows, wanted.sort), ON_A_PAGE).get_page(wanted.page)
    return Unbilled(
        page,
        [_part(key, label, (one for one in staged if is_near(one, key, today))) for key, label in BUCKETS.items()],
        [_part(key, label, (one for one in narrowed if one.stage == key)) for key, label in STAGES.items()],
        _blocks(near),
        _part("", "All", rows),
        more,
    )


def running_out(actor: Actor, practice: Practice) -> tuple[int, dt.date | None]:
    """How many run out within two weeks or are over, and the first deadline; seven queries, and nothing is judged."""
    last = clock.today(practice) + dt.timedelta(days=SOON_DAYS)
    found = [by for _, by in sources.deadlines(actor, practice) if by <= last]
    found += [one.deadline for one in sources.charged(practice) if one.deadline is not None and one.deadline <= last]
    here = visible_claims(actor).filter(file_by__lte=last, status__in=sources.WAITS)
    found += [by for by in here.values_list("file_by", flat=True) if by is not None]
    return len(found), min(found, default=None)


def is_near(one: Entry, near: str, today: dt.date) -> bool:
    """Whether it is in the bucket; «due» is what is over or runs out within two weeks, nothing is all."""
    found = bucket(one.deadline, today)
    return not near or found == near or (near == DUE and found in {OVER, SOON})


def _is_of(one: Entry, wanted: Wanted) -> bool:
    payer = wanted.payer is None or one.payer_id == wanted.payer
    return payer and (wanted.clinician is None or one.clinician_id == wanted.clinician)


def _blocks(rows: Sequence[Entry]) -> list[Part]:
    """What is in the way, the most money first."""
    by_code: dict[str, list[Entry]] = {}
    for one in rows:
        by_code.setdefault(one.code, []).append(one)
    made = [_part(code, words(code, same[0].title), same) for code, same in by_code.items()]
    return sorted(made, key=lambda part: (-part.amount, part.key))


def _part(key: str, label: str, rows: Iterable[Entry]) -> Part:
    found = list(rows)
    return Part(key, label, len(found), total(one.dollars for one in found))


def _sorted(rows: list[Entry], sort: str) -> list[Entry]:
    """By a column; else the nearest deadline first, then the most money."""
    rows = sorted(rows, key=lambda one: (one.deadline or _FAR, -one.dollars, one.key))
    key = SORTS.get(sort.removeprefix("-"))
    return rows if key is None else sorted(rows, key=key, reverse=sort.startswith("-"))

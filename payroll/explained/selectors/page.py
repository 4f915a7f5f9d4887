"""The page of one person's pay of one run, and the page before there is any."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.core.paginator import Paginator

from billing.claims.words import Chip
from clinicians.models import Clinician, Engagement
from payroll.calculation.words import share
from payroll.explained import items, rules, strip, words
from payroll.explained.items import Reader
from payroll.explained.policies import Reach
from payroll.explained.selectors import lines as listing
from payroll.explained.selectors.around import around
from payroll.explained.selectors.coming import coming
from payroll.explained.selectors.history import history, year
from payroll.explained.shapes import (
    ABSENCES,
    ADJUSTMENTS,
    HELD,
    HOURS,
    OTHER,
    SESSIONS,
    Coming,
    Group,
    Paid,
    Section,
    Stat,
    Year,
)
from payroll.loading.notes import cutoff, late
from payroll.models import PayRun
from payroll.runs.words import CHIPS
from practice.actors import Actor
from practice.money import total

_ON_A_PAGE: Final = 50
_TITLES: Final = {
    HELD: "Held until the note is signed",
    SESSIONS: "Sessions that were paid",
    ABSENCES: "Late cancels and no-shows",
    HOURS: "Hours",
    OTHER: "Salary, bonus and other pay",
    ADJUSTMENTS: "Adjustments",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for: words of a search, an order, a page."""

    words: str = ""
    sort: str = ""
    page: str = ""


@dataclass(frozen=True, slots=True)
class PayPage:
    """One person's pay of a run, line by line, with what stands beside it."""

    run: PayRun
    who: Clinician
    name: str
    full_name: str
    chip: Chip
    arrives: str
    tax_class: str
    gross: Decimal
    held: Decimal
    stats: list[Stat]
    sections: list[Section]
    has_lines: bool
    found: int
    sentence: str
    paid: list[Paid]
    earlier: Paid | None
    later: Paid | None
    year: Year
    version: rules.Version | None
    rules: list[str]
    coming: Coming
    client_ids: list[int]


@dataclass(frozen=True, slots=True)
class NoPay:
    """Before the first run: how it will work, what is on its way, and what is missing."""

    title: str
    text: str
    version: rules.Version | None
    rules: list[str]
    coming: Coming


def pay_page(actor: Actor, reach: Reach, run_id: int, asked: Asked, reader: Reader) -> PayPage | None:
    """The page; None where the run, or anything of one's own in it, is not there."""
    run, today = reach.runs().select_related("practice", "schedule").filter(pk=run_id).first(), reader.today
    if run is None:
        return None
    found = listing.lines(reach, run.pk)
    chosen = listing.ordered(listing.about(listing.groups(found), asked.words), asked.sort)
    paged = Paginator([one for one in chosen if one.section == SESSIONS], _ON_A_PAGE).get_page(asked.page)
    shown = [*paged.object_list, *(one for one in chosen if one.section != SESSIONS)]
    unsigned = late(listing.paid_sessions(found), _cutoff(run))
    beside = around(actor, reach, shown, unsigned)
    paid, versions = history(reach), rules.versions(reach)
    version = rules.on(versions, today if reach.is_own else run.ends_on)
    place = next((number for number, one in enumerate(paid) if one.run_id == run.pk), None)
    return PayPage(
        run=run,
        who=reach.who,
        paid=paid,
        name=words.of_run(run),
        full_name=words.full_period(run, today),
        chip=words.chip(run.status, run.pay_on, today) if reach.is_own else CHIPS[run.status],
        arrives=words.arrives(run.pay_on, today),
        tax_class=", ".join(dict.fromkeys(line.get_tax_class_display() for line in found)),
        gross=strip.gross(found),
        held=total(line.amount for line in found if line.is_held),
        stats=strip.strip(found, unsigned=sum(unsigned.values())),
        sections=[
            _section(
                key, chosen, shown, [items.item(one, beside, reader) for one in shown if one.section == key], paged
            )
            for key in _TITLES
            if any(one.section == key for one in chosen)
        ],
        has_lines=bool(found),
        found=len(chosen),
        sentence=_sentence(run, rules.on(versions, run.ends_on), whose="your" if reach.is_own else "these"),
        earlier=paid[place - 1] if place else None,
        later=paid[place + 1] if place is not None and place + 1 < len(paid) else None,
        year=year(paid, run.pk, today),
        version=version,
        rules=rules.said(version),
        coming=coming(reach, versions, today),
        client_ids=_clients(shown),
    )


def no_pay(reach: Reach | None, today: dt.date) -> NoPay:
    """Why there is no run of mine yet, as far as it is known."""
    if reach is None:
        return NoPay(
            "No pay of yours here",
            "Pay runs pay the clinicians of this practice, and your access here is not tied to one of them.",
            None,
            [],
            Coming([]),
        )
    versions = rules.versions(reach)
    version = rules.on(versions, today)
    title, text = _why_none(reach, version)
    return NoPay(title, text, version, rules.said(version), coming(reach, versions, today))


def latest(reach: Reach) -> int | None:
    """The run with the last pay date that has something of the person's; one query."""
    rows = reach.totals().order_by("-run__pay_on", "-run_id")
    return rows.values_list("run_id", flat=True).first()


def _why_none(reach: Reach, version: rules.Version | None) -> tuple[str, str]:
    kinds = set(Engagement.objects.filter(clinician=reach.clinician_id).values_list("kind", flat=True))
    if kinds and kinds <= {Engagement.Kind.PARTNER, Engagement.Kind.SOLE_OWNER}:
        return "You are paid by draw", "Owners and partners take a draw. No pay run pays them, so nothing stands here."
    if version is None:
        return (
            "How you are paid is not entered yet",
            "Once the practice enters your pay rules, they stand here in words.",
        )
    return "No pay run with your pay yet", "The first one appears here once it is computed, with every line explained."


def _cutoff(run: PayRun) -> dt.datetime:
    return cutoff(run.practice, run.ends_on, run.schedule.note_grace_days)


def _section(key: str, chosen: Sequence[Group], shown: Sequence[Group], made: list[Any], paged: Any) -> Section:
    own = [one for one in chosen if one.section == key]
    amount = total(one.amount for one in own)
    return Section(key, _TITLES[key], items.sub(key, own), amount, made, paged if key == SESSIONS else None)


def _sentence(run: PayRun, version: rules.Version | None, *, whose: str) -> str:
    rate = rules.share_of_everything(version)
    until = f"{run.ends_on:%B} {run.ends_on.day}"
    if rate is not None:
        return f"{share(rate)} of what insurers and clients paid for {whose} sessions up to {until}."
    return f"Everything up to {until} that no earlier run paid, line by line."


def _clients(shown: Sequence[Group]) -> list[int]:
    clients = (listing.client_of(one.first) for one in shown)
    return list(dict.fromkeys(client.pk for client in clients if client is not None))

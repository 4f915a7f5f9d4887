"""One run as its page shows it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.db.models import OuterRef, Subquery, Sum
from django.db.models.functions import JSONObject

from payroll.calculation.calendars import approve_by
from payroll.models import ManualLine, PayRun
from payroll.policies import visible_lines, visible_runs
from payroll.runs.words import S
from practice.actors import Actor
from practice.models import StateChange
from practice.money import ZERO
from practice.records import removed

_ORDER: Final = list(S)


@dataclass(frozen=True, slots=True)
class Agreement:
    """Whether lines, people and the run's total say the same; `lines` is None for whoever may see none."""

    lines: Decimal | None
    people: Decimal
    total: Decimal

    @property
    def holds(self) -> bool:
        """To the cent."""
        return self.people == self.total and self.lines in {None, self.total}


@dataclass(frozen=True, slots=True)
class StepBack:
    """Who took a run back to an earlier state, why and when."""

    who: str
    why: str
    at: dt.datetime


def one(actor: Actor, pk: int) -> PayRun | None:
    """The run with its schedule, what the regular run before came to, and who took it back; one query.

    None where the actor may see no such run.
    """
    rows = visible_runs(actor).select_related("schedule")
    return rows.annotate(gross_before=_gross_before(), stepped_back=_stepped_back()).filter(pk=pk).first()


def agreement(actor: Actor, run: PayRun, people: Decimal) -> Agreement:
    """The sum of the lines, of the people, and of the run itself; one query."""
    if not actor.may("payroll:view"):
        return Agreement(None, people, run.gross)
    rows = visible_lines(actor).filter(run=run, is_held=False)
    return Agreement(rows.aggregate(sum=Sum("amount", default=ZERO))["sum"], people, run.gross)


def change(run: PayRun) -> Decimal | None:
    """The difference to the regular run before; None where there is none, or nothing is figured yet."""
    before: Decimal | None = getattr(run, "gross_before", None)
    is_compared = run.kind == PayRun.Kind.REGULAR and run.computed_at is not None
    return run.gross - before if before is not None and is_compared else None


def step_back(actor: Actor, run: PayRun) -> StepBack | None:
    """Who opened it again after it was computed, or withdrew its approval, and why; None once that is history."""
    found: dict[str, str] | None = getattr(run, "stepped_back", None)
    if not found or not actor.may("payroll:view"):
        return None
    return StepBack(found["who"], found["why"], dt.datetime.fromisoformat(found["at"]))


def by_hand(actor: Actor, run: PayRun) -> list[ManualLine]:
    """What was entered by hand, for those who may see lines."""
    if not actor.may("payroll:view"):
        return []
    return list(ManualLine.objects.filter(run=run).select_related("clinician"))


def removed_line(pk: int) -> ManualLine:
    """An amount by hand as it was when it was removed; Http404 when it was not."""
    return removed("pay_line.removed_by_hand", ManualLine, pk)


def spine(run: PayRun, today: dt.date) -> list[dict[str, Any]]:
    """The five states: those it has been through with who and when, and what comes."""
    at = _ORDER.index(S(run.status))
    notes = [_reached(run, state) if place <= at else _ahead(run, state, today) for place, state in enumerate(_ORDER)]
    return [_step(state, place, at, note) for place, (state, note) in enumerate(zip(_ORDER, notes, strict=True))]


def is_moving(run: PayRun) -> bool:
    """Whether a worker computes it, or is about to, or will try again."""
    return run.is_open and run.work != PayRun.Work.IDLE


def _step(state: PayRun.Status, place: int, at: int, note: dict[str, Any]) -> dict[str, Any]:
    if place <= at:
        look = {"kind": "done", "glyph": "done"}
    elif place == at + 1:
        look = {"kind": "wait", "glyph": "ready"}
    else:
        look = {"kind": "calm", "glyph": "draft"}
    return look | {"title": state.label, "current": place == at} | note


def _reached(run: PayRun, state: PayRun.Status) -> dict[str, Any]:
    known = {
        S.DRAFT: (run.made_by_name, run.made_at),
        S.COMPUTED: (run.asked_by_name, run.computed_at),
        S.APPROVED: (run.approved_by_name, run.approved_at),
        S.EXPORTED: ("", run.exported_at),
        S.LOCKED: ("", run.locked_at),
    }
    who, when = known[state]
    return {"who": who, "when": when}


def _ahead(run: PayRun, state: PayRun.Status, today: dt.date) -> dict[str, Any]:
    if state == S.APPROVED:
        return {"by": approve_by(run.pay_on)}
    return {"note": "for good"} if state == S.LOCKED else {}


def _gross_before() -> Subquery:
    runs = PayRun.objects.filter(
        schedule=OuterRef("schedule"),
        kind=PayRun.Kind.REGULAR,
        starts_on__lt=OuterRef("starts_on"),
        computed_at__isnull=False,
    )
    return Subquery(runs.order_by("-starts_on").values("gross")[:1])


def _stepped_back() -> Subquery:
    """The last step from computed to open, or from approved to computed, where the run still stands there."""
    steps = StateChange.objects.filter(
        kind=PayRun._meta.label_lower,
        object_id=OuterRef("pk"),
        before__in=[S.COMPUTED, S.APPROVED],
        after__in=[S.DRAFT, S.COMPUTED],
        at__gte=OuterRef("computed_at"),
    ).filter(after=OuterRef("status"))
    told = JSONObject(who="actor_name", why="reason", at="at")
    return Subquery(steps.order_by("-at").values(told=told)[:1])

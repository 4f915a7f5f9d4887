"""Tells the pages of claims and charges what their clinician is paid."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal

from django.urls import reverse

from billing.earned import Earned
from payroll.calculation.words import money, share
from payroll.explained import words
from payroll.models import PayLine
from payroll.policies import visible_lines
from payroll.runs.words import CHIPS
from practice.actors import Actor
from practice.models import Practice
from practice.money import ZERO, total


def of_charges(practice: Practice, actor: Actor, charge_ids: Collection[int]) -> list[Earned]:
    """What each run pays each clinician for these charges, as far as the actor may see pay; two queries at most."""
    if not charge_ids or not actor.may("payroll:view", "payroll:own"):
        return []
    rows = visible_lines(actor).filter(charge__in=charge_ids).select_related("run", "clinician").defer("arithmetic")
    together: dict[tuple[int, int, bool], list[PayLine]] = {}
    for line in rows.order_by("run__pay_on", "run_id", "pk"):
        together.setdefault((line.run_id, line.clinician_id, line.is_held), []).append(line)
    return [_earned(practice, actor, lines) for lines in together.values()]


def _earned(practice: Practice, actor: Actor, lines: Sequence[PayLine]) -> Earned:
    first = lines[0]
    chip = CHIPS[first.run.status]
    return Earned(
        clinician=first.clinician.first_name,
        amount=total(line.amount for line in lines),
        words=_words(lines),
        is_held=first.is_held,
        run=words.of_run(first.run),
        kind=chip.kind,
        glyph=chip.glyph,
        state=chip.text,
        url=_url(practice, actor, first),
    )


def _words(lines: Sequence[PayLine]) -> str:
    """How it came about: one share of what counted, or the sentence of a single line."""
    rates = {line.rate for line in lines}
    rate: Decimal | None = rates.pop() if len(rates) == 1 else None
    if rate is not None and all(line.counted is not None for line in lines):
        return f"{share(rate)} of {money(total(line.counted or ZERO for line in lines))}"
    return lines[0].words if len(lines) == 1 else ""


def _url(practice: Practice, actor: Actor, line: PayLine) -> str:
    if actor.may("payroll:view"):
        return reverse("pay_of_person", args=[practice.slug, line.run_id, line.clinician_id])
    return reverse("my_pay_run", args=[practice.slug, line.run_id])

"""Answers of next payers that waited for the first payer's: they go to the claims that are there now."""

from __future__ import annotations

from collections.abc import Collection

from billing.models import Remittance, RemittanceClaim, RemittanceLine
from billing.remittances.holding import judge_again
from billing.remittances.matching import match_lines
from billing.secondary.crossing import LATER, redirect
from practice.actors import Actor


def judge_waiting(claim_ids: Collection[int], *, actor: Actor) -> None:
    """Judges again what next payers answered early about these claims; one statement where they did not."""
    rows = RemittanceClaim.objects.filter(claim__in=list(claim_ids), status_code__in=LATER)
    waiting = rows.filter(remittance__status__in=(Remittance.Status.HELD, Remittance.Status.READY))
    by_remittance: dict[int, list[RemittanceClaim]] = {}
    for row in waiting.order_by("pk"):
        by_remittance.setdefault(row.remittance_id, []).append(row)
    locked = Remittance.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=list(by_remittance))
    for remittance in locked.order_by("pk"):
        if changed := redirect(remittance, by_remittance[remittance.pk]):
            _save(changed)
            judge_again(remittance, actor=actor)


def _save(rows: list[RemittanceClaim]) -> None:
    """Writes down which claims the rows speak of, and finds their lines there."""
    RemittanceClaim.objects.bulk_update(rows, ["claim"])
    lines = list(RemittanceLine.objects.filter(remittance_claim__in=rows).order_by("position"))
    for line in lines:
        line.charge_id = None
    match_lines((row, [line for line in lines if line.remittance_claim_id == row.pk]) for row in rows)
    RemittanceLine.objects.bulk_update(lines, ["charge"])

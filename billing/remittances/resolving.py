"""Applies the practice's rules, as they are now, to what a remittance said when it arrived."""

from __future__ import annotations

from collections.abc import Iterable

from billing.models import RemittanceAdjustment, RemittanceClaim
from billing.remittances.loading import Said, as_payment
from billing.remittances.refusing import is_denial
from billing.remittances.treatments import Rules


def resolve_again(said: Iterable[Said], rules: Rules) -> None:
    """Sets treatments and denials anew, and saves those that changed: none, as a rule."""
    adjustments: list[RemittanceAdjustment] = []
    rows: list[RemittanceClaim] = []
    for one in said:
        for adjustment in one.all_adjustments:
            treatment = rules.treatment(adjustment.group, adjustment.reason)
            if treatment != adjustment.treatment:
                adjustment.treatment = treatment
                adjustments.append(adjustment)
        denied = is_denial(as_payment(one), rules)
        if denied != one.row.is_denial:
            one.row.is_denial = denied
            rows.append(one.row)
    RemittanceAdjustment.objects.bulk_update(adjustments, ["treatment"], batch_size=500)
    RemittanceClaim.objects.bulk_update(rows, ["is_denial"], batch_size=500)

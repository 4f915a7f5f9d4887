"""Which payer of a client a claim asks, and who comes after it: set-based, three statements."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final

from billing.models import Claim
from billing.secondary.sharing import Turn
from clients.models import Coverage
from clients.selectors.spans import coverages_for

_ASKED: Final = (
    "pk", "client_id", "service_on", "coverage_id", "payer_id", "follows_id", "coverage__rank", "attendance_id",
)  # fmt: skip


def turns(claim_ids: Collection[int]) -> dict[int, Turn]:
    """The turn of each claim. Who comes next is who is asked already, else the secondary coverage of that day."""
    rows = list(Claim.objects.filter(pk__in=list(claim_ids)).values_list(*_ASKED))
    first = [row for row in rows if row[5] is None and row[6] == Coverage.Rank.PRIMARY]
    asked = _asked_already([row[7] for row in first])
    covered = coverages_for({(row[1], row[2]) for row in first}) if first else {}
    found = {row[0]: Turn(payer_id=row[4], coverage_id=row[3] if row[5] is not None else None) for row in rows}
    for pk, client_id, day, own, payer_id, _, _, attendance_id in first:
        after = next((one for one in covered[client_id, day] if _is_next(one, own)), None)
        who = asked.get(attendance_id) or ((after.payer_id, after.pk) if after else None)
        if who:
            found[pk] = Turn(payer_id=payer_id, next_payer_id=who[0], next_coverage_id=who[1])
    return found


def turn_words(claims: Iterable[Claim]) -> dict[int, str]:
    """Whose turn a claim is, where its client has two payers; one statement."""
    known = {claim.pk: claim for claim in claims}
    words = {pk: "second payer" for pk, claim in known.items() if claim.follows_id is not None}
    first = [claim for pk, claim in known.items() if pk not in words]
    covered = coverages_for({(claim.client_id, claim.service_on) for claim in first}) if first else {}
    for claim in first:
        rows = covered[claim.client_id, claim.service_on]
        after = next((row for row in rows if _is_next(row, claim.coverage_id)), None)
        if after is not None:
            words[claim.pk] = f"the rest is asked of {after.payer}"
    return words


def next_coverage(claim: Claim) -> Coverage | None:
    """The coverage that is asked after this claim's payer; None for a claim to a later payer, and where none is."""
    turn = turns([claim.pk]).get(claim.pk)
    if turn is None or turn.next_coverage_id is None:
        return None
    return Coverage.objects.select_related("payer", "client").get(pk=turn.next_coverage_id)


def _is_next(coverage: Coverage, own: int) -> bool:
    return coverage.rank == Coverage.Rank.SECONDARY and coverage.pk != own


def _asked_already(attendance_ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """By attendance, payer and coverage of the latest claim to a later payer that was not withdrawn."""
    rows = Claim.objects.filter(attendance__in=list(attendance_ids), follows__isnull=False)
    left = rows.exclude(status=Claim.Status.WITHDRAWN).order_by("pk")
    facts = left.values_list("attendance_id", "payer_id", "coverage_id")
    return {attendance: (payer, coverage) for attendance, payer, coverage in facts}

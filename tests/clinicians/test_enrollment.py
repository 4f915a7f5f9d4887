"""Where a clinician stands with a payer."""

from __future__ import annotations

import datetime as dt

import pytest

from clinicians import selectors, services
from clinicians.errors import TeamRefusedError
from clinicians.models import Enrollment
from practice.actors import Actor
from practice.models import PracticePayer
from tests.clinicians.conftest import Hire

D = dt.date


def test_in_network_needs_the_day_the_payer_has_them_loaded(hire: Hire, payer: PracticePayer, alice: Actor) -> None:
    with pytest.raises(TeamRefusedError, match="sessions bill from that day"):
        services.set_enrollment(
            actor=alice, clinician_id=hire("Dana Whitfield").pk, payer_id=payer.pk, status="effective"
        )


def test_the_pair_has_one_row(hire: Hire, payer: PracticePayer, alice: Actor) -> None:
    dana = hire("Dana Whitfield")
    for status in ("sent", "review"):
        services.set_enrollment(actor=alice, clinician_id=dana.pk, payer_id=payer.pk, status=status)
    assert Enrollment.objects.get().status == "review"


@pytest.mark.parametrize(
    ("status", "ends_on", "day", "expected"),
    [
        ("effective", None, D(2026, 2, 28), False),
        ("effective", None, D(2026, 3, 1), True),
        ("effective", D(2026, 6, 30), D(2026, 7, 1), False),
        ("ended", D(2026, 6, 30), D(2026, 6, 30), True),
        ("ended", D(2026, 6, 30), D(2026, 7, 1), False),
        ("review", None, D(2026, 7, 1), False),
    ],
)
def test_effective_on_a_day(  # noqa: PLR0917 - cases
    hire: Hire, payer: PracticePayer, alice: Actor, status: str, ends_on: D | None, day: D, *, expected: bool
) -> None:
    dana = hire("Dana Whitfield")
    services.set_enrollment(
        actor=alice,
        clinician_id=dana.pk,
        payer_id=payer.pk,
        status=status,
        effective_on=D(2026, 3, 1),
        ends_on=ends_on,
    )
    assert selectors.enrollments_on(day)[dana.pk, payer.pk]["is_effective"] is expected

"""Who supervises whom."""

from __future__ import annotations

import datetime as dt

import pytest

from clinicians import selectors, services
from clinicians.errors import TeamRefusedError
from practice.actors import Actor
from tests.clinicians.conftest import Hire

MAY = dt.date(2026, 5, 1)


def test_only_who_may_supervise_does(hire: Hire, alice: Actor) -> None:
    grace, dana = hire("Grace Lindqvist"), hire("Dana Whitfield")
    with pytest.raises(TeamRefusedError, match="Grace Lindqvist is not marked"):
        services.add_supervision(actor=alice, clinician_id=dana.pk, supervisor_id=grace.pk, starts_on=MAY)


def test_nobody_supervises_themselves(hire: Hire, alice: Actor) -> None:
    grace = hire("Grace Lindqvist", can_supervise=True)
    with pytest.raises(TeamRefusedError, match="themselves"):
        services.add_supervision(actor=alice, clinician_id=grace.pk, supervisor_id=grace.pk, starts_on=MAY)


def test_supervision_never_runs_in_a_circle(hire: Hire, alice: Actor) -> None:
    grace, dana = hire("Grace Lindqvist", can_supervise=True), hire("Dana Whitfield", can_supervise=True)
    services.add_supervision(actor=alice, clinician_id=dana.pk, supervisor_id=grace.pk, starts_on=MAY)
    with pytest.raises(TeamRefusedError, match="supervised by Dana Whitfield, who is supervised by Grace Lindqvist"):
        services.add_supervision(actor=alice, clinician_id=grace.pk, supervisor_id=dana.pk, starts_on=MAY)


def test_one_supervisor_at_a_time(hire: Hire, alice: Actor) -> None:
    grace, lena = hire("Grace Lindqvist", can_supervise=True), hire("Lena Brandt", can_supervise=True)
    dana = hire("Dana Whitfield")
    services.add_supervision(actor=alice, clinician_id=dana.pk, supervisor_id=grace.pk, starts_on=MAY)
    june = dt.date(2026, 6, 1)
    with pytest.raises(TeamRefusedError, match="Lena Brandt from Jun 1 and Grace Lindqvist from May 1 share days"):
        services.add_supervision(actor=alice, clinician_id=dana.pk, supervisor_id=lena.pk, starts_on=june)
    services.add_supervision(actor=alice, clinician_id=dana.pk, supervisor_id=lena.pk, starts_on=june, end_former=True)
    assert selectors.supervisors_on(dt.date(2026, 5, 31))[dana.pk]["name"] == "Grace Lindqvist"
    assert selectors.supervisors_on(june)[dana.pk]["supervisor_id"] == lena.pk

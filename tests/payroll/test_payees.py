"""Numbers at payroll providers."""

from __future__ import annotations

import pytest

from payroll import services
from payroll.errors import PayrollRefusedError
from payroll.models import PayeeMapping
from tests.payroll.desk import Desk


def test_a_number_is_one_persons_at_a_provider(desk: Desk) -> None:
    ana, ben = desk.clinician(), desk.clinician("Ben Okafor")
    services.map_payee(actor=desk.owner, clinician_id=ana.pk, target="gusto", external_id="5g9934")
    services.map_payee(actor=desk.owner, clinician_id=ana.pk, target="gusto", external_id="5g9935")
    services.map_payee(actor=desk.owner, clinician_id=ben.pk, target="adp_run", external_id="5g9935")
    with pytest.raises(PayrollRefusedError, match=r"5g9935 is Ana Reyes’s number there"):
        services.map_payee(actor=desk.owner, clinician_id=ben.pk, target="gusto", external_id="5g9935")
    assert PayeeMapping.objects.get(clinician=ana).external_id == "5g9935"

"""Under which number a payroll provider knows somebody."""

from __future__ import annotations

from django.db import transaction

from clinicians.models import Clinician
from payroll.errors import PayrollRefusedError
from payroll.models import ExportTarget, PayeeMapping
from practice.actors import Actor
from practice.records import find, save_changed, save_new


@transaction.atomic
def map_payee(
    *,
    actor: Actor,
    clinician_id: int,
    target: str,
    external_id: str = "",
    first_name: str = "",
    last_name: str = "",
    title: str = "",
) -> PayeeMapping:
    """The number and names of one person at one provider. PayrollRefusedError where the number is another's."""
    actor.require("payroll:edit")
    clinician = Clinician.objects.select_for_update(no_key=True).get(pk=find(Clinician, clinician_id).pk)
    if target not in ExportTarget.values:
        raise PayrollRefusedError("Choose the payroll provider.", "target")
    number = external_id.strip()
    others = PayeeMapping.objects.filter(target=target, external_id=number).exclude(clinician=clinician)
    taken = others.select_related("clinician").first() if number else None
    if taken is not None:
        raise PayrollRefusedError(f"{number} is {taken.clinician.name}’s number there.", "external_id")
    values = {
        "external_id": number,
        "first_name": first_name.strip(),
        "last_name": last_name.strip(),
        "title": title.strip(),
    }
    row = PayeeMapping.objects.filter(clinician=clinician, target=target).first()
    with PayrollRefusedError.instead_of(
        "payee_number_once", f"{number} is somebody else’s number there.", "external_id"
    ):
        if row is None:
            row = PayeeMapping(clinician=clinician, target=target, **values)
            save_new("payee.mapped", actor, row)
        else:
            save_changed("payee.mapped", actor, row, values)
    return row

"""Claims of each practice in every state a page acts on, a batch that waits, a file that may have arrived, a login."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from billing.clearinghouses import keys
from billing.models import (
    Batch,
    BatchClaim,
    Charge,
    Claim,
    ClaimLine,
    ClaimSession,
    ConnectionState,
    Request,
    Submission,
)
from billing.models.claim_session import sessions_of
from practice import clock, files
from practice.actors import Actor
from practice.models import Practice
from tests.billing.claims.hands import connect
from tests.billing.money.making import make_charge
from tests.matrix.world import World, builds

DAY = dt.date(2026, 10, 6)
_STATES = {
    "ready_claim": "ready",
    "rejected_claim": "rejected",
    "accepted_claim": "accepted",
    "denied_claim": "denied",
    "batched_claim": "batched",
    "sent_claim": "sent",
    "withdrawn_claim": "withdrawn",
    "draft_claim": "draft",
    "missing_claim": "sent",
}


@builds
def claims(world: World, practice: Practice) -> dict[str, Any]:
    """Named by their state; `waiting_batch`, `made_batch`, `unknown_request` and `connection`."""
    objects = world.objects[practice.pk]
    found = {name: _claim(practice, objects, state, number) for number, (name, state) in enumerate(_STATES.items(), 1)}
    connection = connect(offered_host_key="ssh-ed25519 AAAA")
    ConnectionState.objects.create(practice_id=practice.pk, connection_id=connection.pk)
    by = {"made_at": clock.now(), "made_by_name": "Bob Keller", "leaves_at": clock.now() + dt.timedelta(minutes=10)}
    waiting = Batch.objects.create(connection=connection, **by)
    made = Batch.objects.create(connection=connection, status=Batch.Status.MADE, **by)
    BatchClaim.objects.create(batch=waiting, claim=found["batched_claim"])
    BatchClaim.objects.create(batch=made, claim=found["sent_claim"])
    request = Request.objects.create(
        batch=made,
        connection=connection,
        file=files.store(b"ISA*00*", name="a.837", actor=Actor.system(practice.pk)),
        filename="a.837",
        control_number="000000001",
        claim_count=1,
        status=Request.Status.UNKNOWN,
        made_at=clock.now(),
    )
    failed = Request.objects.create(
        batch=made,
        connection=connection,
        file=request.file,
        filename="b.837",
        control_number="000000002",
        claim_count=1,
        status=Request.Status.FAILED,
        made_at=clock.now(),
    )
    _submission(request, found["sent_claim"])
    _submission(request, found["missing_claim"])
    spare = connect(name="Spare", is_default=False, host_key="ssh-ed25519 BBBB")
    idle = connect(name="Idle", is_default=False, is_active=False)
    lines = {"connection": connection, "spare_connection": spare, "idle_connection": idle}
    confirmed = {"confirmed_at": clock.now(), "confirmed_by_name": "Alice Marsh", "layout": "claim_md"}
    lines["confirmed_connection"] = connect(name="Confirmed", is_default=False, **confirmed)
    pair = keys.made("test")
    known = {"private_key": pair.private, "public_key": pair.public, "key_set_at": clock.now()}
    lines["keyed_connection"] = connect(name="Keyed", is_default=False, **known)
    sent = {"waiting_batch": waiting, "made_batch": made, "unknown_request": request, "failed_request": failed}
    return found | lines | sent


def _submission(request: Request, claim: Claim) -> None:
    Submission.objects.create(
        request=request,
        claim=claim,
        number=claim.number,
        transaction_control="0001",
        reference="0000000010001",
        first_segment=1,
        last_segment=2,
    )


def _claim(practice: Practice, objects: dict[str, Any], state: str, number: int) -> Claim:
    charge: Charge = make_charge(
        practice,
        objects["client"],
        objects["clinician"],
        day=DAY + dt.timedelta(days=number),
        payer=objects["payer"],
        copay="25.00",
        service=objects["service_90834"],
        coverage=objects["coverage"],
        diagnoses=["F41.1"],
        place_of_service="11",
    )
    claim = Claim.objects.create(
        attendance=charge.attendance,
        client=objects["client"],
        coverage=objects["coverage"],
        payer=objects["payer"],
        rendering=objects["clinician"],
        number=f"ABCDEFGHJKMNP{practice.pk % 10}{number}01",
        payer_control_number="ICN1",
        status=state,
        total=Decimal("150.00"),
        service_on=charge.service_on,
        file_by=charge.service_on + dt.timedelta(days=90),
        place_of_service="11",
        diagnoses=["F41.1"],
        made_at=clock.now(),
    )
    ClaimLine.objects.create(
        claim=claim,
        charge=charge,
        position=1,
        reference=f"{claim.number}L01",
        code="90834",
        amount=Decimal("150.00"),
        service_on=charge.service_on,
    )
    ClaimSession.objects.bulk_create(sessions_of(claim, [claim.attendance_id]))
    return claim

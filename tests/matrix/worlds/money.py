"""Money of each practice's client: an insured charge, partly paid, partly written off, and a payment with credit."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, Final

from billing.models import Charge
from billing.money import services
from practice.actors import Actor
from practice.models import Practice
from tests.billing.money.making import make_charge
from tests.matrix.world import World, builds

DAY: Final = dt.date(2026, 10, 5)


@builds
def money(world: World, practice: Practice) -> dict[str, Any]:
    """Of $150.00 the insurer owes $125.00 and the client, after $10.00 paid and $5.00 given up, $10.00."""
    objects, actor = world.objects[practice.pk], Actor.system(practice.pk)
    charge: Charge = make_charge(
        practice,
        objects["client"],
        objects["clinician"],
        day=DAY,
        payer=objects["payer"],
        copay="25.00",
        service=objects["service_90834"],
        coverage=objects["coverage"],
        diagnoses=["F41.1"],
        place_of_service="11",
    )
    payment = services.take_payment(
        actor=actor,
        client_id=objects["client"].pk,
        method="check",
        amount=Decimal("60.00"),
        received_on=DAY,
        applications={charge.pk: Decimal("10.00")},
    )
    given_up = services.write_off(actor=actor, charge_id=charge.pk, amount=Decimal("5.00"), reason="Hardship")
    return {"money_charge": charge, "payment": payment, "write_off": given_up}

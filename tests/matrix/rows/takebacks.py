"""Takebacks and other balances with payers."""

from __future__ import annotations

from typing import Any

from billing.models import Takeback, TakebackClaim, TakebackEvent
from practice.models import Practice
from tests.matrix.row import Row
from tests.matrix.rows._facts import of, sends
from tests.matrix.world import World

SEES = "alice bob ivan"
WORKS = "alice bob"


def _letter(world: World, practice: Practice) -> dict[str, Any]:
    payer = world.one(practice, "sent_claim").payer_id
    return {"payer": payer, "reference": "L-77", "amount": "$80.00", "on": "2026-11-10", "note": ""}


def _placed(world: World, practice: Practice) -> dict[str, Any]:
    return {"claim": world.one(practice, "sent_claim").pk, "amount": "2.00"}


def _other_claim(world: World, practice: Practice) -> dict[str, Any]:
    return {"claim": world.one(practice, "denied_claim").pk}


ROWS: list[Row] = [
    Row("payer_balances", SEES),
    Row("search_takebacks", SEES, "POST", body=sends(q="WO")),
    Row("announce_takeback", WORKS),
    Row("announce_takeback", WORKS, "POST", body=_letter, changes=TakebackEvent),
    Row("takeback", SEES, ids=of("taken_back")),
    Row(
        "follow_up_takeback",
        WORKS,
        "POST",
        ids=of("taken_back"),
        body=sends(on="2026-12-02", note="Called"),
        changes=Takeback,
    ),
    Row(
        "dispute_takeback",
        WORKS,
        "POST",
        ids=of("taken_back"),
        body=sends(on="2026-12-02", note="Wrong client"),
        changes=Takeback,
    ),
    Row("end_dispute", WORKS, "POST", ids=of("disputed_takeback"), body=sends(note="Won"), changes=Takeback),
    Row("place_takeback", WORKS, "POST", ids=of("taken_back"), body=_placed, changes=TakebackEvent),
    Row(
        "pay_takeback_back",
        WORKS,
        "POST",
        ids=of("taken_back"),
        body=sends(amount="3.00", on="2026-11-16", number="1044"),
        changes=TakebackEvent,
    ),
    Row(
        "take_takeback_as_loss",
        WORKS,
        "POST",
        ids=of("taken_back"),
        body=sends(note="Former system"),
        changes=TakebackEvent,
    ),
    Row("undo_takeback_event", WORKS, "POST", ids=of("placed_event"), changes=TakebackEvent),
    Row("search_claims_of_takeback", WORKS, "POST", ids=of("taken_back"), body=sends(q="Lindgren")),
    Row("touch_takeback_claim", WORKS, "POST", ids=of("taken_back"), body=_other_claim, changes=TakebackClaim),
]

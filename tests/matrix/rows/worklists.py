"""Claims that came back, what is on hold, and what is not billed yet."""

from __future__ import annotations

from typing import Any

from billing.models import Claim, ClaimWork, Denial, Hold
from practice.models import Practice
from tests.matrix.row import Row
from tests.matrix.rows._facts import of, sends
from tests.matrix.world import World

SEES = "alice bob ivan"
WORKS = "alice bob"


def _rests(world: World, practice: Practice) -> dict[str, Any]:
    claim = [world.one(practice, "rejected_claim").pk]
    return {"act": "follow_up", "claim": claim, "on": "2026-12-01", "note": "Called"}


def _denials(world: World, practice: Practice) -> dict[str, Any]:
    denial = [world.one(practice, "open_denial").pk]
    return {"act": "follow_up", "denial": denial, "on": "2026-12-01", "note": "Called"}


def _holds(world: World, practice: Practice) -> dict[str, Any]:
    return {"hold": [world.one(practice, "hold").pk]}


def _instead(world: World, practice: Practice) -> dict[str, Any]:
    return {"plan": world.one(practice, "right_plan").pk}


ROWS: list[Row] = [
    Row("rejections", SEES),
    Row("search_rejections", SEES, "POST", body=sends(q="Lindgren")),
    Row("work_rejections", WORKS, "POST", body=_rests, changes=ClaimWork),
    Row("work_denials", WORKS, "POST", body=_denials, changes=Denial),
    Row("reopen_written_off", WORKS, "POST"),
    Row("take_up_again", WORKS, "POST"),
    Row("preview_claim", WORKS, "POST", ids=of("rejected_claim")),
    Row("unbilled", SEES),
    Row("holds", SEES),
    Row("hold_claim", WORKS, ids=of("ready_claim")),
    Row("hold_claim", WORKS, "POST", ids=of("ready_claim"), body=sends(reason="New card", until=""), changes=Hold),
    Row("hold_session", WORKS, ids=of("attendance")),
    Row("hold_session", WORKS, "POST", ids=of("attendance"), body=sends(reason="New card", until=""), changes=Hold),
    Row("bill_instead", WORKS, ids=of("sent_claim")),
    Row("bill_instead", WORKS, "POST", ids=of("refused_elsewhere"), body=_instead, changes=Claim),
    Row("undo_instead", WORKS, "POST"),
    Row("release_holds", WORKS, "POST", body=_holds, changes=Hold),
    Row("hold_again", WORKS, "POST"),
    Row("release_hold", WORKS, "POST", ids=of("hold"), changes=Hold),
]

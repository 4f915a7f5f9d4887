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


def _given_up(world: World, practice: Practice) -> dict[str, Any]:
    return {"act": "give_up", "claim": [world.one(practice, "rejected_claim").pk], "why": "Not worth it"}


def _written_off(world: World, practice: Practice) -> dict[str, Any]:
    return {"act": "write_off", "denial": [world.one(practice, "open_denial").pk], "why": "Not worth it"}


def _holds(world: World, practice: Practice) -> dict[str, Any]:
    return {"hold": [world.one(practice, "hold").pk]}


def _instead(world: World, practice: Practice) -> dict[str, Any]:
    return {"plan": world.one(practice, "right_plan").pk}


GIVES_UP = Row("work_rejections", WORKS, "POST", body=_given_up, changes=Claim, note="to give up")
WRITES_OFF = Row("work_denials", WORKS, "POST", body=_written_off, changes=Denial, note="to write off")
BILLS_INSTEAD = Row("bill_instead", WORKS, "POST", ids=of("refused_elsewhere"), body=_instead, changes=Claim)
RELEASES = Row("release_holds", WORKS, "POST", body=_holds, changes=Hold)
ROWS: list[Row] = [
    GIVES_UP,
    WRITES_OFF,
    BILLS_INSTEAD,
    RELEASES,
    Row("rejections", SEES),
    Row("search_rejections", SEES, "POST", body=sends(q="Lindgren")),
    Row("work_rejections", WORKS, "POST", body=_rests, changes=ClaimWork),
    Row("work_denials", WORKS, "POST", body=_denials, changes=Denial),
    Row("reopen_written_off", WORKS, "POST", changes=Denial, takes_back=WRITES_OFF),
    Row("take_up_again", WORKS, "POST", changes=Claim, takes_back=GIVES_UP),
    Row("preview_claim", WORKS, "POST", ids=of("rejected_claim")),
    Row("unbilled", SEES),
    Row("holds", SEES),
    Row("hold_claim", WORKS, ids=of("ready_claim")),
    Row("hold_claim", WORKS, "POST", ids=of("ready_claim"), body=sends(reason="New card", until=""), changes=Hold),
    Row("hold_session", WORKS, ids=of("attendance")),
    Row("hold_session", WORKS, "POST", ids=of("attendance"), body=sends(reason="New card", until=""), changes=Hold),
    Row("bill_instead", WORKS, ids=of("sent_claim")),
    Row("undo_instead", WORKS, "POST", changes=Claim, takes_back=BILLS_INSTEAD),
    Row("hold_again", WORKS, "POST", changes=Hold, takes_back=RELEASES),
    Row("release_hold", WORKS, "POST", ids=of("hold"), changes=Hold),
]

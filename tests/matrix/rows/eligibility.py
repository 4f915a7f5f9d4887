"""What payers say about coverage, and about claims: asking, reading, deciding."""

from __future__ import annotations

from typing import Any

from billing.models import ClaimStatusCheck, EligibilityCheck, EligibilitySettings
from clients.models import Coverage
from practice.models import Practice
from tests.matrix.row import Facts, Row
from tests.matrix.world import World

SEES = "alice bob frank ivan"
ASKS = "alice bob frank"
SETS_UP = "alice"
KNOWS_SET_UP = "alice bob ivan"


def _of(name: str, **more: str) -> Facts:
    return lambda world, practice: {"pk": world.one(practice, name).pk, **more}


def _chosen(world: World, practice: Practice) -> dict[str, Any]:
    return {"coverage": [world.one(practice, "verified_coverage").pk]}


def _together(world: World, practice: Practice) -> dict[str, Any]:
    return {"together": world.one(practice, "asked_together")}


def _why(world: World, practice: Practice) -> dict[str, Any]:
    return {"why": "The plan was paid yesterday."}


def _first(world: World, practice: Practice) -> dict[str, Any]:
    return {"position": "0"}


def _search(world: World, practice: Practice) -> dict[str, Any]:
    return {"q": "Lindgren"}


def _wishes(world: World, practice: Practice) -> dict[str, Any]:
    return {"asks_by_itself": "on", "service_type": "98", "good_for_days": "7"}


def _missing(world: World, practice: Practice) -> dict[str, Any]:
    return {"claim": [world.one(practice, "missing_claim").pk], "act": "ask"}


CHECK = _of("eligibility_check")
USES_COPAY = Row("use_copay", ASKS, "POST", ids=CHECK, changes=Coverage)
ROWS: list[Row] = [
    Row("eligibility", SEES),
    Row("search_eligibility", SEES, "POST", body=_search),
    Row("verify_many", ASKS, "POST", body=_chosen, changes=EligibilityCheck),
    Row("eligibility_progress", SEES, ids=_together, anywhere=True),
    Row("eligibility_check", SEES, ids=CHECK),
    Row("eligibility_file", SEES, ids=_of("eligibility_check", kind="271")),
    Row("look_at_check", ASKS, "POST", ids=CHECK, changes=EligibilityCheck),
    Row("look_again_at_check", ASKS, "POST", ids=_of("set_aside_check"), changes=EligibilityCheck),
    Row("set_check_aside", ASKS, "POST", ids=CHECK, body=_why, changes=EligibilityCheck),
    Row("count_check_again", ASKS, "POST", ids=_of("set_aside_check"), changes=EligibilityCheck),
    USES_COPAY,
    Row("undo_use", ASKS, "POST", changes=Coverage, takes_back=USES_COPAY),
    Row("use_payer", ASKS, "POST", ids=CHECK, body=_first, changes=Coverage),
    Row("verify_coverage", ASKS, "POST", ids=_of("verified_coverage"), changes=EligibilityCheck),
    Row("coverage_eligibility", SEES, ids=_of("verified_coverage")),
    Row("ask_payer", "alice bob", "POST", ids=_of("sent_claim"), changes=ClaimStatusCheck),
    Row("missing_claims", "alice bob ivan"),
    Row("work_missing_claims", "alice bob", "POST", body=_missing, changes=ClaimStatusCheck),
    Row("claim_asked", "alice bob ivan", ids=_of("sent_claim")),
    Row("claim_status_file", "alice bob ivan", ids=_of("status_check", kind="277")),
    Row("eligibility_settings", KNOWS_SET_UP),
    Row("eligibility_settings", SETS_UP, "POST", body=_wishes, changes=EligibilitySettings),
]

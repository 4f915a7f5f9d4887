"""Claims, batches and the connections they leave through."""

from __future__ import annotations

from typing import Any

from billing.models import Batch, Claim, ClaimEvent, Connection, Request
from practice.models import Practice
from tests.matrix.row import Facts, Row
from tests.matrix.world import World

SEES = "alice bob ivan"
SENDS = "alice bob"
KNOWS = "alice bob ivan"
SETS_UP = "alice"


def _of(name: str) -> Facts:
    return lambda world, practice: {"pk": world.one(practice, name).pk}


def _words(world: World, practice: Practice) -> dict[str, Any]:
    return {"q": "Lindgren"}


def _chosen(world: World, practice: Practice) -> dict[str, Any]:
    return {"claim": [world.one(practice, "ready_claim").pk]}


def _corrected(world: World, practice: Practice) -> dict[str, Any]:
    return {"diagnoses": "F33.0", "place_of_service": "11", "modifiers_1": "", "payer_control_number": "ICN1"}


def _note(world: World, practice: Practice) -> dict[str, Any]:
    return {"text": "Called the payer."}


def _login(world: World, practice: Practice) -> dict[str, Any]:
    return {
        "layout": "claim_md",
        "name": "Claim.MD",
        "host": "sftp.example.org",
        "port": "22",
        "username": "fern",
        "password": "secret",
        "submitter_id": "FERN02",
        "receiver_id": "CLAIMMD",
        "receiver_name": "CLAIM.MD",
        "usage": "T",
    }


ROWS: list[Row] = [
    Row("claims", SEES),
    Row("search_claims", SEES, "POST", body=_words),
    Row("send_claims", SENDS, "POST", body=_chosen, changes=Claim),
    Row("claim", SEES, ids=_of("sent_claim")),
    Row("correct_claim", SENDS, ids=_of("rejected_claim")),
    Row("correct_claim", SENDS, "POST", ids=_of("rejected_claim"), body=_corrected, changes=Claim),
    Row("replace_claim", SENDS, ids=_of("denied_claim")),
    Row("replace_claim", SENDS, "POST", ids=_of("denied_claim"), body=_corrected, changes=Claim),
    Row("void_claim", SENDS, "POST", ids=_of("accepted_claim"), changes=Claim),
    Row("withdraw_claim", SENDS, "POST", ids=_of("ready_claim"), changes=Claim),
    Row("restore_claim", SENDS, "POST", ids=_of("withdrawn_claim"), changes=Claim),
    Row("note_claim", SENDS, "POST", ids=_of("sent_claim"), body=_note, changes=ClaimEvent),
    Row("batches", SEES),
    Row("batch", SEES, ids=_of("waiting_batch")),
    Row("send_batch_now", SENDS, "POST", ids=_of("waiting_batch"), changes=Batch),
    Row("hold_batch_back", SENDS, "POST", ids=_of("waiting_batch"), changes=Batch),
    Row("request_file", SEES, ids=_of("unknown_request")),
    Row("send_request_again", SENDS, "POST", ids=_of("unknown_request"), changes=Request),
    Row("say_request_arrived", SENDS, "POST", ids=_of("unknown_request"), changes=Request),
    Row("connections", KNOWS),
    Row("connection", KNOWS, ids=_of("connection")),
    Row("add_connection", SETS_UP),
    Row("add_connection", SETS_UP, "POST", body=_login, changes=Connection),
    Row("change_connection", SETS_UP, ids=_of("connection")),
    Row("change_connection", SETS_UP, "POST", ids=_of("connection"), body=_login, changes=Connection),
    Row("check_connection", SETS_UP, "POST", ids=_of("connection"), changes=Connection),
    Row("trust_key", SETS_UP, "POST", ids=_of("connection"), changes=Connection),
    Row("forget_key", SETS_UP, "POST", ids=_of("spare_connection"), changes=Connection),
    Row("send_through", SETS_UP, "POST", ids=_of("spare_connection"), changes=Connection),
    Row("deactivate_connection", SETS_UP, "POST", ids=_of("connection"), changes=Connection),
    Row("activate_connection", SETS_UP, "POST", ids=_of("idle_connection"), changes=Connection),
]

"""Claims, batches and the connections they leave through."""

from __future__ import annotations

from typing import Any

from billing.clearinghouses import keys
from billing.models import (
    Batch,
    Claim,
    ClaimEvent,
    Connection,
    InboundTransaction,
    Request,
    SendingTimes,
    SharedConnection,
)
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


def _late(world: World, practice: Practice) -> dict[str, Any]:
    return {"pk": world.one(practice, "connection").pk, "what": "999"}


def _times(world: World, practice: Practice) -> dict[str, Any]:
    return {"time_1": "09:00", "time_2": "16:30", "time_3": "", "time_4": ""}


def _served(world: World, practice: Practice) -> dict[str, Any]:
    return {"for": world.one(practice, "served").pk}


def _share(world: World, practice: Practice) -> dict[str, Any]:
    return {"share": world.one(practice, "share").pk}


def _pasted(world: World, practice: Practice) -> dict[str, Any]:
    return {"private_key": keys.made("test").private}


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
    Row("search_batches", SEES, "POST", body=_words),
    Row("batch", SEES, ids=_of("waiting_batch")),
    Row("send_batch_now", SENDS, "POST", ids=_of("waiting_batch"), changes=Batch),
    Row("hold_batch_back", SENDS, "POST", ids=_of("waiting_batch"), changes=Batch),
    Row("request_file", SEES, ids=_of("unknown_request")),
    Row("send_request_again", SENDS, "POST", ids=_of("unknown_request"), changes=Request),
    Row("say_request_arrived", SENDS, "POST", ids=_of("unknown_request"), changes=Request),
    Row("connections", KNOWS),
    Row("connection", KNOWS, ids=_of("connection")),
    Row("sending_times", SETS_UP),
    Row("sending_times", SETS_UP, "POST", body=_times, changes=SendingTimes),
    Row("add_connection", SETS_UP),
    Row("add_connection", SETS_UP, "POST", body=_login, changes=Connection),
    Row("change_connection", SETS_UP, ids=_of("connection")),
    Row("change_connection", SETS_UP, "POST", ids=_of("connection"), body=_login, changes=Connection),
    Row("check_connection", SETS_UP, "POST", ids=_of("connection"), changes=Connection),
    Row("trust_key", SETS_UP, "POST", ids=_of("connection"), changes=Connection),
    Row("forget_key", SETS_UP, "POST", ids=_of("spare_connection"), changes=Connection),
    Row("send_through", SETS_UP, "POST", ids=_of("spare_connection"), changes=Connection),
    Row("confirm_layout", SETS_UP, "POST", ids=_of("connection"), changes=Connection),
    Row("doubt_layout", SETS_UP, "POST", ids=_of("confirmed_connection"), changes=Connection),
    Row("make_connection_key", SETS_UP, "POST", ids=_of("connection"), changes=Connection),
    Row("paste_connection_key", SETS_UP, ids=_of("connection")),
    Row("paste_connection_key", SETS_UP, "POST", ids=_of("connection"), body=_pasted, changes=Connection),
    Row("drop_connection_key", SETS_UP, "POST", ids=_of("keyed_connection"), changes=Connection),
    Row("late_claims", SEES, ids=_late),
    Row("offer_connection", SETS_UP, "POST", ids=_of("connection"), body=_served, changes=SharedConnection),
    Row("end_share", SETS_UP, "POST", ids=_of("share"), changes=SharedConnection),
    Row("accept_connection", SETS_UP, "POST", ids=_of("offered_connection"), changes=Connection),
    Row("end_through", SETS_UP, "POST", ids=_of("through_connection"), changes=Connection),
    Row("connection_files", SEES, ids=_of("connection")),
    Row("call_for_batches", SENDS, "POST", ids=_of("connection"), changes=SharedConnection),
    Row("unassigned_answers", SEES, ids=_of("connection")),
    Row("assign_answer", SENDS, "POST", ids=_of("unassigned_part"), body=_share, changes=InboundTransaction),
    Row("set_unassigned_aside", SENDS, "POST", ids=_of("unassigned_part"), changes=InboundTransaction),
    Row("bring_unassigned_back", SENDS, "POST", ids=_of("part_aside"), changes=InboundTransaction),
    Row("take_request_back", SENDS, "POST", ids=_of("failed_request"), changes=Request),
    Row("deactivate_connection", SETS_UP, "POST", ids=_of("connection"), changes=Connection),
    Row("activate_connection", SETS_UP, "POST", ids=_of("idle_connection"), changes=Connection),
]

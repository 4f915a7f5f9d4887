"""Remittances, denials, what came back, payer balances and adjustment codes."""

from __future__ import annotations

from typing import Any

from billing.models import (
    AdjustmentRule,
    ClientCorrection,
    Denial,
    Entry,
    InboundFile,
    InboundTransaction,
    LegacyClaim,
    Remittance,
    RemittanceClaim,
    RemittanceLine,
)
from practice.models import Practice
from tests.matrix.row import Row
from tests.matrix.rows._facts import of, sends
from tests.matrix.world import World

SEES = "alice bob ivan"
WORKS = "alice bob"


class _Upload:
    """A file that can be sent again and again."""

    name = "upload.835"
    content_type = "text/plain"

    def read(self) -> bytes:
        """The same bytes each time."""
        return b"ISA*00*upload"


def _chosen(world: World, practice: Practice) -> dict[str, Any]:
    return {"remittance": [world.one(practice, "ready_remittance").pk]}


def _match(world: World, practice: Practice) -> dict[str, Any]:
    return {"claim": world.one(practice, "sent_claim").pk}


def _charge(world: World, practice: Practice) -> dict[str, Any]:
    return {"charge": world.one(practice, "sent_charge").pk}


def _lines(world: World, practice: Practice) -> dict[str, Any]:
    return {f"line-{world.one(practice, 'free_line').pk}": world.one(practice, "sent_charge").pk}


def _former(world: World, practice: Practice) -> dict[str, Any]:
    claim = world.one(practice, "sent_claim")
    return {"client": claim.client_id, "clinician": claim.rendering_id}


def _deposit(world: World, practice: Practice) -> dict[str, Any]:
    return {"deposit": [f"{world.one(practice, 'posted_remittance').pk}|50.00|2026-11-16"]}


def _code(world: World, practice: Practice) -> dict[str, Any]:
    return {"group": "CO", "reason": "45", "treatment": "hold"}


_SEARCH = sends(q="Lindgren")

ROWS: list[Row] = [
    Row("remittances", SEES),
    Row("search_remittances", SEES, "POST", body=_SEARCH),
    Row("post_remittances", WORKS, "POST", body=_chosen, changes=Remittance),
    Row("remittance", SEES, ids=of("held_remittance")),
    Row("remittance_copy", SEES, ids=of("held_remittance")),
    Row("post_remittance", WORKS, "POST", ids=of("ready_remittance"), changes=Remittance),
    Row(
        "accept_remittance_hold",
        WORKS,
        "POST",
        ids=of("doubted_remittance"),
        body=sends(code="doubtful"),
        changes=Remittance,
    ),
    Row(
        "record_remittance_deposit",
        WORKS,
        "POST",
        ids=of("posted_remittance"),
        body=sends(amount="50.00", on="2026-11-16"),
        changes=Entry,
    ),
    Row(
        "set_remittance_aside",
        WORKS,
        "POST",
        ids=of("ready_remittance"),
        body=sends(reason="Posted by hand"),
        changes=Remittance,
    ),
    Row(
        "take_posting_back",
        WORKS,
        "POST",
        ids=of("posted_remittance"),
        body=sends(reason="Posted to the wrong payer"),
        changes=Entry,
    ),
    Row("bring_remittance_back", WORKS, "POST", ids=of("aside_remittance"), changes=Remittance),
    Row("match_remittance_claim", WORKS, "POST", ids=of("free_answer"), body=_match, changes=RemittanceClaim),
    Row("unmatch_remittance_claim", WORKS, "POST", ids=of("matched_answer"), changes=RemittanceClaim),
    Row("search_claims_for_remittance", WORKS, "POST", ids=of("free_answer"), body=_SEARCH),
    Row("match_remittance_line", WORKS, "POST", ids=of("free_line"), body=_charge, changes=RemittanceLine),
    Row("match_remittance_lines", WORKS, "POST", ids=of("held_remittance"), body=_lines, changes=RemittanceLine),
    Row("make_legacy_claim", WORKS, "POST", ids=of("free_answer_with_line"), body=_former, changes=LegacyClaim),
    Row("undo_legacy_claim", WORKS, "POST", ids=of("legacy_claim"), changes=LegacyClaim),
    Row("deposits", SEES),
    Row("choose_deposits", WORKS, "POST", body=sends(text="11/16/2026,EFT2,50.00")),
    Row("mark_deposits", WORKS, "POST", body=_deposit, changes=Entry),
    Row("client_corrections", SEES),
    Row("take_correction", WORKS, "POST", ids=of("client_correction"), changes=ClientCorrection),
    Row("keep_correction", WORKS, "POST", ids=of("client_correction"), changes=ClientCorrection),
    Row("undo_correction", WORKS, "POST", ids=of("kept_correction"), changes=ClientCorrection),
    Row("denials", SEES),
    Row("search_denials", SEES, "POST", body=_SEARCH),
    Row("denial", SEES, ids=of("open_denial")),
    Row(
        "follow_up_denial",
        WORKS,
        "POST",
        ids=of("open_denial"),
        body=sends(on="2026-12-01", note="Called"),
        changes=Denial,
    ),
    Row(
        "resolve_denial",
        WORKS,
        "POST",
        ids=of("open_denial"),
        body=sends(resolution="appealed", note=""),
        changes=Denial,
    ),
    Row("reopen_denial", WORKS, "POST", ids=of("resolved_denial"), changes=Denial),
    Row("answers", SEES),
    Row("upload_answers", WORKS),
    Row("upload_answers", WORKS, "POST", body=sends(answers=_Upload()), changes=InboundFile),
    Row("unmatched_answers", SEES),
    Row("answer", SEES, ids=of("read_answer")),
    Row("answer_file", SEES, ids=of("read_answer")),
    Row("read_answer_again", WORKS, "POST", ids=of("unreadable_answer"), changes=InboundFile),
    Row("set_file_aside", WORKS, "POST", ids=of("unreadable_answer"), changes=InboundFile),
    Row("bring_file_back", WORKS, "POST", ids=of("aside_answer"), changes=InboundFile),
    Row("answer_part", SEES, ids=of("lost_part")),
    Row("set_answer_aside", WORKS, "POST", ids=of("lost_part"), changes=InboundTransaction),
    Row("bring_answer_back", WORKS, "POST", ids=of("aside_part"), changes=InboundTransaction),
    Row("adjustment_codes", SEES),
    Row("decide_adjustment", WORKS),
    Row("decide_adjustment", WORKS, "POST", body=_code, changes=AdjustmentRule),
    Row("forget_adjustment", WORKS, "POST", ids=of("adjustment_rule"), changes=AdjustmentRule),
    Row(
        "restore_adjustment",
        WORKS,
        "POST",
        ids=sends(group="CO", reason="45", treatment="hold"),
        changes=AdjustmentRule,
        anywhere=True,
    ),
]

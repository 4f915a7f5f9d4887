"""Remittances on paper, keyed by hand."""

from __future__ import annotations

from typing import Any

from billing.models import PaperDraft
from practice.models import Practice
from tests.matrix.row import Row
from tests.matrix.rows._facts import of, sends
from tests.matrix.world import World

WORKS = "alice bob"


class _Scan:
    """A picture that can be sent again and again."""

    name = "scan.png"
    content_type = "image/png"

    def read(self) -> bytes:
        """The same bytes each time."""
        return b"\x89PNG\r\n\x1a\n" + b"\x00" * 64


def _other(world: World, practice: Practice) -> dict[str, Any]:
    return {"claim": world.one(practice, "denied_claim").pk}


def _whole(world: World, practice: Practice) -> dict[str, Any]:
    claim = world.one(practice, "sent_claim")
    line = f"{claim.pk}-{world.one(practice, 'sent_charge').pk}"
    head = {"payer": claim.payer_id, "number": "CHK77", "paid_on": "2026-11-10", "amount": f"{claim.total}"}
    return head | {f"{line}-paid": f"{claim.total}"}


ROWS: list[Row] = [
    Row("paper_remittances", WORKS),
    Row("start_paper_remittance", WORKS, "POST", changes=PaperDraft),
    Row("paper_remittance", WORKS, ids=of("paper_draft")),
    Row("save_paper_remittance", WORKS, "POST", ids=of("paper_draft"), body=sends(number="CHK1"), changes=PaperDraft),
    Row("add_paper_claim", WORKS, "POST", ids=of("paper_draft"), body=_other, changes=PaperDraft),
    Row(
        "remove_paper_claim",
        WORKS,
        "POST",
        ids=of("paper_draft"),
        body=lambda world, practice: {"claim": world.one(practice, "sent_claim").pk},
        changes=PaperDraft,
    ),
    Row("search_paper_claims", WORKS, "POST", ids=of("paper_draft"), body=sends(q="Lindgren")),
    Row("attach_paper_scan", WORKS, "POST", ids=of("paper_draft"), body=sends(scan=_Scan()), changes=PaperDraft),
    Row("discard_paper_remittance", WORKS, "POST", ids=of("paper_draft"), changes=PaperDraft),
    Row("finish_paper_remittance", WORKS, "POST", ids=of("paper_draft"), body=_whole, changes=PaperDraft),
]

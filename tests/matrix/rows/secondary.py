"""The payer after the first: asked, asked although the claim was passed on, told anew, or left alone."""

from __future__ import annotations

from billing.models import Claim, Entry
from tests.matrix.row import Row
from tests.matrix.rows._facts import of

WORKS = "alice bob"

ROWS: list[Row] = [
    Row("bill_next_payer", WORKS, "POST", ids=of("answered_first"), changes=Claim),
    Row("send_passed_on", WORKS, "POST", ids=of("passed_on_claim"), changes=Claim),
    Row("tell_anew", WORKS, "POST", ids=of("stale_claim"), changes=Claim),
    Row("ask_client_instead", WORKS, "POST", ids=of("waiting_first"), changes=Entry),
]

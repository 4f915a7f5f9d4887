"""What changes client money. Each function is one change, posted through the ledger and written into the trail."""

from __future__ import annotations

from billing.money.services.charges import move, write_off
from billing.money.services.credit import apply_credit, unapply
from billing.money.services.opening import Opening, post_openings, take_back_openings
from billing.money.services.payments import refund, take_payment
from billing.money.services.undoing import reverse_payment, undo_entry

__all__ = [
    "Opening",
    "apply_credit",
    "move",
    "post_openings",
    "refund",
    "reverse_payment",
    "take_back_openings",
    "take_payment",
    "unapply",
    "undo_entry",
    "write_off",
]

"""Client money: Alice and Bob post, Ivan sees, nobody else opens anything."""

from __future__ import annotations

from typing import Any

from billing.models import ClientPayment, Entry
from practice.models import Practice
from tests.matrix.row import Row
from tests.matrix.rows._facts import of, sends
from tests.matrix.world import World

SEES = "alice bob ivan"
POSTS = "alice bob"


def applied(world: World, practice: Practice) -> dict[str, Any]:
    """Five dollars of credit to the open charge."""
    return {f"apply_{world.one(practice, 'money_charge').pk}": "5.00"}


CLIENT, CHARGE, PAYMENT = of("client"), of("money_charge"), of("payment")
MONEY = {"amount": "10.00", "method": "check", "day": "2026-11-16"}

ROWS: list[Row] = [
    Row("client_money", SEES),
    Row("search_client_money", SEES, "POST", body=sends(q="torres")),
    Row("client_account", SEES, ids=CLIENT),
    Row("print_account", SEES, ids=CLIENT),
    Row("client_charge", SEES, ids=CHARGE),
    Row("take_payment", POSTS, ids=CLIENT),
    Row("take_payment", POSTS, "POST", CLIENT, sends(**MONEY), ClientPayment),
    Row("preview_payment", POSTS, ids=CLIENT),
    Row("apply_credit", POSTS, ids=CLIENT),
    Row("apply_credit", POSTS, "POST", CLIENT, applied, Entry),
    Row("refund_client", POSTS, ids=CLIENT),
    Row("refund_client", POSTS, "POST", CLIENT, sends(**MONEY), ClientPayment),
    Row("write_off_charge", POSTS, "POST", CHARGE, sends(owed_by="client", amount="5", reason="Hardship"), Entry),
    Row("move_charge", POSTS, "POST", CHARGE, sends(to="client", amount="5"), Entry),
    Row("unapply_charge", POSTS, "POST", CHARGE, sends(amount="5"), Entry),
    Row("undo_money_entry", POSTS, "POST", of("write_off"), changes=Entry),
    Row("undo_payment", POSTS, "POST", PAYMENT, changes=Entry),
    Row("take_back_payment", POSTS, ids=PAYMENT),
    Row("take_back_payment", POSTS, "POST", PAYMENT, sends(why="twice"), Entry),
    Row("payment_receipt", SEES, ids=PAYMENT),
    Row("superbill", SEES, ids=CLIENT),
    Row("superbill_file", SEES, ids=CLIENT),
]

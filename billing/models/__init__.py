"""The tables of the billing app."""

from __future__ import annotations

from billing.models.charge import Charge
from billing.models.ledger import Account, Entry, LedgerLine
from billing.models.payment import ClientPayment
from billing.models.run import BillingRun

__all__ = ["Account", "BillingRun", "Charge", "ClientPayment", "Entry", "LedgerLine"]

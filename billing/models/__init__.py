"""The tables of the billing app."""

from __future__ import annotations

from billing.models.charge import Charge
from billing.models.claim import Claim, ClaimLine, ClaimNumber
from billing.models.connection import Connection, ConnectionState
from billing.models.inbound import InboundFile, InboundTransaction
from billing.models.ledger import Account, Entry, LedgerLine
from billing.models.payment import ClientPayment
from billing.models.remittance import (
    AdjustmentRule,
    ProviderAdjustment,
    Remittance,
    RemittanceAdjustment,
    RemittanceClaim,
    RemittanceLine,
    Treatment,
)
from billing.models.run import BillingRun
from billing.models.sending import Batch, BatchClaim, Request, Submission
from billing.models.work import ClaimEvent, Denial

__all__ = [
    "Account",
    "AdjustmentRule",
    "Batch",
    "BatchClaim",
    "BillingRun",
    "Charge",
    "Claim",
    "ClaimEvent",
    "ClaimLine",
    "ClaimNumber",
    "ClientPayment",
    "Connection",
    "ConnectionState",
    "Denial",
    "Entry",
    "InboundFile",
    "InboundTransaction",
    "LedgerLine",
    "ProviderAdjustment",
    "Remittance",
    "RemittanceAdjustment",
    "RemittanceClaim",
    "RemittanceLine",
    "Request",
    "Submission",
    "Treatment",
]

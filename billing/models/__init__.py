"""The tables of the billing app."""

from __future__ import annotations

from billing.models.charge import Charge
from billing.models.claim import Claim, ClaimLine, ClaimNumber
from billing.models.claim_session import ClaimSession
from billing.models.claim_status import ClaimStatusCheck
from billing.models.claim_work import ClaimWork
from billing.models.connection import Connection, ConnectionState, HostLease, SendingTimes, SharedConnection
from billing.models.correction import ClientCorrection
from billing.models.eligibility import EligibilityCheck, EligibilitySettings
from billing.models.hold import Hold
from billing.models.inbound import InboundFile, InboundTransaction
from billing.models.ledger import Account, Entry, LedgerLine
from billing.models.legacy import LegacyClaim
from billing.models.paper import PaperDraft
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
from billing.models.shared_inquiry import SharedInquiry
from billing.models.takeback import Takeback, TakebackClaim, TakebackEvent
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
    "ClaimSession",
    "ClaimStatusCheck",
    "ClaimWork",
    "ClientCorrection",
    "ClientPayment",
    "Connection",
    "ConnectionState",
    "Denial",
    "EligibilityCheck",
    "EligibilitySettings",
    "Entry",
    "Hold",
    "HostLease",
    "InboundFile",
    "InboundTransaction",
    "LedgerLine",
    "LegacyClaim",
    "PaperDraft",
    "ProviderAdjustment",
    "Remittance",
    "RemittanceAdjustment",
    "RemittanceClaim",
    "RemittanceLine",
    "Request",
    "SendingTimes",
    "SharedConnection",
    "SharedInquiry",
    "Submission",
    "Takeback",
    "TakebackClaim",
    "TakebackEvent",
    "Treatment",
]

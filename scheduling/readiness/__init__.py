"""Readiness: what stands between an attendance and being confirmed, billed and paid, in words, with the way out.

One engine, asked everywhere. `findings_for` takes attendances or ids, `findings_for_bookings` what somebody is about
to book; higher rooms `register` their own checks at start-up.
"""

from __future__ import annotations

from scheduling.readiness.check import Check, ClaimCheck
from scheduling.readiness.facts import Facts
from scheduling.readiness.findings import Action, Finding, Severity, Stage
from scheduling.readiness.load import Loaded, ProposedFacts, load, load_proposed, load_rows
from scheduling.readiness.registry import (
    findings_for,
    findings_for_bookings,
    is_ready,
    judge,
    register,
    registered,
)

__all__ = [
    "Action",
    "Check",
    "ClaimCheck",
    "Facts",
    "Finding",
    "Loaded",
    "ProposedFacts",
    "Severity",
    "Stage",
    "findings_for",
    "findings_for_bookings",
    "is_ready",
    "judge",
    "load",
    "load_proposed",
    "load_rows",
    "register",
    "registered",
]

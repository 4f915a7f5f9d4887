"""Which wall each tenant table stands behind.

Every table that is not named here stands behind `phi`: it may hold something about a client.
"""

from __future__ import annotations

from typing import Final

PRACTICE: Final[dict[str, str]] = {
    "practice.practicesettings": "How the practice is set up: names, numbers, policies.",
    "practice.location": "Addresses where the practice works.",
    "practice.service": "What the practice offers, with time limits.",
    "practice.servicefee": "The practice's own fee per service.",
    "practice.practicepayer": "Payers in use, with their numbers and flags.",
    "practice.payerrules": "How a payer wants claims, and since when.",
    "practice.payernumber": "A payer's number at a clearinghouse.",
    "practice.payerenrollment": "Since when a payer answers our electronic files.",
    "clinicians.clinician": "Who works here and who they are on a claim.",
    "clinicians.license": "A clinician's license.",
    "clinicians.cliniciandocument": "A clinician's own papers.",
    "clinicians.engagement": "On which terms a clinician works.",
    "clinicians.supervision": "Which clinician answers for which.",
    "clinicians.workinghours": "When a clinician works.",
    "clinicians.enrollment": "Where a clinician stands with a payer.",
    "scheduling.room": "Rooms of a location.",
    "billing.connection": "Logins at clearinghouses.",
    "billing.sharedconnection": "Which practices may send through an MSO's connection, and their own numbers.",
    "billing.sendingtimes": "At which times of day claims leave.",
    "billing.eligibilitysettings": "Whether and how the practice asks payers about coverage.",
    "billing.adjustmentrule": "How the practice treats a payer's adjustment codes.",
    "payroll.payschedule": "How often people are paid, and when.",
    "payroll.payperiod": "The dates of a pay schedule.",
    "payroll.ruleset": "Versions of what an engagement pays.",
    "payroll.payrule": "Shares, amounts and filters; the clients a rule names are in a table of their own.",
    "payroll.payrun": "Dates, states and totals of a pay run.",
    "payroll.runtotal": "Pay by clinician, rule and code, with counts: no session, no date of service, no client.",
    "payroll.payeemapping": "A clinician's number at a payroll provider.",
    "payroll.providersetup": "The practice's code and earnings codes at a payroll provider.",
    "payroll.exportfile": "Files for payroll providers, made from the run totals.",
    "practice.practicefile": "Logos, licenses, policies and exports without a client in them.",
}

RATES: Final[dict[str, str]] = {
    "practice.contract": "What a payer agreed to pay; no other practice may learn it.",
    "practice.contractrate": "What a payer agreed to pay; no other practice may learn it.",
}

PSYCHOTHERAPY: Final[dict[str, str]] = {}


def wall_of(label: str) -> str:
    """The wall of a model, by its lower-case label `app.model`."""
    if label in PRACTICE:
        return "practice"
    if label in RATES:
        return "rates"
    if label in PSYCHOTHERAPY:
        return "psychotherapy"
    return "phi"

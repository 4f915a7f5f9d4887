"""The actions that open pages: the one place that knows which page clears what."""

from __future__ import annotations

from scheduling.readiness.addresses import (
    ADDRESSES,
    CLIENT,
    CLINICIAN,
    COVERAGE,
    ENROLLMENT,
    IDENTITY,
    LOCATIONS,
    PAPERS,
    PAYER,
    POLICIES,
    SERVICES,
    SESSION,
    SETTINGS,
    SUPERVISION,
)
from scheduling.readiness.facts import ClientFacts, ClinicianFacts, PayerFacts
from scheduling.readiness.findings import Action

__all__ = [
    "ADDRESSES",
    "COVERAGE",
    "ENROLLMENT",
    "IDENTITY",
    "LOCATIONS",
    "PAPERS",
    "POLICIES",
    "SERVICES",
    "SUPERVISION",
    "bill_the_client",
    "to_client",
    "to_clinician",
    "to_payer",
    "to_session",
    "to_setup",
]


def to_client(label: str, client: ClientFacts, page: str = CLIENT) -> Action:
    """Opens a page of the client."""
    return Action(label, url_name=page, url_args=(client.id,))


def to_clinician(label: str, clinician: ClinicianFacts, page: str = CLINICIAN) -> Action:
    """Opens a page of the clinician's file."""
    return Action(label, url_name=page, url_args=(clinician.id,))


def to_payer(label: str, payer: PayerFacts) -> Action:
    """Opens how the practice bills the payer."""
    return Action(label, url_name=PAYER, url_args=(payer.id,))


def to_setup(label: str, page: str = SETTINGS) -> Action:
    """Opens a page of the practice's set-up."""
    return Action(label, url_name=page)


def to_session(label: str, session_id: int) -> Action:
    """Opens a session."""
    return Action(label, url_name=SESSION, url_args=(session_id,))


def bill_the_client() -> Action:
    """Makes it the client's to pay."""
    return Action("Bill the client", field="self_pay", value="true")

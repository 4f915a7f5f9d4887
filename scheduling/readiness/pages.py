"""The pages that findings lead to, by URL name: the one place that knows them."""

from __future__ import annotations

from typing import Final

from scheduling.readiness.facts import ClientFacts, ClinicianFacts, PayerFacts
from scheduling.readiness.findings import Action

ADDRESSES: Final = "setup_addresses"
IDENTITY: Final = "setup_identity"
POLICIES: Final = "setup_policies"
SERVICES: Final = "setup_services"
COVERAGE: Final = "client_coverage"
ENROLLMENT: Final = "clinician_enrollment"
PAPERS: Final = "clinician_papers"
SUPERVISION: Final = "clinician_supervision"


def to_client(label: str, client: ClientFacts, page: str = "client") -> Action:
    """Opens a page of the client."""
    return Action(label, url_name=page, url_args=(client.id,))


def to_clinician(label: str, clinician: ClinicianFacts, page: str = "clinician") -> Action:
    """Opens a page of the clinician's file."""
    return Action(label, url_name=page, url_args=(clinician.id,))


def to_payer(label: str, payer: PayerFacts) -> Action:
    """Opens how the practice bills the payer."""
    return Action(label, url_name="payer", url_args=(payer.id,))


def to_setup(label: str, page: str = "settings") -> Action:
    """Opens a page of the practice's set-up."""
    return Action(label, url_name=page)


def to_session(label: str, session_id: int) -> Action:
    """Opens a session."""
    return Action(label, url_name="session", url_args=(session_id,))


def bill_the_client() -> Action:
    """Makes it the client's to pay."""
    return Action("Bill the client", field="self_pay", value="true")

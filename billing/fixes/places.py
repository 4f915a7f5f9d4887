"""The fields that correct a refusal: what the link says, the page it opens, and the field it stops at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from django.urls import reverse

from billing.models import Claim
from practice.actors import Actor

REPLACEABLE: Final = frozenset(
    {Claim.Status.ACCEPTED, Claim.Status.PAID, Claim.Status.PARTIALLY_PAID, Claim.Status.DENIED}
)
"""What the payer has taken: only another claim puts it right."""


@dataclass(frozen=True, slots=True)
class Subject:
    """The keys of what a claim names, and whether only a replacement can put it right."""

    claim_id: int
    client_id: int
    coverage_id: int
    is_own: bool
    payer_id: int
    rendering_id: int
    session_id: int
    replaces: bool


@dataclass(frozen=True, slots=True)
class Place:
    """One place; `of` gives the keys in its address, `needs` is the permission without which it cannot be corrected."""

    label: str
    page: str
    field: str = ""
    of: Callable[[Subject], tuple[int, ...]] = lambda _: ()
    needs: str = "claims:edit"

    def url(self, slug: str, subject: Subject) -> str:
        """Its address in the practice."""
        page = "replace_claim" if self.page == _FORM and subject.replaces else self.page
        return reverse(page, args=[slug, *self.of(subject)]) + (f"#{self.field}" if self.field else "")


@dataclass(frozen=True, slots=True)
class Link:
    """What leads to the field; without an address its words say who can correct it."""

    label: str
    url: str = ""


_FORM: Final = "correct_claim"


def _client(one: Subject) -> tuple[int, ...]:
    return (one.client_id,)


def _coverage(one: Subject) -> tuple[int, ...]:
    return (one.coverage_id,)


def _payer(one: Subject) -> tuple[int, ...]:
    return (one.payer_id,)


def _clinician(one: Subject) -> tuple[int, ...]:
    return (one.rendering_id,)


def _claim(one: Subject) -> tuple[int, ...]:
    return (one.claim_id,)


PLACES: Final[Mapping[str, Place]] = {
    "member_id": Place("Correct the member ID", "edit_coverage", "id_member_id", _coverage, needs="clients:edit"),
    "coverage_payer": Place("Choose the right insurance", _FORM, "id_coverage", _claim),
    "other_payer": Place("Bill the right payer", "bill_instead", "", _claim),
    "relationship": Place(
        "Correct the relationship", "edit_coverage", "id_relationship", _coverage, needs="clients:edit"
    ),
    "subscriber_name": Place(
        "Correct the subscriber’s name", "edit_coverage", "id_subscriber_last_name", _coverage, needs="clients:edit"
    ),
    "subscriber_birth": Place(
        "Correct the date of birth", "edit_coverage", "id_subscriber_date_of_birth", _coverage, needs="clients:edit"
    ),
    "subscriber_address": Place("Correct the address", "edit_coverage", "id_address1", _coverage, needs="clients:edit"),
    "coverage": Place("Look at the coverage", "client_coverage", "", _client, needs="clients:view"),
    "other_insurance": Place("Look at the other insurance", "client_coverage", "", _client, needs="clients:view"),
    "benefits": Place("Look at the coverage", "client_coverage", "", _client, needs="clients:view"),
    "authorization": Place("Look for an authorization", "client_coverage", "", _client, needs="clients:view"),
    "client_birth": Place(
        "Correct the date of birth", "edit_client", "id_date_of_birth", _client, needs="clients:edit"
    ),
    "client_sex": Place("Correct the sex on the insurance", "edit_client", "id_sex", _client, needs="clients:edit"),
    "client_name": Place("Correct the name", "edit_client", "id_last_name", _client, needs="clients:edit"),
    "client_address": Place("Correct the address", "edit_client", "id_address1", _client, needs="clients:edit"),
    "payer_indicator": Place(
        "Correct the kind of plan", "payer", "id_claim_filing_indicator", _payer, needs="practice:edit"
    ),
    "payer_taxonomy": Place("Choose the taxonomy on the claim", "payer", "id_taxonomy", _payer, needs="practice:edit"),
    "payer_enrollment": Place("Look at the electronic enrollment", "payer", "", _payer, needs="practice:edit"),
    "billing_npi": Place("Correct the billing NPI", "setup_identity", "id_npi", needs="practice:edit"),
    "billing_ein": Place("Correct the EIN", "setup_identity", "id_ein", needs="practice:edit"),
    "billing_taxonomy": Place(
        "Correct the practice’s taxonomy", "setup_identity", "taxonomy-words", needs="practice:edit"
    ),
    "billing_name": Place("Correct the legal name", "setup_identity", "id_legal_name", needs="practice:edit"),
    "billing_address": Place("Correct the billing address", "setup_addresses", "id_address1", needs="practice:edit"),
    "contact": Place("Correct the contact", "setup_identity", "id_phone", needs="practice:edit"),
    "rendering_npi": Place("Correct the clinician’s NPI", "edit_clinician", "id_npi", _clinician, needs="team:edit"),
    "rendering_taxonomy": Place(
        "Correct the clinician’s taxonomy", "edit_clinician", "id_taxonomy", _clinician, needs="team:edit"
    ),
    "rendering_name": Place(
        "Correct the clinician’s name", "edit_clinician", "id_last_name", _clinician, needs="team:edit"
    ),
    "enrollment": Place(
        "Look at the enrollment",
        "edit_enrollment",
        "id_status",
        lambda one: (one.rendering_id, one.payer_id),
        needs="team:edit",
    ),
    "supervising": Place("Look at the supervision", "clinician_supervision", "", _clinician, needs="team:edit"),
    "session": Place("Look at the session", "session", "", lambda one: (one.session_id,), needs="calendar:view"),
    "diagnoses": Place("Correct the diagnosis", _FORM, "id_diagnoses", _claim),
    "place_of_service": Place("Correct the place", _FORM, "id_place_of_service", _claim),
    "modifiers": Place("Correct the modifiers", _FORM, "id_modifiers_1", _claim),
    "authorization_number": Place("Enter the authorization", _FORM, "id_authorization_number", _claim),
    "payer_control_number": Place("Enter the payer’s number", _FORM, "id_payer_control_number", _claim),
    "form": Place("Correct the claim", _FORM, "", _claim),
    "as_it_is": Place("Send it again", _FORM, "", _claim),
    "as_original": Place("Look at the claim", "claim", "", _claim, needs="claims:view"),
    "earlier": Place("Look at the client’s account", "client_account", "", _client, needs="money:view"),
    "proof": Place("Find the proof", "claim", "timeline", _claim, needs="claims:view"),
    "appeal": Place("Look at what was sent", "claim", "sent", _claim, needs="claims:view"),
    "referring": Place("Look at the client", "client", "", _client, needs="clients:view"),
}


def link_to(place: str, slug: str, subject: Subject, actor: Actor) -> Link:
    """The link to a place; a subscriber who is the client is corrected on the client's page."""
    found = PLACES[_OF_CLIENT.get(place, place) if subject.is_own else place]
    if actor.may(found.needs):
        return Link(found.label, found.url(slug, subject))
    return Link(f"{found.label}: an owner or admin can")


_OF_CLIENT: Final = {
    "subscriber_name": "client_name",
    "subscriber_birth": "client_birth",
    "subscriber_address": "client_address",
}

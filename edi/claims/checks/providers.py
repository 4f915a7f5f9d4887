"""Checks of the clinicians and the place of a claim, and how they stand to the billing provider."""

from __future__ import annotations

from edi.claims.checks.parties import name, street
from edi.claims.checks.values import npi, required, taxonomy
from edi.claims.model import BillingProvider, Claim, Facility, Organization, Provider
from edi.claims.problems import Findings


def provider(found: Findings, who: Provider, whose: str) -> None:
    """A clinician: loop 2310A, 2310B, 2310D or 2420A."""
    name(found, who.name, whose)
    npi(found, "NM109", who.npi, whose)
    if who.taxonomy:
        taxonomy(found, "PRV03", who.taxonomy, whose)


def facility(found: Findings, place: Facility) -> None:
    """Loop 2310C."""
    whose = "The service location's"
    required(found, "NM103", place.name, whose, "name")
    street(found, place.address, whose)
    if place.npi:
        npi(found, "NM109", place.npi, whose)


def providers(found: Findings, sent: Claim, billing: BillingProvider) -> None:
    """Loops 2310A to 2310D, and how they stand to the billing provider."""
    found.at("2310B")
    if sent.rendering is not None:
        provider(found, sent.rendering, "The rendering provider's")
    if isinstance(billing.name, Organization):
        _of_a_group(found, sent, billing)
    elif sent.rendering is not None and sent.rendering.npi == billing.npi:
        words = "The rendering provider is the billing provider, and is named only once, as billing provider."
        found.add(4, "NM109", "rendering-is-billing", words)
    if sent.supervising is not None:
        found.at("2310D")
        provider(found, sent.supervising, "The supervising provider's")
        if sent.rendering is not None and sent.supervising.npi == sent.rendering.npi:
            found.add(4, "NM109", "supervises-self", "The supervising provider is the rendering provider.")
    if sent.referring is not None:
        found.at("2310A")
        provider(found, sent.referring, "The referring provider's")
    if sent.facility is not None:
        found.at("2310C")
        facility(found, sent.facility)


def _of_a_group(found: Findings, sent: Claim, billing: BillingProvider) -> None:
    """A group bills for a clinician, who has an NPI of her own."""
    if sent.rendering is None:
        if not all(line.rendering for line in sent.lines):
            found.add(4, "NM1", "no-rendering", "A group bills, and no rendering provider is named.", warning=True)
    elif sent.rendering.npi == billing.npi:
        words = f"The rendering provider's NPI {billing.npi} is the group's; a clinician has an NPI of her own."
        found.add(4, "NM109", "rendering-is-billing", words)

"""The numbers a claim is known by (`edi.md` 3.3)."""

from __future__ import annotations

from typing import Any

from practice.models import PayerRules
from practice.npi import npi_is_valid
from scheduling.readiness.check import ClaimCheck
from scheduling.readiness.facts import Facts
from scheduling.readiness.findings import Finding
from scheduling.readiness.pages import IDENTITY, to_clinician, to_setup


class RenderingNpi(ClaimCheck):
    """The rendering provider’s type 1 NPI, with the right check digit."""

    code = "rendering_npi"

    def judge(self, facts: Facts, extra: Any) -> list[Finding]:
        who = facts.claim_rendering
        if who is None or npi_is_valid(who.npi):
            return []
        fault = "is missing" if not who.npi else "has a wrong digit"
        why = "The claim names who gave the session by it."
        return [self.finding(f"{who.first_name}’s NPI {fault}.", why, actions=[to_clinician("Add the NPI", who)])]


class RenderingTaxonomy(ClaimCheck):
    """Payers that pay by taxonomy reject a claim without."""

    code = "rendering_taxonomy"

    def judge(self, facts: Facts, extra: Any) -> list[Finding]:
        who, plan = facts.claim_rendering, facts.coverage
        if who is None or plan is None or who.taxonomy or facts.rules.taxonomy != PayerRules.Taxonomy.BOTH:
            return []
        why = f"{plan.payer.name} pays by it."
        choose = to_clinician("Choose the taxonomy", who)
        return [self.finding(f"{who.first_name}’s taxonomy is missing.", why, actions=[choose])]


class BillingNpi(ClaimCheck):
    """The practice’s own NPI, with the right check digit."""

    code = "billing_npi"

    def judge(self, facts: Facts, extra: Any) -> list[Finding]:
        number = facts.practice.npi
        if npi_is_valid(number):
            return []
        fault = "is missing" if not number else "has a wrong digit"
        why = "Every claim is billed under it."
        return [self.finding(f"The practice’s NPI {fault}.", why, actions=[to_setup("Add the group NPI", IDENTITY)])]

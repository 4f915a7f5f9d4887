"""Every attendance as the billing day sees it: what would be billed, the price, and what stands in the way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from billing import pricing
from billing.day.add_ons import AddOnPrice, price_add_ons
from billing.pricing import Price, PriceFacts
from clinicians.policies import own_clinician_id
from practice.actors import Actor
from practice.models import PracticeSettings
from practice.money import total
from practice.setup.selectors import Rates, get_settings, rate_for, rates_on
from scheduling.models import Attendance
from scheduling.prefilling import Proposal, propose
from scheduling.readiness import Action, Facts, Finding, Loaded, Severity, Stage, judge, load_rows, pages
from scheduling.readiness.words import short_day

STEPS: Final = frozenset({Stage.CONFIRM, Stage.BILL})
_HELD: Final = Attendance.Status.HELD.value
_SCHEDULED: Final = Attendance.Status.SCHEDULED.value


@dataclass(frozen=True, slots=True)
class Judged:
    """One attendance. `facts` are what would be billed, `status` what the calendar says now."""

    facts: Facts
    status: str
    proposal: Proposal
    price: Price
    add_ons: tuple[AddOnPrice, ...]
    findings: tuple[Finding, ...]
    by_clinician: bool = False

    @property
    def amount(self) -> Decimal | None:
        """What it costs with its add-ons, in dollars; None while nothing says so."""
        if self.price.amount is None:
            return None
        return self.price.amount + total(one.amount for one in self.add_ons if one.amount is not None)

    @property
    def sources(self) -> Mapping[str, str]:
        """Where each fact comes from, in words."""
        return self.proposal.sources

    @property
    def blocking(self) -> list[Finding]:
        """What has to be cleared before it is billed."""
        return [finding for finding in self.findings if finding.blocks and finding.stage in STEPS]

    @property
    def is_ready(self) -> bool:
        """Whether one click bills it."""
        return not (self.facts.is_confirmed or self.facts.is_canceled or self.blocking)


@dataclass(frozen=True, slots=True)
class _Known:
    settings: PracticeSettings
    own_id: int | None
    rates: Mapping[dt.date, Rates]
    add_ons: Mapping[int, tuple[AddOnPrice, ...]]


def judge_rows(rows: Sequence[Attendance], *, actor: Actor) -> dict[int, Judged]:
    """The judgment of every attendance by its id, in a number of queries that does not depend on how many there are."""
    return judge_loaded(load_rows([row.pk for row in rows]), actor=actor)


def judge_loaded(loaded: Loaded, *, actor: Actor) -> dict[int, Judged]:
    """The same for attendances that are loaded already.

    What is scheduled and over is judged as held. Contract rates take one query for each date on which something has
    no fee of the practice's own.
    """
    if not loaded.rows:
        return {}
    proposals = propose(loaded)
    facts = {one.key: _proposed(one, proposals[one.key]) for one in loaded.facts()}
    findings = judge(list(facts.values()))
    asked = [one for one in facts.values() if not one.is_canceled]
    settings = loaded.catalog.settings or get_settings()
    own_id = own_clinician_id(actor) if settings.attester == PracticeSettings.Attester.CLINICIAN else None
    known = _Known(settings, own_id, _rates(asked), price_add_ons(asked))
    return {row.pk: _judged(row, facts[row.pk], proposals[row.pk], findings[row.pk], known) for row in loaded.rows}


def _proposed(facts: Facts, proposal: Proposal) -> Facts:
    """The facts that confirming would fix. Times stay as they are on record: nobody vouches for a guess."""
    if facts.is_confirmed or facts.is_canceled:
        return facts
    over = facts.outcome == _SCHEDULED and facts.scheduled_stop <= facts.now
    return replace(
        facts,
        outcome=_HELD if over else facts.outcome,
        diagnoses=proposal.facts.diagnoses,
        place_of_service=proposal.facts.place_of_service,
        modifiers=proposal.facts.modifiers,
        client_state=proposal.facts.client_state,
    )


def _judged(row: Attendance, facts: Facts, proposal: Proposal, findings: Sequence[Finding], known: _Known) -> Judged:
    price = _price(facts, known)
    add_ons = () if facts.is_absence else known.add_ons.get(facts.key, ())
    own = [] if facts.is_confirmed or facts.is_canceled else [*_unpriced(facts, price, add_ons, findings)]
    own += _unattested(row, facts, known) if not (facts.is_confirmed or facts.is_canceled) else []
    by_clinician = known.settings.attester == PracticeSettings.Attester.CLINICIAN
    return Judged(facts, row.status, proposal, price, add_ons, (*own, *findings), by_clinician)


def _rates(facts: Sequence[Facts]) -> dict[dt.date, Rates]:
    payers: dict[dt.date, set[int]] = {}
    for one in facts:
        if one.is_claim and one.coverage and one.fee is None and one.service and one.service.fee_on(one.date) is None:
            payers.setdefault(one.date, set()).add(one.coverage.payer.id)
    return {date: rates_on(date, wanted) for date, wanted in payers.items()}


def _price(facts: Facts, known: _Known) -> Price:
    if facts.is_canceled:
        return Price(None, "")
    return pricing.price(
        PriceFacts(
            outcome=facts.outcome,
            insured=facts.is_claim,
            units=facts.units,
            fee=facts.service.fee_on(facts.date) if facts.service else None,
            contract_rate=_rate(facts, known),
            own_rate=facts.client.own_rate,
            late_cancel_fee=known.settings.late_cancel_fee,
            no_show_fee=known.settings.no_show_fee,
            entered=facts.fee,
        )
    )


def _rate(facts: Facts, known: _Known) -> Decimal | None:
    rates = known.rates.get(facts.date)
    if not rates or facts.coverage is None or facts.service is None:
        return None
    level = facts.rendering.level if facts.rendering else ""
    return rate_for(rates, facts.coverage.payer.id, facts.service.id, level)


def _unpriced(facts: Facts, price: Price, add_ons: Sequence[AddOnPrice], findings: Sequence[Finding]) -> list[Finding]:
    """Nothing says what it costs; silent where readiness says so itself, or asks for the service first."""
    codes = [one.code for one in add_ons if one.amount is None]
    if price.amount is None and facts.service is not None:
        codes.insert(0, facts.code)
    if not codes or any(finding.code == "fee_missing" for finding in findings):
        return []
    title = f"No fee is set for {codes[0]} on {short_day(facts.date, facts.today)}."
    enter = [Action("Enter the fee", field="fee")] if codes[0] == facts.code else []
    actions = (*enter, Action("Set the practice’s fee", url_name=pages.SERVICES))
    why = "Neither the practice’s fees nor the contract name it." if facts.is_claim else ""
    return [Finding("fee_missing", Severity.BLOCK, Stage.BILL, title, why, field="fee", actions=actions)]


def _unattested(row: Attendance, facts: Facts, known: _Known) -> list[Finding]:
    who = facts.rendering
    if known.settings.attester != PracticeSettings.Attester.CLINICIAN or row.attestation_id or who is None:
        return []
    if known.own_id == who.id:
        return []
    title = f"It waits on {who.first_name} to attest."
    why = "Each clinician vouches for their own sessions here."
    return [Finding("attestation_missing", Severity.BLOCK, Stage.CONFIRM, title, why, waits_on=who.name)]

"""What the biller does with the payers' answers: posts, deposits, corrects what was rejected and works denials."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from billing.claims import correcting
from billing.claims.policies import visible_claims
from billing.remittances import denials
from billing.remittances import services as remittances
from billing.remittances.policies import visible_denials, visible_remittances
from clients import services as intake
from desk.demo import fate
from desk.demo.stage import Stage
from practice import clock
from practice.money import ZERO

PATIENCE: Final = dt.timedelta(days=12)
APPEAL: Final = dt.timedelta(days=30)
_OF_CARD: Final = (
    "payer", "rank", "group_number", "plan_name", "starts_on", "ends_on", "copay", "relationship",
    "subscriber_first_name", "subscriber_last_name", "subscriber_date_of_birth", "subscriber_sex",
    "address1", "address2", "city", "state", "zip",
)  # fmt: skip


def correct(stage: Stage) -> None:
    """Puts right what was rejected, then works what was denied a while ago; both go out with a later billing."""
    _correct_rejected(stage)
    _work_denials(stage)


def _correct_rejected(stage: Stage) -> None:
    """The payer knows no such member: the card is asked for again."""
    rejected = visible_claims(stage.biller).filter(status="rejected").select_related("coverage__payer", "client")
    claims = list(rejected.order_by("service_on", "client__number", "pk"))
    cards = {claim.coverage_id: claim.coverage for claim in claims if claim.coverage is not None}
    for card in cards.values():
        values = {name: getattr(card, name) for name in _OF_CARD} | {"member_id": f"{card.member_id}1"}
        intake.change_coverage(actor=stage.owner.actor, coverage_id=card.pk, **values)
    for claim in claims:
        correction = correcting.correction_of(claim, list(claim.lines.order_by("position")))
        correcting.correct(actor=stage.biller, claim_id=claim.pk, correction=correction)


def post(stage: Stage) -> None:
    """Posts what is ready, and writes down what is in the bank."""
    today = clock.today(stage.practice)
    found = visible_remittances(stage.biller).filter(status="ready").order_by("paid_on", "payer_name", "pk")
    for row in found:
        posted = remittances.post(row.pk, actor=stage.biller, practice=stage.practice)
        if posted.status == "posted" and remittances.in_clearing(posted) != ZERO:
            amount = remittances.in_clearing(posted)
            remittances.record_deposit(row.pk, amount=amount, on=today, actor=stage.biller, practice=stage.practice)


def _work_denials(stage: Stage) -> None:
    """What has lain for a while: resent, appealed, given up, or asked of the client."""
    old = clock.now() - PATIENCE
    found = visible_denials(stage.biller).filter(status="open", made_at__lt=old).select_related("claim__client")
    for denial in found.order_by("claim__service_on", "claim__client__number", "pk"):
        if _is_left(stage, denial):
            continue
        if _is(denial, "CO", "16") and denial.claim.status in {"denied", "partially_paid"}:
            _replace(stage, denial)
        else:
            _decide(stage, denial)


def _is_left(stage: Stage, denial: Any) -> bool:
    """A few are not looked at for long."""
    claim = denial.claim
    return fate.happens(120, stage.draws(), "left", claim.client.external_id, claim.service_on)


def _replace(stage: Stage, denial: Any) -> None:
    """The payer wanted more: a corrected claim goes in place of the first."""
    lines = list(denial.claim.lines.order_by("position"))
    correction = correcting.correction_of(denial.claim, lines)
    correcting.replace(actor=stage.biller, claim_id=denial.claim_id, correction=correction)
    denials.resolve(denial.pk, resolution="resent", note="Sent again with what was missing", actor=stage.biller)


def _decide(stage: Stage, denial: Any) -> None:
    actor, claim = stage.biller, denial.claim
    if any(reason.get("group") == "PR" for reason in denial.reasons):
        denials.resolve(denial.pk, resolution="to_client", note="Not covered by the plan", actor=actor)
    elif fate.happens(400, stage.draws(), "appeal", claim.client.external_id, claim.service_on):
        on = clock.today(stage.practice) + APPEAL
        denials.follow_up(denial.pk, on=on, note="Appealed in writing", actor=actor, practice=stage.practice)
    else:
        denials.resolve(denial.pk, resolution="written_off", note="The payer will not pay this", actor=actor)


def _is(denial: Any, group: str, code: str) -> bool:
    return any(str(one.get("group")) == group and str(one.get("reason")) == code for one in denial.reasons)

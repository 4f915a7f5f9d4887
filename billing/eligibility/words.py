"""How an answer is said: one line for a card, rows for its page, and the chip of a check."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final, NamedTuple

from billing.claims.words import Chip
from billing.eligibility.estimating import percent
from billing.eligibility.facts import Facts, Figure, Limit, Reject
from billing.models import EligibilityCheck
from practice.money import ZERO
from practice.templatetags._words import day, money
from practice.today import counted

S = EligibilityCheck.Status
Found = EligibilityCheck.Outcome
NO_DEDUCTIBLE: Final = "no deductible"
_TYPES: Final = {
    "A6": "psychotherapy",
    "A8": "outpatient mental health",
    "CF": "outpatient mental health provider",
    "MH": "mental health",
    "A4": "psychiatric care",
    "98": "office visit",
    "30": "the plan as a whole",
    "": "the plan as a whole",
}
_CHIPS: Final = {
    Found.ACTIVE: Chip("done", "", "Active"),
    Found.INACTIVE: Chip("stop", "", "Not active"),
    Found.UNCLEAR: Chip("wait", "", "Not clear"),
    Found.REJECTED: Chip("wait", "", "Needs correcting"),
}
_UNANSWERED: Final = {
    S.READY: Chip("move", "quarter", "Waits to be asked"),
    S.SENDING: Chip("move", "half", "Asking"),
    S.FAILED: Chip("wait", "", "Not answered"),
    S.UNKNOWN: Chip("wait", "", "Not known"),
}
_ENTRIES: Final = {
    **dict.fromkeys(("64", "67", "68", "72", "75", "76"), "member_id"),
    **dict.fromkeys(("65", "73"), "last_name"),
    **dict.fromkeys(("58", "60", "69", "71"), "date_of_birth"),
    **dict.fromkeys(("66", "70", "74"), "sex"),
}


class Line(NamedTuple):
    """One fact of an answer with the service type it was said for, where it is one of money or service."""

    label: str
    text: str
    source: str = ""


class Fix(NamedTuple):
    """What a rejection wants corrected, and the page and entry where that is done."""

    sentence: str
    url_name: str = ""
    pk: int = 0
    entry: str = ""


def chip_of(check: EligibilityCheck) -> Chip:
    """How far a check is, or what it found."""
    return _CHIPS[Found(check.outcome)] if check.status == S.ANSWERED else _UNANSWERED[S(check.status)]


def type_words(code: str) -> str:
    """A service type as people say it: `mental health (MH)`."""
    words = _TYPES.get(code, f"service type {code}")
    return f"{words} ({code})" if code and code in _TYPES else words


def summary(facts: Facts) -> str:
    """`active; copay $25.00, deductible left $310.00 of $1,500.00, in network, telehealth covered`."""
    state = {True: "active", False: "not active", None: "the payer does not say whether it is active"}[facts.is_active]
    if facts.is_under_review:
        state = "under review by the payer"
    if facts.is_active is None and facts.rejects:
        return facts.rejects[0].words[:1].lower() + facts.rejects[0].words[1:]
    ended = [f"it ended on {facts.until:%b} {facts.until.day}, {facts.until.year}"] if facts.until else []
    parts = ", ".join(ended if facts.is_active is False else _parts(facts))
    return f"{state}; {parts}" if parts else state


def lines(facts: Facts, today: dt.date) -> list[Line]:
    """Everything the answer says, one fact a line."""
    return [one for one in _lines(facts, today) if one.text]


def fixes(check: EligibilityCheck, facts: Facts) -> list[Fix]:
    """What to correct, where."""
    return [_fix(check, one) for one in facts.rejects]


def _parts(facts: Facts) -> Iterator[str]:
    if facts.covered is False:
        yield "the service is not covered"
    yield from _money_parts(facts)
    if facts.network:
        yield "in network"
    if facts.visits and (said := _limit_short(facts.visits, dollars=False)):
        yield f"visits {said}"
    if facts.needs_authorization:
        yield "authorization needed"
    if facts.telehealth is not None:
        yield "telehealth covered" if facts.telehealth else "telehealth not covered"


def _money_parts(facts: Facts) -> Iterator[str]:
    if facts.copay:
        yield f"copay {_figure(facts.copay)}"
    if facts.coinsurance and facts.coinsurance.amount != 0:
        yield f"coinsurance {_figure(facts.coinsurance, share=True)}"
    if facts.deductible and (said := _limit_short(facts.deductible)):
        yield said if said == NO_DEDUCTIBLE else f"deductible {said}"


def _lines(facts: Facts, today: dt.date) -> Iterator[Line]:
    yield Line("Plan", ", ".join(part for part in (facts.plan_name, facts.insurance) if part))
    yield Line("Group", facts.group_number)
    yield Line("Covered", _span(facts, today))
    yield Line("The service", {True: "Covered", False: "Not covered", None: ""}[facts.covered])
    if facts.network:
        yield Line("Network", "These figures hold in network")
    elif facts.has_figures:
        yield Line("Network", "The payer does not say for which network")
    yield _of_figure("Copay", facts.copay)
    yield _of_figure("Coinsurance", facts.coinsurance, share=True)
    yield from _of_limit("Deductible", facts.deductible)
    yield from _of_limit("Family deductible", facts.family_deductible)
    yield from _of_limit("Out-of-pocket maximum", facts.out_of_pocket)
    yield from _of_limit("Visits", facts.visits, dollars=False)
    yield Line("Authorization", {True: "Needed", False: "Not needed", None: ""}[facts.needs_authorization])
    yield Line("Telehealth", {True: "Covered", False: "Not covered", None: ""}[facts.telehealth])
    yield _of_figure("Telehealth copay", facts.telehealth_copay)
    for text in facts.telehealth_words:
        yield Line("The payer on telehealth", text)
    if facts.as_known is not None:
        who = facts.as_known
        parts = (f"{who.first_name} {who.last_name}".strip(), who.member_id)
        yield Line("On the payer’s record", ", ".join(part for part in parts if part))


def _of_figure(label: str, figure: Figure | None, *, share: bool = False) -> Line:
    return Line(label, _figure(figure, share=share), type_words(figure.service_type)) if figure else Line(label, "")


def _of_limit(label: str, limit: Limit | None, *, dollars: bool = True) -> Iterator[Line]:
    if limit is not None:
        figure = limit.left or limit.total or limit.used
        source = type_words(figure.service_type) if figure else ""
        used = f", {_value(limit.used, dollars=dollars)} used" if limit.used and not limit.left else ""
        text = (_limit_short(limit, dollars=dollars) + used).lstrip(", ")
        yield Line(label, text[:1].upper() + text[1:], source)


def _limit_short(limit: Limit, *, dollars: bool = True) -> str:
    """`left $310.00 of $1,500.00`, or what of it is said."""
    if dollars and limit.total is not None and limit.total.amount == ZERO:
        return NO_DEDUCTIBLE
    left, total = _value(limit.left, dollars=dollars), _value(limit.total, dollars=dollars)
    if left and total:
        return f"left {left} of {total}"
    return f"left {left}" if left else total


def _value(figure: Figure | None, *, dollars: bool) -> str:
    if figure is None:
        return ""
    if dollars:
        return _figure(figure)
    return f"{figure.amount.normalize():f}" if figure.amount is not None else "several figures"


def _figure(figure: Figure | None, *, share: bool = False) -> str:
    """`$25.00`, `20%`, or all that is said where that is several things."""
    if figure is None:
        return ""
    said = percent if share else money
    if figure.amount is not None:
        return said(figure.amount)
    return " or ".join(said(one) for one in figure.several)


def _span(facts: Facts, today: dt.date) -> str:
    since = f"since {_date(facts.since, today)}" if facts.since else ""
    until = f"until {_date(facts.until, today)}" if facts.until else ""
    said = " ".join(part for part in (since, until) if part)
    return said[:1].upper() + said[1:]


def _date(value: dt.date, today: dt.date) -> str:
    return day(value, today).partition(", ")[2]


def _fix(check: EligibilityCheck, one: Reject) -> Fix:
    sentence = ". ".join(part.rstrip(".") for part in (one.words, one.fix or one.action) if part) + "."
    entry = _ENTRIES.get(one.reason, "")
    if not entry:
        return Fix(sentence)
    if entry == "member_id":
        return Fix(sentence, "edit_coverage", check.coverage_id, entry)
    if check.coverage.is_own or one.level == "dependent":
        return Fix(sentence, "edit_client", check.client_id, entry)
    return Fix(sentence, "edit_coverage", check.coverage_id, f"subscriber_{entry}")


def asked_words(check: EligibilityCheck) -> str:
    """By which service types it was asked."""
    return ", ".join(type_words(code) for code in check.service_types)


def left_words(count: int, why: str) -> str:
    """What a bulk question left out."""
    return f" {counted(count, 'client')} cannot be asked about: {why}" if count else ""

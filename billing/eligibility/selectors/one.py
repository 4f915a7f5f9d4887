"""One answer with all that stands on its page, and what stands on the card of a coverage."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet

from billing.claims.words import Chip
from billing.eligibility import acting, estimating, standing, words
from billing.eligibility.comparing import Kind
from billing.eligibility.estimating import Estimate
from billing.eligibility.facts import Facts, Party, from_data
from billing.eligibility.selectors.pricing import NextSession, next_session
from billing.eligibility.words import Fix, Line
from billing.models import EligibilityCheck
from clients.models import Client, Coverage
from clients.policies import visible_clients
from practice import clock
from practice.actors import Actor
from practice.models import Practice, PracticePayer
from practice.templatetags._words import money

HISTORY = 20


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A payer that a carve-out names, with ours where it is in use; `is_used` when the coverage names it already."""

    position: int
    party: Party
    payer: PracticePayer | None
    is_used: bool

    @property
    def name(self) -> str:
        """As the practice calls it, else as the answer does."""
        return self.payer.name if self.payer else self.party.name.title()


@dataclass(frozen=True, slots=True)
class CheckPage:
    """One check: what it says, what to correct or decide, and the other checks of the coverage."""

    check: EligibilityCheck
    facts: Facts
    chip: Chip
    summary: str
    source: str
    estimate: Estimate | None
    session: NextSession | None
    lines: list[Line]
    fixes: list[Fix]
    elsewhere: list[Elsewhere]
    offers_copay: bool
    history: list[tuple[EligibilityCheck, Chip, str]]
    is_sandbox: bool

    @property
    def may_set_aside(self) -> bool:
        """Whether the answer holds back what would be billed."""
        counts = self.check.is_current and self.check.set_aside_at is None
        return counts and (self.check.outcome == EligibilityCheck.Outcome.INACTIVE or self.facts.until is not None)

    @property
    def offers(self) -> list[Elsewhere]:
        """The payers that could take this one’s place."""
        return [other for other in self.elsewhere if not other.is_used] if self.check.is_current else []

    @property
    def plain_alerts(self) -> list[dict[str, str]]:
        """What to look at and is not said by an offer or a correction below it."""
        said = {Kind.CARVE_OUT} if self.offers else set()
        said |= {Kind.COPAY} if self.offers_copay else set()
        said |= {Kind.REJECTED} if self.fixes else set()
        return [alert for alert in self.check.alerts if alert["kind"] not in said]

    @property
    def asks_for_something(self) -> bool:
        """Whether there is anything to look at, to correct or to take over."""
        return bool(self.check.alerts or self.fixes or self.offers or self.offers_copay)

    @property
    def to_look_at(self) -> bool:
        """Whether it says something that nobody has looked at."""
        return bool(self.check.alerts) and self.check.is_current and self.check.looked_at is None


@dataclass(frozen=True, slots=True)
class Card:
    """What stands on a coverage: the answer that counts, the last question where it is another, and what may be done.

    `short` is what a clinician reads: whether the coverage is active, and no money but the copay.
    """

    coverage: Coverage
    short: str
    why_not: str = ""
    current: CheckPage | None = None
    last: EligibilityCheck | None = None
    last_chip: Chip | None = None
    may_ask: bool = False
    checks: int = 0
    gaps: list[Fix] = field(default_factory=list)

    @property
    def is_under_way(self) -> bool:
        """Whether the page has to look again."""
        return self.last is not None and self.last.is_under_way


def visible_checks(actor: Actor) -> QuerySet[EligibilityCheck]:
    """The checks of clients the actor sees."""
    return EligibilityCheck.objects.filter(client__in=visible_clients(actor))


def check_page(actor: Actor, practice: Practice, check_id: int) -> CheckPage | None:
    """The page of one check; None when it is not there. A fixed number of queries."""
    rows = visible_checks(actor).select_related("client", "coverage__payer", "payer", "inquiry", "answer", "connection")
    check = rows.filter(pk=check_id).first()
    if check is None:
        return None
    session = next_session(practice, check.client_id, check.payer_id)
    others = EligibilityCheck.objects.filter(coverage=check.coverage_id).exclude(pk=check.pk)
    return _page(check, session, list(others.order_by("-made_at", "-pk")[:HISTORY]), clock.today(practice))


def cards(client: Client, actor: Actor) -> dict[int, Card]:
    """What stands on each coverage of a client; a clinician without the permission sees the short form alone."""
    coverages = list(Coverage.objects.filter(client=client).select_related("payer"))
    ids = [row.pk for row in coverages]
    rows = EligibilityCheck.objects.filter(coverage__in=ids).select_related(
        "client", "coverage__payer", "payer", "inquiry", "answer", "connection"
    )
    checks: dict[int, list[EligibilityCheck]] = {}
    for row in rows.order_by("-pk"):
        checks.setdefault(row.coverage_id, []).append(row)
    if not actor.may("eligibility:view"):
        return {row.pk: Card(row, _short(checks.get(row.pk, []))) for row in coverages if checks.get(row.pk)}
    practice = Practice.objects.get(pk=actor.practice_id)
    today = clock.today(practice)
    known = standing.load(today)
    sessions = {row.payer_id: next_session(practice, client.pk, row.payer_id) for row in coverages}
    return {
        row.pk: _card(
            row,
            checks.get(row.pk, []),
            why_not=known.why_not(row, client),
            session=sessions[row.payer_id],
            may_ask=actor.may("eligibility:edit"),
            today=today,
        )
        for row in coverages
        if checks.get(row.pk) or row.ends_on is None or row.ends_on >= today
    }


def _card(
    coverage: Coverage,
    checks: Sequence[EligibilityCheck],
    *,
    why_not: str,
    session: NextSession | None,
    may_ask: bool,
    today: dt.date,
) -> Card:
    counts = next((one for one in checks if one.is_current), None)
    last = next((one for one in checks if counts is None or one.pk > counts.pk), None)
    return Card(
        coverage,
        _short(checks),
        why_not=why_not,
        current=_page(counts, session, [], today) if counts else None,
        last=last,
        last_chip=words.chip_of(last) if last else None,
        may_ask=may_ask,
        checks=len(checks),
    )


def _page(
    check: EligibilityCheck, session: NextSession | None, others: Sequence[EligibilityCheck], today: dt.date
) -> CheckPage:
    facts = from_data(check.facts)
    copay = facts.copay.amount if facts.copay else None
    code = facts.service_type
    return CheckPage(
        check=check,
        facts=facts,
        chip=words.chip_of(check),
        summary=words.summary(facts) if check.status == EligibilityCheck.Status.ANSWERED else check.trouble,
        source=words.type_words(code) if code is not None else "",
        estimate=_estimate(facts, session) if session and check.is_current else None,
        session=session,
        lines=words.lines(facts, today),
        fixes=words.fixes(check, facts),
        elsewhere=[_elsewhere(place, party, check) for place, party in enumerate(facts.carve_outs)],
        offers_copay=check.is_current and copay is not None and copay != check.coverage.copay,
        history=[(one, words.chip_of(one), words.summary(from_data(one.facts))) for one in others],
        is_sandbox=bool(check.connection and check.connection.is_sandbox),
    )


def _estimate(facts: Facts, session: NextSession) -> Estimate | None:
    return estimating.estimate(estimating.for_session(facts, telehealth=session.telehealth), session.price)


def _elsewhere(position: int, party: Party, check: EligibilityCheck) -> Elsewhere:
    payer = acting.payer_of(party)
    return Elsewhere(position, party, payer, is_used=payer is not None and payer.pk == check.coverage.payer_id)


def _short(checks: Sequence[EligibilityCheck]) -> str:
    """Active or not, and the copay: all that a clinician reads."""
    row = next((one for one in checks if one.is_current and one.set_aside_at is None), None)
    if row is None:
        return ""
    facts = from_data(row.facts)
    active = {True: "active", False: "not active", None: "not confirmed"}[facts.is_active]
    copay = facts.copay.amount if facts.copay and facts.is_active else None
    return f"{active}; copay {money(copay)}" if copay is not None else active

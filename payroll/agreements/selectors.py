"""Who is paid how: everybody's terms of work with the version of today, and the versions of one of them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import Max, Q
from django.db.models.functions import Coalesce
from django.http import Http404

from clinicians.models import Engagement
from payroll.agreements.notices import Notice, first_days, notices_of
from payroll.agreements.reading import Content, content_of
from payroll.agreements.words import Names, in_short, own_name, sentence, takebacks, unsigned
from payroll.calculation.facts import Rule
from payroll.loading.payees import tax_class
from payroll.models import PayLine, PayRule, PayRun, PaySchedule, RuleSet
from payroll.policies import visible_rule_sets
from payroll.words import since
from practice.actors import Actor

RUNNING, EMPLOYEES, CONTRACTORS, DRAW, NEEDS, OVER = "", "w2", "1099", "draw", "needs", "over"
_LABELS: Final = {
    RUNNING: "Everybody",
    NEEDS: "Needs rules",
    EMPLOYEES: "W-2",
    CONTRACTORS: "1099",
    DRAW: "By draw",
    OVER: "Terms over",
}
_TAGS: Final = {"w2": "W-2", "1099": "1099", "": "Draw"}
_KINDS: Final = {
    Engagement.Kind.W2_EXEMPT: "Employee, exempt",
    Engagement.Kind.W2_NONEXEMPT: "Employee, non-exempt",
    Engagement.Kind.CONTRACTOR: "Contractor",
    Engagement.Kind.PARTNER: "Partner",
    Engagement.Kind.SOLE_OWNER: "Sole owner",
}
_OPEN: Final = (PayRun.Status.DRAFT, PayRun.Status.COMPUTED)


@dataclass(frozen=True, slots=True)
class Row:
    """One person's terms of work in the list."""

    engagement: Engagement
    name: str
    tag: str
    words: str
    version: RuleSet | None
    notices: Sequence[Notice]
    is_over: bool

    @property
    def kind(self) -> str:
        """What they are, beside the tag of their class."""
        return _KINDS[Engagement.Kind(self.engagement.kind)]

    @property
    def is_paid_by_draw(self) -> bool:
        """Whether no run pays them."""
        return not tax_class(self.engagement.kind)


@dataclass(frozen=True, slots=True)
class Group:
    """A filter with how many it holds."""

    key: str
    label: str
    count: int
    kind: str = ""


@dataclass(frozen=True, slots=True)
class RuleList:
    """The rows of the filter that was asked for, and every filter's count under the same search."""

    rows: list[Row]
    groups: list[Group]
    shown: str


@dataclass(frozen=True, slots=True)
class Version:
    """One version on its page: what it says, and up to which day it paid."""

    row: RuleSet
    rules: list[tuple[str, str, int]]
    policies: list[str]
    paid_up_to: dt.date | None
    state: str

    @property
    def is_locked(self) -> bool:
        """Whether it paid somebody, so that it is never changed."""
        return self.paid_up_to is not None


@dataclass(frozen=True, slots=True)
class Agreement:
    """One person's terms of work with all versions, the newest first."""

    engagement: Engagement
    tag: str
    versions: list[Version]
    notices: Sequence[Notice]
    schedules: list[PaySchedule] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Whose they are."""
        return str(self.engagement.clinician.name)

    @property
    def is_paid_by_draw(self) -> bool:
        """Whether no run pays them."""
        return not tax_class(self.engagement.kind)


SORTS: Final[dict[str, Callable[[Row], Any]]] = {
    "name": lambda row: (row.engagement.clinician.last_name.casefold(), row.name.casefold()),
    "tax": lambda row: (row.tag, row.name.casefold()),
    "since": lambda row: (row.version.starts_on if row.version else dt.date.max, row.name.casefold()),
    "finding": lambda row: (not row.notices, row.notices[0].kind if row.notices else "", row.name.casefold()),
}


def rule_list(actor: Actor, today: dt.date, *, words: str = "", show: str = RUNNING, sort: str = "") -> RuleList:
    """Everybody with terms of work, those of the filter and the search; at most seven queries."""
    engagements = list(Engagement.objects.select_related("clinician").order_by("starts_on"))
    versions = _by_engagement(visible_rule_sets(actor).order_by("starts_on"))
    of_today = {one.pk: current(versions[one.pk], today) for one in engagements}
    content = content_of([one for one in of_today.values() if one is not None])
    paid_from = first_days()
    rows = [
        _row(one, of_today[one.pk], content, today, notices_of(one, versions[one.pk], today, paid_from))
        for one in engagements
    ]
    found = [row for row in rows if all(word in row.name.casefold() for word in words.casefold().split())]
    groups = [_group(key, found) for key in _LABELS]
    shown = show if show in _LABELS else RUNNING
    key = SORTS.get(sort.removeprefix("-"), SORTS["name"])
    chosen = sorted((row for row in found if _is_in(row, shown)), key=key, reverse=sort.startswith("-"))
    return RuleList(chosen, groups, shown)


def agreement(actor: Actor, engagement_id: int, today: dt.date) -> Agreement:
    """One person's versions; Http404 when there are no such terms. At most nine queries."""
    engagement = Engagement.objects.select_related("clinician").filter(pk=engagement_id).first()
    if engagement is None:
        raise Http404
    rows = list(visible_rule_sets(actor).filter(engagement=engagement).order_by("starts_on"))
    content, paid = content_of(rows), paid_up_to(rows)
    versions = [_version(row, engagement, content, paid.get(row.pk), today) for row in reversed(rows)]
    kind = tax_class(engagement.kind)
    return Agreement(
        engagement,
        _TAGS[kind],
        versions,
        notices_of(engagement, rows, today, first_days()),
        _schedules(kind, today) if kind else [],
    )


def copies(actor: Actor, today: dt.date, engagement: Engagement) -> list[tuple[int, str]]:
    """The versions a new one can start from: this person's own, and everybody else's of today."""
    found = visible_rule_sets(actor).select_related("engagement__clinician")
    own = [
        (row.pk, f"Version {row.version}, {since(row.starts_on, row.ends_on)}")
        for row in found.filter(engagement=engagement).order_by("-starts_on")
    ]
    running = Q(ends_on=None) | Q(ends_on__gte=today)
    others = found.filter(running, starts_on__lte=today).exclude(engagement_id=engagement.pk)
    named = [(row.engagement.clinician.name, row) for row in others]
    return own + [(row.pk, f"{name}, version {row.version}") for name, row in sorted(named, key=lambda one: one[0])]


def paid_up_to(versions: Iterable[RuleSet]) -> dict[int, dt.date]:
    """The latest day each version paid in a run that is not open any more; one query."""
    ids = [one.pk for one in versions]
    lines = PayLine.objects.filter(rule__rule_set__in=ids).exclude(run__status__in=_OPEN)
    days = lines.values("rule__rule_set").annotate(last=Max(Coalesce("service_on", "happened_on")))
    return {row["rule__rule_set"]: row["last"] for row in days.order_by()}


def _row(
    engagement: Engagement, version: RuleSet | None, content: Content, today: dt.date, notices: Sequence[Notice]
) -> Row:
    kind = tax_class(engagement.kind)
    said = in_short(content.rules.get(version.pk, ()), content.names) if version else ""
    return Row(
        engagement=engagement,
        name=engagement.clinician.name,
        tag=_TAGS[kind],
        words=f"{said[:1].upper()}{said[1:]}",
        version=version,
        notices=notices,
        is_over=engagement.ends_on is not None and engagement.ends_on < today,
    )


def _group(key: str, rows: Sequence[Row]) -> Group:
    number = sum(_is_in(row, key) for row in rows)
    return Group(key, _LABELS[key], number, "stop" if key == NEEDS and number else "")


def _is_in(row: Row, key: str) -> bool:
    if key == OVER or row.is_over:
        return key == OVER and row.is_over
    if key == NEEDS:
        return any(one.from_day for one in row.notices)
    return key == RUNNING or key == (tax_class(row.engagement.kind) or DRAW)


def _version(row: RuleSet, engagement: Engagement, content: Content, paid: dt.date | None, today: dt.date) -> Version:
    rows, rules = content.rows.get(row.pk, []), content.rules.get(row.pk, [])
    said = [
        (sentence(facts, content.names), _given_name(rule, facts, content.names), rule.priority)
        for rule, facts in zip(rows, rules, strict=True)
    ]
    return Version(row, said, policies(row, engagement), paid, state_of(row, today))


def _given_name(row: PayRule, rule: Rule, names: Names) -> str:
    """The rule's name where somebody gave it one."""
    return "" if row.name == own_name(rule, names) else row.name


def policies(row: RuleSet, engagement: Engagement) -> list[str]:
    """What the version says about takebacks and notes, in sentences."""
    said = [takebacks(row.takebacks, employee=tax_class(engagement.kind) == "w2"), unsigned(row.unsigned)]
    if row.may_reduce:
        said.append("The state and a signed plan let takebacks lower later incentive pay.")
    return said


def state_of(row: RuleSet, today: dt.date) -> str:
    """`today`, `later` or `over`."""
    if row.starts_on > today:
        return "later"
    return "over" if row.ends_on is not None and row.ends_on < today else "today"


def current(versions: Sequence[RuleSet], today: dt.date) -> RuleSet | None:
    """The version of today, else the next one, else the last."""
    running = next((one for one in versions if state_of(one, today) == "today"), None)
    later = next((one for one in versions if one.starts_on > today), None)
    return running or later or (versions[-1] if versions else None)


def _by_engagement(rows: Iterable[RuleSet]) -> dict[int, list[RuleSet]]:
    found: dict[int, list[RuleSet]] = defaultdict(list)
    for row in rows:
        found[row.engagement_id].append(row)
    return found


def _schedules(kind: str, today: dt.date) -> list[PaySchedule]:
    """The schedules that pay this sort of people from today on."""
    payees = PaySchedule.Payees.EMPLOYEES if kind == "w2" else PaySchedule.Payees.CONTRACTORS
    running = Q(ends_on=None) | Q(ends_on__gte=today)
    return list(PaySchedule.objects.filter(running, payees__in=[payees, PaySchedule.Payees.EVERYONE]))

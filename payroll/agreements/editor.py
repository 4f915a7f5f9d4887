"""A version on its way: the forms as they were sent, what they would say and pay, and what stands against it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from django.http import QueryDict

from clinicians.models import Engagement
from payroll.agreements.examples import Example, examples
from payroll.agreements.forms import Offers, RuleForm, VersionForm, initial_of
from payroll.agreements.reading import content_of, names_of
from payroll.agreements.words import own_name, sentence, takebacks, unsigned
from payroll.calculation.calendars import PERIODS_A_YEAR
from payroll.calculation.facts import Rule
from payroll.calculation.matching import SESSION_KINDS, contradiction
from payroll.errors import PayrollRefusedError
from payroll.loading.payees import rule_facts, tax_class
from payroll.models import PayRule, PaySchedule, RuleSet
from payroll.services.checking import checked_rules, refuse_policy

MOST: Final = 30
_NUMBERS: Final = frozenset(map(str, range(1000)))
EMPTY: Final[Mapping[str, Any]] = {"kind": "percent", "applies_to": sorted(SESSION_KINDS), "priority": 0}


@dataclass(slots=True)
class Preview:
    """What the version says, for each rule with what it pays; `trouble` is why that cannot be said yet."""

    rules: list[tuple[str, Example]] = field(default_factory=list)
    policies: list[str] = field(default_factory=list)
    trouble: str = ""


@dataclass(slots=True)
class Editor:
    """The form of a version and the forms of its rules."""

    engagement: Engagement
    version: VersionForm
    rules: list[RuleForm]
    given: Sequence[Rule] = ()

    @property
    def is_employee(self) -> bool:
        """Whether the person's wages are an employee's."""
        return tax_class(self.engagement.kind) == "w2"

    @property
    def has_rule_errors(self) -> bool:
        """Whether a rule that was sent is wrong."""
        return any(form.is_bound and form.errors for form in self.rules)

    def is_valid(self) -> bool:
        """Whether every form is, and the rules make sense together; what does not stands beside its field."""
        forms_hold = all([self.version.is_valid(), *(form.is_valid() for form in self.rules)])
        return forms_hold and self._make_sense()

    def values(self) -> list[dict[str, Any]]:
        """The rules for the service; one without a name is called by what it pays, and never by a client."""
        found = [form.values() for form in self.rules]
        facts = [fact for fact, _ in _facts(found)]
        names = names_of(facts, {})
        for values, fact in zip(found, facts, strict=True):
            values["name"] = values["name"] or own_name(fact, names)
        return found

    def preview(self) -> Preview:
        """What the version would say and pay as far as the forms hold."""
        if not all([form.is_valid() for form in self.rules]) or not self._make_sense():  # noqa: C419 - all are asked
            return Preview(trouble=self._first_error())
        return self._preview_of([fact for fact, _ in _facts(self.values())])

    def preview_as_given(self) -> Preview:
        """What the rules say that the editor opened with."""
        return self._preview_of(self.given) if self.given else Preview()

    def _preview_of(self, facts: Sequence[Rule]) -> Preview:
        names = names_of(facts)
        paid = examples(
            facts, tax_class=tax_class(self.engagement.kind), periods_a_year=_periods_a_year(self.engagement)
        )
        rules = [(sentence(one, names), example) for one, example in zip(facts, paid, strict=True)]
        chosen = self.version.chosen_policies()
        said = [takebacks(chosen["takebacks"], employee=self.is_employee), unsigned(chosen["unsigned"])]
        return Preview(rules, said, self._policy_trouble(chosen))

    def _policy_trouble(self, chosen: Mapping[str, Any]) -> str:
        try:
            refuse_policy(self.engagement, chosen["unsigned"], may_reduce=chosen["may_reduce"])
        except PayrollRefusedError as error:
            return str(error)
        return ""

    def _make_sense(self) -> bool:
        holds = all([self._holds(form) for form in self.rules])  # noqa: C419 - every rule is asked
        return holds and self._agree()

    def _holds(self, form: RuleForm) -> bool:
        try:
            checked_rules([form.values()])
        except PayrollRefusedError as error:
            form.refuse(error)
            return False
        return True

    def _agree(self) -> bool:
        values = [form.values() for form in self.rules]
        try:
            checked_rules(self.values())
        except PayrollRefusedError as error:
            pair = contradiction([fact for fact, _ in _facts(values)])
            if pair is None:
                self.version.add_error(None, str(error))
            else:
                self.rules[pair[1].id - 1].add_error("priority", str(error))
            return False
        return True

    def _first_error(self) -> str:
        errors = (error for form in self.rules for found in form.errors.values() for error in found)
        return str(next(errors, next(iter(self.version.non_field_errors()), "")))


def fresh(engagement: Engagement, source: RuleSet | None, *, row: RuleSet | None = None, **initial: Any) -> Editor:
    """The editor as it opens: with the rules of another version, or with one empty rule."""
    offers = Offers.of_practice()
    found, given = [dict(EMPTY)], dict(initial)
    rules: Sequence[Rule] = ()
    if source is not None:
        found, rules = _initials(source)
        if tax_class(source.engagement.kind) == tax_class(engagement.kind):
            given |= {name: getattr(source, name) for name in ("takebacks", "unsigned", "may_reduce")}
    return Editor(
        engagement,
        VersionForm(engagement=engagement, ends_former=_has_former(engagement, row), initial=given),
        [_rule(place, offers, initial=values) for place, values in enumerate(found)],
        rules,
    )


def sent(engagement: Engagement, data: QueryDict, row: RuleSet | None = None) -> Editor:
    """The editor with what was sent, without the rule that a button took away."""
    offers, gone = Offers.of_practice(), data.get("remove", "")
    forms = [_rule(place, offers, data=data) for place in _places(data) if str(place) != gone]
    return Editor(engagement, VersionForm(data, engagement=engagement, ends_former=_has_former(engagement, row)), forms)


def redrawn(engagement: Engagement, data: QueryDict, row: RuleSet | None = None) -> Editor:
    """The editor with what was sent as if it were given at first, so that nothing is called wrong yet.

    A rule is added or taken away where the button said so.
    """
    offers, places = Offers.of_practice(), _places(data)
    gone = data.get("remove", "")
    kept = [place for place in places if str(place) != gone]
    forms = [_rule(place, offers, initial=_as_initial(data, place)) for place in kept or [0]]
    if "add" in data and len(forms) < MOST:
        forms.append(_rule(max([*places, -1]) + 1, offers, initial=dict(EMPTY)))
    plain = {name: data.get(name, "") for name in VersionForm.base_fields}
    return Editor(
        engagement, VersionForm(engagement=engagement, ends_former=_has_former(engagement, row), initial=plain), forms
    )


def _has_former(engagement: Engagement, row: RuleSet | None) -> bool:
    """Whether a new version can end another one."""
    return row is None and RuleSet.objects.filter(engagement=engagement).exists()


def _rule(place: int, offers: Offers, *, data: QueryDict | None = None, initial: Any = None) -> RuleForm:
    return RuleForm(data, offers=offers, prefix=f"r{place}", initial=initial)


def _places(data: QueryDict) -> list[int]:
    found = [int(text) for text in data.getlist("row") if text in _NUMBERS]
    return list(dict.fromkeys(found))[:MOST]


def _as_initial(data: QueryDict, place: int) -> dict[str, Any]:
    several = {"applies_to", "absences", "hours_kinds", "service_kinds", "payer_ids", "location_ids"}
    found: dict[str, Any] = {}
    for name in RuleForm.base_fields:
        key = f"r{place}-{name}"
        if name in several:
            found[name] = data.getlist(key)
        elif key in data:
            found[name] = data[key]
    if not found["applies_to"]:
        found["applies_to"] = EMPTY["applies_to"]
    return found


def _initials(source: RuleSet) -> tuple[list[dict[str, Any]], Sequence[Rule]]:
    content = content_of([source])
    rows, rules = content.rows.get(source.pk, []), content.rules.get(source.pk, [])
    found = [initial_of(row, content.client_numbers.get(row.pk, {})) for row in rows]
    for values, rule in zip(found, rules, strict=True):
        if values["name"] == own_name(rule, content.names):
            values["name"] = ""
    return found or [dict(EMPTY)], rules


def _facts(values: Sequence[Mapping[str, Any]]) -> list[tuple[Rule, frozenset[int]]]:
    """Rules of the form as the calculation sees them, numbered from one."""
    found = []
    for place, given in enumerate(values, 1):
        columns = dict(given)
        clients = frozenset(columns.pop("client_ids", ()))
        row = PayRule(**columns, for_clients=bool(clients))
        found.append((replace(rule_facts(row, clients), id=place), clients))
    return found


def _periods_a_year(engagement: Engagement) -> int:
    """How often the schedule that pays these people does, so far as there is one."""
    payees = PaySchedule.Payees.EMPLOYEES if tax_class(engagement.kind) == "w2" else PaySchedule.Payees.CONTRACTORS
    rows = PaySchedule.objects.filter(payees__in=[payees, PaySchedule.Payees.EVERYONE]).order_by("-starts_on")
    row = rows.first()
    return PERIODS_A_YEAR[row.frequency] if row else PERIODS_A_YEAR["semi_monthly"]

"""The forms of a version of pay rules: its days and policies, and a form for each rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from django import forms

from billing.models import Charge
from clients.models import Client
from clinicians.models import Engagement
from payroll.agreements import fields
from payroll.agreements.fields import HUNDRED
from payroll.calculation.matching import SESSION_KINDS
from payroll.loading.payees import tax_class
from payroll.models import HoursKind, PayRule, RuleSet
from payroll.services.checking import policy_of
from practice.models import Location, PracticePayer, Service
from practice.record_forms import Refusable, date_input

ABSENCE: Final = "absence"
KINDS: Final = (
    ("percent", "Share of what is collected"),
    ("flat", "Fixed amount for each"),
    (ABSENCE, "Late cancels and no-shows"),
    ("hourly", "By the hour"),
    ("salary", "Salary"),
    ("bonus", "Bonus above a number of sessions"),
)
_M: Final = PayRule.Method
_ABSENCES: Final = (Charge.Kind.LATE_CANCEL, Charge.Kind.NO_SHOW)


@dataclass(frozen=True, slots=True)
class Offers:
    """What rules can be for: payers and locations of the practice; two queries for all rows of the form."""

    payers: Sequence[tuple[int, str]]
    locations: Sequence[tuple[int, str]]

    @classmethod
    def of_practice(cls) -> Offers:
        """Everything there is, by name."""
        payers = list(PracticePayer.objects.order_by("name").values_list("pk", "name"))
        return cls(payers, list(Location.objects.order_by("name").values_list("pk", "name")))


class RuleForm(Refusable, forms.Form):
    """One rule. Which of the fields count, its kind says; the others are not shown and mean nothing."""

    kind = forms.ChoiceField(label="What is paid", choices=KINDS)
    paid_as = forms.ChoiceField(
        label="Paid as",
        required=False,
        choices=[("percent", "Share of what is paid"), ("flat", "Fixed amount")],
    )
    rate = fields.PercentField(label="Share in %", required=False)
    amount = fields.DollarField(label="Amount", required=False)
    recognized = forms.ChoiceField(label="When", required=False, choices=PayRule.Recognized.choices)
    applies_to = fields.several("For", Charge.Kind.choices)
    absences = fields.several("For", [(kind.value, kind.label) for kind in _ABSENCES])
    group_cap = fields.DollarField(label="At most, for one group", required=False)
    hours_kinds = fields.several("Only for", HoursKind.choices)
    threshold = fields.number("Above", 0, 500)
    window = forms.ChoiceField(label="Counted in a", required=False, choices=PayRule.Window.choices)
    periods_a_year = forms.TypedChoiceField(
        label="Divided by",
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", "The schedule’s periods"), *((number, str(number)) for number in (12, 24, 26, 27, 52, 53))],
    )
    codes = fields.WordsField(label="Codes", required=False, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    modifiers = fields.WordsField(
        label="Modifiers", required=False, widget=forms.TextInput(attrs={"class": "short-num", "autocomplete": "off"})
    )
    service_kinds = fields.several("Kinds of service", Service.Kind.choices)
    payer_kind = forms.ChoiceField(
        label="Clients who are", required=False, choices=[("", "Insured or not"), *PayRule.PayerKind.choices]
    )
    delivery = forms.ChoiceField(label="Where", required=False, choices=[("", "Anywhere"), *PayRule.Delivery.choices])
    payer_ids = fields.keys("Payers")
    location_ids = fields.keys("Locations")
    clients = fields.WordsField(
        label="Client numbers", required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    priority = fields.number("Priority", -100, 100)
    name = forms.CharField(
        label="Name", required=False, max_length=100, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )

    def __init__(self, *args: Any, offers: Offers, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["payer_ids"].choices = offers.payers  # type: ignore[attr-defined]
        self.fields["location_ids"].choices = offers.locations  # type: ignore[attr-defined]

    def chosen(self, name: str) -> str:
        """What a field says now, sent or given at first."""
        value = self[name].value()
        return str(value) if value not in (None, "", []) else ""

    @property
    def shown_kind(self) -> str:
        """The kind whose fields are shown."""
        return self.chosen("kind") or _M.PERCENT

    @property
    def method(self) -> str:
        """How it pays: an absence's way is chosen with it."""
        kind = self.shown_kind
        return (self.chosen("paid_as") or _M.PERCENT) if kind == ABSENCE else kind

    @property
    def place(self) -> str:
        """Its number among the rows that were sent."""
        return str(self.prefix).removeprefix("r")

    @property
    def is_for_sessions(self) -> bool:
        """Whether it pays sessions or absences one by one."""
        return self.method in {_M.PERCENT, _M.FLAT}

    @property
    def is_narrowed(self) -> bool:
        """Whether it is for certain sessions only."""
        narrowing = ("codes", "modifiers", "service_kinds", "payer_kind", "delivery", "payer_ids", "location_ids")
        return any(self.chosen(name) for name in (*narrowing, "clients")) or any(
            self.errors.get(name) for name in (*narrowing, "clients") if self.is_bound
        )

    def clean_clients(self) -> list[int]:
        """The clients by their numbers."""
        numbers = self.cleaned_data["clients"]
        wrong = [word for word in numbers if not word.removeprefix("#").isdigit()]
        if wrong:
            raise forms.ValidationError(f"“{wrong[0]}” is no client number.")
        wanted = {int(word.removeprefix("#")) for word in numbers}
        found = dict(Client.objects.filter(number__in=wanted).values_list("number", "pk")) if wanted else {}
        missing = sorted(wanted - set(found))
        if missing:
            raise forms.ValidationError(f"There is no client {missing[0]}.")
        return list(found.values())

    def values(self) -> dict[str, Any]:
        """The columns of the rule, those alone that its kind has."""
        given, method = self.cleaned_data, self.method
        found: dict[str, Any] = {"name": given["name"], "method": method, "priority": given["priority"] or 0}
        found |= {"rate": given["rate"]} if method == _M.PERCENT else {"amount": given["amount"]}
        if method in {_M.PERCENT, _M.FLAT}:
            found |= self._for_sessions(method)
        elif method == _M.HOURLY:
            found["hours_kinds"] = given["hours_kinds"]
        elif method == _M.SALARY:
            found["periods_a_year"] = given["periods_a_year"]
        else:
            found |= {"threshold": given["threshold"], "window": given["window"]}
        return found

    def _for_sessions(self, method: str) -> dict[str, Any]:
        given = self.cleaned_data
        is_absence = self.shown_kind == ABSENCE
        found = {name: given[name] for name in ("payer_kind", "delivery", "payer_ids", "location_ids")}
        found |= {"client_ids": given["clients"], "codes": given["codes"], "modifiers": given["modifiers"]}
        if is_absence:
            found["applies_to"] = given["absences"] or [kind.value for kind in _ABSENCES]
        else:
            found["applies_to"] = [] if set(given["applies_to"]) == SESSION_KINDS else given["applies_to"]
        found["service_kinds"] = given["service_kinds"]
        if method == _M.FLAT:
            found["recognized"] = given["recognized"] or PayRule.Recognized.PAID
            found["group_cap"] = None if is_absence else given["group_cap"]
        return found


class VersionForm(Refusable, forms.Form):
    """The days of a version, and what holds for all its rules."""

    missing: ClassVar[dict[str, str]] = {
        "takebacks": "Choose what happens when an insurer takes money back.",
        "unsigned": "Choose what happens to sessions without a signed note.",
    }

    starts_on = forms.DateField(
        label="From", widget=date_input(), error_messages={"required": "Say from which day on.", "invalid": "No date."}
    )
    ends_on = forms.DateField(label="To", required=False, widget=date_input())
    end_former = forms.BooleanField(label="End the version before on the day before", required=False)
    takebacks = forms.ChoiceField(label="Takebacks by insurers", choices=RuleSet.Takebacks.choices)
    unsigned = forms.ChoiceField(label="Sessions without a signed note", choices=RuleSet.Unsigned.choices)
    may_reduce = forms.BooleanField(
        label="The state and a signed plan let takebacks lower later incentive pay", required=False
    )

    def __init__(self, *args: Any, engagement: Engagement, ends_former: bool, **options: Any) -> None:
        takebacks, unsigned = policy_of(engagement)
        options["initial"] = {"takebacks": takebacks, "unsigned": unsigned} | (options.get("initial") or {})
        super().__init__(*args, **options)
        self.is_employee = tax_class(engagement.kind) == "w2"
        if not ends_former:
            del self.fields["end_former"]
        if not self.is_employee:
            del self.fields["may_reduce"]

    def chosen_policies(self) -> dict[str, Any]:
        """The policies as the form shows them, sent or given at first."""
        may_reduce = bool(self["may_reduce"].value()) if "may_reduce" in self.fields else False
        return {name: self[name].value() for name in ("takebacks", "unsigned")} | {"may_reduce": may_reduce}

    def policies(self) -> dict[str, Any]:
        """What was chosen for all rules."""
        return {name: self.cleaned_data[name] for name in ("takebacks", "unsigned")} | {
            "may_reduce": bool(self.cleaned_data.get("may_reduce"))
        }


class EndForm(Refusable, forms.Form):
    """The last day of a version."""

    ends_on = forms.DateField(
        label="Last day", widget=date_input(), error_messages={"required": "Give the last day.", "invalid": "No date."}
    )


def initial_of(rule: PayRule, clients: Mapping[int, int]) -> dict[str, Any]:
    """A rule as its form shows it; `clients` gives the numbers of the clients it is for."""
    kinds = set(rule.applies_to)
    is_absence = bool(kinds) and kinds <= set(_ABSENCES) and rule.method in {_M.PERCENT, _M.FLAT}
    own = ("payer_kind", "delivery", "payer_ids", "location_ids", "service_kinds", "hours_kinds", "recognized")
    found: dict[str, Any] = {name: getattr(rule, name) for name in (*own, "window", "name")}
    found |= {"kind": ABSENCE if is_absence else rule.method, "paid_as": rule.method}
    usual = sorted(SESSION_KINDS)
    found |= {"absences": rule.applies_to} if is_absence else {"applies_to": rule.applies_to or usual}
    found |= {name: getattr(rule, name) for name in ("amount", "group_cap", "threshold", "periods_a_year")}
    found["rate"] = None if rule.rate is None else f"{(rule.rate * HUNDRED).normalize():f}"
    found |= {"codes": ", ".join(rule.codes), "modifiers": ", ".join(rule.modifiers)}
    found["clients"] = ", ".join(str(number) for number in sorted(clients.values()))
    found["priority"] = rule.priority
    return found

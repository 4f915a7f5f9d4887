"""What people enter about a payroll provider: the set-up there, and one person's number and names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from django import forms

from payroll.exports.adp_run import CODES, LONGEST
from payroll.exports.facts import Sort
from payroll.exports.generic import DESCRIPTIONS
from payroll.exports.gusto import NUMBER
from payroll.models import ExportTarget, PayeeMapping, ProviderSetup
from payroll.providers.setups import Person, asked_of
from practice.record_forms import RecordForm, Refusable

_LONGEST_CODE: Final = 20
_SALARIES: Final = "Paid by both, a salary would be paid twice, so nothing is made until this is said."
_COLUMNS: Final = {"external_id": "Number", "first_name": "First name", "last_name": "Last name", "title": "Title"}
_SHAPES: Final[Mapping[str, tuple[re.Pattern[str], str]]] = {
    ExportTarget.GUSTO: (NUMBER, "A number at Gusto has six letters or digits, as a41Rzx."),
    ExportTarget.ADP_RUN: (
        re.compile(rf"[!-~]{{1,{LONGEST}}}"),
        f"A number at ADP RUN has at most {LONGEST} letters or digits, without spaces.",
    ),
}


class SetupForm(Refusable, forms.Form):
    """The company code, who pays salaries, and an earnings code for each sort of pay, as far as the file has them."""

    def __init__(self, data: Any = None, *, setup: ProviderSetup) -> None:
        self.target = setup.target
        initial = {"company": setup.company, "salaries": setup.salaries}
        super().__init__(data, initial=initial | {_code(sort): setup.codes.get(sort, "") for sort in Sort})
        if self.target == ExportTarget.ADP_RUN:
            self.fields["company"] = forms.CharField(
                label="Company code (IID)",
                max_length=_LONGEST_CODE,
                widget=_line(),
                help_text="ADP’s own code for your company. It stands first in every row.",
            )
        if self.target in {ExportTarget.GUSTO, ExportTarget.ADP_RUN}:
            self.fields["salaries"] = forms.ChoiceField(
                label="Salaries",
                choices=ProviderSetup.Salaries.choices,
                widget=forms.RadioSelect,
                help_text=_SALARIES,
            )
        if self.target in {ExportTarget.ADP_RUN, ExportTarget.GENERIC}:
            self.fields |= {_code(sort): self._field(sort) for sort in Sort}

    @property
    def codes(self) -> list[forms.BoundField]:
        """The fields for earnings codes."""
        return [self[name] for name in self.fields if name.startswith("code_")]

    def values(self) -> dict[str, Any]:
        """What the service is given."""
        given = self.cleaned_data
        codes = {str(sort): given[_code(sort)] for sort in Sort if _code(sort) in given}
        return {"company": given.get("company", ""), "salaries": given.get("salaries", ""), "codes": codes}

    def _field(self, sort: Sort) -> forms.CharField:
        usual = CODES.get(sort, "") if self.target == ExportTarget.ADP_RUN else sort.value
        hint = f"Empty is {usual}." if usual else "Without a usual code. Needed once a run pays it."
        return forms.CharField(
            label=DESCRIPTIONS[sort], max_length=_LONGEST_CODE, required=False, widget=_line(), help_text=hint
        )


class PayeeForm(RecordForm[PayeeMapping]):
    """One person's number and names at a provider, as far as its file has them; empty names are ours."""

    class Meta:
        model = PayeeMapping
        fields = ("external_id", "first_name", "last_name", "title")

    def __init__(self, data: Any = None, *, person: Person) -> None:
        super().__init__(data, instance=person.mapping, auto_id=f"id_{person.key}_%s")
        self.person = person
        for name in set(self.fields) - set(person.asked):
            del self.fields[name]
        for name, column in self.fields.items():
            column.widget.attrs = _attrs(name, person)
            column.label = _COLUMNS[name]

    def clean_external_id(self) -> str:
        """A number as the provider gives them."""
        number = str(self.cleaned_data["external_id"]).strip()
        shape, words = _SHAPES.get(self.person.target, (re.compile(""), ""))
        if number and words and not shape.fullmatch(number):
            raise forms.ValidationError(words)
        return number


def columns_of(targets: tuple[ExportTarget, ...]) -> list[tuple[str, str]]:
    """The columns of the grid: those that any of the files has."""
    asked = {name for target in targets for name in asked_of(target)}
    return [(name, label) for name, label in _COLUMNS.items() if name in asked]


def _attrs(name: str, person: Person) -> dict[str, Any]:
    who = person.clinician
    ours = {"first_name": who.first_name, "last_name": who.last_name}.get(name, "")
    css = "cell-in" + (" missing" if name == "external_id" and person.missing else "")
    return {
        "class": css,
        "autocomplete": "off",
        "form": f"form-{person.key}",
        "aria-label": f"{_COLUMNS[name]} of {who.name}",
    } | ({"placeholder": ours} if ours else {})


def _code(sort: Sort) -> str:
    return f"code_{sort.value}"


def _line() -> forms.TextInput:
    return forms.TextInput(attrs={"class": "short", "autocomplete": "off", "spellcheck": "false"})

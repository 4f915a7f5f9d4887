"""Every required entry of every form says by name what is missing, and never “This field is required.”"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any

import pytest
from django import forms

from practice.accounts.forms import AgainByPasskeyForm
from practice.base_forms import GENERIC, Form, Worded, missing_words

ROOMS = ("practice", "clinicians", "compliance", "clients", "scheduling", "charting", "billing", "payroll", "desk")
NOT_FOR_PEOPLE = {AgainByPasskeyForm}  # a script fills its only entry


def every_form() -> list[Any]:
    for room in ROOMS:
        package = importlib.import_module(room)
        for found in pkgutil.walk_packages(package.__path__, f"{room}."):
            if "forms" in found.name.split("."):
                importlib.import_module(found.name)
    ours = {one for one in _below(forms.BaseForm) if one.__module__.split(".")[0] in ROOMS}
    asking = [one for one in ours - NOT_FOR_PEOPLE if getattr(one, "base_fields", None)]
    return sorted(asking, key=lambda one: f"{one.__module__}.{one.__qualname__}")


def _below(one: Any) -> Iterator[Any]:
    for child in one.__subclasses__():
        yield child
        yield from _below(child)


@pytest.mark.parametrize("form", every_form(), ids=lambda one: f"{one.__module__}.{one.__qualname__}")
def test_no_form_says_the_generic_sentence(form: Any) -> None:
    assert issubclass(form, Worded)
    for name, field in form.base_fields.items():
        sentence = form.sentence(name, field)
        assert sentence not in {"", GENERIC}
        assert sentence.endswith(".")
        assert " the a " not in sentence
        assert " the the " not in sentence


def test_the_browser_does_not_say_it_in_words_of_its_own() -> None:
    assert "required" not in str(_Asking()["name"])


def test_there_are_forms_to_look_at() -> None:
    assert len(every_form()) > 70


@pytest.mark.parametrize(
    ("label", "widget", "whose", "sentence"),
    [
        ("Legal last name", forms.TextInput(), "client’s", "Enter the client’s legal last name."),
        ("EIN", forms.TextInput(), "", "Enter the EIN."),
        ("State", forms.Select(), "", "Choose the state."),
        ("Files", forms.ClearableFileInput(), "", "Choose the files."),
        ("Covered from", forms.DateInput(), "", "Enter the first day."),
        ("Valid to", forms.DateInput(), "", "Enter the last day."),
        ("A day of the week", forms.DateInput(), "", "Enter a day of the week."),
        ("Pay date", forms.DateInput(), "", "Enter the pay date."),
        ("Starts at", forms.TimeInput(), "", "Enter the time."),
        ("Why", forms.TextInput(), "", "Say why."),
        ("Who is paid?", forms.RadioSelect(), "", "Choose who is paid."),
        ("I read it", forms.CheckboxInput(), "", "Confirm: I read it."),
    ],
)
def test_the_sentence_follows_from_the_label_and_how_the_entry_is_made(
    label: str, widget: forms.Widget, whose: str, sentence: str
) -> None:
    assert missing_words(label, widget, whose) == sentence


class _Asking(Form):
    name = forms.CharField()
    day = forms.DateField(error_messages={"required": "Give the day."})
    code = forms.CharField()
    missing = {"code": "Enter the code of the letter."}

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.fields["later"] = forms.ChoiceField(choices=[("a", "A")], label="Added later")


def test_an_entry_that_was_added_when_the_form_was_made_has_its_sentence_too() -> None:
    assert {name: list(errors) for name, errors in _Asking({}).errors.items()} == {
        "name": ["Enter the name."],
        "day": ["Give the day."],
        "code": ["Enter the code of the letter."],
        "later": ["Choose the added later."],
    }

"""A number or text beyond its limits is answered with what fits."""

from __future__ import annotations

import pytest
from django import forms

from practice.base_forms import Form


class LimitedForm(Form):
    hours = forms.IntegerField(min_value=1, max_value=720)
    name = forms.CharField(max_length=5)


@pytest.mark.parametrize(
    ("entry", "value", "sentence"),
    [
        ("hours", "0", "Enter 1 or more."),
        ("hours", "721", "Enter 720 or less."),
        ("name", "Fernhollow", "This has 10 characters, and at most 5 fit."),
    ],
)
def test_the_sentence_says_what_fits(entry: str, value: str, sentence: str) -> None:
    form = LimitedForm({"hours": "5", "name": "Fern"} | {entry: value})
    assert form.errors == {entry: [sentence]}

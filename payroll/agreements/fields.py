"""Fields of pay rules as people fill them: shares in percent, dollars, short lists of words, checkboxes."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, Final

from django import forms

HUNDRED: Final = Decimal(100)
_WORDS: Final = re.compile(r"[\s,;]+")
_NO_NUMBER: Final = "Write a whole number."


class PercentField(forms.DecimalField):
    """A share as people type it, `62` or `62.5%`; cleaned it is 0.62."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "short-num", "autocomplete": "off"})
        super().__init__(max_digits=7, decimal_places=4, widget=widget, **options)
        self.error_messages["invalid"] = "Write a share in percent, as 62 or 62.5."
        self.error_messages["max_decimal_places"] = "A share has at most four places after the point."

    def clean(self, value: Any) -> Any:
        """The share of one."""
        found = super().clean(str(value or "").replace("%", "").strip())
        return None if found is None else found / HUNDRED


class DollarField(forms.DecimalField):
    """An amount as people type it: `$1,234.50` or `1234.5`."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "short-num", "autocomplete": "off"})
        super().__init__(max_digits=12, decimal_places=2, widget=widget, **options)
        self.error_messages["invalid"] = "Write an amount in dollars, as 85.00."
        self.error_messages["max_decimal_places"] = "An amount has two places after the point."

    def to_python(self, value: Any) -> Any:
        return super().to_python(str(value or "").replace("$", "").replace(",", "").strip())


class WordsField(forms.CharField):
    """Short words with commas between them, as a list in capitals."""

    def clean(self, value: Any) -> list[str]:
        found = [word for word in _WORDS.split(str(super().clean(value)).upper()) if word]
        return list(dict.fromkeys(found))


def number(label: str, least: int, most: int, **options: Any) -> forms.IntegerField:
    """A whole number that may be left out."""
    widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "short-num", "autocomplete": "off"})
    errors = {"invalid": _NO_NUMBER, "min_value": f"At least {least}.", "max_value": f"At most {most}."}
    return forms.IntegerField(
        label=label, required=False, min_value=least, max_value=most, widget=widget, error_messages=errors, **options
    )


def several(label: str, choices: Any) -> forms.MultipleChoiceField:
    """Any of some choices, as checkboxes."""
    return forms.MultipleChoiceField(
        label=label, required=False, choices=choices, widget=forms.CheckboxSelectMultiple()
    )


def keys(label: str) -> forms.TypedMultipleChoiceField:
    """Any of some rows by their numbers, as checkboxes."""
    return forms.TypedMultipleChoiceField(
        label=label, required=False, coerce=int, widget=forms.CheckboxSelectMultiple()
    )

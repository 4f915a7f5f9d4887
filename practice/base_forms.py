"""What every form of the product is made of: where an entry is missing, a sentence says which one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Final

from django import forms
from django.core.validators import BaseValidator, MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.forms.utils import pretty_name

GENERIC: Final = str(forms.Field.default_error_messages["required"])
_CHOSEN: Final = (forms.Select, forms.RadioSelect, forms.CheckboxSelectMultiple, forms.FileInput)
_DAYS: Final = {"from": "first", "since": "first", "to": "last", "until": "last"}
_ARTICLES: Final = frozenset({"a", "an", "the"})
_QUESTIONS: Final = frozenset({"what", "which", "who", "whose", "when", "where", "why", "how"})
_LIMITS: Final[dict[type[BaseValidator], str]] = {
    MinValueValidator: "Enter %(limit_value)s or more.",
    MaxValueValidator: "Enter %(limit_value)s or less.",
    MaxLengthValidator: "This has %(show_value)d characters, and at most %(limit_value)d fit.",
}


class Worded(forms.BaseForm):
    """A form whose required entries say by name what is missing: “Enter the last name.”

    `whose` is put before the label (“the client’s last name”), `missing` has whole sentences by entry. An entry's own
    `error_messages` come before both. Browsers are not told what is required: they would say it in words of their own
    before ours are asked.
    """

    use_required_attribute = False
    whose: ClassVar[str] = ""
    missing: ClassVar[Mapping[str, str]] = {}

    def full_clean(self) -> None:
        """Gives every entry its sentence, also those that a form adds or renames when it is made."""
        for name, field in self.fields.items():
            field.error_messages["required"] = self.sentence(name, field)
            _say_limits(field)
        super().full_clean()

    @classmethod
    def sentence(cls, name: str, field: forms.Field) -> str:
        """What is said where this entry is empty."""
        own = str(field.error_messages["required"])
        if own != GENERIC:
            return own
        return cls.missing.get(name) or missing_words(str(field.label or pretty_name(name)), field.widget, cls.whose)


class Form(Worded, forms.Form):
    """A form that asks for something."""


def _say_limits(field: forms.Field) -> None:
    """Gives the limits of numbers and lengths a sentence that says what fits, unless the entry has its own."""
    for validator in field.validators:
        if not isinstance(validator, BaseValidator) or validator.message != type(validator).message:
            continue
        validator.message = _LIMITS.get(type(validator), validator.message)


def missing_words(label: str, widget: forms.Widget, whose: str = "") -> str:
    """“Enter the …” or “Choose the …”, by how the entry is made; a label that is a question is repeated as one.

    Of a day from which or until which something holds, and of a time, the kind is said and not the label.
    """
    words = label.strip().rstrip("?:.")
    if isinstance(widget, forms.CheckboxInput):
        return f"Confirm: {words}."
    if isinstance(widget, forms.DateInput) and (day := _DAYS.get(words.split(" ")[-1].lower())):
        return f"Enter the {day} day."
    if isinstance(widget, forms.TimeInput):
        return "Enter the time."
    verb = "Choose" if isinstance(widget, _CHOSEN) else "Enter"
    text = _within(words)
    if text.split(" ")[0] in _QUESTIONS:
        return f"{verb if verb == 'Choose' else 'Say'} {text}."
    if text.split(" ")[0] in _ARTICLES:
        return f"{verb} {text}."
    return f"{verb} the {f'{whose} ' if whose else ''}{text}."


def _within(label: str) -> str:
    """The label inside a sentence: `EIN` and `SFTP server` stay as they are."""
    first = label.split(" ", maxsplit=1)[0]
    return label if first[1:] != first[1:].lower() or any(map(str.isdigit, first)) else label[:1].lower() + label[1:]

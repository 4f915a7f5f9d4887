"""What a person enters on the way of a file: the file itself, what its columns are, and answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from desk.imports.columns import FIELDS, GROUPS, KIND_WORDS, Kind, missing, twice
from desk.imports.services import LARGEST
from practice.base_forms import Form

_MB: Final = 1048576
_NOT_TAKEN: Final = ("", "Not brought over")
_CHOICES: Final = [
    _NOT_TAKEN,
    *((group, [(field.name, f"{group}: {field.words}") for field in fields]) for group, fields in GROUPS.items()),
]


class UploadForm(Form):
    """One spreadsheet."""

    file = forms.FileField(
        label="Spreadsheet",
        help_text=f"CSV or Excel (.xlsx), up to {LARGEST // _MB} MB.",
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
        error_messages={"empty": "This file is empty.", "required": "Choose a file."},
    )

    def clean_file(self) -> UploadedFile[bytes]:
        """Refuses what is too large before it is read."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if file.size is not None and file.size > LARGEST:
            raise ValidationError(
                f"This file has {file.size / _MB:.0f} MB; the most is {LARGEST // _MB} MB. Export it in parts."
            )
        return file


class ColumnsForm(Form):
    """What the file brings, and what each of its columns is."""

    source = forms.CharField(
        label="Where it comes from",
        max_length=60,
        required=False,
        help_text="The former system, as Jane or TheraNest. Files of one system know each other’s people.",
    )
    kinds = forms.MultipleChoiceField(
        label="What the file brings",
        choices=[(kind.value, KIND_WORDS[kind]) for kind in Kind],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Say what the file brings."},
    )

    def __init__(self, *args: Any, headers: Sequence[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self._headers = headers
        for place, header in enumerate(headers):
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=header or f"Column {place + 1}, without a name",
                choices=_CHOICES,
                required=False,
                widget=forms.Select(attrs={"class": "form-select"}),
            )

    @property
    def columns(self) -> list[forms.BoundField]:
        """The entry of each column, in the order of the file."""
        return [self[f"column_{place}"] for place in range(len(self._headers))]

    @property
    def said(self) -> list[str | None]:
        """What each column is."""
        return [self.cleaned_data.get(f"column_{place}") or None for place in range(len(self._headers))]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        said = [data.get(f"column_{place}") or None for place in range(len(self._headers))]
        again = twice(said)
        for place, name in enumerate(said):
            if name in again:
                self.add_error(f"column_{place}", f"Two columns are said to be “{FIELDS[name].words}”. Choose one.")
        gaps = missing(frozenset(data.get("kinds", [])), frozenset(name for name in said if name))
        if gaps:
            raise ValidationError(f"No column says {', '.join(gaps)}. Choose the columns that do.")
        return data


class _Answer(forms.ChoiceField):
    """A question that may stay open, and is not said to be optional."""

    def validate(self, value: Any) -> None:
        """Nothing chosen is an answer still to come."""
        if value:
            super().validate(value)


class AnswersForm(Form):
    """Answers to what is asked of a file, and the last day that the former system billed."""

    use_required_attribute = False

    through = forms.DateField(
        label="Last day that was billed in the former system",
        help_text="Sessions up to it are history: they are not billed again. Later ones come onto the calendar.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, questions: Sequence[Mapping[str, Any]], today: dt.date, **options: Any) -> None:
        super().__init__(*args, **options)
        self._today = today
        self._keys = {f"answer_{number}": one["key"] for number, one in enumerate(questions)}
        for number, one in enumerate(questions):
            self.fields[f"answer_{number}"] = _Answer(
                label=one["words"],
                help_text=_waiting(one),
                choices=[("", "Not answered"), *(tuple(option) for option in one["options"])],
            )
        for kind, words in _everybody(questions):
            self.fields[f"everybody_{kind}"] = _Answer(
                label=words,
                choices=[("", "Ask me about each"), ("new", "Add them all"), ("skip", "Leave them all out")],
            )

    @property
    def asked(self) -> list[forms.BoundField]:
        """An entry for each question, those about everybody first."""
        return [self[name] for name in self.fields if name.startswith(("everybody_", "answer_"))]

    def clean_through(self) -> dt.date:
        """The day lies before today."""
        day: dt.date = self.cleaned_data["through"]
        if day >= self._today:
            raise ValidationError("The last day that was billed in the former system lies before today.")
        return day

    @property
    def answers(self) -> dict[str, str]:
        """The answers that were given, by the key of their question."""
        data = self.cleaned_data
        found = {key: data[name] for name, key in self._keys.items() if data.get(name)}
        everybody = {name: told for name, told in data.items() if name.startswith("everybody_") and told}
        return found | {name.replace("_", ":", 1): told for name, told in everybody.items()}


def answers_of(found: Mapping[str, str], questions: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """The answers of a run as the form names them."""
    named = {f"answer_{number}": found.get(one["key"], "") for number, one in enumerate(questions)}
    return named | {key.replace(":", "_", 1): told for key, told in found.items() if key.startswith("everybody:")}


def _waiting(one: Mapping[str, Any]) -> str:
    rows = int(one["rows"])
    return f"{rows} row{'s' if rows != 1 else ''} of the file wait{'' if rows != 1 else 's'} for it."


def _everybody(questions: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """Where many are unknown, one answer for all of them."""
    counts = {kind: sum(one["key"].startswith(f"{kind}:") for one in questions) for kind in ("who", "clinician")}
    words = {"who": "Everybody who is not on file", "clinician": "Everybody who is not on the team"}
    return [(kind, words[kind]) for kind, count in counts.items() if count > 1]

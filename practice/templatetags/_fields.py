"""How a bound form field is drawn: its kind, its widget with our classes, its choices."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.forms.boundfield import BoundField, BoundWidget
from django.utils.safestring import SafeString

KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.HiddenInput, "hidden"),
    (forms.CheckboxInput, "check"),
    (forms.RadioSelect, "choices"),
    (forms.CheckboxSelectMultiple, "choices"),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
    (forms.FileInput, "file"),
)
CLASSES = {"check": "form-check-input", "choices": "form-check-input", "select": "form-select", "hidden": ""}


def kind(field: BoundField) -> str:
    """hidden, check, choices, select, textarea, file, or input."""
    return next((name for widget, name in KINDS if isinstance(field.field.widget, widget)), "input")


def widget(field: BoundField, hint: str = "") -> SafeString:
    """The field's control with our class, tied to the hint or the error that stands below it."""
    attrs: dict[str, str | bool] = {"class": _classes(field)}
    if described := _note_id(field, hint):
        attrs["aria-describedby"] = described
    if _repeats_label(field):
        attrs["placeholder"] = False
    return field.as_widget(attrs=attrs)


def choices(field: BoundField) -> Sequence[BoundWidget]:
    """One control per choice of a group of radio buttons or checkboxes."""
    for choice in field.subwidgets:
        choice.data["attrs"]["class"] = _classes(field)
    return field.subwidgets


def _classes(field: BoundField) -> str:
    own = field.field.widget.attrs.get("class", "")
    base = CLASSES.get(kind(field), "form-control")
    return " ".join(part for part in (base, own, "bad" if field.errors else "") if part)


def _repeats_label(field: BoundField) -> bool:
    """Libraries put the label into the field once more, where it vanishes on the first key."""
    example = str(field.field.widget.attrs.get("placeholder") or "")
    return bool(example) and (
        str(field.label).lower() in example.lower() or example.lower() in str(field.label).lower()
    )


def _note_id(field: BoundField, hint: str) -> str:
    if field.errors:
        return f"{field.auto_id}_error"
    return f"{field.auto_id}_hint" if hint or field.help_text else ""

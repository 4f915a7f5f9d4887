"""Entries that the forms about clients share."""

from __future__ import annotations

from django import forms


def amount_input() -> forms.TextInput:
    """Dollars as text: browsers' number fields swallow what they do not understand."""
    return forms.TextInput(attrs={"inputmode": "decimal", "class": "short"})


def short_input() -> forms.TextInput:
    """A field for a number or a code."""
    return forms.TextInput(attrs={"class": "short", "autocomplete": "off"})

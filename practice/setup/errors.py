"""What stands against a change of the set-up."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models


class SetupRefusedError(ValueError):
    """A change cannot be made like this; the message says why, `field` names the entry."""

    def __init__(self, sentence: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field


def refuse_invalid(row: models.Model, *fields: str) -> None:
    """SetupRefusedError with the first fault among these fields of the row, by the model's own validators."""
    others = {field.name for field in row._meta.get_fields()} - set(fields)
    try:
        row.clean_fields(exclude=others)
    except ValidationError as error:
        name, sentences = next(iter(error.message_dict.items()))
        raise SetupRefusedError(sentences[0], name) from error

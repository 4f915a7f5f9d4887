"""What stands against a change of the set-up."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models

from practice.refusals import RefusedError


class SetupRefusedError(RefusedError):
    """A change of the set-up cannot be made like this."""


def refuse_invalid(row: models.Model, *fields: str) -> None:
    """SetupRefusedError with the first fault among these fields of the row, by the model's own validators."""
    others = {field.name for field in row._meta.get_fields()} - set(fields)
    try:
        row.clean_fields(exclude=others)
    except ValidationError as error:
        name, sentences = next(iter(error.message_dict.items()))
        raise SetupRefusedError(sentences[0], name) from error

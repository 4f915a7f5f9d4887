"""Inserts many rows as one JSON value that PostgreSQL takes apart.

A statement with a placeholder for each value costs more to write than to run: a billing click of a thousand sessions
has two hundred thousand of them. Django's own way remains for few rows, and for values that JSON cannot say.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from operator import attrgetter
from typing import Any, Final

from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connections, models
from django.db.models.constants import OnConflict

from practice.tenancy.context import current

FEW: Final = 20
_Field = models.Field[Any, Any]
_Said = Callable[[Any], Any]
_AS_THEY_ARE: Final = (
    models.AutoField, models.BooleanField, models.CharField, models.ForeignKey, models.IntegerField, models.JSONField,
    models.TextField,
)  # fmt: skip
_IN_LISTS: Final = (models.CharField, models.IntegerField, models.TextField)
_IN_WORDS: Final[dict[type[Any], tuple[type[Any], Callable[[Any], str]]]] = {
    models.DateTimeField: (dt.datetime, dt.datetime.isoformat),
    models.DateField: (dt.date, dt.date.isoformat),
    models.DecimalField: (Decimal, str),
}
_OVERRIDABLE: Final = ("pre_save", "get_prep_value", "get_db_prep_value", "get_db_prep_save")


def insert_rows(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Inserts rows of the open practice that are no instances: a value for each of the columns `names`.

    Columns that are not named stay NULL. TypeError when JSON cannot say a value.
    """
    places = {field.attname: field for field in model._meta.concrete_fields}
    fields = [places["practice_id"], *(places[name] for name in names)]
    practice_id, using = current().practice_id, model._default_manager.db
    columns = zip(*((practice_id, *row) for row in rows), strict=True)
    said = [_saying(field, values) for field, values in zip(fields, columns, strict=False)]
    if said:
        _execute(_statement(model, fields, using), fields, said, using)


def insert(
    model: type[models.Model],
    rows: Sequence[Any],
    fields: Sequence[_Field],
    *,
    using: str,
    returning: Sequence[_Field] = (),
    on_conflict: OnConflict | None = None,
    updated: Sequence[_Field] = (),
    unique: Sequence[_Field] = (),
) -> list[tuple[Any, ...]]:
    """Inserts instances; the columns asked for, of each in its order. TypeError when JSON cannot say a value."""
    operations: Any = connections[using].ops
    conflict = operations.on_conflict_suffix_sql(
        fields, on_conflict, (field.column for field in updated), (field.column for field in unique)
    )
    back = operations.return_insert_columns(returning)[0] if returning else ""
    said = [_of_instances(field, rows, using) for field in fields]
    statement = " ".join(filter(None, (_statement(model, fields, using), conflict, back)))
    return _execute(statement, fields, said, using, fetches=bool(returning))


def _statement(model: type[models.Model], fields: Sequence[_Field], using: str) -> str:
    quoted = connections[using].ops.quote_name
    table, columns = quoted(model._meta.db_table), ", ".join(quoted(str(field.column)) for field in fields)
    source = f"json_populate_recordset(NULL::{table}, %s::json)"
    return f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {source}"  # noqa: S608 - names of our own tables


def _execute(
    statement: str, fields: Sequence[_Field], said: Sequence[Iterable[Any]], using: str, *, fetches: bool = False
) -> list[tuple[Any, ...]]:
    names = [field.column for field in fields]
    payload = json.dumps([dict(zip(names, row, strict=True)) for row in zip(*said, strict=True)], cls=DjangoJSONEncoder)
    with connections[using].cursor() as cursor:
        cursor.execute(statement, [payload])
        return cursor.fetchall() if fetches else []


def _of_instances(field: _Field, rows: Sequence[Any], using: str) -> Iterable[Any]:
    """The column's values as JSON can say them; a field with ways of its own is asked itself."""
    if (say := _plainly(field)) is None or getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        return [field.get_db_prep_save(field.pre_save(row, add=True), connections[using]) for row in rows]
    return map(say, map(attrgetter(field.attname), rows))


def _saying(field: _Field, values: Iterable[Any]) -> Iterable[Any]:
    return map(_plainly(field) or field.get_prep_value, values)


def _plainly(field: _Field) -> _Said | None:
    """How JSON says a value of this field; None where the field prepares its values in a way of its own."""
    of_list = isinstance(field, ArrayField) and _prepares_like(field.base_field, _IN_LISTS)
    if of_list or _prepares_like(field, _AS_THEY_ARE):
        return _unchanged
    kind = next((one for one in _IN_WORDS if _prepares_like(field, (one,))), None)
    if kind is None:
        return None
    expected, words = _IN_WORDS[kind]

    def say(value: Any) -> str | None:
        if value is not None and (type(value) is not expected or getattr(value, "tzinfo", value) is None):
            value = field.get_prep_value(value)
        return None if value is None else words(value)

    return say


def _unchanged(value: Any) -> Any:
    return value


def _prepares_like(field: _Field, kinds: tuple[type[Any], ...]) -> bool:
    """Whether it is one of Django's fields, or one that prepares its values as that does."""
    own = type(field)
    return isinstance(field, kinds) and all(getattr(own, name) is _of_django(own, name) for name in _OVERRIDABLE)


def _of_django(own: type, name: str) -> Any:
    """The method of the nearest ancestor that Django itself brings."""
    return next(getattr(one, name) for one in own.__mro__ if one.__module__.startswith("django."))

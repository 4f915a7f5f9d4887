"""Makes many rows of one: an example made by the application, copied by SQL with what differs put in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db import connections
from django.db.models import Model


def run(statement: str, *values: int | dt.datetime | list[int]) -> None:
    """One statement as app_owner."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement, values)


def copies(example: Model, source: str, changes: Mapping[str, str]) -> None:
    """A row like the example for each row of `source` (a FROM item called `made`); `changes` are SQL by column.

    Whatever column is added to the table later is copied with the rest. The key is given by the sequence unless
    `changes` names it.
    """
    meta = example._meta
    every = [field.column for field in meta.concrete_fields if field.column and field.column != "id"]
    columns = [*(["id"] if "id" in changes else []), *every]
    values = [changes.get(column, f'example."{column}"') for column in columns]
    names = ", ".join(f'"{column}"' for column in columns)
    run(
        f'INSERT INTO "{meta.db_table}" ({names}) SELECT {", ".join(values)} '  # noqa: S608 - names of our own tables
        f'FROM {source} CROSS JOIN "{meta.db_table}" example WHERE example.id = %s',
        example.pk,
    )


def keep_sequence(model: type[Model]) -> None:
    """After keys were given by hand, the sequence goes on behind them."""
    table = model._meta.db_table
    run(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")  # noqa: S608

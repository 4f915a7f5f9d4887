"""Turns a database error into the name of the constraint that refused."""

from __future__ import annotations

from django.db import DatabaseError


def constraint_of(error: DatabaseError) -> str:
    """The constraint's name; empty when PostgreSQL names none, as happens for a refusal at commit."""
    diagnosis = getattr(error.__cause__, "diag", None)
    return getattr(diagnosis, "constraint_name", None) or ""

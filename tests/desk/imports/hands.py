"""Uploads a file, answers, and lets the worker's part run, as the pages and Celery do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

from desk.imports import services
from desk.imports.running import perform
from desk.models import ImportRun
from practice.actors import Actor
from practice.models import Practice
from practice.tenancy.context import practice_context

SAMPLES = Path(__file__).parent / "samples"
STATUS = "simplepractice_appointment-status-report.csv"
DETAILS = "simplepractice_client_details_report.csv"
ATTENDANCE = "extra_simplepractice_client_attendance_report.csv"
BILLING = "therapynotes_TN_Billing-Statement_created-2026-09-30.csv"
INTAKEQ = "intakeq_clients.csv"
TEMPLATES = ("clinicians", "clients", "coverage", "sessions", "opening_balances")
TODAY = dt.date(2026, 11, 17)


def sample(name: str) -> bytes:
    """A file of `samples/`."""
    return (SAMPLES / name).read_bytes()


def upload(actor: Actor, practice: Practice, content: bytes, name: str = "file.csv") -> ImportRun:
    """The file as it was taken."""
    return services.upload(actor=actor, practice=practice, name=name, content=content)


def told(run: ImportRun) -> dict[str, list[str]]:
    """Each open question's words with the values that can be chosen, by its key."""
    return {one["key"]: [value for value, _ in one["options"]] for one in run.found["questions"]}


def answered(actor: Actor, practice: Practice, run: ImportRun, answers: Mapping[str, str]) -> ImportRun:
    """The answers, kept."""
    return services.answer(actor=actor, practice=practice, run_id=run.pk, answers=answers, through=run.through)


def brought(actor: Actor, practice: Practice, run: ImportRun, *, only_good: bool = True) -> ImportRun:
    """Starts it and does the worker's part; the run afterwards."""
    services.start(actor=actor, practice=practice, run_id=run.pk, only_good=only_good)
    perform(practice.pk, str(run.pk))
    return again(practice, run)


def again(practice: Practice, run: ImportRun) -> ImportRun:
    """The run as it stands now."""
    with practice_context(practice.pk, phi=True):
        return ImportRun.objects.get(pk=run.pk)


def mapped(actor: Actor, practice: Practice, run: ImportRun, kinds: Sequence[str], names: Sequence[str]) -> ImportRun:
    """What the columns are; a name without a dot is a client's."""
    fields = [name if "." in name else f"client.{name}" if name else None for name in names]
    return services.say_columns(
        actor=actor, practice=practice, run_id=run.pk, kinds=kinds, fields=fields, source="Elsewhere"
    )

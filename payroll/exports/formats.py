"""The files that can be made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from payroll.errors import PayrollRefusedError
from payroll.exports import adp_run, generic, gusto, gusto_contractors
from payroll.exports.facts import Format
from payroll.models import ExportTarget

FORMATS: Final[Mapping[str, Format]] = {
    ExportTarget.GUSTO: gusto.FORMAT,
    ExportTarget.GUSTO_CONTRACTORS: gusto_contractors.FORMAT,
    ExportTarget.ADP_RUN: adp_run.FORMAT,
    ExportTarget.GENERIC: generic.FORMAT,
}


def format_of(target: str) -> Format:
    """How the provider's file is made; PayrollRefusedError where no file is made for it."""
    found = FORMATS.get(target)
    if found is None:
        names = ", ".join(ExportTarget(name).label for name in FORMATS)
        raise PayrollRefusedError(f"Choose one of: {names}.", "target")
    return found

"""Files for payroll providers, made of run totals alone: no session, no day of service, no client."""

from __future__ import annotations

from payroll.exports.errors import ExportBalanceError, ExportIncompleteError
from payroll.exports.services import Export, download, export_run, lacking, missing, set_up_provider

__all__ = [
    "Export",
    "ExportBalanceError",
    "ExportIncompleteError",
    "download",
    "export_run",
    "lacking",
    "missing",
    "set_up_provider",
]

"""The tables of the payroll app."""

from __future__ import annotations

from payroll.models.entries import HoursEntry, HoursKind, ManualLine
from payroll.models.exports import ExportFile, ExportTarget, PayeeMapping, ProviderSetup
from payroll.models.lines import EventKind, LineKind, PayLine, RunTotal, TaxClass
from payroll.models.rules import PayRule, RuleClient, RuleSet
from payroll.models.runs import PayRun
from payroll.models.schedules import PayPeriod, PaySchedule

__all__ = [
    "EventKind",
    "ExportFile",
    "ExportTarget",
    "HoursEntry",
    "HoursKind",
    "LineKind",
    "ManualLine",
    "PayLine",
    "PayPeriod",
    "PayRule",
    "PayRun",
    "PaySchedule",
    "PayeeMapping",
    "ProviderSetup",
    "RuleClient",
    "RuleSet",
    "RunTotal",
    "TaxClass",
]

"""The builders of each room's objects, in the order in which they need each other."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Final

ORDER: Final = (
    "members",
    "setup",
    "clinicians",
    "clients",
    "scheduling",
    "charting",
    "billing",
    "money",
    "claims",
    "sharing",
    "holds",
    "eligibility",
    "remittances",
    "takebacks",
    "secondary",
    "payroll",
    "payroll_runs",
    "payroll_explained",
    "payroll_providers",
    "payroll_agreements",
    "api",
    "imports",
)

for _room in ORDER:
    if find_spec(f"{__name__}.{_room}"):
        import_module(f"{__name__}.{_room}")

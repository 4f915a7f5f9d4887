"""What a person changed on a claim, field by field, from what to what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

_LABELS: Final = {
    "diagnoses": "Diagnoses",
    "place_of_service": "Place of service",
    "authorization_number": "Authorization",
    "payer_control_number": "Payer’s claim number",
    "coverage_id": "Insurance",
    "delay_reason": "Reason of the delay",
    "number": "Claim number",
}
_MODIFIERS: Final = "modifiers_"


def told(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """`Place of service: 11 → 10`, a line for each field; empty where nothing a person knows has changed."""
    return "\n".join(_lines(before, after))


def _lines(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    for name, value in after.items():
        label = _label(name)
        if not label:
            continue
        if name == "coverage_id":
            yield "Another of the client’s plans is asked"
        else:
            yield f"{label}: {_said(before.get(name))} → {_said(value)}"


def _label(name: str) -> str:
    if name.startswith(_MODIFIERS):
        return f"Modifiers of line {name.removeprefix(_MODIFIERS)}"
    return _LABELS.get(name, "")


def _said(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    return str(value) if value else "none"


_PLAN: Final = {
    "member_id": "Member ID",
    "group_number": "Group number",
    "relationship": "Relationship",
    "starts_on": "Covered from",
    "ends_on": "Covered to",
    "subscriber_first_name": "Subscriber’s first name",
    "subscriber_last_name": "Subscriber’s last name",
    "subscriber_date_of_birth": "Subscriber’s date of birth",
    "subscriber_sex": "Sex on the insurance",
}


def coverage_told(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """What was changed on a plan, a line for each field that stands on a claim."""
    return [
        f"{label}: {_said(before.get(name))} → {_said(after[name])}" for name, label in _PLAN.items() if name in after
    ]

"""Insurance as a row describes it."""

from __future__ import annotations

import re
from typing import Any, Final

from desk.imports import places, values
from desk.imports.names import tidy
from desk.imports.parsing import words
from desk.imports.parsing.cells import Row
from desk.imports.parsing.records import CoverageRow, Who

_WITH_ID: Final = re.compile(r"(.+?)\s*\(([0-9A-Z]{3,10})\)")
_SELF: Final = "18"
_SUBSCRIBER: Final = (
    ("subscriber_first_name", "first name"), ("subscriber_last_name", "last name"),
    ("subscriber_date_of_birth", "date of birth"),
)  # fmt: skip


def payer_of(text: str) -> tuple[str, str]:
    """The insurer’s name, and its ID where it stands behind the name: `Aetna (60054)`."""
    found = _WITH_ID.fullmatch(tidy(text))
    return (found[1], found[2]) if found else (tidy(text), "")


def coverage_rows(row: Row, client: Who) -> list[CoverageRow]:
    """The primary and the second insurance of the row; none when it names no insurer."""
    name, number = payer_of(row.text("coverage.payer_name", 60))
    number = row.text("coverage.payer_id", 20) or number
    found = []
    if name:
        starts_on, ends_on = row.date("coverage.effective_on"), row.date("coverage.ended_on")
        if starts_on and ends_on and ends_on < starts_on:
            row.refuse("coverage.ended_on", "The last day is before the first.", "E-DATE")
        facts = _facts(row) | {"ends_on": ends_on}
        found.append(CoverageRow(row.line.number, client, name, number, facts, starts_on))
    second, second_number = payer_of(row.text("coverage.secondary_payer_name", 60))
    if second:
        group = row.text("coverage.secondary_group_number", 30)
        facts = {"rank": "secondary", "member_id": "", "group_number": group}
        found.append(CoverageRow(row.line.number, client, second, second_number, facts, None))
    return [] if row.is_bad else found


def _facts(row: Row) -> dict[str, Any]:
    member_id = row.read("coverage.member_id", values.read_member_id) or ""
    if not member_id and not row.is_bad:
        row.warn(
            "coverage.member_id", "The member ID is missing. The coverage cannot be billed until it is there.", "W-KEY"
        )
    copay = row.money("coverage.copay_amount")
    if copay is not None and copay < 0:
        row.refuse("coverage.copay_amount", "A copay cannot be below zero.", "E-MONEY")
    relation = row.read("coverage.relationship_to_subscriber", words.word_of(words.RELATIONSHIP, "relationship"))
    rank = row.read("coverage.rank", words.word_of(words.RANK, "rank"))
    return {
        "rank": rank or "primary",
        "member_id": member_id[:30],
        "group_number": row.text("coverage.group_number", 30),
        "plan_name": row.text("coverage.plan_name", 60),
        "copay": copay,
        "relationship": relation or _SELF,
    } | (_subscriber(row) if relation and relation != _SELF else {})


def _subscriber(row: Row) -> dict[str, Any]:
    state = row.read("coverage.subscriber_state", places.read_state, needed=False) or ""
    facts = {
        "subscriber_first_name": row.text("coverage.subscriber_first_name", 35),
        "subscriber_last_name": row.text("coverage.subscriber_last_name", 60),
        "subscriber_date_of_birth": row.birth("coverage.subscriber_date_of_birth"),
        "subscriber_sex": row.read("coverage.subscriber_sex", words.word_of(words.SEX, "sex"), needed=False) or "",
        "address1": row.text("coverage.subscriber_address_line1", 55),
        "city": row.text("coverage.subscriber_city", 30),
        "state": state,
        "zip": row.read("coverage.subscriber_postal_code", lambda text: places.read_zip(text, state), needed=False)
        or "",
    }
    for name, told in _SUBSCRIBER:
        if not facts[name] and not row.is_bad:
            row.refuse(f"coverage.{name}", f"The client is not the subscriber: the subscriber’s {told} is needed.")
    return facts

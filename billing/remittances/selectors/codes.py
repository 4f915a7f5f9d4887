"""The adjustment codes: what each means, what is done with it by default, and what the practice decided itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from billing.models import AdjustmentRule, Treatment
from billing.remittances.explaining import meaning
from edi.codes.adjustments import GROUPS, AdjustmentReason, adjustment_reasons
from edi.codes.adjustments import treatment as by_table

_MOST: Final = 20


@dataclass(frozen=True, slots=True)
class OwnRule:
    """A decision of the practice beside what the table says."""

    rule: AdjustmentRule
    meaning: str
    default: str


@dataclass(frozen=True, slots=True)
class CodeShown:
    """A code with what is done with it under each group; `own` marks the practice's decisions."""

    reason: AdjustmentReason
    groups: list[tuple[str, str, bool]]


def own_rules() -> list[OwnRule]:
    """The practice's decisions; one query."""
    return [
        OwnRule(rule, meaning(rule.reason), _label(by_table(rule.group, rule.reason).value))
        for rule in AdjustmentRule.objects.order_by("group", "reason")
    ]


def codes(words: str, own: list[OwnRule]) -> list[CodeShown]:
    """The codes that a number or words find, twenty at most; none for no words."""
    decided = {(one.rule.group, one.rule.reason): one.rule.treatment for one in own}
    return [_shown(reason, decided) for reason in _found(words)[:_MOST]]


def default_of(group: str, reason: str) -> str:
    """What the table says, in words."""
    return _label(by_table(group, reason).value)


def _found(words: str) -> list[AdjustmentReason]:
    wanted = words.upper().split("-", 1)[-1].strip() if words[:2].upper() in GROUPS else words.upper().strip()
    if not wanted:
        return []
    known = list(adjustment_reasons().values())
    exact = [one for one in known if one.code == wanted]
    begins = [one for one in known if one.code.startswith(wanted) and one.code != wanted]
    parts = words.casefold().split()
    named = [one for one in known if all(part in one.meaning.casefold() for part in parts)]
    return list({one.code: one for one in [*exact, *begins, *named]}.values())


def _shown(reason: AdjustmentReason, decided: dict[tuple[str, str], str]) -> CodeShown:
    groups = []
    for group in GROUPS:
        own = decided.get((group, reason.code))
        groups.append((group, _label(own or by_table(group, reason.code).value), own is not None))
    return CodeShown(reason, groups)


def _label(value: str) -> str:
    return str(Treatment(value).label)

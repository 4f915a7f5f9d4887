"""The one engine: every registered check over any number of attendances."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any, Final

from scheduling.models import Attendance
from scheduling.readiness.check import Check
from scheduling.readiness.facts import Facts
from scheduling.readiness.findings import Finding, Severity, Stage
from scheduling.readiness.load import ProposedFacts, load, load_proposed

EVERY_STAGE: Final = tuple(Stage)
_Extras = dict[tuple[Any, tuple[int, ...]], Any]
_checks: dict[str, Check] = {}
_WORST_FIRST: Final = {Severity.BLOCK: 0, Severity.WARN: 1}
_STEPS: Final = {stage: place for place, stage in enumerate(Stage)}


def register(check: Check) -> None:
    """Adds a check, once; higher rooms add theirs at start-up. ValueError when another has its code."""
    known = _checks.setdefault(check.code, check)
    if type(known) is not type(check):
        raise ValueError(f"Two checks are called «{check.code}».")


def registered() -> list[Check]:
    """Every registered check, in the order of registration."""
    return list(_checks.values())


def findings_for(
    attendances: Iterable[Attendance | int], *, stages: Collection[Stage] = EVERY_STAGE
) -> dict[int, list[Finding]]:
    """What stands between each attendance and the stages, worst first, by the attendance's id.

    Takes attendances or their ids; every one has an entry, an empty list where nothing is wrong. The number of
    queries does not depend on how many there are.
    """
    ids = [row if isinstance(row, int) else row.pk for row in attendances]
    return {number: [] for number in ids} | judge(load(ids), stages=stages)


def findings_for_bookings(
    proposals: Sequence[ProposedFacts], *, stages: Collection[Stage] = EVERY_STAGE
) -> dict[int, list[Finding]]:
    """The same for bookings that do not exist yet, by their `key`."""
    return judge(load_proposed(proposals), stages=stages)


def judge(facts: Sequence[Facts], *, stages: Collection[Stage] = EVERY_STAGE) -> dict[int, list[Finding]]:
    """Every check over facts that are loaded already; the checks' own queries alone."""
    found: dict[int, list[Finding]] = {one.key: [] for one in facts}
    loaded: _Extras = {}
    for check in registered():
        if set(check.stages) & set(stages):
            for one, finding in _judged(check, facts, loaded):
                if (asked := _at_stage(check, finding, stages)) is not None:
                    found[one.key].append(_with_override(one, asked))
    return {key: sorted(findings, key=_rank) for key, findings in found.items()}


def is_ready(findings: Iterable[Finding]) -> bool:
    """Whether nothing stops the step; warnings do not."""
    return not any(finding.blocks for finding in findings)


def _judged(check: Check, facts: Sequence[Facts], loaded: _Extras) -> Iterable[tuple[Facts, Finding]]:
    asked = [one for one in facts if (check.of_bookings or not one.is_proposed) and check.applies(one)]
    extra = _extra(check, asked, loaded)
    return ((one, finding) for one in asked for finding in check.judge(one, extra))


def _extra(check: Check, asked: Sequence[Facts], loaded: _Extras) -> Any:
    """What the check needs, loaded once for all checks that inherit one `load` and are asked of the same."""
    if not asked or type(check).load is Check.load:
        return None
    key = type(check).load, tuple(one.key for one in asked)
    if key not in loaded:
        loaded[key] = check.load(asked)
    return loaded[key]


def _at_stage(check: Check, finding: Finding, stages: Collection[Stage]) -> Finding | None:
    """The finding at the first stage that was asked for, from its own on; None when it stands before none."""
    onward = check.stages[check.stages.index(finding.stage) :]
    asked = next((stage for stage in onward if stage in stages), None)
    return None if asked is None else replace(finding, stage=asked)


def _with_override(facts: Facts, finding: Finding) -> Finding:
    if finding.blocks or finding.code not in facts.overrides:
        return finding
    return replace(finding, overridden=facts.overrides[finding.code])


def _rank(finding: Finding) -> tuple[int, bool, int]:
    return _WORST_FIRST[finding.severity], bool(finding.overridden), _STEPS[finding.stage]

"""From a judgment to the row that shows it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.urls import reverse

from billing.day.beside import beside_of, offered
from billing.day.judging import STEPS, Judged
from billing.day.shapes import OPEN, Act, Chip, Line, Row, State
from practice.models import Practice
from scheduling import units
from scheduling.readiness import Action, Finding

_NO_COVERAGE: Final = "Self-pay"
_HELD_CODES: Final = frozenset({"not_enrolled", "payer_not_electronic"})
_MOST_ACTS: Final = 2
_FIXED: Final = {
    State.READY: Chip("done", "done", "Ready", flat=True),
    State.LATER: Chip("calm", "draft", "Not yet", flat=True),
    State.BILLED: Chip("done", "done", "Billed", flat=True),
    State.CANCELED: Chip("calm", "over", "Canceled", flat=True),
}
_ABSENT: Final = {"late_canceled": "Late cancel", "no_show": "No-show"}


def row_of(one: Judged, practice: Practice) -> Row:
    """The row of one attendance."""
    facts, state = one.facts, _state(one)
    start = facts.actual_start or facts.scheduled_start
    stop = facts.actual_stop or (None if facts.actual_start else facts.scheduled_stop)
    clinician = facts.rendering
    missing = {finding.field for finding in one.blocking}
    return Row(
        id=facts.key,
        session_id=facts.session_id or 0,
        status=one.status,
        state=state,
        chip=_FIXED.get(state) or _open_chip(one, state),
        day=facts.date,
        start=start.time(),
        stop=stop.time() if stop else None,
        minutes=facts.minutes,
        on_record=facts.actual_start is not None,
        needs_stop="actual_stop" in missing,
        client=facts.client.name,
        client_url=_url(practice, "client", facts.client.id),
        code=facts.code,
        service=_ABSENT.get(facts.outcome) or (facts.service.name if facts.service else ""),
        diagnoses=", ".join(facts.diagnoses),
        place="Telehealth" if facts.telehealth else facts.location.name if facts.location else "",
        is_telehealth=facts.telehealth,
        payer=facts.coverage.payer.name if facts.is_claim and facts.coverage else _NO_COVERAGE,
        payer_id=facts.coverage.payer.id if facts.is_claim and facts.coverage else 0,
        place_id="telehealth" if facts.telehealth else str(facts.location.id) if facts.location else "none",
        amount=one.amount,
        why_price=one.price.why,
        sources=_sources(one),
        clinician_id=clinician.id if clinician else 0,
        clinician=clinician.name if clinician else "No clinician",
        lines=_lines(one, state, practice),
        units=facts.units,
        counted=facts.service is not None and units.is_counted(facts.service.units_rule),
        beside=tuple(beside_of(add_on) for add_on in one.add_ons),
        may_add=state in OPEN and bool(offered(facts)),
        unfilled_times=any(f.code == "times_missing" and f.field == "actual_times" for f in one.blocking),
    )


def _state(one: Judged) -> State:
    if one.facts.is_confirmed:
        return State.BILLED
    if one.facts.is_canceled:
        return State.CANCELED
    blocking = one.blocking
    if any(finding.code == "not_happened" for finding in blocking):
        return State.LATER
    if not blocking:
        return State.READY
    return State.WAITS if all(finding.waits_on for finding in blocking) else State.FIX


def _open_chip(one: Judged, state: State) -> Chip:
    if state == State.WAITS:
        held = any(finding.code in _HELD_CODES for finding in one.blocking)
        return Chip("calm", "held", "Held" if held else "Waits")
    mine = [finding for finding in one.blocking if not finding.waits_on]
    if any(finding.kind == "stop" for finding in mine):
        return Chip("stop", "stopped", "Blocked")
    if {finding.field for finding in mine} == {"times"}:
        return Chip("wait", "needs-you", "Fix times")
    fields = len({finding.field for finding in mine})
    return Chip("wait", "needs-you", "1 field" if fields == 1 else f"{fields} fields")


def _lines(one: Judged, state: State, practice: Practice) -> tuple[Line, ...]:
    if state not in OPEN:
        return ()
    return tuple(line_of(finding, practice) for finding in one.findings)


def line_of(finding: Finding, practice: Practice) -> Line:
    """A finding as its row shows it."""
    quiet = not finding.blocks or finding.stage not in STEPS
    acts = [act for action in finding.actions if (act := _act(action, practice))]
    return Line(
        "calm" if quiet else finding.kind,
        _glyph(finding) if quiet else finding.glyph,
        finding.title,
        finding.why,
        () if finding.overridden else tuple(acts[:_MOST_ACTS]),
        quiet,
        finding.code,
        finding.overridden.rstrip("."),
        may_pass=not finding.blocks and not finding.overridden,
    )


def _glyph(finding: Finding) -> str:
    return "over" if finding.overridden else "needs-you" if not finding.blocks else "ready"


def _act(action: Action, practice: Practice) -> Act | None:
    if action.field:
        return Act(action.label, field=action.field, value=action.value)
    return Act(action.label, url=_url(practice, action.url_name, *action.url_args)) if action.url_name else None


def _url(practice: Practice, name: str, *args: int | str) -> str:
    return reverse(name, args=[practice.slug, *args])


def _sources(one: Judged) -> str:
    """Where the details come from, for who wants to know."""
    names = {"service": "Service", "diagnoses": "diagnoses", "place_of_service": "place"}
    said: Sequence[str] = [f"{words} {one.sources[key]}" for key, words in names.items() if one.sources.get(key)]
    return ", ".join(said)

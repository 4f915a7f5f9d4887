"""A claim's life in words, from the session to the money, for somebody who has never billed: what each answer means."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from billing.claims.changed import coverage_told
from billing.models import Claim, ClaimEvent, Denial
from billing.remittances.chips import DENIAL_CHIPS
from billing.statuses.words import MEANINGS, SOURCE
from practice.models import AuditEvent, StateChange

K = ClaimEvent.Kind
_ORDER: Final = ("837P", "TA1", "999", "277CA, clearinghouse", "277CA, payer", "835")
_TONES: Final[Mapping[str, tuple[str, str]]] = {
    K.MADE: ("calm", "ready"),
    K.BATCHED: ("move", "quarter"),
    K.SENT: ("move", "half"),
    K.ANSWER: ("move", "three-quarter"),
    K.REMITTED: ("done", "done"),
    K.CORRECTED: ("wait", "needs-you"),
    K.WITHDRAWN: ("calm", "over"),
    K.NOTE: ("calm", "draft"),
}
_STOPPED: Final = ("stop", "stopped")
_REFUSALS: Final = ("Rejected", "The whole file was refused")
_MEANS: Final[Mapping[str, str]] = {
    K.MADE: "Billing made it. It asks one payer for what it was billed for.",
    K.BATCHED: "It waits for the practice’s delay. Until it leaves it can be held back.",
    K.SENT: "The clearinghouse has the file. First it says whether it can read it (999), then whether the claim is "
    "taken (277CA); the money comes with a remittance (835).",
    K.WITHDRAWN: "Nobody is asked with it any more.",
}
_ANSWERS: Final[Mapping[tuple[str, bool], str]] = {
    ("TA1", False): "The TA1 is about the envelope of the whole file: it was let in.",
    ("TA1", True): "The TA1 is about the envelope of the whole file: none of its claims went on.",
    ("999", False): "The 999 says that the file could be read. It says nothing about the claim yet.",
    ("999", True): "The 999 says that this part of the file could not be read. The payer has not seen the claim.",
    ("277CA, clearinghouse", False): "The clearinghouse took the claim and passes it on to the payer.",
    ("277CA, clearinghouse", True): "The clearinghouse sent it back. The payer has not judged it: corrected, it goes "
    "again as an original.",
    ("277CA, payer", False): "The payer has the claim. Keep this as proof that it was filed in time.",
    ("277CA, payer", True): "The payer sent it back before judging it: corrected, it goes again as an original.",
}
_REMITTED: Final = "The remittance says what the payer paid and why not more. It was posted to the ledger."
_DENIED: Final = "The payer judged the claim and paid nothing. The reasons say what can still be done."
_TAKEN_BACK: Final = "What was posted is reversed to the cent. A new answer usually follows."


@dataclass(frozen=True, slots=True)
class Chapter:
    """One thing that happened: what, when and by whom, what it means, its details, and where its page is.

    `opens` names the page that shows it (`answer_part`, `remittance`, `denial`) and `opens_id` its key, or the place
    on the claim's own page (`sent`, `asked`).
    """

    at: dt.datetime
    title: str
    who: str
    kind: str
    glyph: str
    means: str = ""
    lines: tuple[str, ...] = ()
    codes: str = ""
    opens: str = ""
    opens_id: int | None = None


def story(claim: Claim, events: Sequence[ClaimEvent], denials: Iterable[Denial]) -> list[Chapter]:
    """Everything in its order, the newest first; three queries besides the events."""
    made = [_of_event(event) for event in events]
    made += [*_before(claim), *_denials(list(denials)), *_coverage(claim)]
    ranks = {id(chapter): rank(event) for chapter, event in zip(made, events, strict=False)}
    late = len(_ORDER) + 1
    return sorted(
        made,
        key=lambda one: (
            one.at.replace(second=0, microsecond=0), ranks.get(id(one), late if one.opens == "denial" else 0), one.at,
        ),
        reverse=True,
    )  # fmt: skip


def is_refusal(event: ClaimEvent) -> bool:
    """Whether the answer sent the claim back, refused the money, or took it back."""
    said = event.remittance_claim
    if said is not None:
        return bool(said.is_denial or said.is_reversal)
    return event.kind == K.ANSWER and event.title.startswith(_REFUSALS)


def rank(event: ClaimEvent) -> int:
    """Answers that were fetched in the same minute stand in the order in which they were given."""
    return _ORDER.index(event.source) + 1 if event.source in _ORDER else 0


def _of_event(event: ClaimEvent) -> Chapter:
    kind, glyph = _tone(event)
    opens, opens_id = _opens(event)
    return Chapter(
        at=event.at,
        title=event.title,
        who=event.source or event.by_name,
        kind=kind,
        glyph=glyph,
        means=_meaning(event),
        lines=tuple(event.detail.splitlines()),
        codes=event.codes if event.kind == K.ANSWER else "",
        opens=opens,
        opens_id=opens_id,
    )


def _tone(event: ClaimEvent) -> tuple[str, str]:
    if _is_asked(event):
        return MEANINGS[event.title].kind, MEANINGS[event.title].glyph
    return _STOPPED if is_refusal(event) else _TONES[event.kind]


def _is_asked(event: ClaimEvent) -> bool:
    """Whether it is what the payer said when it was asked where the claim stands."""
    return event.source == SOURCE and event.title in MEANINGS


def _meaning(event: ClaimEvent) -> str:
    if _is_asked(event):
        return MEANINGS[event.title].words
    if event.kind == K.ANSWER:
        return _ANSWERS.get((event.source, is_refusal(event)), "")
    if event.kind == K.REMITTED:
        said = event.remittance_claim
        if said is not None and said.is_reversal:
            return _TAKEN_BACK
        return _DENIED if said is not None and said.is_denial else _REMITTED
    return _MEANS.get(event.kind, "")


def _opens(event: ClaimEvent) -> tuple[str, int | None]:
    if event.remittance_claim is not None:
        return "remittance", event.remittance_claim.remittance_id
    if event.transaction_id is not None:
        return "answer_part", event.transaction_id
    if _is_asked(event):
        return "asked", None
    return ("sent", None) if event.kind == K.SENT else ("", None)


def _before(claim: Claim) -> Iterator[Chapter]:
    """The session, and who confirmed it."""
    session = claim.attendance.session
    first = (
        "The session took place"
        if claim.session_count == 1
        else f"The first of {claim.session_count} sessions took place"
    )
    yield Chapter(session.starts_at, first, "", "done", "done")
    if claim.attendance.confirmed_at is not None:
        yield Chapter(
            claim.attendance.confirmed_at,
            "Confirmed and billed",
            "",
            "done",
            "done",
            means="Somebody vouched that it took place as recorded, and every check passed.",
        )


def _denials(rows: Sequence[Denial]) -> Iterator[Chapter]:
    """What became of what was refused, step by step; one query."""
    if not rows:
        return
    by_key = {row.pk: row for row in rows}
    steps = StateChange.objects.filter(kind=Denial._meta.label_lower, object_id__in=list(by_key)).order_by("at")
    for step in steps:
        row, chip = by_key[step.object_id], DENIAL_CHIPS[Denial.Status(step.after)]
        title = {"open": "A denial to work", "waiting": "The denial rests"}.get(step.after) or (
            f"Denial resolved: {row.get_resolution_display().lower()}" if row.resolution else "Denial resolved"
        )
        lines = (step.reason,) if step.reason else ()
        yield Chapter(
            step.at,
            title,
            step.actor_name,
            chip.kind,
            chip.glyph or chip.kind,
            lines=lines,
            opens="denial",
            opens_id=row.pk,
        )


def _coverage(claim: Claim) -> Iterator[Chapter]:
    """What was changed on the plan it asks since it was made, from what to what; one query."""
    rows = AuditEvent.objects.filter(
        kind="clients.coverage", object_id=str(claim.coverage_id), action="coverage.changed", at__gte=claim.made_at
    )
    for row in rows.order_by("at"):
        lines = coverage_told(row.before or {}, row.after or {})
        if lines:
            yield Chapter(row.at, "Coverage corrected", row.actor_name, "wait", "needs-you", lines=tuple(lines))

"""The batch leaves: its claims are checked, numbered and written, and the files are stored as requests to send."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.db import transaction
from django.db.models import F

from billing.claims import batching, content, events, wanted
from billing.claims.content import Loaded
from billing.clearinghouses.layouts import Layout, layout_of
from billing.clearinghouses.opening import envelope_of
from billing.models import Batch, BillingRun, Claim, ClaimEvent, Connection, ConnectionState, Request, Submission
from edi.claims import model as x12
from edi.claims.checks import check
from edi.claims.writing import write
from practice import audit, clock, due, files, states
from practice.actors import Actor
from practice.models import Practice, PracticeSettings
from practice.setup.selectors import get_settings
from practice.tenancy.context import practice_context

SEND: Final = "claims.send"
_LARGEST_CLAIM: Final = 12_000  # bytes; fifty lines with everything that may stand in them
_LONGEST_NUMBER: Final = 999_999_999
_AGAIN: Final = dt.timedelta(seconds=30)
_X12: Final = frozenset({"text/plain", "application/octet-stream"})


@due.handles(batching.LEAVE)
def leave(practice_id: int, object_id: str) -> None:
    """Makes the files of a batch whose time has come; doing it twice makes them once."""
    with transaction.atomic(), practice_context(practice_id, phi=True):
        batch = Batch.objects.select_for_update(no_key=True, of=("self",)).filter(pk=int(object_id)).first()
        if batch is None or batch.status != Batch.Status.WAITING:
            due.done(batching.LEAVE, practice_id=practice_id, object_id=object_id)
        elif batch.leaves_at > clock.now() or _is_growing(batch):
            later = max(batch.leaves_at, clock.now() + _AGAIN)
            due.plan(batching.LEAVE, practice_id=practice_id, object_id=batch.pk, due_at=later)
        else:
            make_files(batch, practice=Practice.objects.get(pk=practice_id), actor=Actor.system(practice_id))


def make_files(batch: Batch, *, practice: Practice, actor: Actor) -> list[Request]:
    """Writes the batch's claims to files, in the caller's transaction. What fails the check stays behind with why."""
    maker = _Maker(batch, Connection.objects.get(pk=batch.connection_id), get_settings(), practice, actor)
    rows = content.load([claim.pk for claim in batching.batched_claims(batch)])
    draft = maker.draft(rows)
    good = _leave_behind(rows, draft, actor)
    if not good:
        batching.close(batch, actor, "Nothing in it could be sent")
        return []
    whole = draft if len(good) == len(rows) else None
    requests = [maker.request(part, given) for part, given in maker.fitting(good, whole)]
    states.transition(batch, Batch.Status.MADE, actor=actor)
    due.done(batching.LEAVE, practice_id=practice.pk, object_id=batch.pk)
    return requests


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes the files of one batch."""

    batch: Batch
    connection: Connection
    settings: PracticeSettings
    practice: Practice
    actor: Actor

    @property
    def layout(self) -> Layout:
        return layout_of(self.connection.layout)

    def draft(self, rows: Sequence[Loaded]) -> x12.ClaimFile:
        """The file without its control number, which is allotted last."""
        numbers = content.payer_numbers([claim.payer_id for claim, *_ in rows], self.layout.payers_as)
        groups = enumerate(content.by_payer(rows, self._most_together), 1)
        made_at = clock.local(self.practice, clock.now()).replace(tzinfo=None, second=0, microsecond=0)
        transactions = tuple(
            x12.ClaimTransaction(
                control=f"{position:04}",
                reference=f"{position:04}",
                payer=x12.Payer(payer.name, numbers.get(payer.pk) or payer.payer_id),
                billing=content.billing_provider(self.settings, group),
                claims=tuple(content.claim(row, self.settings) for row in group),
            )
            for position, (payer, group) in groups
        )
        envelope = envelope_of(self.connection, self.settings)
        return x12.ClaimFile(envelope, control=1, group_control=1, made_at=made_at, transactions=transactions)

    @property
    def _most_together(self) -> int:
        """How many claims may stand in one ST."""
        own = self.connection.claims_per_transaction or x12.MAX_CLAIMS
        return min(self.layout.max_claims, x12.MAX_CLAIMS, own)

    def fitting(
        self, rows: Sequence[Loaded], draft: x12.ClaimFile | None = None
    ) -> Iterator[tuple[Sequence[Loaded], x12.ClaimFile]]:
        """The claims in as many files as the clearinghouse's limits ask for, with the draft of each.

        A single claim that is too large by itself goes alone: the clearinghouse says so in its own words.
        """
        most = self.layout.max_claims
        if len(rows) > most:
            for at in range(0, len(rows), most):
                yield from self.fitting(rows[at : at + most])
            return
        made = draft or self.draft(rows)
        if len(rows) > 1 and self._is_too_large(made, len(rows)):
            half = len(rows) // 2
            yield from self.fitting(rows[:half])
            yield from self.fitting(rows[half:])
        else:
            yield rows, made

    def _is_too_large(self, draft: x12.ClaimFile, count: int) -> bool:
        """Written with a number as long as any; not written at all where so few claims cannot fill a file."""
        if count * _LARGEST_CLAIM <= self.layout.max_bytes:
            return False
        return len(write(_numbered(draft, _LONGEST_NUMBER)).content) > self.layout.max_bytes

    def request(self, rows: Sequence[Loaded], draft: x12.ClaimFile) -> Request:
        """Numbers the file, writes and stores it, and plans its sending."""
        control = next_control(self.connection)
        file = _numbered(draft, control)
        written = write(file)
        test = self.connection.usage == Connection.Usage.TEST
        name = self.layout.name_for(control, draft.made_at.date(), test=test)
        request = Request.objects.create(
            batch=self.batch,
            connection=self.connection,
            file=files.store(written.content, name=name, actor=self.actor, accepts=_X12),
            filename=name,
            control_number=f"{control:09}",
            claim_count=len(rows),
            made_at=clock.now(),
        )
        states.record_first([request], actor=self.actor)
        Submission.objects.bulk_create(_submissions(request, file, written, rows), batch_size=1000)
        audit.record("request.made", actor=self.actor, row=request, after={"claims": len(rows), "file": name})
        due.plan(SEND, practice_id=self.practice.pk, object_id=request.pk, due_at=clock.now())
        transaction.on_commit(lambda: batching.ring(SEND, self.practice.pk, request.pk), robust=True)
        return request


def _is_growing(batch: Batch) -> bool:
    """Whether the click that fills it is still at work."""
    if batch.run_id is None:
        return False
    busy = (BillingRun.Status.WAITING, BillingRun.Status.RUNNING)
    return BillingRun.objects.filter(pk=batch.run_id, status__in=busy).exists()


def _leave_behind(rows: Sequence[Loaded], draft: x12.ClaimFile, actor: Actor) -> list[Loaded]:
    """The claims without a fault; the others become drafts that say what is wrong."""
    faults: dict[str, list[str]] = {}
    for problem in (one for one in check(draft) if not one.warning):
        faults.setdefault(problem.claim, []).append(problem.words)
    for number, words in wanted.late([row.claim for row in rows], draft.made_at.date()).items():
        faults.setdefault(number, []).append(words)
    everywhere = faults.pop("", [])
    bad = [claim for claim, *_ in rows if everywhere or claim.number in faults]
    for claim in bad:
        claim.problems = [*everywhere, *faults.get(claim.number, [])]
    Claim.objects.bulk_update(bad, ["problems"], batch_size=500)
    states.transition_many(bad, Claim.Status.DRAFT, actor=actor, reason="The check found a fault")
    title = "Left behind by the check"
    events.record(
        events.event(claim, ClaimEvent.Kind.CORRECTED, title, actor=actor, detail=" ".join(claim.problems))
        for claim in bad
    )
    held = {claim.pk for claim in bad}
    return [row for row in rows if row[0].pk not in held]


def next_control(connection: Connection) -> int:
    """The next interchange control number, given once. The row stays locked until the commit: asked for last.

    Practices that send through one connection of an organization share its numbers.
    """
    practice_id = connection.through_id or connection.practice_id
    connection_id = connection.through_connection_id or connection.pk
    ConnectionState.objects.get_or_create(practice_id=practice_id, connection_id=connection_id)
    rows = ConnectionState.objects.select_for_update()
    state = rows.get(practice_id=practice_id, connection_id=connection_id)
    ConnectionState.objects.filter(pk=state.pk).update(next_interchange=F("next_interchange") + 1)
    return state.next_interchange


def _numbered(draft: x12.ClaimFile, control: int) -> x12.ClaimFile:
    """ISA13, GS06 and, for each ST, a reference (BHT03) that no other file has."""
    transactions = tuple(replace(one, reference=f"{control:09}{one.control}") for one in draft.transactions)
    return replace(draft, control=control, group_control=control, transactions=transactions)


def _submissions(
    request: Request, file: x12.ClaimFile, written: x12.Written, rows: Sequence[Loaded]
) -> Iterator[Submission]:
    ids = {claim.number: claim.pk for claim, *_ in rows}
    for transaction_ in file.transactions:
        for number, (first, last) in written.positions[transaction_.control].items():
            yield Submission(
                request=request,
                claim_id=ids[number],
                number=number,
                transaction_control=transaction_.control,
                reference=transaction_.reference,
                first_segment=first,
                last_segment=last,
            )

"""The claims leave and the answers come: sent at once by the biller, the rest by the worker alone."""

from __future__ import annotations

import datetime as dt
from typing import Final

from billing.claims import batching
from billing.claims.selectors import batches
from billing.inbound import selectors as inbound
from desk.rehearsal import documents, plan
from desk.rehearsal.building import Made
from desk.rehearsal.documents import Answered
from desk.rehearsal.stages import Figure
from desk.rehearsal.waiting import Beat, RehearsalError, until
from desk.rehearsal.weeks import at
from practice import clock, files

KINDS: Final = frozenset({"TA1", "999", "277CA", "835"})
SENT: Final = frozenset({"sent", "acknowledged"})
NOT_LOST: Final = SENT | {"ready", "sending"}


def send(made: Made) -> Figure:
    """Presses "Send now" on what waits; what stands in the files that left, once they have."""
    biller, moment = made.staff.biller, _moment(made)
    with at(made.staff.owner, moment):
        numbers = [row.batch.pk for row in batches.waiting_batches(biller)]
        for number in numbers:
            batching.send_now(actor=biller, batch_id=number)
    until(lambda: _have_left(made, moment, numbers), "a file at the sandbox payer")
    with at(made.staff.owner, moment):
        contents = [files.read(request.file) for number in numbers for request in _row(made, number).requests]
        return documents.claims(contents)


def hear(made: Made) -> Answered:
    """Waits until every answer is here and read; what the payers' files say."""
    moment = _moment(made)
    beat = Beat(moment)

    def is_all_here() -> bool:
        beat.strike()
        with at(made.staff.owner, moment):
            return _is_all_here(inbound.file_list(made.staff.biller, inbound.ALL, "1").rows)

    until(is_all_here, "all answers of the sandbox payer")
    with at(made.staff.owner, moment):
        rows = inbound.file_list(made.staff.biller, inbound.ALL, "1").rows
        return documents.answered(files.read(row.file.file) for row in rows)


def _is_all_here(rows: list[inbound.FileRow]) -> bool:
    odd = [row.file.name for row in rows if row.odd or row.file.status in {"unreadable", "duplicate"}]
    if odd:
        raise RehearsalError(f"These answers need a look: {', '.join(odd)}.")
    remittances = sum("835" in row.kinds for row in rows)
    kinds = {kind for row in rows for kind in row.kinds}
    read = all(row.file.status == "read" for row in rows)
    return read and kinds >= KINDS and remittances == len(plan.paying())


def _have_left(made: Made, moment: dt.datetime, numbers: list[int]) -> bool:
    with at(made.staff.owner, moment):
        found = [_row(made, number).requests for number in numbers]
    lost = [one for requests in found for one in requests if one.status not in NOT_LOST]
    if lost:
        raise RehearsalError(f"{lost[0].filename} is {lost[0].get_status_display().lower()}: {lost[0].trouble}")
    return all(requests and all(one.status in SENT for one in requests) for requests in found)


def _row(made: Made, number: int) -> batches.BatchRow:
    found = batches.batch_page(made.staff.biller, number)
    if found is None:
        raise RehearsalError(f"Batch {number} is gone.")
    return found[0]


def _moment(made: Made) -> dt.datetime:
    return clock.instant(made.staff.owner.practice, plan.BILLED_ON, dt.time(11))

"""Brings sessions and opening balances of the former system over."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Final

from billing.money.services import Opening, post_openings
from clients.models import Coverage
from desk.imports.bringing import Bringing
from desk.imports.grouping import GROUP_CODES, grouped
from desk.imports.names import fold
from desk.imports.parsing.records import BalanceRow, SessionRow
from desk.imports.planning import is_ready
from desk.models import ImportedRow, ImportRun
from practice import clock
from scheduling.bringing import Former, Part, bring_over
from scheduling.facts import Span
from scheduling.models import Session, SessionClinician

together = grouped
NO_TIME: Final = "The former system’s file gives no time of day."
_WAITS: Final = "A question about this row is not answered."
_BILLED_HERE: Final = "It is of a day that is billed here, so nothing was owed for it in the former system."
_Key = tuple[int, int, dt.datetime | dt.date | str]


def sessions(bringing: Bringing, chunk: Sequence[list[SessionRow]]) -> None:
    """One chunk of sessions, each with all its rows."""
    ready = [good for rows in chunk if (good := _ready(bringing, rows))]
    there = _there(bringing, ready)
    coverage = _coverages(bringing, ready)
    wanted: list[tuple[list[SessionRow], Former]] = []
    for rows in ready:
        new = [row for row in rows if not _is_there(bringing, row, there)]
        bringing.counts["sessions_known"] += len(rows) - len(new)
        if new:
            wanted.append((new, _former(bringing, new, coverage)))
    made = bring_over(actor=bringing.actor, sessions=[one for _, one in wanted], reason=_reason(bringing))
    kept: list[tuple[int, int, str, bool]] = []
    for (rows, _), session in zip(wanted, made, strict=True):
        if session is None:
            bringing.leave(rows[0].row, f"{rows[0].clinician.name} has another session at that time.")
        else:
            kept.append((session.pk, rows[0].row, "", True))
    bringing.counts["sessions"] += len(kept)
    bringing.remember(ImportedRow.Kind.SESSION, kept)


def balances(bringing: Bringing, chunk: Sequence[BalanceRow]) -> None:
    """One chunk of balances; one that is there from an earlier file is not posted again."""
    ready = [(row, opening) for row in chunk if (opening := _opening(bringing, row))]
    seen: Counter[str] = Counter()
    keyed = []
    for row, opening in ready:
        base = _balance_key(opening)
        seen[base] += 1
        keyed.append((row, opening, f"{base} {seen[base]}"))
    there = set(
        ImportedRow.objects.filter(kind=ImportedRow.Kind.BALANCE, key__in=[key for _, _, key in keyed])
        .exclude(run__status=ImportRun.Status.UNDONE)
        .values_list("key", flat=True)
    )
    new = [one for one in keyed if one[2] not in there]
    bringing.counts["balances_known"] += len(keyed) - len(new)
    made = post_openings(actor=bringing.actor, practice=bringing.practice, openings=[one for _, one, _ in new])
    bringing.counts["balances"] += len(made)
    bringing.remember(
        ImportedRow.Kind.BALANCE,
        [(entry.pk, row.row, key, True) for entry, (row, _, key) in zip(made, new, strict=True)],
    )


def is_history(run: ImportRun, row: SessionRow) -> bool:
    """Whether the former system billed it: it took place, or was missed, by the last day that was billed there."""
    return row.status != "scheduled" and row.date <= run.through


def _ready(bringing: Bringing, rows: list[SessionRow]) -> list[SessionRow]:
    kept = []
    for row in rows:
        client, clinician = bringing.plan.client_of(row), bringing.plan.clinician_of(row.clinician)
        if client.pk is None or clinician.pk is None:
            answered = "It was left out by your answer." if is_ready(bringing.plan, row) else _WAITS
            bringing.leave(row.row, answered)
        elif not row.has_time and not is_history(bringing.run, row):
            bringing.leave(row.row, "It has no time of day, and it was not billed in the former system yet.")
        else:
            kept.append(row)
    return kept


def _ids(bringing: Bringing, row: SessionRow) -> tuple[int, int]:
    client, clinician = bringing.plan.client_of(row).pk, bringing.plan.clinician_of(row.clinician).pk
    if client is None or clinician is None:
        raise LookupError("The row has no client or no clinician.")
    return client, clinician


def _span(bringing: Bringing, row: SessionRow) -> Span:
    if row.offset is None:
        start = clock.instant(bringing.practice, row.date, row.time)
    else:
        zone = dt.timezone(dt.timedelta(minutes=row.offset))
        start = dt.datetime.combine(row.date, row.time, tzinfo=zone).astimezone(dt.UTC)
    return Span.of(start, row.minutes)


def _there(bringing: Bringing, ready: Sequence[list[SessionRow]]) -> set[_Key]:
    """Which client had a session with which clinician, when: by the instant, and by the day where no time is known."""
    spans = [_span(bringing, row) for rows in ready for row in rows]
    if not spans:
        return set()
    day = dt.timedelta(days=1)
    rows = SessionClinician.objects.filter(
        starts_at__gte=min(span.starts_at for span in spans) - day,
        starts_at__lt=max(span.ends_at for span in spans) + day,
        session__attendances__client__in={_ids(bringing, row)[0] for rows in ready for row in rows},
    )
    found: set[_Key] = set()
    for client, clinician, at, note in rows.values_list(
        "session__attendances__client_id", "clinician_id", "starts_at", "session__note"
    ):
        day_there = clock.local(bringing.practice, at).date()
        found.add((client, clinician, day_there))
        found.add((client, clinician, day_there.isoformat() if note == NO_TIME else at))
    return found


def _is_there(bringing: Bringing, row: SessionRow, there: set[_Key]) -> bool:
    """Whether it is there: at that time, or on that day where one of the two files gives no time."""
    ids = _ids(bringing, row)
    if not row.has_time:
        return (*ids, row.date) in there
    return (*ids, _span(bringing, row).starts_at) in there or (*ids, row.date.isoformat()) in there


def _coverages(bringing: Bringing, ready: Sequence[list[SessionRow]]) -> dict[int, list[Coverage]]:
    ids = {_ids(bringing, row)[0] for rows in ready for row in rows}
    found: dict[int, list[Coverage]] = {}
    for row in Coverage.objects.filter(client__in=ids, rank=Coverage.Rank.PRIMARY):
        found.setdefault(row.client_id, []).append(row)
    return found


def _former(bringing: Bringing, rows: list[SessionRow], coverage: dict[int, list[Coverage]]) -> Former:
    """The session of rows that belong together: several clients of a group, or one client with what was added."""
    first = rows[0]
    is_group = first.code in GROUP_CODES
    parts = [_part(bringing, row, [], coverage) for row in rows] if is_group else None
    name = first.location
    place = bringing.offered.place(name)
    return Former(
        span=_span(bringing, first),
        clinician_id=_ids(bringing, first)[1],
        service_id=bringing.offered.service(first.code, first.title).pk,
        kind=Session.Kind.GROUP if is_group else _kind(first),
        parts=tuple(parts or [_part(bringing, first, rows[1:], coverage)]),
        is_history=is_history(bringing.run, first),
        location_id=place.pk if place else None,
        telehealth=bringing.offered.is_remote(first.place, name),
        note=_note(first),
        has_time=first.has_time,
        title="Group" if is_group else "",
    )


def _kind(row: SessionRow) -> str:
    return Session.Kind.FAMILY if row.code in {"90846", "90847"} else Session.Kind.INDIVIDUAL


def _note(row: SessionRow) -> str:
    if not row.has_time:
        return NO_TIME
    return row.title if not row.code and row.title else ""


def _part(
    bringing: Bringing, row: SessionRow, added: Sequence[SessionRow], coverage: dict[int, list[Coverage]]
) -> Part:
    client = _ids(bringing, row)[0]
    supervisor = bringing.plan.clinicians.sure(row.supervisor) if row.supervisor else None
    running = next((one for one in coverage.get(client, []) if _runs(one, row.date)), None)
    return Part(
        client_id=client,
        status=row.status,
        fee=row.fee + sum((one.fee for one in added), start=type(row.fee)(0)),
        coverage_id=running.pk if running else None,
        diagnoses=row.diagnoses,
        modifiers=row.modifiers,
        units=row.units,
        place_of_service=row.place,
        supervising_id=supervisor,
        add_ons=tuple(dict.fromkeys(bringing.offered.service(one.code, one.title).pk for one in added)),
    )


def _runs(one: Coverage, day: dt.date) -> bool:
    return one.starts_on <= day and (one.ends_on is None or day <= one.ends_on)


def _opening(bringing: Bringing, row: BalanceRow) -> Opening | None:
    client = bringing.plan.client_of(row).pk
    if client is None:
        answered = "It was left out by your answer." if is_ready(bringing.plan, row) else _WAITS
        bringing.leave(row.row, answered)
        return None
    if row.on > bringing.run.through:
        bringing.leave(row.row, _BILLED_HERE)
        return None
    payer = bringing.offered.payer(row.payer_name, row.payer_id) if row.payer_name else None
    clinician = bringing.plan.clinician_of(row.clinician).pk if row.clinician else None
    about = f"Owed in {bringing.run.source or 'the former system'}"
    memo = " · ".join(part for part in (about, row.memo) if part)[:200]
    return Opening(
        client_id=client,
        amount=row.amount,
        on=row.on,
        by_insurer=row.by_insurer,
        is_credit=row.is_credit,
        payer_id=payer.pk if payer else None,
        clinician_id=clinician,
        memo=memo,
    )


def _balance_key(one: Opening) -> str:
    side = f"{'insurer' if one.by_insurer else 'client'}:{'credit' if one.is_credit else 'owed'}"
    return f"{one.client_id} {side} {one.payer_id or 0} {one.amount} {one.on} {fold(one.memo)}"[:180]


def _reason(bringing: Bringing) -> str:
    return f"Brought over from {bringing.run.source or 'a file'}"

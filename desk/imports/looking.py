"""What a page shows of a file before anything is brought over: counts, first rows, problems and questions."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import Any, Final

from desk.imports import keeping
from desk.imports.columns import KIND_WORDS, Kind
from desk.imports.former import is_history
from desk.imports.layouts.signatures import layouts
from desk.imports.matching import known_clients, known_clinicians
from desk.imports.names import fold
from desk.imports.offered import Offered
from desk.imports.parsing import parse
from desk.imports.parsing.records import BalanceRow, CoverageRow, Parsed
from desk.imports.planning import Plan, plan
from desk.imports.problems import FileRefusedError, Severity
from desk.imports.sampling import sample
from desk.models import ImportRun
from practice import clock
from practice.actors import Actor
from practice.models import Practice
from practice.money import ZERO

_MOST_PROBLEMS: Final = 200
_MOST_QUESTIONS: Final = 200


def planned(run: ImportRun, *, actor: Actor, practice: Practice) -> Plan:
    """Reads the file as its columns say, and who is who. FileRefusedError where a column cannot be read."""
    table = keeping.opened(run.file)
    orders = {
        int(key.partition(":")[2]): answer
        for key, answer in run.answers.items()
        if key.startswith("dates:") and answer in {"mdy", "dmy"}
    }
    known = next((layout.order for layout in layouts() if layout.key == run.layout), "")
    parsed = parse(
        table, run.fields, frozenset(run.kinds), today=clock.today(practice), orders=orders, known_order=known
    )
    return plan(parsed, known_clients(actor, run), known_clinicians(actor, run), run.answers)


def look(run: ImportRun, *, actor: Actor, practice: Practice) -> dict[str, Any]:
    """Everything the preview shows, as it is kept with the run."""
    try:
        found = planned(run, actor=actor, practice=practice)
    except FileRefusedError as error:
        return {"refused": str(error)}
    parsed, offered = found.parsed, Offered(actor)
    errors = [one for one in parsed.problems if one.severity == Severity.ERROR]
    told = sorted(parsed.problems, key=lambda one: (one.severity != Severity.ERROR, one.row))
    return {
        "lines": parsed.lines,
        "counts": [_count(kind, found, run) for kind in Kind if kind in run.kinds],
        "error_rows": len({one.row for one in errors}),
        "warnings": sum(one.severity == Severity.WARNING for one in parsed.problems),
        "problems": [asdict(one) for one in told[:_MOST_PROBLEMS]],
        "more_problems": max(len(told) - _MOST_PROBLEMS, 0),
        "questions": [asdict(one) for one in list(found.questions.values())[:_MOST_QUESTIONS]],
        "open": _open(found, run),
        "more_questions": max(len(found.questions) - _MOST_QUESTIONS, 0),
        "skipped": dict(parsed.skipped),
        "notices": parsed.notices,
        "owed": _owed(parsed, run),
        "adds": _adds(found, offered),
        "samples": sample(parsed),
    }


def _open(found: Plan, run: ImportRun) -> int:
    """How many questions nobody has answered."""
    return sum(
        not (run.answers.get(key) or (run.answers.get(f"everybody:{key.split(':', 1)[0]}") and "dates:" not in key))
        for key in found.questions
    )


def _count(kind: str, found: Plan, run: ImportRun) -> dict[str, Any]:
    rows = found.parsed.of_kind(kind)
    facts: dict[str, Any] = {
        "kind": kind,
        "words": KIND_WORDS[kind],
        "total": len(rows),
        "waiting": found.waiting[kind],
    }
    if kind == Kind.CLIENTS:
        facts["known"] = sum(found.rows[row.row].pk is not None for row in rows)
    if kind == Kind.CLINICIANS:
        facts["known"] = sum(found.team[row.who.key].pk is not None for row in rows)
    if kind == Kind.SESSIONS:
        facts["history"] = sum(is_history(run, row) for row in rows)
        facts["first"] = min((row.date.isoformat() for row in rows), default="")
        facts["last"] = max((row.date.isoformat() for row in rows), default="")
    return facts


def _owed(parsed: Parsed, run: ImportRun) -> dict[str, str]:
    """What would be posted, in dollars: by clients, by insurers, and credit of each."""
    sums: Counter[str] = Counter()
    for row in parsed.balances:
        if row.on <= run.through:
            key = f"{'insurers' if row.by_insurer else 'clients'}{'_credit' if row.is_credit else ''}"
            sums[key] += row.amount  # type: ignore[assignment]
    return {key: str(sums.get(key) or ZERO) for key in ("clients", "insurers", "clients_credit", "insurers_credit")}


def _adds(found: Plan, offered: Offered) -> dict[str, list[str]]:
    """Payers and services that the rows that come over would add to the set-up."""
    rows: list[CoverageRow | BalanceRow] = [*found.parsed.coverage, *found.parsed.balances]
    named = [(row.payer_name, row.payer_id) for row in rows if row.payer_name and not found.client_of(row).is_left]
    payers = {fold(name): name for name, number in reversed(named) if offered.known_payer(name, number) is None}
    codes = (row.code for row in found.parsed.sessions if not found.client_of(row).is_left)
    return {"payers": sorted(payers.values(), key=str.casefold), "services": offered.lacking(codes)}

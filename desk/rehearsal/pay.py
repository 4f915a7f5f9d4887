"""The pay run: computed by the worker, approved and filed; every line traced back, every figure compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from desk.rehearsal import pay_day, pay_files, pay_plan
from desk.rehearsal.building import Made
from desk.rehearsal.pay_files import ADP_RUN, CONTRACTORS, GUSTO
from desk.rehearsal.stages import Figure, Report
from desk.rehearsal.weeks import at
from payroll import selectors
from payroll.policies import visible_lines
from practice.money import ZERO, total

ByName = Mapping[str, Figure]
NAMES: Final = {GUSTO: "Gusto", CONTRACTORS: "Gusto contractors", ADP_RUN: "ADP RUN"}


@dataclass(frozen=True, slots=True)
class Pay:
    """What each station of pay says. `files` are by provider, rows and dollars of each person."""

    blocked: Figure
    lines: ByName
    totals: ByName
    gross: Figure
    collected: Figure
    ledger: Figure
    apart: Figure
    files: Mapping[str, ByName]


def go(made: Made, report: Report) -> None:
    """Pays everybody for what was collected; adds stages and agreements."""
    with report.part("Pay run computed, approved, filed"):
        run = pay_day.begin(made)
        blocked = Figure(len(selectors.blocking(run)))
        pay = _paid(made, pay_day.go_on(made, run), blocked)
    tell(pay, report)
    judge(pay, report)


def tell(pay: Pay, report: Report) -> None:
    """The stages in their order."""
    report.stage("Collected, as pay lines count it", pay.collected)
    report.stage("Pay lines", _sum(pay.lines))
    report.stage("Pay run: people and gross pay", pay.gross)
    for target, name in NAMES.items():
        report.stage(f"File rows: {name}", _sum(pay.files[target]))


def judge(pay: Pay, report: Report) -> None:
    """Everything that must agree."""
    report.agree(Figure(1), pay.blocked, "Hours over 40 stop the approval until the premium is entered")
    report.agree(pay_plan.collected(), pay.collected, "Pay counts as collected what was planned to be paid")
    report.agree(pay.ledger, pay.collected, "What pay lines count is what the ledger lines they name say")
    report.agree(Figure(0), pay.apart, "Every line leads to its session, its charge and its ledger line")
    report.agree(pay_plan.everybody(), _sum(pay.lines), "Pay lines are what was worked out by hand")
    for name, wanted in pay_plan.BY_HAND.items():
        lines, said = pay.lines.get(name, Figure()), pay.totals.get(name, Figure())
        report.agree(wanted, lines, f"{name} is paid what was worked out by hand")
        report.agree(lines, said, f"{name}’s lines make the total")
    report.agree(Figure(len(pay.totals), _sum(pay.totals).dollars), pay.gross, "The totals make the run")
    _of_files(pay, report)


def _of_files(pay: Pay, report: Report) -> None:
    for target in (GUSTO, ADP_RUN):
        both = [*pay.files[target].values(), *pay.files[CONTRACTORS].values()]
        report.agree(
            _dollars(_sum(pay.totals)),
            Figure(None, total(one.dollars for one in both)),
            f"The files of {NAMES[target]} and for contractors make the run",
        )
    for target, people in ((GUSTO, pay_plan.employees()), (CONTRACTORS, pay_plan.contractors())):
        rows = _sum(pay.files[target])
        report.agree(people, rows, f"The file of {NAMES[target]} has a row for each of its people")
    for target, said in pay.files.items():
        for name, figure in said.items():
            total_of = pay.totals.get(name, Figure())
            report.agree(_dollars(total_of), figure, f"{name}’s rows for {NAMES[target]} make the total")


def _paid(made: Made, run: Any, blocked: Figure) -> Pay:
    """Approves the run, makes its files, locks it, and reads what all of that says."""
    owner = made.staff.owner
    with at(owner, pay_day.moment(made)):
        files = pay_day.finish(made, run)
        lines = list(visible_lines(owner.actor).filter(run=run).select_related("charge", "clinician"))
        posted = [line for line in lines if line.ledger_line_id is not None]
        return Pay(
            blocked=blocked,
            lines=_by_name(lines),
            totals={one.name: Figure(None, one.gross) for one in selectors.people(owner.actor, run)},
            gross=Figure(run.people, run.gross),
            collected=Figure(len(posted), total(line.basis or ZERO for line in posted)),
            ledger=Figure(None, total(_in_ledger(line) for line in posted)),
            apart=Figure(sum(not _leads_back(line) for line in lines)),
            files={target: _read(target, content) for target, content in files.items()},
        )


def _leads_back(line: Any) -> bool:
    """Whether a line names what it pays: hours, an amount by hand, or money posted to the charge of its session."""
    if line.charge is None:
        return line.hours_entry_id is not None or line.manual_line_id is not None
    charge, posted = line.charge, _posted(line)
    of_session = charge.attendance_id == line.attendance_id and charge.clinician_id == line.clinician_id
    return bool(of_session and posted and (posted.remittance_id or posted.entry.payment_id))


def _in_ledger(line: Any) -> Decimal:
    """What the ledger line that a pay line names says was paid."""
    posted = _posted(line)
    return abs(Decimal(posted.amount)) if posted else ZERO


def _posted(line: Any) -> Any:
    return line.charge.ledger_lines.select_related("entry").filter(pk=line.ledger_line_id).first()


def _by_name(lines: Iterable[Any]) -> dict[str, Figure]:
    amounts: dict[str, list[Decimal]] = {}
    for line in lines:
        amounts.setdefault(line.clinician.name, []).append(line.amount)
    return {name: Figure(len(found), total(found)) for name, found in amounts.items()}


def _read(target: str, content: bytes) -> dict[str, Figure]:
    return {name: Figure(*said) for name, said in pay_files.dollars(target, content).items()}


def _sum(figures: ByName) -> Figure:
    counts = [one.count for one in figures.values() if one.count is not None]
    return Figure(sum(counts) if counts else None, total(one.dollars for one in figures.values()))


def _dollars(figure: Figure) -> Figure:
    return Figure(None, figure.dollars)

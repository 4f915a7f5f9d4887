"""The list of runs: how many in each state with how much money, and what stands in a row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Page, Paginator

from billing import pills
from billing.claims.words import Chip
from billing.pills import ALL, Group
from payroll.models import PayRun
from payroll.policies import visible_runs
from payroll.runs.words import CHIPS, short_title
from practice.actors import Actor

ON_A_PAGE: Final = 50
S = PayRun.Status
GROUPS: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {state: (state.label, (state,)) for state in S}
SORTS: Final = {
    "period": ("starts_on", "pk"),
    "kind": ("kind", "pay_on", "pk"),
    "pay_on": ("pay_on", "pk"),
    "people": ("people", "pk"),
    "held": ("held", "pk"),
    "gross": ("gross", "pk"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One run in the list."""

    run: PayRun
    title: str
    chip: Chip

    @property
    def waits_for(self) -> str:
        """What stands before the next state, in a word."""
        stops = sum(one["severity"] == "block" for one in self.run.findings)
        if self.run.work != PayRun.Work.IDLE and self.run.is_open:
            return "not computed, will try again" if self.run.work == PayRun.Work.FAILED else "being computed"
        if self.run.status == S.COMPUTED and stops:
            return f"{stops} to fix"
        return "files to make" if self.run.status == S.APPROVED and self.run.people else ""


@dataclass(frozen=True, slots=True)
class RunList:
    """A page of rows with every state's figures; `any` says whether there is a run at all."""

    page: Page[PayRun]
    rows: list[Row]
    groups: list[Group]
    shown: Group

    @property
    def any(self) -> bool:
        """Whether there is a run in any state."""
        return self.groups[-1].count > 0


def run_list(actor: Actor, group: str, sort: str, page: str) -> RunList:
    """The runs in one state, or all of them; two queries however many there are."""
    found = visible_runs(actor)
    groups = pills.by_state(found, GROUPS, "gross")
    shown = pills.chosen(groups, group)
    rows = found if shown.key == ALL else found.filter(status__in=GROUPS[shown.key][1])
    named = rows.select_related("schedule")
    pages = Paginator(pills.in_order(named, SORTS, sort, "pay_on"), ON_A_PAGE)
    pages.count = shown.count
    turned: Page[Any] = pages.get_page(page)
    listed = [Row(run, short_title(run), CHIPS[run.status]) for run in turned.object_list]
    return RunList(turned, listed, groups, shown)

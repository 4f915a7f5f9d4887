"""The steps of the set-up, in their order. Pure: what is missing and what was saved in, the state of each step out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from practice.setup.completeness import Missing

_NAMED: Final = 3


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the set-up. `everywhere`: an MSO or IPA, which treats nobody, answers it too."""

    key: str
    title: str
    asks: str
    url_name: str
    icon: str
    everywhere: bool = False


STEPS: Final = (
    Step("identity", "Who you are on a claim", "Legal name, EIN, NPI, taxonomy", "setup_identity", "id", True),
    Step("addresses", "Addresses", "Street address, where payments go", "setup_addresses", "map-pin", True),
    Step("look", "Look and time", "Name, logo, color, time zone", "setup_look", "palette", True),
    Step(
        "organization", "How you are organized", "Integrated, partnership, IPA or MSO", "setup_organization", "sitemap"
    ),
    Step("locations", "Locations", "Offices and telehealth", "setup_locations", "building"),
    Step("services", "Services and fees", "What you offer, and what it costs", "setup_services", "list-details"),
    Step("payers", "Payers", "Whom you bill, and what they agreed to pay", "setup_payers", "building-bank"),
    Step("policies", "Late cancels and no-shows", "Hours, fees, who attests", "setup_policies", "calendar-x"),
)
KEYS: Final = frozenset(step.key for step in STEPS)


@dataclass(frozen=True, slots=True)
class StepState:
    """Where a step stands: `done`, `needs` with the named facts, or `open` when nobody has saved it yet."""

    step: Step
    state: str
    needs: str


def steps_of(treats_clients: bool) -> list[Step]:
    """The steps that apply."""
    return [step for step in STEPS if treats_clients or step.everywhere]


def states(missing: Sequence[Missing], saved: Collection[str], *, treats_clients: bool) -> list[StepState]:
    """Each step with its state; a step is done when it was saved and nothing in it is missing."""
    return [_state(step, missing, saved) for step in steps_of(treats_clients)]


def next_open(found: Sequence[StepState], after: str = "") -> Step | None:
    """The first step after this one that is not done, else the first of all; None when all are done."""
    keys = [state.step.key for state in found]
    start = keys.index(after) + 1 if after in keys else 0
    order = [*found[start:], *found[:start]]
    return next((state.step for state in order if state.state != "done" and state.step.key != after), None)


def before(key: str, treats_clients: bool) -> Step | None:
    """The step before this one."""
    steps = steps_of(treats_clients)
    place = next((number for number, step in enumerate(steps) if step.key == key), 0)
    return steps[place - 1] if place else None


def listed(words: Sequence[str], most: int = _NAMED) -> str:
    """`a, b and c`; beyond `most` the rest is counted."""
    shown = list(words[:most])
    rest = len(words) - len(shown)
    if rest:
        shown.append(f"{rest} more")
    return " and ".join(filter(None, (", ".join(shown[:-1]), shown[-1]))) if shown else ""


def _state(step: Step, missing: Sequence[Missing], saved: Collection[str]) -> StepState:
    words = [fact.words for fact in missing if fact.step == step.key]
    if words:
        return StepState(step, "needs", listed(words))
    return StepState(step, "done" if step.key in saved else "open", "")

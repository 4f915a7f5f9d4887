"""What a rehearsal reports: stages with their figures, and which of them must agree to the cent."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from practice.money import ZERO

_NAME = 44


@dataclass(frozen=True, slots=True)
class Figure:
    """How many, and how many dollars. No count where none is meant."""

    count: int | None = 0
    dollars: Decimal = ZERO

    def plus(self, other: Figure) -> Figure:
        """Both together, in dollars: what two accounts hold has no common count."""
        return Figure(None, self.dollars + other.dollars)

    def __str__(self) -> str:
        counted = "" if self.count is None else f"{self.count} at "
        return f"{counted}${self.dollars:,.2f}"


class Stage(NamedTuple):
    """Where the sessions are by now."""

    name: str
    figure: Figure


class Part(NamedTuple):
    """A part of the way, and how long it took."""

    name: str
    seconds: float


class Agreement(NamedTuple):
    """Two figures that must be the same: to the cent, and in number where both have one."""

    a: Figure
    b: Figure
    name: str

    @property
    def holds(self) -> bool:
        """Whether they are."""
        counted = None not in {self.a.count, self.b.count}
        return self.a.dollars == self.b.dollars and (not counted or self.a.count == self.b.count)

    def __str__(self) -> str:
        return f"{self.name}: {self.a} against {self.b}, {self.a.dollars - self.b.dollars:+,.2f} apart."


@dataclass(slots=True)
class Report:
    """The stages in their order with everything that must agree; later parts of the way add their own."""

    stages: list[Stage] = field(default_factory=list)
    agreements: list[Agreement] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)

    def stage(self, name: str, figure: Figure) -> Figure:
        """Adds a stage and gives its figure back."""
        self.stages.append(Stage(name, figure))
        return figure

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """Times a part of the way."""
        started = time.monotonic()
        yield
        self.parts.append(Part(name, time.monotonic() - started))

    def agree(self, a: Figure, b: Figure, name: str) -> None:
        """Adds what must agree."""
        self.agreements.append(Agreement(a, b, name))


def disagreements(agreements: Iterable[Agreement]) -> list[Agreement]:
    """Those that do not hold."""
    return [agreement for agreement in agreements if not agreement.holds]


def table(stages: Sequence[Stage]) -> str:
    """The stages with counts and dollars, a line each."""
    head = f"{'Stage':<{_NAME}}{'Count':>7}{'Dollars':>15}"
    rows = [f"{stage.name:<{_NAME}}{_count(stage.figure):>7}{stage.figure.dollars:>15,.2f}" for stage in stages]
    return "\n".join([head, "-" * len(head), *rows])


def times(parts: Sequence[Part]) -> str:
    """How long each part took, a line each."""
    return "\n".join(f"{part.name:<{_NAME}}{part.seconds:>20.1f} s" for part in parts)


def _count(figure: Figure) -> str:
    return "" if figure.count is None else str(figure.count)

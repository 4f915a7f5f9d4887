"""What tests of eligibility start from."""

from __future__ import annotations

from typing import Any

import pytest

from billing.eligibility import asking, checking
from tests.billing.eligibility.hands import Office, lay
from tests.billing.eligibility.payers import FULL, Line


@pytest.fixture
def line(monkeypatch: pytest.MonkeyPatch) -> Line:
    """The line every connection opens; it says that all is well until a test gives it other answers."""
    made = Line()
    made.says(*FULL)
    monkeypatch.setattr(checking, "open_line", lambda login: made)
    monkeypatch.setattr(asking, "ring", lambda *args: None)
    return made


@pytest.fixture
def office(transactional_db: None, standing_clock: None, line: Line) -> Office:
    return lay(line)


@pytest.fixture
def told(office: Office, line: Line) -> Any:
    """Asks by hand about the one coverage and gives back the check."""

    def ask(*benefits: Any, **facts: Any) -> Any:
        if benefits or facts:
            line.says(*benefits, **facts)
        with office.inside():
            asking.ask(actor=office.bob, coverage_id=office.coverage.pk)
        office.run()
        return office.checks()[-1]

    return ask

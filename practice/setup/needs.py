"""What the set-up tells Today: the steps that nobody has finished."""

from __future__ import annotations

from collections.abc import Iterator

from practice.setup import selectors
from practice.today import Asker, Need, counted


def to_set_up(asker: Asker) -> Iterator[Need]:
    """The steps that are still open; at most five queries."""
    states = selectors.step_states(asker.practice, asker.today)
    left = [state for state in states if state.state != "done"]
    if left:
        first, done = left[0].step, len(states) - len(left)
        title = f"Set up {asker.practice}: {counted(len(left), 'step')} to go"
        why = f"{done} of {len(states)} steps are done. Next: {first.title}."
        url, action = asker.url(first.url_name), "Begin the set-up" if not done else "Go on"
        yield Need(title, why, url, action, len(left), asker.today)

"""What is at hand while a file is worked on: scenario, store, books, and the answers written so far."""

from __future__ import annotations

from dataclasses import dataclass, field

from sandbox.books import Books
from sandbox.scenario import Scenario
from sandbox.store import Store


@dataclass(slots=True)
class Work:
    """One piece of work inside one transaction of the store; `names` are the answers it has written."""

    scenario: Scenario
    store: Store
    books: Books
    names: list[str] = field(default_factory=list)

    def answer(self, login: str, name: str, content: bytes) -> None:
        """Keep an answer for a login."""
        self.store.keep_answer(login, name, content)
        self.names.append(name)

"""What is at hand while a file is worked on: scenario, store, books, and the answers written so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from sandbox.books import Books
from sandbox.journal import INBOUND, Journal
from sandbox.mischief import Mischief, Misdeed
from sandbox.scenario import Scenario
from sandbox.store import Store

API: Final = "/api"
"""Ends the name under which what a login sent over the API is answered; no login has a stroke in its name."""


ENDING: Final = "_sandbox.x12"
AGAIN: Final = f"_again{ENDING}"
"""How names of answers end, and how those that are sent twice do."""


def over_api(login: str) -> str:
    """Where answers to what a login sent over the API go: into its stream, and into no folder."""
    return f"{login}{API}"


@dataclass(slots=True)
class Work:
    """One piece of work inside one transaction of the store; its answers are kept when it is done."""

    scenario: Scenario
    store: Store
    books: Books
    mischief: Mischief = field(default_factory=Mischief)
    written: list[tuple[str, str, bytes]] = field(default_factory=list)

    @property
    def journal(self) -> Journal:
        """The streams of those who use the API."""
        return Journal(self.store)

    def answer(self, login: str, name: str, content: bytes) -> None:
        """Write an answer for a login, or for its stream."""
        self.written.append((login, name, content))
        if self.mischief.take(Misdeed.DUPLICATES, login.removesuffix(API)):
            self.written.append((login, f"{name.removesuffix(ENDING)}{AGAIN}", content))

    def keep(self) -> None:
        """Keep the answers, in the order of writing unless something else is ordered."""
        logins = dict.fromkeys(login.removesuffix(API) for login, _, _ in self.written if login.endswith(API))
        if any(self.mischief.take(Misdeed.OUT_OF_ORDER, login) for login in logins):
            self.written.reverse()
        for login, name, content in self.written:
            self.store.keep_answer(login, name, content)
            if login.endswith(API):
                self.journal.add(login.removesuffix(API), INBOUND, content)

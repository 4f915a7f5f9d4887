"""A whole sandbox without its doors, for tests that feed it files and look at what it answers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from edi.reading import read
from edi.remittances.model import Remittance
from edi.remittances.reading import read as read_remittance
from sandbox.office import Office
from sandbox.reading_scenarios import parse
from sandbox.realtime import Kind
from sandbox.scenario import Scenario
from sandbox.sftp import make_folders

LOGIN: Final = {"user": "caseload", "password": "secret"}


class Desk:
    """An office in a folder, fed with files and questions."""

    def __init__(self, folder: Path, scenario: Scenario) -> None:
        make_folders(folder / "sftp", {login.user: "" for login in scenario.logins})
        self.office = Office(scenario, folder)
        self.inbound = folder / "sftp" / "caseload" / "inbound"
        self.seen = 0

    def put(self, content: bytes, name: str = "") -> list[bytes]:
        """The answers to a file."""
        name = name or f"file{self.seen}.x12"
        (self.inbound / name).write_bytes(content)
        self.office.take_file("caseload", name)
        return self.new()

    def new(self) -> list[bytes]:
        """The answers that were not looked at yet."""
        answers = self.office.store.answers(self.seen)
        self.seen = answers[-1].cursor if answers else self.seen
        return [answer.content for answer in answers]

    def names(self) -> list[str]:
        """What was answered."""
        return [answer.name for answer in self.office.store.answers()]

    def ask(self, kind: Kind, content: bytes) -> tuple[int, dict[str, Any]]:
        """The reply to a question."""
        status, body = self.office.ask(kind, content)
        return status, json.loads(body)


def remittances(answers: list[bytes]) -> list[Remittance]:
    """The 835s among answers."""
    found = [transaction for answer in answers for transaction in read(answer)[0].transactions]
    return [read_remittance(one) for one in found if one.set_id == "835"]


def scripted(*rules: Mapping[str, object], **facts: object) -> Scenario:
    """A scenario with these rules for everybody."""
    named = [{"name": f"rule {number}", **one} for number, one in enumerate(rules)]
    return parse({"seed": "s", "logins": [LOGIN], "rules": named, **facts})

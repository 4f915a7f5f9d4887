"""What one row of the matrix says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from practice.models import Practice
from tests.matrix.world import World

Facts = Callable[[World, Practice], dict[str, Any]]

INSIDERS = ("alice", "bob", "charlie", "dana", "erin", "frank", "grace", "ivan")
OUTSIDERS = ("heidi", "mallory")
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
EVERYONE = " ".join(INSIDERS)


def nothing(world: World, practice: Practice) -> dict[str, Any]:
    """No arguments, no body."""
    return {}


@dataclass(frozen=True)
class Row:
    """Who may ask an address for what.

    `allowed` names the personas, by hand and not from the code, so that the code is checked against it. A row
    that changes something names the model whose rows change; the matrix looks. `hidden` names the insiders who may
    open such a page, only not this object: to them it is not there. `anywhere` says that the address names no object
    of a practice although it has arguments, for example a day: another practice's is the same. `unfit` names the
    insiders who may ask, but not for this: they are told what is wrong. `takes_back` is the row whose click the same
    persona made before, which this one undoes.
    """

    name: str
    allowed: str
    method: str = "GET"
    ids: Facts = nothing
    body: Facts = nothing
    changes: type[Model] | None = None
    note: str = ""
    hidden: str = ""
    anywhere: bool = False
    unfit: str = ""
    takes_back: Row | None = None

    @property
    def names_object(self) -> bool:
        """Whether the address names something of one practice, which another practice must not find."""
        return self.ids is not nothing and not self.anywhere

    def __str__(self) -> str:
        return f"{self.method} {self.name}{' ' + self.note if self.note else ''}"

    def may(self, persona: str) -> bool:
        """Whether the persona is among the allowed."""
        return persona in self.allowed.split()

    def refusal(self, persona: str) -> int:
        """What somebody is answered who is not allowed: 404 where the object is another's, 422 for a wrong wish."""
        if persona in self.hidden.split():
            return 404
        return 422 if persona in self.unfit.split() else 403

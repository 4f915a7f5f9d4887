"""Who acts: handed to every service, and what services ask before they change anything."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Self

from django.core.exceptions import PermissionDenied

from practice.permissions import EVERYTHING, REGISTRY, known


@dataclass(frozen=True, slots=True)
class Actor:
    """A person (or the system) inside one practice, with what they may do there.

    `organization_id` names the MSO or IPA through whose affiliation the person is here.
    """

    practice_id: int
    user_id: int | None
    name: str
    permissions: frozenset[str]
    organization_id: int | None = None
    request_id: str = ""
    ip: str | None = None
    roles: tuple[str, ...] = field(default=())

    @classmethod
    def system(cls, practice_id: int) -> Self:
        """Caseload itself: scheduled work that a person set up earlier."""
        return cls(practice_id, None, "Caseload", EVERYTHING)

    def may(self, *permissions: str) -> bool:
        """Whether the actor holds at least one of them; an unknown name raises UnknownPermissionError."""
        return any(known(permission) in self.permissions for permission in permissions)

    def require(self, *permissions: str) -> None:
        """PermissionDenied unless the actor holds at least one of them."""
        if not self.may(*permissions):
            words = " or ".join(_inside(REGISTRY[permission].words) for permission in permissions)
            raise PermissionDenied(f"Your role does not let you {words}.")

    @property
    def phi(self) -> bool:
        """Whether anything the actor may do needs what tells something about a client."""
        return any(REGISTRY[permission].phi for permission in self.permissions)

    @property
    def rates(self) -> bool:
        """Whether the actor may see what payers agreed to pay."""
        return any(REGISTRY[permission].rates for permission in self.permissions)


def _inside(words: str) -> str:
    return words[:1].lower() + words[1:]

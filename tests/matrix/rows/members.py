"""Who has access: the list, invitations, one person."""

from __future__ import annotations

from typing import Any

from practice.models import Invitation, Membership, Practice
from tests.matrix.row import Facts, Row
from tests.matrix.world import World


def _pk(name: str) -> Facts:
    def ids(world: World, practice: Practice) -> dict[str, Any]:
        return {"pk": world.one(practice, name).pk}

    return ids


def _body(**facts: Any) -> Facts:
    def body(world: World, practice: Practice) -> dict[str, Any]:
        return facts

    return body


_MEMBER, _ENDED = _pk("membership"), _pk("ended_membership")
_INVITATION, _REVOKED = _pk("invitation"), _pk("revoked_invitation")
_PEGGY = _body(first_name="Peggy", last_name="Stone", email="peggy@example.com", roles=["scheduler"])

ROWS = [
    Row("members", allowed="alice ivan"),
    Row("search_members", allowed="alice ivan", method="POST", body=_body(q="victor")),
    Row("invite_member", allowed="alice"),
    Row("invite_member", allowed="alice", method="POST", body=_PEGGY, changes=Invitation),
    Row("member", allowed="alice ivan", ids=_MEMBER),
    Row(
        "change_member_roles",
        allowed="alice",
        method="POST",
        ids=_MEMBER,
        body=_body(roles=["scheduler"]),
        changes=Membership,
    ),
    Row(
        "change_member_permissions",
        allowed="alice",
        method="POST",
        ids=_MEMBER,
        body=_body(permissions=["clients:view"], seen_roles="biller"),
        changes=Membership,
    ),
    Row("end_member", allowed="alice", method="POST", ids=_MEMBER, changes=Membership),
    Row("restore_member", allowed="alice", method="POST", ids=_ENDED, changes=Membership),
    Row("resend_invitation", allowed="alice", method="POST", ids=_INVITATION, changes=Invitation),
    Row("revoke_invitation", allowed="alice", method="POST", ids=_INVITATION, changes=Invitation),
    Row("restore_invitation", allowed="alice", method="POST", ids=_REVOKED, changes=Invitation),
]

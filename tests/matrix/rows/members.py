"""Who has access: the list, invitations, one person."""

from __future__ import annotations

from practice.models import Invitation, Membership
from tests.matrix.row import EVERYONE, Row
from tests.matrix.rows._facts import of, sends

_MEMBER, _ENDED = of("membership"), of("ended_membership")
_INVITATION, _REVOKED = of("invitation"), of("revoked_invitation")
_PEGGY = sends(first_name="Peggy", last_name="Stone", email="peggy@example.com", roles=["scheduler"])

ROWS = [
    Row("served_practices", allowed=EVERYONE),
    Row("search", allowed=EVERYONE),
    Row("search", allowed=EVERYONE, method="POST", body=sends(q="torres")),
    Row("members", allowed="alice ivan"),
    Row("search_members", allowed="alice ivan", method="POST", body=sends(q="victor")),
    Row("invite_member", allowed="alice"),
    Row("invite_member", allowed="alice", method="POST", body=_PEGGY, changes=Invitation),
    Row("member", allowed="alice ivan", ids=_MEMBER),
    Row(
        "change_member_roles",
        allowed="alice",
        method="POST",
        ids=_MEMBER,
        body=sends(roles=["scheduler"]),
        changes=Membership,
    ),
    Row(
        "change_member_permissions",
        allowed="alice",
        method="POST",
        ids=_MEMBER,
        body=sends(permissions=["clients:view"], seen_roles="biller"),
        changes=Membership,
    ),
    Row("end_member", allowed="alice", method="POST", ids=_MEMBER, changes=Membership),
    Row("restore_member", allowed="alice", method="POST", ids=_ENDED, changes=Membership),
    Row("resend_invitation", allowed="alice", method="POST", ids=_INVITATION, changes=Invitation),
    Row("revoke_invitation", allowed="alice", method="POST", ids=_INVITATION, changes=Invitation),
    Row("restore_invitation", allowed="alice", method="POST", ids=_REVOKED, changes=Invitation),
]

"""Who may give and take access: the services refuse, whatever page or program asks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from practice import access
from practice.actors import Actor
from practice.members import inviting, policies, services
from practice.members.policies import AccessRefusedError
from practice.models import AuditEvent, Invitation, Membership
from practice.permissions import EVERYTHING, Role
from tests.people import NOW, Cast
from tests.practice.members.hands import membership, second

Act = Callable[..., Any]


@pytest.fixture(autouse=True)
def _inside_fernhollow(people: Cast, inside: Any) -> Iterator[None]:
    with inside(people.fernhollow):
        yield


@pytest.fixture
def owner(people: Cast) -> Actor:
    return people.actor(people.alice)


@pytest.fixture
def admin(people: Cast) -> Actor:
    return people.actor(second(people, Role.ADMIN))


@pytest.fixture
def manager(people: Cast) -> Actor:
    """Frank, a scheduler who was given the right to manage people."""
    row = membership(people, people.frank)
    row.added = ["members:view", "members:edit"]
    row.save()
    return people.actor(people.frank)


def roles(actor: Actor, row: Membership, *names: Role, agreement_on: dt.date | None = None) -> Membership:
    values = [name.value for name in names]
    return services.change_roles(actor=actor, membership_id=row.pk, roles=values, agreement_on=agreement_on)


def permissions(actor: Actor, row: Membership, *names: str) -> Membership:
    return services.change_permissions(actor=actor, membership_id=row.pk, permissions=names, seen_roles=list(row.roles))


def invite(
    actor: Actor, *names: Role, email: str = "judy@example.com", agreement_on: dt.date | None = None
) -> Invitation:
    return inviting.invite(
        actor=actor, email=email, first_name="Judy", last_name="Arroyo", roles=[name.value for name in names],
        agreement_on=agreement_on, link=lambda token: f"https://x/{token}",
    )  # fmt: skip


def test_without_the_permission_nothing_is_done(people: Cast) -> None:
    bob, row = people.actor(people.bob), membership(people, people.charlie)
    acts: list[Act] = [
        lambda: invite(bob, Role.CLINICIAN),
        lambda: roles(bob, row, Role.BILLER),
        lambda: permissions(bob, row),
        lambda: services.end_access(actor=bob, membership_id=row.pk),
        lambda: services.restore_access(actor=bob, membership_id=membership(people, people.mallory).pk),
        lambda: inviting.revoke_invitation(actor=bob, invitation_id=1),
        lambda: inviting.restore_invitation(actor=bob, invitation_id=1),
        lambda: inviting.resend_invitation(actor=bob, invitation_id=1, link=str),
    ]
    for act in acts:
        with pytest.raises(PermissionDenied):
            act()


def test_several_roles_bring_the_sum_of_what_they_allow(owner: Actor, people: Cast) -> None:
    row = roles(owner, membership(people, people.bob), Role.SCHEDULER, Role.BILLER)
    assert row.roles == ["biller", "scheduler"]
    assert access.permissions_of(row) == policies.bundled(["biller", "scheduler"])


def test_what_is_adjusted_is_kept_as_the_difference_from_the_roles(owner: Actor, people: Cast) -> None:
    row = membership(people, people.frank)
    changed = permissions(owner, row, "clients:view", "calendar:view", "calendar:edit", "money:view")
    assert (changed.added, changed.removed) == (
        ["money:view"],
        ["clients:edit", "eligibility:view", "eligibility:edit"],
    )
    assert access.permissions_of(changed) == {"clients:view", "calendar:view", "calendar:edit", "money:view"}
    assert permissions(owner, changed, *policies.bundled(["scheduler"])).added == []


def test_an_adjustment_outlives_a_change_of_roles_where_it_still_says_something(owner: Actor, people: Cast) -> None:
    row = membership(people, people.frank)
    row.added, row.removed = ["money:view", "audit:view"], ["clients:edit", "calendar:edit"]
    row.save()
    changed = roles(owner, row, Role.BILLER)
    assert (changed.added, changed.removed) == (["audit:view"], ["clients:edit"])


def test_nobody_gives_what_they_do_not_hold(manager: Actor, people: Cast) -> None:
    peggy = membership(people, second(people, Role.CLINICIAN))
    peggy.removed = sorted(policies.bundled(peggy.roles))
    peggy.save()
    with pytest.raises(AccessRefusedError, match="what payers agreed to pay"):
        invite(manager, Role.BILLER)
    with pytest.raises(AccessRefusedError, match="confirm and bill sessions"):
        roles(manager, peggy, Role.BILLER)
    with pytest.raises(AccessRefusedError, match="take payments"):
        permissions(manager, peggy, "money:edit")
    assert invite(manager, Role.SCHEDULER).roles == ["scheduler"]
    assert permissions(manager, peggy, "clients:view").added == ["clients:view"]


def test_nobody_manages_people_who_may_do_more(manager: Actor, people: Cast) -> None:
    bob = membership(people, people.bob)
    acts: list[Act] = [
        lambda: roles(manager, bob, Role.SCHEDULER),
        lambda: permissions(manager, bob),
        lambda: services.end_access(actor=manager, membership_id=bob.pk),
        lambda: services.restore_access(actor=manager, membership_id=membership(people, people.mallory).pk),
    ]
    for act in acts:
        with pytest.raises(AccessRefusedError, match="may do more than you"):
            act()
    assert not policies.may_manage(manager, bob)


def test_only_owners_make_owners(admin: Actor, owner: Actor, people: Cast) -> None:
    bob = membership(people, people.bob)
    with pytest.raises(AccessRefusedError, match="Only an owner"):
        roles(admin, bob, Role.OWNER)
    with pytest.raises(AccessRefusedError, match="Only an owner"):
        invite(admin, Role.OWNER)
    assert roles(owner, bob, Role.OWNER).roles == ["owner"]
    assert roles(admin, membership(people, people.charlie), Role.ADMIN).roles == ["admin"]


def test_only_owners_touch_owners(admin: Actor, people: Cast) -> None:
    alice = membership(people, people.alice)
    acts: list[Act] = [
        lambda: roles(admin, alice, Role.CLINICIAN),
        lambda: permissions(admin, alice, *EVERYTHING),
        lambda: services.end_access(actor=admin, membership_id=alice.pk),
    ]
    for act in acts:
        with pytest.raises(AccessRefusedError, match="only owners change"):
            act()


def test_nobody_but_an_owner_changes_their_own_access(admin: Actor, owner: Actor, people: Cast) -> None:
    own = Membership.objects.get(user__person__first_name="Peggy")
    acts: list[Act] = [
        lambda: roles(admin, own, Role.BILLER),
        lambda: permissions(admin, own, "audit:view"),
        lambda: services.end_access(actor=admin, membership_id=own.pk),
    ]
    for act in acts:
        with pytest.raises(AccessRefusedError, match="Your own access"):
            act()
    assert roles(owner, membership(people, people.alice), Role.OWNER).roles == ["owner"]


def test_the_last_owner_stays(owner: Actor, people: Cast) -> None:
    alice = membership(people, people.alice)
    acts: list[Act] = [
        lambda: roles(owner, alice, Role.ADMIN),
        lambda: services.end_access(actor=owner, membership_id=alice.pk),
    ]
    for act in acts:
        with pytest.raises(AccessRefusedError, match="the only owner"):
            act()
    peggy = membership(people, second(people, Role.OWNER))
    services.end_access(actor=owner, membership_id=peggy.pk)
    with pytest.raises(AccessRefusedError, match="the only owner"):
        acts[1]()
    services.restore_access(actor=owner, membership_id=peggy.pk)
    assert acts[1]().ended_at == NOW


def test_an_owner_cannot_lose_the_right_to_manage_people(owner: Actor, people: Cast) -> None:
    alice = membership(people, people.alice)
    with pytest.raises(AccessRefusedError, match="An owner can always"):
        permissions(owner, alice, *(EVERYTHING - {"members:edit"}))
    less = permissions(owner, alice, *(EVERYTHING - {"rates:edit"}))
    assert less.removed == ["rates:edit"]
    back = permissions(people.actor(people.alice), less, *EVERYTHING)
    assert back.removed == [], "an owner gives back what was switched off"


def test_an_accountant_from_outside_needs_an_agreement(owner: Actor, people: Cast) -> None:
    bob = membership(people, people.bob)
    for day, words in ((None, "needs a signed"), (dt.date(2026, 11, 18), "in the future")):
        with pytest.raises(AccessRefusedError, match=words) as refused:
            invite(owner, Role.ACCOUNTANT, agreement_on=day)
        assert refused.value.field == "agreement_on"
        with pytest.raises(AccessRefusedError, match=words):
            roles(owner, bob, Role.ACCOUNTANT, agreement_on=day)
    today = dt.date(2026, 11, 17)
    assert invite(owner, Role.ACCOUNTANT, agreement_on=today).agreement_on == today
    assert roles(owner, bob, Role.BILLER, agreement_on=today).agreement_on is None


def test_organization_staff_are_of_organizations(owner: Actor, people: Cast, inside: Any) -> None:
    with pytest.raises(AccessRefusedError, match="no organization staff"):
        invite(owner, Role.ORGANIZATION_STAFF)
    of_the_mso = Actor(people.northlight.pk, people.ivan.pk, "Ivan Petrov", EVERYTHING, roles=(Role.OWNER,))
    with inside(people.northlight):
        assert invite(of_the_mso, Role.ORGANIZATION_STAFF, Role.ADMIN).practice_id == people.northlight.pk
        with pytest.raises(AccessRefusedError, match="has no clinician"):
            invite(of_the_mso, Role.CLINICIAN, email="b@example.com")


def test_staff_of_an_organization_cannot_manage_the_practices_people(people: Cast) -> None:
    ivan = people.actor(people.ivan)
    assert ivan.may("members:view")
    with pytest.raises(PermissionDenied):
        invite(ivan, Role.CLINICIAN)


def test_known_addresses_are_not_invited_again(owner: Actor, people: Cast) -> None:
    with pytest.raises(AccessRefusedError, match="Bob Keller has access already"):
        invite(owner, Role.SCHEDULER, email=people.bob.email.upper())
    first = invite(owner, Role.SCHEDULER)
    with pytest.raises(AccessRefusedError, match="is open"):
        invite(owner, Role.BILLER)
    inviting.revoke_invitation(actor=owner, invitation_id=first.pk)
    invite(owner, Role.BILLER)
    with pytest.raises(AccessRefusedError, match="is open"):
        inviting.restore_invitation(actor=owner, invitation_id=first.pk)


def test_people_of_other_practices_are_not_there(owner: Actor, people: Cast) -> None:
    heidi = Membership.objects.get(user=people.heidi)
    acts: list[Act] = [
        lambda: roles(owner, heidi, Role.BILLER),
        lambda: permissions(owner, heidi),
        lambda: services.end_access(actor=owner, membership_id=heidi.pk),
        lambda: services.restore_access(actor=owner, membership_id=heidi.pk),
    ]
    for act in acts:
        with pytest.raises(Http404):
            act()


def test_whose_access_ended_is_restored_before_it_is_changed(owner: Actor, people: Cast) -> None:
    mallory = membership(people, people.mallory)
    acts: list[Act] = [
        lambda: roles(owner, mallory, Role.BILLER),
        lambda: permissions(owner, mallory),
        lambda: services.end_access(actor=owner, membership_id=mallory.pk),
    ]
    for act in acts:
        with pytest.raises(AccessRefusedError, match="has ended"):
            act()


def test_each_change_is_in_the_trail(owner: Actor, people: Cast) -> None:
    bob = membership(people, people.bob)
    roles(owner, bob, Role.SCHEDULER)
    services.end_access(actor=owner, membership_id=bob.pk)
    services.restore_access(actor=owner, membership_id=bob.pk)
    invitation = invite(owner, Role.BILLER)
    inviting.resend_invitation(actor=owner, invitation_id=invitation.pk, link=str)
    inviting.revoke_invitation(actor=owner, invitation_id=invitation.pk)
    inviting.restore_invitation(actor=owner, invitation_id=invitation.pk)
    events = {event.action: event for event in AuditEvent.objects.all()}
    assert set(events) == {
        "member.changed", "member.ended", "member.restored",
        "invitation.sent", "invitation.resent", "invitation.revoked", "invitation.restored",
    }  # fmt: skip
    assert (events["member.changed"].before, events["member.changed"].after) == (
        {"roles": ["biller"]},
        {"roles": ["scheduler"]},
    )
    assert events["member.changed"].actor_name == "Alice Moreau"
    assert "token_hash" not in (events["invitation.sent"].after or {})


def test_roles_that_changed_meanwhile_are_noticed(owner: Actor, people: Cast) -> None:
    bob = membership(people, people.bob)
    with pytest.raises(AccessRefusedError, match="changed while you were looking"):
        services.change_permissions(
            actor=owner, membership_id=bob.pk, permissions=["clients:view"], seen_roles=["scheduler"]
        )

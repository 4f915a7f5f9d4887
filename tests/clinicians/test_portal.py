"""The portal: invited, accepted, linked, unlinked."""

from __future__ import annotations

import pytest

from clinicians import services
from clinicians.errors import TeamRefusedError
from clinicians.policies import own_clinician_id
from practice import access
from practice.accounts import invitations
from practice.accounts.invitations import InvitationRefusedError
from practice.actors import Actor
from practice.models import Invitation, Membership
from practice.permissions import Role
from tests.clinicians.conftest import Hire
from tests.people import PASSWORD, Cast, signed_in

NEW = "lena@elsewhere.example"


class Letters:
    """Catches the tokens that would be mailed."""

    def __init__(self) -> None:
        self.tokens: list[str] = []

    def __call__(self, token: str) -> str:
        self.tokens.append(token)
        return f"https://caseload.example/{token}"


def test_accepting_links_the_account_to_the_file(people: Cast, hire: Hire, alice: Actor) -> None:
    lena, link = hire("Lena Brandt", email=NEW, can_supervise=True), Letters()
    invitation = services.invite_clinician(actor=alice, clinician_id=lena.pk, link=link)
    assert (invitation.clinician_id, invitation.roles) == (lena.pk, ["clinician", "supervisor"])
    user = invitations.accept_as_new(
        token=link.tokens[0], first_name="Lena", last_name="Brandt", password=PASSWORD, ip=None
    )
    lena.refresh_from_db()
    assert (lena.user, lena.person) == (user, user.person)
    entry = access.enter(user, "fernhollow")
    assert entry is not None
    assert own_clinician_id(entry.actor) == lena.pk


def test_an_account_that_exists_already_accepts_too(people: Cast, hire: Hire, alice: Actor) -> None:
    lena, link = hire("Heidi Sommer", email=people.heidi.email), Letters()
    services.invite_clinician(actor=alice, clinician_id=lena.pk, link=link)
    invitations.accept(token=link.tokens[0], user=people.heidi, ip=None)
    lena.refresh_from_db()
    assert lena.user == people.heidi


def test_a_file_that_belongs_to_another_account_by_now_refuses(people: Cast, hire: Hire, alice: Actor) -> None:
    lena, link = hire("Lena Brandt", email=NEW), Letters()
    services.invite_clinician(actor=alice, clinician_id=lena.pk, link=link)
    _link(alice, lena.pk, people.dana.pk)
    with pytest.raises(InvitationRefusedError, match="belongs to another account"):
        invitations.accept_as_new(
            token=link.tokens[0], first_name="Lena", last_name="Brandt", password=PASSWORD, ip=None
        )


def test_inviting_again_sends_a_new_link_of_the_same_invitation(hire: Hire, alice: Actor, people: Cast) -> None:
    lena, link = hire("Lena Brandt", email=NEW), Letters()
    for _ in range(2):
        services.invite_clinician(actor=alice, clinician_id=lena.pk, link=link)
    assert Invitation.objects.get(clinician_id=lena.pk).revoked_at is None
    assert len(set(link.tokens)) == 2


def test_an_invitation_to_an_old_address_is_taken_back(hire: Hire, alice: Actor, people: Cast) -> None:
    lena, link = hire("Lena Brandt", email=NEW), Letters()
    services.invite_clinician(actor=alice, clinician_id=lena.pk, link=link)
    services.change_clinician(actor=alice, clinician_id=lena.pk, email="lena@new.example")
    services.invite_clinician(actor=alice, clinician_id=lena.pk, link=link)
    rows = Invitation.objects.filter(clinician_id=lena.pk).order_by("pk")
    assert [(row.email, row.revoked_at is None) for row in rows] == [(NEW, False), ("lena@new.example", True)]


def test_without_an_address_nobody_is_invited(hire: Hire, alice: Actor) -> None:
    with pytest.raises(TeamRefusedError, match="no email address"):
        services.invite_clinician(actor=alice, clinician_id=hire("Lena Brandt").pk, link=Letters())


def test_the_owner_links_her_own_record_and_unlinks_it(people: Cast, hire: Hire, alice: Actor) -> None:
    own = hire("Alice Moreau")
    page = signed_in(people.alice).get(f"/p/fernhollow/team/{own.pk}/").content.decode()
    assert "This is Alice’s own record" in page
    _link(alice, own.pk, people.alice.pk)
    assert own_clinician_id(alice) == own.pk
    services.unlink(actor=alice, clinician_id=own.pk)
    assert own_clinician_id(alice) is None


def test_an_account_opens_one_file(people: Cast, hire: Hire, alice: Actor) -> None:
    own, other = hire("Alice Moreau"), hire("Lena Brandt")
    _link(alice, own.pk, people.alice.pk)
    with pytest.raises(TeamRefusedError, match="Alice Moreau is linked to the file of Alice Moreau already"):
        _link(alice, other.pk, people.alice.pk)


def test_somebody_whose_access_ended_is_not_linked(people: Cast, hire: Hire, alice: Actor) -> None:
    with pytest.raises(TeamRefusedError, match="has ended"):
        _link(alice, hire("Mallory Reed").pk, people.mallory.pk)


def test_clinicians_hold_the_permission_to_their_own_file() -> None:
    from practice.permissions import BUNDLES

    assert all("team:own" in BUNDLES[role] for role in (Role.CLINICIAN, Role.SUPERVISOR))
    assert "team:own" not in BUNDLES[Role.ACCOUNTANT]


def _link(actor: Actor, clinician_id: int, user_id: int) -> None:
    membership = Membership.objects.get(practice_id=actor.practice_id, user_id=user_id)
    services.link_member(actor=actor, clinician_id=clinician_id, membership_id=membership.pk)

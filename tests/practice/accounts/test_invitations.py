"""Invitations: a week, once, for one mailbox; a new account or the one that is there."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.db import transaction
from django.test import Client

from practice import access, clock
from practice.accounts import invitations
from practice.members import inviting
from practice.models import AuditEvent, Invitation, Membership, OutgoingMail, Person, User
from practice.tenancy.context import practice_context
from tests.people import NOW, PASSWORD, Cast
from tests.practice.accounts.hands import browser, kinds, link_in_mail, sign_in, signed_in_by_password

JUDY = "judy@example.com"
NEW = "seven purple sailboats at dawn"
BODY = {"first_name": "Judy", "last_name": "Arroyo", "password": NEW}


def invite(people: Cast, email: str = JUDY, roles: tuple[str, ...] = ("biller", "scheduler"), **more: Any) -> str:
    """Alice invites somebody; the path of the link in the message."""
    facts: dict[str, Any] = {"first_name": "Judy", "last_name": "Arroyo", "agreement_on": None} | more
    facts |= {"email": email, "roles": list(roles), "link": lambda token: f"https://x/account/invitation/{token}/"}
    with transaction.atomic(), practice_context(people.fernhollow.pk, phi=True):
        inviting.invite(actor=people.actor(people.alice), **facts)
    return link_in_mail(email)


def trail(people: Cast, inside: Any) -> list[str]:
    with inside(people.fernhollow):
        return sorted(event.action for event in AuditEvent.objects.all())


def test_only_a_hash_of_the_token_is_kept(proved: Cast) -> None:
    link = invite(proved)
    token = link.rstrip("/").rpartition("/")[2]
    assert len(token) >= 43
    kept = Invitation.objects.get()
    assert kept.token_hash == invitations._hash(token)
    assert token not in str(kept.__dict__)
    assert kept.expires_at == NOW + dt.timedelta(days=7)


def test_the_message_says_who_invites_to_what(proved: Cast) -> None:
    invite(proved)
    message = OutgoingMail.objects.get()
    assert (message.to, message.subject) == (JUDY, "Alice Moreau invites you to Fernhollow Therapy")
    assert "as Biller, Scheduler" in message.body
    assert "works for 7 days" in message.body
    assert "&" not in message.body


def test_the_page_shows_practice_roles_and_inviter(proved: Cast) -> None:
    answer = browser().get(invite(proved))
    assert answer.status_code == 200
    for words in (b"Join Fernhollow Therapy", b"Alice Moreau invites you", b"Biller, Scheduler", b'value="Judy"'):
        assert words in answer.content


def test_a_new_person_gets_account_proved_address_and_membership(proved: Cast, inside: Any) -> None:
    client = browser()
    answer = client.post(invite(proved), BODY)
    assert answer.headers["Location"] == "/p/fernhollow/"
    user = User.objects.get(email=JUDY)
    assert (user.name, user.check_password(NEW)) == ("Judy Arroyo", True)
    address = EmailAddress.objects.get(user=user)
    assert (address.email, address.verified, address.primary) == (JUDY, True, True)
    membership = Membership.objects.get(user=user)
    assert (membership.practice, membership.roles) == (proved.fernhollow, ["biller", "scheduler"])
    assert membership.since == NOW
    assert trail(proved, inside) == ["invitation.sent", "member.joined"]
    assert kinds(user) == ["signed_in", "invitation_accepted"]
    assert client.get("/practices/").status_code == 200


def test_accepting_proves_no_second_factor(proved: Cast) -> None:
    client = browser()
    client.post(invite(proved), BODY)
    assert client.get("/p/fernhollow/").headers["Location"].startswith("/account/2fa/?next=")


def test_it_works_once(proved: Cast) -> None:
    link = invite(proved)
    browser().post(link, BODY)
    answer = browser().post(link, BODY | {"password": "another long password of mine"})
    assert answer.status_code == 410
    assert b"was accepted already" in answer.content
    assert User.objects.filter(email=JUDY).count() == 1


def test_after_a_week_it_has_expired(proved: Cast) -> None:
    link = invite(proved)
    with clock.at(NOW + dt.timedelta(days=7)):
        for answer in (browser().get(link), browser().post(link, BODY)):
            assert answer.status_code == 410
            assert b"has expired" in answer.content
    assert not User.objects.filter(email=JUDY).exists()


def test_taken_back_it_opens_nothing(proved: Cast, inside: Any) -> None:
    link = invite(proved)
    with inside(proved.fernhollow):
        inviting.revoke_invitation(actor=proved.actor(proved.alice), invitation_id=Invitation.objects.get().pk)
    answer = browser().post(link, BODY)
    assert answer.status_code == 410
    assert b"was taken back" in answer.content


def test_an_unknown_token_is_not_found_in_words(db: None) -> None:
    answer = browser().get("/account/invitation/made-up/")
    assert answer.status_code == 404
    assert b"not known here" in answer.content


def test_tokens_cannot_be_tried_in_numbers(db: None) -> None:
    client = browser()
    statuses = [client.post(f"/account/invitation/t{number}/").status_code for number in range(31)]
    assert statuses == [404] * 30 + [429]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"password": "short"}, b"at least 12 characters"),
        ({"password": "Judy Arroyo!!"}, b"too similar to the name"),
        ({"password": "judy@example.com"}, b"too similar to the email"),
        ({"first_name": " "}, b"Give your first name"),
        ({"password": ""}, b"Choose a password"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(proved: Cast, change: dict[str, str], words: bytes) -> None:
    answer = browser().post(invite(proved), BODY | change)
    assert answer.status_code == 422
    assert words in answer.content
    assert b'value="Arroyo"' in answer.content
    assert NEW.encode() not in answer.content


def test_an_account_that_is_there_signs_in_and_accepts(proved: Cast, inside: Any) -> None:
    link = invite(proved, proved.heidi.email)
    client = browser()
    page = client.get(link)
    assert b"password" not in re.sub(rb"<(head|aside).*?</\1>", b"", page.content, flags=re.DOTALL)
    to_sign_in = re.search(rb'href="(/account/login/\?next=[^"]+)"', page.content)
    assert to_sign_in
    data = {"login": proved.heidi.email, "password": PASSWORD, "next": link}
    assert client.post("/account/login/", data).headers["Location"] == link
    assert b"You are signed in as Heidi Sommer" in client.get(link).content
    assert client.post(link).headers["Location"] == "/p/fernhollow/"
    assert {door.practice.slug for door in access.doors(proved.heidi)} == {"fernhollow", "rivermark"}
    assert trail(proved, inside)[-1] == "member.joined"
    assert Person.objects.filter(last_name="Arroyo").count() == 0


def test_nobody_accepts_with_a_password_of_their_own_what_belongs_to_an_account(proved: Cast) -> None:
    link = invite(proved, proved.heidi.email)
    assert browser().post(link, BODY).status_code == 422
    assert not Membership.objects.filter(user=proved.heidi, practice=proved.fernhollow).exists()
    proved.heidi.refresh_from_db()
    assert proved.heidi.check_password(PASSWORD)


def test_somebody_elses_invitation_cannot_be_accepted(proved: Cast) -> None:
    for link in (invite(proved, proved.heidi.email), invite(proved)):
        client = signed_in_by_password(proved.ivan)
        for answer in (client.get(link), client.post(link, BODY)):
            assert b"You are signed in as somebody else" in answer.content
    assert not Membership.objects.filter(user=proved.ivan, practice=proved.fernhollow).exists()


def test_a_second_proved_address_counts_too(proved: Cast) -> None:
    EmailAddress.objects.create(user=proved.heidi, email=JUDY, verified=True)
    client = signed_in_by_password(proved.heidi)
    assert client.post(invite(proved)).headers["Location"] == "/p/fernhollow/"


def test_whoever_left_comes_back_with_the_new_roles_alone(proved: Cast) -> None:
    old = Membership.objects.get(user=proved.mallory)
    old.added, old.removed = ["rates:edit"], ["money:view"]
    old.save()
    client = signed_in_by_password(proved.mallory)
    client.post(invite(proved, proved.mallory.email, ("clinician",)))
    now = Membership.objects.get(user=proved.mallory)
    assert (now.pk, now.roles, now.added, now.removed, now.ended_at) == (old.pk, ["clinician"], [], [], None)


def test_with_access_already_it_says_so(proved: Cast) -> None:
    link = invite(proved, proved.mallory.email, ("clinician",))
    Membership.objects.filter(user=proved.mallory).update(ended_at=None)
    answer = signed_in_by_password(proved.mallory).post(link)
    assert answer.status_code == 409
    assert b"You have access to this practice already" in answer.content
    assert Membership.objects.get(user=proved.mallory).roles == ["admin"]


def test_the_agreement_goes_along(proved: Cast) -> None:
    date = dt.date(2026, 11, 2)
    browser().post(invite(proved, roles=("accountant",), agreement_on=date), BODY)
    assert Membership.objects.get(user__email=JUDY).agreement_on == date


def test_signing_in_later_needs_no_further_proof_of_the_address(proved: Cast) -> None:
    browser().post(invite(proved), BODY)
    client = Client()
    assert sign_in(client, User.objects.get(email=JUDY), NEW).headers["Location"] == "/"

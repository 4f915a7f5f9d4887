"""The pages about access."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from practice import clock
from practice.models import Invitation, Membership, OutgoingMail
from practice.permissions import Role
from tests.people import NOW, Cast, member, signed_in
from tests.practice.accounts.hands import link_in_mail
from tests.practice.members.hands import PAGE, membership, second, url

BODY = {"first_name": "Judy", "last_name": "Arroyo", "email": "judy@example.com", "roles": ["biller", "scheduler"]}


@pytest.fixture
def alice(people: Cast) -> Client:
    return signed_in(people.alice)


def names(answer: Any) -> list[str]:
    return [row.name for row in answer.context["page"]]


def undo(answer: Any) -> str:
    return str(list(answer.context["messages"])[-1].extra_tags).removeprefix("undo:")


def test_it_lists_who_has_access_and_who_had(alice: Client) -> None:
    content = alice.get(PAGE).content.decode()
    assert "Owner, Supervisor, Clinician" in content
    assert "bob@fernhollow.example" in content
    assert "Mallory" not in content
    ended = alice.get(f"{PAGE}?show=ended")
    assert names(ended) == ["Mallory Reed"]
    assert b"Sat, Nov 14" in ended.content


def test_it_says_who_has_a_second_step(alice: Client, people: Cast) -> None:
    Authenticator.objects.create(user=people.bob, type="totp", data={})
    Authenticator.objects.create(user=people.frank, type="recovery_codes", data={})
    rows = {row.name: row.has_second_factor for row in alice.get(PAGE).context["page"]}
    assert rows == {name: name == "Bob Keller" for name in rows}


def test_it_sorts(alice: Client, people: Cast) -> None:
    Membership.objects.filter(user=people.grace).update(since=NOW)
    by_name = names(alice.get(PAGE))
    assert by_name == sorted(by_name)
    assert names(alice.get(f"{PAGE}?sort=-name")) == by_name[::-1]
    assert names(alice.get(f"{PAGE}?sort=-since"))[0] == "Grace Lindqvist"
    assert names(alice.get(f"{PAGE}?sort=roles"))[0] == "Erin Castillo"
    assert names(alice.get(f"{PAGE}?sort=nonsense")) == by_name


def test_a_search_leaves_no_name_in_the_address(alice: Client) -> None:
    answer = alice.post(f"{PAGE}search/", {"q": "  keller BILLER "})
    assert re.fullmatch(r"/p/fernhollow/members/\?s=[\w-]{8}", answer.headers["Location"])
    found = alice.get(answer.headers["Location"])
    assert names(found) == ["Bob Keller"]
    assert found.context["words"] == "keller BILLER"
    assert alice.post(f"{PAGE}search/", {"q": " "}).headers["Location"] == PAGE
    assert b"Nobody matches" in alice.get(alice.post(f"{PAGE}search/", {"q": "zzz"}).headers["Location"]).content


def test_another_persons_search_is_not_found(alice: Client, people: Cast) -> None:
    address = alice.post(f"{PAGE}search/", {"q": "keller"}).headers["Location"]
    assert len(names(signed_in(second(people, Role.ADMIN)).get(address))) > 1


def test_whoever_may_only_look_sees_no_buttons(people: Cast) -> None:
    answer = signed_in(people.ivan).get(PAGE)
    assert answer.status_code == 200
    assert b"/members/invite/" not in answer.content
    page = signed_in(people.ivan).get(url(people, people.bob)).content
    assert b"Save roles" not in page
    assert b"End access" not in page


def test_people_without_the_permission_are_told(people: Cast) -> None:
    for user in (people.bob, people.charlie, people.erin):
        answer = signed_in(user).get(PAGE)
        assert answer.status_code == 403


def test_the_list_takes_as_many_queries_for_many_people(alice: Client, people: Cast) -> None:
    alice.get(PAGE)
    with CaptureQueriesContext(connection) as few:
        alice.get(PAGE)
    for number in range(20):
        member(f"Extra{number} Person", people.fernhollow, Role.CLINICIAN)
    with CaptureQueriesContext(connection) as many:
        alice.get(PAGE)
    assert len(many) == len(few) <= 20


def test_an_invitation_is_sent_listed_and_told(alice: Client, people: Cast) -> None:
    answer = alice.post(f"{PAGE}invite/", BODY, follow=True)
    assert answer.redirect_chain == [(PAGE, 302)]
    assert b"The invitation to judy@example.com is on its way." in answer.content
    assert b"Open until Tue, Nov 24" in answer.content
    assert b"Alice Moreau" in answer.content
    assert Client().get(link_in_mail("judy@example.com")).status_code == 200
    assert "http://testserver/account/invitation/" in OutgoingMail.objects.get().body


def test_inviting_says_nothing_about_accounts_elsewhere(alice: Client, people: Cast) -> None:
    answers = [alice.post(f"{PAGE}invite/", BODY | {"email": email}) for email in ("x@example.com", people.heidi.email)]
    assert len({(answer.status_code, answer.headers["Location"]) for answer in answers}) == 1
    assert OutgoingMail.objects.filter(to=people.heidi.email).count() == 1


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"email": "nobody"}, "email", "valid email"),
        ({"roles": []}, "roles", "at least one role"),
        ({"roles": ["organization_staff"]}, "roles", "valid choice"),
        ({"roles": ["accountant"]}, "agreement_on", "business-associate agreement"),
        ({"roles": ["accountant"], "agreement_on": "2026-11-18"}, "agreement_on", "in the future"),
        ({"email": "bob@fernhollow.example"}, "email", "has access already"),
        ({"first_name": ""}, "first_name", "Give the first name"),
    ],
)
def test_what_is_wrong_with_an_invitation_is_said_at_the_entry(
    alice: Client, change: dict[str, Any], field: str, words: str
) -> None:
    answer = alice.post(f"{PAGE}invite/", BODY | change)
    assert answer.status_code == 422
    assert words in answer.context["form"].errors[field][0]
    assert words in answer.content.decode()
    assert b'value="Arroyo"' in answer.content
    assert not Invitation.objects.exists()


def test_an_invitation_is_sent_again_and_the_old_link_dies(alice: Client, people: Cast) -> None:
    alice.post(f"{PAGE}invite/", BODY)
    old = link_in_mail("judy@example.com")
    with clock.at(NOW + dt.timedelta(days=8)):
        alice = signed_in(people.alice)
        assert b"Expired Tue, Nov 24" in alice.get(PAGE).content
        pk = Invitation.objects.get().pk
        assert alice.post(f"/p/fernhollow/invitations/{pk}/resend/").headers["Location"] == PAGE
        assert Client().get(old).status_code == 404
        assert Client().get(link_in_mail("judy@example.com")).status_code == 200


def test_after_an_expired_one_a_new_invitation_takes_its_place(alice: Client, people: Cast) -> None:
    alice.post(f"{PAGE}invite/", BODY)
    with clock.at(NOW + dt.timedelta(days=8)):
        alice = signed_in(people.alice)
        assert alice.post(f"{PAGE}invite/", BODY | {"roles": ["clinician"]}).status_code == 302
        assert [row.roles for row in alice.get(PAGE).context["invitations"]] == ["Clinician"]


def test_taking_an_invitation_back_can_be_undone(alice: Client) -> None:
    alice.post(f"{PAGE}invite/", BODY)
    link = link_in_mail("judy@example.com")
    answer = alice.post(f"/p/fernhollow/invitations/{Invitation.objects.get().pk}/revoke/", follow=True)
    assert b"No open invitations" in answer.content
    assert Client().get(link).status_code == 410
    alice.post(undo(answer))
    assert Client().get(link).status_code == 200


def test_a_person_without_adjustments_is_explained(alice: Client, people: Cast) -> None:
    answer = alice.get(url(people, people.frank))
    lines = {line.name: line for area in answer.context["areas"] for line in area.lines}
    assert (lines["clients:view"].is_held, lines["clients:view"].source) == (True, "From Scheduler")
    assert (lines["money:edit"].is_held, lines["money:edit"].source) == (False, "")
    assert b"See every client" in answer.content


def test_adjustments_are_explained(alice: Client, people: Cast) -> None:
    Membership.objects.filter(user=people.frank).update(added=["money:view"], removed=["clients:edit"])
    answer = alice.get(url(people, people.frank))
    lines = {line.name: line for area in answer.context["areas"] for line in area.lines}
    assert (lines["money:view"].is_held, lines["money:view"].source) == (True, "Added by hand")
    assert lines["clients:edit"].source == "Scheduler would bring it; taken away by hand"
    assert not lines["clients:edit"].is_held
    assert b"adjusted" in alice.get(PAGE).content


def test_a_permission_in_two_roles_names_both(alice: Client, people: Cast) -> None:
    answer = alice.get(url(people, people.grace))
    lines = {line.name: line for area in answer.context["areas"] for line in area.lines}
    assert lines["clients:own"].source == "From Supervisor and Clinician"


def test_roles_are_saved(alice: Client, people: Cast) -> None:
    answer = alice.post(url(people, people.bob, "roles/"), {"roles": ["biller", "scheduler"]}, follow=True)
    assert b"Bob Keller: Biller, Scheduler." in answer.content
    assert membership(people, people.bob).roles == ["biller", "scheduler"]


def test_permissions_are_saved(alice: Client, people: Cast) -> None:
    body = {"permissions": ["clients:view", "money:view"], "seen_roles": "scheduler"}
    assert alice.post(url(people, people.frank, "permissions/"), body).status_code == 302
    row = membership(people, people.frank)
    taken = ["clients:edit", "calendar:view", "calendar:edit", "eligibility:view", "eligibility:edit"]
    assert (row.added, row.removed) == (["money:view"], taken)


def test_a_refusal_keeps_what_was_ticked(alice: Client, people: Cast) -> None:
    answer = alice.post(url(people, people.alice, "permissions/"), {"permissions": ["audit:view"], "seen_roles": "x"})
    assert answer.status_code == 422
    assert b"The roles changed while you were looking" in answer.content
    held = {line.name for area in answer.context["areas"] for line in area.lines if line.is_held}
    assert held == {"audit:view"}


def test_the_last_owner_is_told_why_not(alice: Client, people: Cast) -> None:
    answer = alice.post(url(people, people.alice, "roles/"), {"roles": ["admin"]})
    assert answer.status_code == 422
    assert b"Alice Moreau is the only owner. Make somebody else an owner first." in answer.content
    answer = alice.post(url(people, people.alice, "end/"), follow=True)
    assert b"is the only owner" in answer.content
    assert membership(people, people.alice).ended_at is None


def test_ending_access_works_at_once_and_can_be_undone(alice: Client, people: Cast) -> None:
    peggy = second(people, Role.ADMIN)
    theirs = signed_in(peggy)
    assert theirs.get(PAGE).status_code == 200
    answer = alice.post(url(people, peggy, "end/"), follow=True)
    assert b"The access of Peggy Stone has ended." in answer.content
    assert theirs.get(PAGE).status_code == 404
    alice.post(undo(answer))
    assert theirs.get(PAGE).status_code == 200


def test_other_roles_work_at_once(alice: Client, people: Cast) -> None:
    theirs = signed_in(people.bob)
    assert theirs.get(PAGE).status_code == 403
    alice.post(url(people, people.bob, "roles/"), {"roles": ["admin"]})
    assert theirs.get(PAGE).status_code == 200
    alice.post(url(people, people.bob, "roles/"), {"roles": ["biller"]})
    assert theirs.get(PAGE).status_code == 403


def test_whose_access_ended_can_be_let_in_again(alice: Client, people: Cast) -> None:
    page = alice.get(url(people, people.mallory))
    assert b"Restore access" in page.content
    assert b"Save roles" not in page.content
    alice.post(url(people, people.mallory, "restore/"))
    assert signed_in(people.mallory).get(PAGE).status_code == 200


def test_an_organization_offers_its_own_roles(people: Cast) -> None:
    Membership.objects.filter(user=people.ivan).update(roles=["owner", "organization_staff"])
    form = signed_in(people.ivan).get("/p/northlight/members/invite/").context["form"]
    offered = [value for value, _ in form.fields["roles"].choices]
    assert offered == ["owner", "admin", "biller", "accountant", "organization_staff"]


def test_the_navigation_leads_there(alice: Client, people: Cast) -> None:
    items = [item for section in alice.get(PAGE).context["nav"] for item in section["items"]]
    entry = next(item for item in items if item["label"] == "Access")
    assert (entry["url"], entry["current"]) == (PAGE, True)


def test_names_are_written_as_text(alice: Client, people: Cast) -> None:
    people.bob.person.last_name = '<img src=x> & "Co"'
    people.bob.person.save()
    for page in (PAGE, url(people, people.bob)):
        content = alice.get(page).content.decode()
        assert "<img src=x>" not in content
        assert "&lt;img src=x&gt; &amp; &quot;Co&quot;" in content
        assert "&amp;amp;" not in content

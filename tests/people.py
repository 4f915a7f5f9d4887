"""The personas: Alice to Frank and Grace at Fernhollow, Heidi at Rivermark, Ivan of the MSO that serves both."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.test import Client

from practice import access, clock
from practice.actors import Actor
from practice.models import Affiliation, Membership, Person, Practice, User
from practice.permissions import GRANTABLE_TO_ORGANIZATIONS, Role

NOW = dt.datetime(2026, 11, 17, 15, 22, tzinfo=dt.UTC)  # a Tuesday, 10:22 AM in New York
PASSWORD = "correct horse battery staple"


@dataclass(frozen=True)
class Cast:
    """Everyone, by name."""

    fernhollow: Practice
    rivermark: Practice
    northlight: Practice
    alice: User
    bob: User
    charlie: User
    dana: User
    erin: User
    frank: User
    grace: User
    heidi: User
    ivan: User
    mallory: User

    def actor(self, user: User, practice: Practice | None = None) -> Actor:
        """The person acting in a practice, at Fernhollow unless told otherwise."""
        entry = access.enter(user, (practice or self.fernhollow).slug)
        assert entry is not None, f"{user} has no access"
        return entry.actor


def make_cast() -> Cast:
    """Makes the practices and the people; Mallory once worked at Fernhollow."""
    fernhollow = Practice.objects.create(name="Fernhollow Therapy", slug="fernhollow")
    rivermark = Practice.objects.create(name="Rivermark Partners", slug="rivermark")
    northlight = Practice.objects.create(name="Northlight Services", slug="northlight", kind=Practice.Kind.MSO)
    cast = Cast(
        fernhollow=fernhollow,
        rivermark=rivermark,
        northlight=northlight,
        alice=member("Alice Moreau", fernhollow, Role.OWNER, Role.CLINICIAN, Role.SUPERVISOR),
        bob=member("Bob Keller", fernhollow, Role.BILLER),
        charlie=member("Charlie Nguyen", fernhollow, Role.CLINICIAN),
        dana=member("Dana Whitfield", fernhollow, Role.CLINICIAN),
        erin=member("Erin Castillo", fernhollow, Role.ACCOUNTANT),
        frank=member("Frank Osei", fernhollow, Role.SCHEDULER),
        grace=member("Grace Lindqvist", fernhollow, Role.SUPERVISOR, Role.CLINICIAN),
        heidi=member("Heidi Sommer", rivermark, Role.OWNER),
        ivan=member("Ivan Petrov", northlight, Role.ORGANIZATION_STAFF),
        mallory=member("Mallory Reed", fernhollow, Role.ADMIN, ended_at=clock.now() - dt.timedelta(days=3)),
    )
    for practice in (fernhollow, rivermark):
        Affiliation.objects.create(
            organization=northlight,
            practice=practice,
            permissions=sorted(name for name in GRANTABLE_TO_ORGANIZATIONS if name.endswith(":view")),
            starts_on=dt.date(2026, 1, 1),
        )
    return cast


def member(name: str, practice: Practice, *roles: Role, ended_at: dt.datetime | None = None) -> User:
    """A person with an account and a membership."""
    first, last = name.split(" ", 1)
    person = Person.objects.create(first_name=first, last_name=last)
    user = User.objects.create_user(f"{first.lower()}@{practice.slug}.example", PASSWORD, person=person)
    since = clock.now() - dt.timedelta(days=300)
    Membership.objects.create(user=user, practice=practice, roles=list(roles), since=since, ended_at=ended_at)
    return user


def signed_in(user: User) -> Client:
    """A browser in which the person has signed in with both factors."""
    client = Client()
    client.force_login(user)
    session = client.session
    session["second_factor_added"] = user.pk
    session.save()
    return client

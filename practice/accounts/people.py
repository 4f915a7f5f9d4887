"""Accounts and the people behind them."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.db import transaction

from practice.models import Person, User


def account_of(email: str) -> User | None:
    """The account that signs in with this address, or has proved that it is theirs."""
    address = email.strip().lower()
    proved = EmailAddress.objects.filter(email=address, verified=True).select_related("user__person").first()
    if proved is not None:
        return User.objects.select_related("person").get(pk=proved.user_id)
    return User.objects.filter(email=address).select_related("person").first()


@transaction.atomic
def make_account(*, email: str, first_name: str, last_name: str, password: str | None) -> User:
    """A person with an account whose address is proved: an invitation reached it, or the demo says so."""
    person = Person.objects.create(first_name=first_name, last_name=last_name)
    user = User.objects.create_user(email, password, person=person)
    prove_address(user)
    return user


def prove_address(user: User) -> None:
    """Notes that the account's own address is theirs, so that allauth lets them in without asking for it."""
    address, _ = EmailAddress.objects.get_or_create(user=user, email=user.email)
    if not address.verified or not address.primary:
        address.verified = address.primary = True
        address.save(update_fields=["verified", "primary"])

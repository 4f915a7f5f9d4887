"""Audit trail, states, encryption, stored files and due work, each on real rows."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import override_settings

from practice import audit, clock, crypto, due, files, states
from practice.models import AuditEvent, DueWork, StateChange
from practice.permissions import UnknownPermissionError
from tests.people import Cast
from tests.shelf.models import Book, Shelf


@pytest.fixture
def book(people: Cast, inside: Any) -> Any:
    with inside(people.fernhollow):
        yield Book.objects.create(shelf=Shelf.objects.create(name="Top"), title="One", secret="123-45-6789")


def test_an_event_says_who_did_what(book: Book, people: Cast) -> None:
    audit.record("book.added", actor=people.actor(people.alice), row=book, after=audit.snapshot(book))
    found = AuditEvent.objects.get()
    assert (found.actor_name, found.kind, found.object_id) == ("Alice Moreau", "shelf.book", str(book.pk))
    assert found.after is not None
    assert found.after["title"] == "One"
    assert found.after["secret"] == "filled"


def test_the_trail_can_be_written_without_phi_but_not_read(people: Cast, inside: Any) -> None:
    with inside(people.fernhollow, phi=False):
        audit.record("practice.opened", actor=people.actor(people.erin))
        assert not AuditEvent.objects.exists()
    with inside(people.fernhollow):
        assert AuditEvent.objects.get().action == "practice.opened"


def test_only_what_changed_is_kept(book: Book) -> None:
    before = audit.snapshot(book)
    book.title = "Two"
    assert audit.changes(before, audit.snapshot(book)) == ({"title": "One"}, {"title": "Two"})


def test_this_months_events_lie_in_their_own_partition(book: Book, people: Cast) -> None:
    audit.record("book.read", actor=people.actor(people.alice))
    with connection.cursor() as cursor:
        cursor.execute("SELECT tableoid::regclass::text FROM practice_auditevent")
        assert cursor.fetchall() == [("practice_auditevent_202611",)]


def test_a_state_changes_along_its_table_and_is_written_down(book: Book, people: Cast) -> None:
    states.transition(book, "out", actor=people.actor(people.alice), reason="Lent")
    change = StateChange.objects.get()
    assert (change.before, change.after, change.reason) == ("in", "out", "Lent")
    assert Book.objects.get().status == "out"


def test_a_state_does_not_jump(book: Book, people: Cast) -> None:
    with pytest.raises(states.InvalidTransitionError, match="is in; it cannot become lost"):
        states.transition(book, "lost", actor=people.actor(people.alice))
    assert not StateChange.objects.exists()


def test_encrypted_text_is_unreadable_in_the_database(book: Book) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM shelf_book")
        assert "6789" not in cursor.fetchone()[0]
    assert Book.objects.get().secret == "123-45-6789"


def test_old_data_stays_readable_while_keys_are_replaced() -> None:
    token = crypto.encrypt(b"old")
    keys = {"t2": Fernet.generate_key().decode(), "t1": "dGVzdHMtb25seS10ZXN0cy1vbmx5LXRlc3RzLW9ubHk="}
    with override_settings(FIELD_KEYS=keys):
        assert crypto.decrypt(token) == b"old"
        assert crypto.encrypt(b"new").startswith(b"t2:")
    with pytest.raises(crypto.UndecryptableError, match="key"):
        crypto.decrypt(b"t9:abc")
    with pytest.raises(crypto.UndecryptableError, match="changed"):
        crypto.decrypt(token[:-4] + b"AAA=")


def test_a_file_is_typed_by_its_content_and_read_back(book: Book, people: Cast) -> None:
    content = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n"
    kept = files.store(content, name="eob.txt", actor=people.actor(people.bob))
    assert kept.media_type == "application/pdf"
    assert files.read(kept) == content


@pytest.mark.parametrize(("content", "words"), [(b"", "empty"), (b"hello", "This is not a PDF file")])
def test_a_file_that_does_not_fit_is_refused_in_words(book: Book, people: Cast, content: bytes, words: str) -> None:
    with pytest.raises(files.FileRefusedError, match=words):
        files.store(content, name="x.pdf", actor=people.actor(people.bob), accepts=frozenset({"application/pdf"}))


def test_due_work_is_leased_once_and_again_after_its_lease(people: Cast) -> None:
    due.plan("test.kind", practice_id=people.fernhollow.pk, object_id=7, due_at=clock.now())
    due.plan("test.kind", practice_id=people.fernhollow.pk, object_id=8, due_at=clock.now() + dt.timedelta(hours=1))
    assert [piece.object_id for piece in due.lease()] == ["7"]
    assert due.lease() == []
    with clock.at(clock.now() + due.LEASE + dt.timedelta(seconds=1)):
        assert [piece.object_id for piece in due.lease()] == ["7"]
    due.done("test.kind", practice_id=people.fernhollow.pk, object_id=7)
    assert DueWork.objects.count() == 1


def test_unknown_due_work_is_an_error_not_a_success(db: None) -> None:
    with pytest.raises(LookupError, match="Nothing handles"):
        due.perform(due.Due("no.such", 1, "1"))


def test_an_actor_may_do_what_the_role_bundles(people: Cast) -> None:
    people.actor(people.bob).require("billing:edit")
    with pytest.raises(PermissionDenied, match="confirm and bill sessions"):
        people.actor(people.charlie).require("billing:edit")
    with pytest.raises(UnknownPermissionError):
        people.actor(people.bob).may("billing:edti")


def test_an_accountant_and_organization_staff_open_no_wall_they_should_not(people: Cast) -> None:
    assert not people.actor(people.erin).phi
    assert not people.actor(people.ivan).rates


def test_a_person_has_one_npi(people: Cast) -> None:
    people.alice.person.npi = people.bob.person.npi = "1234567893"
    people.alice.person.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        people.bob.person.save()

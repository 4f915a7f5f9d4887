"""The table of likely fixes: each row has its source, and leads to a field that is really there."""

from __future__ import annotations

import pytest
from django.urls import NoReverseMatch, reverse

from billing.fixes import reasons, table
from billing.fixes.places import PLACES, Subject, link_to
from edi.codes.adjustments import adjustment_reasons
from edi.codes.remarks import remark_codes
from edi.codes.status import status_codes
from practice.actors import Actor
from practice.permissions import BUNDLES, EVERYTHING, Role

SUBJECT = Subject(1, 2, 3, is_own=True, payer_id=4, rendering_id=5, session_id=6, replaces=False)
OWNER = Actor(1, 1, "Alice", EVERYTHING)
BILLER = Actor(1, 2, "Bob", BUNDLES[Role.BILLER])


def test_every_row_has_a_cause_a_place_and_its_source() -> None:
    for row in table.table().values():
        assert row.cause.endswith("."), row
        assert row.source, row
        assert row.place in PLACES, row


@pytest.mark.parametrize(
    ("system", "known"),
    [(table.STC, status_codes), (table.CARC, adjustment_reasons), (table.RARC, remark_codes)],
)
def test_every_code_is_one_of_the_code_lists(system: str, known: object) -> None:
    listed = known()  # type: ignore[operator]
    assert [row.code for row in table.table().values() if row.system == system and row.code not in listed] == []


@pytest.mark.parametrize("place", PLACES)
def test_every_place_is_a_page(place: str) -> None:
    try:
        found = link_to(place, "fernhollow", SUBJECT, OWNER)
    except NoReverseMatch as error:
        pytest.fail(str(error))
    assert found.url.startswith("/p/fernhollow/")


def test_who_may_not_correct_it_reads_who_can() -> None:
    found = link_to("billing_npi", "fernhollow", SUBJECT, BILLER)
    assert (found.url, found.label) == ("", "Correct the billing NPI: an owner or admin can")
    assert link_to("member_id", "fernhollow", SUBJECT, BILLER).url.endswith("/coverages/3/#id_member_id")


def test_a_subscriber_who_is_the_client_is_corrected_on_the_clients_page() -> None:
    assert (
        link_to("subscriber_birth", "f", SUBJECT, OWNER).url
        == f"{reverse('edit_client', args=['f', 2])}#id_date_of_birth"
    )


@pytest.mark.parametrize(
    ("codes", "key", "place"),
    [
        ("A1:20 A3:33", "stc-33", "member_id"),
        ("A7:562:82", "stc-562-82", "rendering_npi"),
        ("A7:562:85", "stc-562-85", "billing_npi"),
        ("A3:21 A7:254", "stc-254", "diagnoses"),
        ("A6:500", "stc-500", "billing_address"),
        ("A7:9999", "stc-9999", "form"),
    ],
)
def test_a_277ca_says_which_field(codes: str, key: str, place: str) -> None:
    found = reasons.of_answer("277CA, payer", codes, "Words.")
    assert (found.key, found.place) == (key, place)


def test_a_999_goes_by_the_segment_that_was_refused() -> None:
    found = reasons.of_answer("999", "PER-8", "Segment 4 (PER): wrong")
    assert (found.key, found.place) == ("999-PER", "contact")
    other = reasons.of_answer(
        "999", "", "This claim was in a part of the file that was refused because of another claim."
    )
    assert (other.key, other.place) == ("999-other", "as_it_is")


def test_a_remark_says_more_than_the_reason() -> None:
    found = reasons.of_denial([{"group": "CO", "reason": "16", "remarks": ["N290: Rendering", "MA01: Appeal"]}])
    assert (found.key, found.code, found.place) == ("CO-16.N290", "CO-16 N290", "rendering_npi")
    assert reasons.split(found.key) == ("CO", "16", "N290")
    assert reasons.of_adjustment("CO", "16", "N290").key == found.key


def test_what_the_table_does_not_know_is_told_by_the_code_list() -> None:
    found = reasons.of_adjustment("CO", "100", "")
    assert (found.place, found.cause) == ("", f"{adjustment_reasons()['100'].next_action}.")
    assert reasons.of_denial([]).key == "none"

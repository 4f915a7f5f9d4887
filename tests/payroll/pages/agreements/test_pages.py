"""Pay rules on pages: the list, one person's versions, a new version, a correction, an end and its undo."""

from __future__ import annotations

import datetime as dt
from typing import Any

from clinicians.models import Engagement
from payroll.models import PayRule, RuleClient, RuleSet
from tests.payroll.desk import at, fixed, share
from tests.payroll.pages.runs.room import Room

QUERIES_OF_LIST = 9
QUERIES_OF_ONE = 11


def rule(place: int = 0, kind: str = "percent", **fields: Any) -> dict[str, Any]:
    """A rule as the form sends it."""
    given = {"kind": kind, "priority": "0", "applies_to": ["session", "add_on"]} | fields
    return {f"r{place}-{name}": value for name, value in given.items()}


def version(*rules: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """A version as the form sends it."""
    given = {"starts_on": "2026-01-01", "takebacks": "shared", "unsigned": "hold"} | fields
    given["row"] = [str(place) for place in range(len(rules))]
    return given | {name: value for one in rules for name, value in one.items()}


def terms_of(room: Room, name: str = "Ana Reyes", kind: str = Engagement.Kind.CONTRACTOR) -> int:
    with room.open():
        return room.desk.terms(room.desk.clinician(name, kind)).pk


def test_the_list_says_how_everybody_is_paid_and_who_is_not(room: Room) -> None:
    with room.open():
        desk = room.desk
        ana = desk.clinician("Ana Reyes")
        desk.rules(ana, share("0.62"), fixed("20.00", applies_to=["late_cancel"]))
        desk.clinician("Ben Okafor", Engagement.Kind.W2_EXEMPT)
        desk.clinician("Cy Ito", Engagement.Kind.PARTNER)
    page = room.get("pay_rules")
    assert "62% of collected; late cancels: $20.00 each" in page
    assert "No rules yet, so nothing is paid." in page
    assert "By draw, not in a pay run" in page
    needs = room.get("pay_rules", show="needs")
    assert "Ben Okafor" in needs
    assert "Ana Reyes" not in needs
    assert "Cy Ito" not in needs
    assert "Cy Ito" in room.get("pay_rules", show="draw")


def test_gaps_before_a_schedule_pays_are_none(room: Room) -> None:
    with room.open():
        ana = room.desk.clinician()
        room.desk.rules(ana, share("0.60"), starts_on=dt.date(2026, 11, 1))
    room.schedule()
    assert "No rules" not in room.get("pay_rules").replace("Needs rules", "")
    room.schedule(name="Before", starts_on=dt.date(2026, 10, 1), ends_on=dt.date(2026, 10, 31))
    assert "No rules Oct 1, 2026 to Oct 31, 2026." in room.get("pay_rules")


def test_gaps_and_ends_are_said(room: Room) -> None:
    room.schedule(starts_on=dt.date(2026, 1, 1))
    with room.open():
        ana = room.desk.clinician()
        room.desk.rules(ana, share("0.60"), ends_on=dt.date(2026, 5, 31))
        room.desk.rules(ana, share("0.62"), starts_on=dt.date(2026, 6, 15), ends_on=dt.date(2026, 11, 10))
        terms = room.desk.terms(ana)
    page = room.get("pay_rules")
    assert "No rules Jun 1, 2026 to Jun 14, 2026." in page
    assert "No rules from Nov 11, 2026 on." in page
    page = room.get("pay_rules_of", terms.pk)
    assert "<b>No rules from Nov 11, 2026 on.</b>" in page
    assert "/new/?on=2026-11-11" in page
    assert 'value="2026-11-11"' in room.get("add_pay_version", terms.pk, on="2026-11-11")
    with room.open():
        Engagement.objects.filter(pk=terms.pk).update(ends_on=dt.date(2026, 12, 31))
    assert "The terms of work end Dec 31, 2026." in room.get("pay_rules_of", terms.pk)


def test_search_keeps_names_out_of_the_address(room: Room) -> None:
    terms_of(room)
    terms_of(room, "Ben Okafor")
    response = room.send("search_pay_rules", q="okafor")
    assert "Ben Okafor" in response.content.decode()
    assert "Ana Reyes" not in response.content.decode()
    assert "okafor" not in response.redirect_chain[0][0]


def test_a_first_version_is_saved_with_the_names_of_what_it_pays(room: Room) -> None:
    terms = terms_of(room)
    sent = version(rule(rate="62.5%"), rule(1, "absence", paid_as="flat", amount="$20", recognized="rendered"))
    page = room.send("add_pay_version", terms, **sent).content.decode()
    assert "Ana Reyes is paid by version 1 from Jan 1, 2026 on." in page
    with room.open():
        rows = list(PayRule.objects.order_by("pk"))
        assert [(str(row.rate or row.amount), row.name) for row in rows] == [
            ("0.625000", "62.5% of collected"),
            ("20.00", "late cancels and no-shows: $20.00 each"),
        ]
        assert rows[0].applies_to == []
        assert rows[1].applies_to == ["late_cancel", "no_show"]


def test_every_kind_of_rule_comes_through_the_form(room: Room) -> None:
    terms = terms_of(room, kind=Engagement.Kind.W2_NONEXEMPT)
    sent = version(
        rule(0, "flat", amount="85.00", recognized="rendered", group_cap="200", codes="90853, 90837", priority="2"),
        rule(1, "hourly", amount="28", hours_kinds=["meeting"]),
        rule(2, "salary", amount="62,400.00", periods_a_year="26"),
        rule(3, "bonus", amount="18", threshold="45", window="month"),
        takebacks="absorbed",
        unsigned="flag",
    )
    assert "is paid by version 1" in room.send("add_pay_version", terms, **sent).content.decode()
    with room.open():
        flat, hourly, salary, bonus = PayRule.objects.order_by("pk")
        assert (flat.codes, str(flat.group_cap), flat.priority) == (["90853", "90837"], "200.00", 2)
        assert (hourly.hours_kinds, salary.periods_a_year, bonus.threshold) == (["meeting"], 26, 45)


def test_what_contradicts_is_refused_beside_the_field_and_nothing_is_lost(room: Room) -> None:
    terms = terms_of(room)
    sent = version(rule(rate="62", name="Insured"), rule(1, rate="50", name="All"))
    response = room.send("add_pay_version", terms, **sent)
    page = response.content.decode()
    assert response.status_code == 422
    assert "“Insured” and “All” would both pay the same and have priority 0." in page
    assert 'id="id_r1-priority_error"' in page
    assert 'value="50"' in page
    with room.open():
        assert not RuleSet.objects.exists()


def test_wrong_entries_are_said_where_they_are(room: Room) -> None:
    terms = terms_of(room)
    page = room.send("add_pay_version", terms, **version(rule(rate="162"))).content.decode()
    assert "A share lies above 0% and up to 100%." in page
    page = room.send("add_pay_version", terms, **version(rule(rate="62", clients="99"))).content.decode()
    assert "There is no client 99." in page
    page = room.send("add_pay_version", terms, **version(rule(rate="62"), starts_on="2025-01-01")).content.decode()
    assert "Ana Reyes works on these terms from Jan 1, 2026. Choose days inside." in page
    employee = terms_of(room, "Ben Okafor", Engagement.Kind.W2_EXEMPT)
    page = room.send("add_pay_version", employee, **version(rule(rate="62"))).content.decode()
    assert "An employee’s earned pay is not held for a note; it can only be flagged." in page


def test_a_rule_for_clients_stands_under_their_numbers_and_never_names_one(room: Room) -> None:
    terms = terms_of(room)
    with room.open():
        maya = room.desk.client()
    sent = version(rule(rate="62"), rule(1, rate="80", clients=str(maya.number), priority="5"))
    room.send("add_pay_version", terms, **sent)
    with room.open():
        assert RuleClient.objects.get().client_id == maya.pk
        assert not PayRule.objects.filter(name__icontains="Torres").exists()
    assert "80% of what is collected, for Maya Torres1." in room.get("pay_rules_of", terms)
    assert f'value="{maya.number}"' in room.get("add_pay_version", terms)


def test_a_new_version_starts_from_the_former_or_another_person_s_and_ends_it(room: Room) -> None:
    with room.open():
        ana, ben = room.desk.clinician(), room.desk.clinician("Ben Okafor")
        room.desk.rules(ana, share("0.60", name="60% of collected"))
        other = room.desk.rules(ben, share("0.71", name="Own name"))
        terms = room.desk.terms(ana).pk
    page = room.get("add_pay_version", terms)
    assert 'name="r0-rate" value="60"' in page
    assert "A name of its own" in page
    assert "A $131.22 collected session pays $78.73." in " ".join(page.split())
    start: dict[str, Any] = {"from": str(other.pk)}
    page = room.get("add_pay_version", terms, **start)
    assert 'value="71"' in page
    assert "Own name" in page
    sent = version(rule(rate="65"), starts_on="2026-12-01", end_former="on")
    room.send("add_pay_version", terms, **sent)
    with room.open():
        first, second = RuleSet.objects.filter(engagement=terms).order_by("version")
        assert (first.ends_on, second.starts_on) == (dt.date(2026, 11, 30), dt.date(2026, 12, 1))


def test_versions_that_share_days_are_refused_with_the_reason(room: Room) -> None:
    with room.open():
        ana = room.desk.clinician()
        room.desk.rules(ana, share("0.60"))
        terms = room.desk.terms(ana).pk
    response = room.send("add_pay_version", terms, **version(rule(rate="65"), starts_on="2026-12-01"))
    assert response.status_code == 422
    assert (
        "Version 1 holds from Jan 1, 2026. End it on the day before, or choose other days." in response.content.decode()
    )


def test_the_form_as_it_is_filled_shows_what_it_pays_and_other_fields(room: Room) -> None:
    terms = terms_of(room)
    sent = version(rule(rate="62"), rule(1, "hourly", amount="28"))
    page = " ".join(room.send("choose_pay_rules", terms, **sent).content.decode().split())
    assert "A $131.22 collected session pays $81.36." in page
    assert "An hour pays $28.00." in page
    assert 'name="r1-rate"' not in page
    assert 'name="r1-hours_kinds"' in page
    with_more = room.send("choose_pay_rules", terms, **sent, add="1").content.decode()
    assert 'name="r2-kind"' in with_more
    without = room.send("choose_pay_rules", terms, **sent, remove="0").content.decode()
    assert 'name="r0-kind"' not in without
    assert "An hour pays $28.00." in " ".join(without.split())
    broken = room.send("choose_pay_rules", terms, **version(rule(rate=""))).content.decode()
    assert "A share lies above 0% and up to 100%." in broken
    with room.open():
        assert not RuleSet.objects.exists()


def test_a_version_that_paid_nobody_is_corrected(room: Room) -> None:
    with room.open():
        ana = room.desk.clinician()
        row = room.desk.rules(ana, share("0.60"))
    assert 'value="60"' in room.get("change_pay_version", row.pk)
    page = room.send("change_pay_version", row.pk, **version(rule(rate="61"), ends_on="2026-12-31")).content.decode()
    assert "Version 1 of Ana Reyes is saved." in page
    with room.open():
        row.refresh_from_db()
        assert row.ends_on == dt.date(2026, 12, 31)
        assert [str(one.rate) for one in row.rules.all()] == ["0.610000"]


def test_a_version_that_paid_is_locked(room: Room) -> None:
    with room.open():
        desk = room.desk
        ana = desk.clinician()
        row = desk.rules(ana, share("0.60"), unsigned="flag")
        schedule = desk.schedule()
        with at(12):
            desk.insurer_pays(desk.session(ana, 3), "100.00")
        with at(16):
            desk.finish(desk.run(schedule))
        terms = desk.terms(ana).pk
    page = room.get("pay_rules_of", terms)
    assert "Paid up to Tue, Nov 3" in page
    assert f"/rules/versions/{row.pk}/end/" in page
    assert "Correct version 1" not in page
    refused = room.ask("change_pay_version", row.pk)
    assert refused.status_code == 302
    page = room.send("change_pay_version", row.pk, **version(rule(rate="70"))).content.decode()
    assert "Version 1 has paid already, up to Nov 3, 2026." in page
    response = room.send("end_pay_version", row.pk, ends_on="2026-11-02")
    assert response.status_code == 422
    assert "It cannot end before that day." in response.content.decode()


def test_an_end_can_be_taken_back(room: Room) -> None:
    with room.open():
        ana = room.desk.clinician()
        row = room.desk.rules(ana, share("0.60"))
    page = room.send("end_pay_version", row.pk, ends_on="2026-12-31").content.decode()
    assert "Version 1 ends Dec 31, 2026." in page
    assert f"/rules/versions/{row.pk}/keep/" in page
    assert "Version 1 has no end." in room.send("keep_pay_version", row.pk).content.decode()
    with room.open():
        row.refresh_from_db()
        assert row.ends_on is None
    assert room.send("end_pay_version", row.pk, ends_on="").status_code == 422


def test_owners_have_no_version_to_add(room: Room) -> None:
    terms = terms_of(room, "Cy Ito", Engagement.Kind.PARTNER)
    page = room.get("pay_rules_of", terms)
    assert "Paid by draw, not in a pay run." in page
    assert "New version" not in page
    assert room.ask("add_pay_version", terms).status_code == 302


def test_ivan_looks_and_changes_nothing(room: Room) -> None:
    with room.open():
        ana = room.desk.clinician()
        room.desk.rules(ana, share("0.60"))
        terms = room.desk.terms(ana).pk
    page = room.get("pay_rules_of", terms, user=room.people.ivan)
    assert "60% of what is collected." in page
    assert "New version" not in page
    assert "Correct" not in page


def test_the_list_takes_as_many_queries_for_one_as_for_many(room: Room) -> None:
    with room.open():
        room.desk.rules(room.desk.clinician(), share("0.60"))
    one = room.statements("pay_rules")
    with room.open():
        for number in range(5):
            who = room.desk.clinician(f"Ben Okafor{number}")
            room.desk.rules(who, share("0.60"), fixed("85.00", priority=5, codes=["90791"]))
            terms = room.desk.terms(who).pk
            room.desk.rules(who, share("0.70"), starts_on=dt.date(2026, 12, 1), end_former=True)
    assert room.statements("pay_rules") == one == QUERIES_OF_LIST
    assert room.statements("pay_rules_of", terms) == QUERIES_OF_ONE

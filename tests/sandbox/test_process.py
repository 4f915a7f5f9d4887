"""The whole loop over real SFTP and HTTP: claims in, acknowledgments and money out, everything once."""

from __future__ import annotations

from pathlib import Path

import asyncssh
import pytest

from edi.acknowledgments.reading import read as read_acknowledgment
from edi.interchanges import Interchange
from edi.reading import read
from edi.remittances.balancing import balance
from edi.remittances.reading import read as read_remittance
from edi.statuses.outcomes import outcomes
from edi.statuses.reading import read as read_report
from tests.sandbox.making import claim, sent, transaction
from tests.sandbox.running import PATIENCE, SCENARIOS, Mailbox, running, start, wait_for


def kinds(names: list[str]) -> list[str]:
    """What the answers are."""
    return [name.partition("_")[0] for name in names]


def opened(content: bytes) -> Interchange:
    """The one interchange of an answer."""
    (interchange,) = read(content)
    return interchange


def test_the_whole_loop_over_sftp(tmp_path: Path) -> None:
    file = sent(transaction(claim("PCN1"), claim("PCN2", member="NOTFOUND1"), claim("PCN3", member="TAKEBACK1")))
    with running(tmp_path) as sandbox, sandbox.mailbox() as mailbox:
        mailbox.put("claims_1.x12.tmp", file)
        assert mailbox.outbound() == []
        mailbox.rename("claims_1.x12.tmp", "claims_1.x12")
        names = wait_for(lambda: len(found := sandbox.names()) == 4 and found, "four answers")
        assert kinds(names) == ["999", "277CA", "835", "835"]
        wait_for(lambda: mailbox.outbound() == sorted(names), "the answers in /outbound")
        acknowledgment, report, payment, takeback = (opened(mailbox.get(name)).transactions[0] for name in names)
        assert read_acknowledgment(acknowledgment).status == "A"
        verdicts = {
            one.claim.patient_control_number: one.verdict.value for one in outcomes(read_report(report)) if one.claim
        }
        assert verdicts == {"PCN1": "accepted", "PCN2": "rejected", "PCN3": "accepted"}
        first, second = read_remittance(payment), read_remittance(takeback)
        assert balance(first) == balance(second) == []
        assert [one.patient_control_number for one in first.claims] == ["PCN1", "PCN3"]
        assert [one.status for one in second.claims] == ["22", "4"]
        assert second.provider_adjustments[0].amount == -first.claims[1].paid

        mailbox.put("claims_1.x12", file)
        mailbox.put("claims_2.x12", file)
        names = wait_for(lambda: len(found := sandbox.names()) == 5 and found, "one more answer")
        assert kinds(names)[4] == "TA1"
        assert opened(mailbox.get(names[4])).tas[0].elements[4:] == ["R", "025"]


def test_what_cannot_be_taken_is_answered_by_ta1_or_999(tmp_path: Path) -> None:
    broken = sent(transaction(claim("PCN1")), transaction(claim("PCN2"), control="0002", reference="B2"))
    broken = broken.replace(b"HI*ABK:F411~", b"", 1).replace(b"SE*27*0001", b"SE*26*0001")
    with running(tmp_path) as sandbox, sandbox.mailbox() as mailbox:
        mailbox.put("a.x12", b"This is a letter.")
        mailbox.put("b.x12", sent(control=7, receiver="ELSEWHERE"))
        mailbox.put("c.x12", sent(control=8, usage="P"))
        mailbox.put("d.x12", broken)
        names = wait_for(lambda: len(found := sandbox.names()) == 6 and found, "six answers")
        assert kinds(names) == ["TA1", "TA1", "TA1", "999", "277CA", "835"]
        notes = [opened(sandbox.pages.get(f"/answers/{name}").content).tas[0][5] for name in names[:3]]
        assert notes == ["022", "008", "020"]
        acknowledgment = read_acknowledgment(opened(sandbox.pages.get(f"/answers/{names[3]}").content).transactions[0])
        assert (acknowledgment.status, [one.status for one in acknowledgment.sets]) == ("P", ["R", "A"])
        assert [(error.segment, error.code) for error in acknowledgment.sets[0].errors] == [("HI", "3")]
        assert acknowledgment.sets[0].errors[0].patient_control_number == "PCN1"


def test_a_restart_goes_on_where_it_was(tmp_path: Path) -> None:
    with running(tmp_path) as sandbox, sandbox.mailbox() as mailbox:
        key = sandbox.facts["host_key"]
        mailbox.put("a.x12", sent(transaction(claim("PCN1", member="TAKEBACK1"))))
        names = wait_for(lambda: len(found := sandbox.names()) == 4 and found, "four answers")
    (tmp_path / "sftp" / "caseload" / "inbound" / "b.x12").write_bytes(
        sent(transaction(claim("PCN2"), claim("PCN3", member="KM1")), control=2)
    )
    with running(tmp_path) as sandbox, sandbox.mailbox() as mailbox:
        assert sandbox.facts["host_key"] == key
        assert sandbox.pages.get("/day").json() == {"day": "2026-03-05"}
        after = wait_for(lambda: len(found := sandbox.names()) == 7 and found, "three more answers")
        assert after[:4] == names
        remittance = read_remittance(opened(mailbox.get(after[6])).transactions[0])
        assert [(one.reason, str(one.amount)) for one in remittance.provider_adjustments] == [("WO", "79.25")]
        assert (
            remittance.amount == sum(one.paid for one in remittance.claims) - remittance.provider_adjustments[0].amount
        )


def test_answers_are_listed_after_a_cursor(tmp_path: Path) -> None:
    with running(tmp_path) as sandbox, sandbox.mailbox() as mailbox:
        mailbox.put("a.x12", sent())
        wait_for(lambda: len(sandbox.names()) == 3, "three answers")
        pages = sandbox.pages
        listed = pages.get("/answers", params={"after": 2}).json()
        assert kinds([one["name"] for one in listed["answers"]]) == ["835"]
        assert pages.get("/answers", params={"after": listed["cursor"]}).json()["answers"] == []
        assert pages.get("/answers", params={"after": "x"}).status_code == 400
        assert pages.get("/answers/none.x12").status_code == 404
        assert pages.get("/health").json() == {"sandbox": "ok"}


def test_a_held_remittance_comes_on_its_day(tmp_path: Path) -> None:
    with running(tmp_path, "held") as sandbox, sandbox.mailbox() as mailbox:
        mailbox.put("a.x12", sent(transaction(claim("PCN1", member="TAKEBACK1"))))
        wait_for(lambda: kinds(sandbox.names()) == ["999", "277CA"], "the acknowledgments")
        assert sandbox.pages.post("/day", json={"day": "2026-03-13"}).status_code == 200
        assert kinds(sandbox.names()) == ["999", "277CA"]
        sandbox.pages.post("/day", json={"day": "2026-03-14"})
        assert kinds(sandbox.names())[2:] == ["835"]
        sandbox.pages.post("/day", json={"day": "2026-04-30"})
        days = [read_remittance(opened(mailbox.get(name)).transactions[0]).paid_on for name in sandbox.names()[2:]]
        assert [str(day) for day in days] == ["2026-03-14", "2026-03-28"]
        assert sandbox.pages.post("/day", json={"day": "2026-03-01"}).status_code == 409
        assert sandbox.pages.post("/day", content=b"tomorrow").status_code == 422


def test_a_file_whose_upload_broke_off_is_not_taken_until_it_comes_whole(tmp_path: Path) -> None:
    with running(tmp_path) as sandbox:
        with sandbox.mailbox() as mailbox:
            mailbox.break_off("a.x12", sent()[:400])
        with sandbox.mailbox() as mailbox:
            mailbox.put("b.x12", sent(control=2))
            mailbox.put("a.x12", sent())
            names = wait_for(lambda: len(found := sandbox.names()) == 6 and found, "six answers")
            assert kinds(names) == ["999", "277CA", "835"] * 2


def test_answers_stay_and_a_wrong_password_is_refused(tmp_path: Path) -> None:
    with running(tmp_path) as sandbox, sandbox.mailbox() as mailbox:
        mailbox.put("a.x12", sent())
        wait_for(lambda: len(mailbox.outbound()) == 3, "three answers")
        with pytest.raises(asyncssh.SFTPPermissionDenied):
            mailbox.remove(f"/outbound/{mailbox.outbound()[0]}")
        with pytest.raises(asyncssh.SFTPPermissionDenied):
            mailbox.put("../outbound/mine.x12", b"x")
        with pytest.raises(asyncssh.PermissionDenied):
            Mailbox(sandbox.facts, password="guess")


def test_a_scenario_with_an_unknown_outcome_is_refused_at_the_start(tmp_path: Path) -> None:
    text = (SCENARIOS / "loop.toml").read_text(encoding="utf-8").replace('"taken_back"', '"lost"', 1)
    scenario = tmp_path / "bad.toml"
    scenario.write_text(text, encoding="utf-8")
    process = start(tmp_path / "folder", scenario)
    assert process.wait(PATIENCE) == 2
    assert not (tmp_path / "folder").exists()

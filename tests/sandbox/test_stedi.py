"""Stedi's API as the sandbox speaks it: claims with keys, the stream of answers, documents behind redirects."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from edi.reading import read
from edi.remittances.reading import read as read_remittance
from edi.statuses.outcomes import outcomes
from edi.statuses.reading import read as read_report
from tests.sandbox.making import claim, line, sent, transaction
from tests.sandbox.running import Sandbox, running

SUBMIT = "/2024-04-01/change/medicalnetwork/professionalclaims/v3/raw-x12-submission"
POLL = "/2023-08-01/polling/transactions"
EXECUTIONS = "/2023-08-01/executions"
LONG_AGO = {"startDateTime": "2026-03-05T00:00:00Z"}


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    with running(tmp_path_factory.mktemp("sandbox")) as found:
        yield found


@pytest.fixture
def api(sandbox: Sandbox) -> Iterator[httpx.Client]:
    with sandbox.api() as client:
        yield client


def posted(api: httpx.Client, content: bytes, key: str = "") -> httpx.Response:
    """Claims over the API."""
    headers = {"Idempotency-Key": key} if key else {}
    return api.post(SUBMIT, json={"x12": content.decode()}, headers=headers)


def states(content: bytes) -> dict[str, str]:
    """What a 277CA says of each claim."""
    report = read_report(read(content)[0].transactions[0])
    return {one.claim.patient_control_number: one.verdict.value for one in outcomes(report) if one.claim}


def came(api: httpx.Client, **asked: Any) -> list[dict[str, Any]]:
    """The whole stream."""
    items: list[dict[str, Any]] = []
    page = api.get(POLL, params=LONG_AGO | asked).json()
    while page["items"]:
        items += page["items"]
        page = api.get(POLL, params={"pageToken": page["nextPageToken"]} | asked).json()
    return items


def kinds(items: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Direction and set of each."""
    return [(one["direction"], one["x12"]["metadata"]["transaction"]["transactionSetIdentifier"]) for one in items]


def fetched(api: httpx.Client, item: dict[str, Any]) -> bytes:
    """The X12 of a transaction with its envelope."""
    reply = api.get(f"{EXECUTIONS}/{item['fileExecutionId']}/input")
    assert reply.status_code == 302
    assert reply.headers["Location"] == reply.json()["documentDownloadUrl"]
    return httpx.get(reply.headers["Location"], trust_env=False).content


def test_claims_are_received_at_once_and_accepted_and_paid_in_the_stream(tmp_path: Path) -> None:
    with running(tmp_path) as sandbox, sandbox.api() as api:
        reply = posted(api, sent(transaction(claim("PCN1"))), "k1")
        body = reply.json()
        assert (reply.status_code, body["status"], body["httpStatusCode"]) == (200, "SUCCESS", "200 OK")
        assert body["claimReference"]["patientControlNumber"] == "PCN1"
        assert body["claimReference"]["serviceLines"] == [{"lineItemControlNumber": "L1"}]
        assert states(body["x12"].encode()) == {"PCN1": "received"}
        items = came(api)
        assert kinds(items) == [("OUTBOUND", "837"), ("INBOUND", "277"), ("INBOUND", "277"), ("INBOUND", "835")]
        documents = [fetched(api, item) for item in items]
        assert documents[0] == sent(transaction(claim("PCN1")))
        assert [states(one) for one in documents[1:3]] == [{"PCN1": "received"}, {"PCN1": "accepted"}]
        assert read_remittance(read(documents[3])[0].transactions[0]).claims[0].patient_control_number == "PCN1"
        with sandbox.mailbox() as mailbox:
            assert mailbox.outbound() == []


def test_the_same_key_and_body_get_the_same_reply_and_nothing_twice(tmp_path: Path) -> None:
    with running(tmp_path) as sandbox, sandbox.api() as api:
        first = posted(api, sent(), "k1")
        again = posted(api, sent(), "k1")
        assert (again.status_code, again.text) == (first.status_code, first.text)
        assert posted(api, sent(control=2), "k1").status_code == 422
        assert [one[0] for one in kinds(came(api))].count("OUTBOUND") == 1
    with running(tmp_path) as sandbox, sandbox.api() as api:
        assert posted(api, sent(), "k1").text == first.text


def test_a_claim_that_an_edit_refuses_is_answered_with_400_and_the_277ca(api: httpx.Client) -> None:
    reply = posted(api, sent(transaction(claim("BAD1", line(modifiers=("95", "95"))))))
    body = reply.json()
    assert (reply.status_code, body["status"], body["httpStatusCode"]) == (400, "ERROR", "400 BAD_REQUEST")
    assert body["errors"][0]["location"] == "CLM01:BAD1"
    assert body["errors"][0]["followupAction"] == "Please Correct and Resubmit"
    assert states(body["x12"].encode()) == {"BAD1": "rejected"}


def test_the_payer_rejects_what_the_clearinghouse_received(tmp_path: Path) -> None:
    with running(tmp_path) as sandbox, sandbox.api() as api:
        claims = claim("LOST1", member="NOTFOUND1"), claim("BAD1", line(modifiers=("95", "95"))), claim("PCN1")
        body = posted(api, sent(transaction(*claims))).json()
        assert body["status"] == "SUCCESS"
        assert states(body["x12"].encode()) == {"LOST1": "received", "BAD1": "rejected", "PCN1": "received"}
        payers = fetched(api, came(api)[2])
        assert states(payers) == {"LOST1": "rejected", "PCN1": "accepted"}


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        (b"This is a letter.", "UNREADABLE", "no ISA segment"),
        (sent(receiver="ELSEWHERE"), "TA1_008", "receiver ID"),
        (sent().replace(b"SE*27*", b"SE*26*"), "INVALID_X12", "SE"),
        (sent().replace(b"HI*ABK:F411~", b""), "INVALID_X12", "HI is missing"),
    ],
)
def test_what_cannot_be_taken_in_leaves_nothing_behind(tmp_path: Path, content: bytes, code: str, words: str) -> None:
    with running(tmp_path) as sandbox, sandbox.api() as api:
        reply = posted(api, content)
        assert (reply.status_code, reply.json()["code"]) == (400, code)
        assert words in reply.json()["message"]
        assert came(api) == []
        assert sandbox.names() == []


def test_a_body_that_holds_no_x12_is_refused(api: httpx.Client) -> None:
    for body in (b"x12", b"[]", b'{"x12": 3}', b'{"x13": "ISA"}', b'{"x12": ""}'):
        assert api.post(SUBMIT, content=body).json()["code"] == "INVALID_REQUEST"
    assert posted(api, sent(), "k" * 256).status_code == 400


def test_only_a_known_key_is_let_in(sandbox: Sandbox) -> None:
    assert sandbox.pages.get(POLL, params=LONG_AGO).status_code == 401
    with sandbox.api("guess") as stranger:
        assert stranger.get(POLL, params=LONG_AGO).status_code == 403
        assert posted(stranger, sent()).status_code == 403
    with sandbox.api("Key sandbox-key-caseload") as client:
        assert client.get(POLL, params=LONG_AGO).status_code == 200
        assert client.get(SUBMIT).status_code == 403
        assert client.get("/2024-04-01/nowhere").status_code == 404


def test_one_login_sees_nothing_of_another(tmp_path: Path) -> None:
    with running(tmp_path) as sandbox, sandbox.api() as api, sandbox.api("sandbox-key-other") as other:
        posted(api, sent(), "k1")
        assert came(other) == []
        assert posted(other, sent(transaction(claim("PCN9")), control=2), "k1").status_code == 200
        assert [kind for kind in kinds(came(other)) if kind[0] == "OUTBOUND"] == [("OUTBOUND", "837")]
        number = came(api)[1]["fileExecutionId"]
        assert other.get(f"{EXECUTIONS}/{number}/input").status_code == 404


def test_the_stream_is_paged_and_goes_on_from_a_kept_token(tmp_path: Path) -> None:
    with running(tmp_path) as sandbox, sandbox.api() as api:
        begin = api.get(POLL, params=LONG_AGO).json()
        assert begin["items"] == []
        posted(api, sent())
        after = api.get(POLL, params={"pageToken": begin["nextPageToken"], "pageSize": 3}).json()
        assert len(after["items"]) == 3
        rest = api.get(POLL, params={"pageToken": after["nextPageToken"]}).json()
        assert len(rest["items"]) == 1
        assert api.get(POLL, params={"pageToken": rest["nextPageToken"]}).json()["items"] == []
        assert api.get(POLL, params={"pageToken": begin["nextPageToken"]}).json()["items"] == [
            *after["items"],
            *rest["items"],
        ]
        assert came(api, pageSize=1) == [*after["items"], *rest["items"]]
        last = rest["items"][-1]["processedAt"]
        assert api.get(POLL, params={"startDateTime": last}).json()["items"] == []
        for asked in ({}, {"startDateTime": "soon"}, {"pageToken": "x"}, LONG_AGO | {"pageSize": "501"}):
            assert api.get(POLL, params=asked).status_code == 400


def test_documents_are_x12_and_what_came_in_is_translated(tmp_path: Path) -> None:
    with running(tmp_path) as sandbox, sandbox.api() as api:
        posted(api, sent())
        outbound, *inbound = came(api)
        transactions = "/2023-08-01/transactions"
        for item in (outbound, *inbound):
            assert api.get(f"{transactions}/{item['transactionId']}").json() == item
            for artifact in item["artifacts"]:
                url = api.get(f"{artifact['url']}-url").json()["documentDownloadUrl"]
                document = httpx.get(url, trust_env=False)
                assert document.headers["Content-Type"] == artifact["artifactType"]
                assert len(document.content) == artifact["sizeBytes"]
        assert [one["artifactType"] for one in outbound["artifacts"]] == ["application/edi-x12"] * 2
        assert [one["artifactType"] for one in inbound[0]["artifacts"]] == ["application/edi-x12", "application/json"]
        assert api.get(f"{transactions}/none/input").status_code == 404

"""The control pages: whether it runs, every answer, and the payer's day."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from http import HTTPStatus
from typing import Final

from sandbox.doors.replies import X12, Reply, said
from sandbox.doors.request import Request
from sandbox.errors import ScenarioError
from sandbox.reading_scenarios import order

NONE: Final = "none"


def health(_: Request) -> Reply:
    """GET /health."""
    return said(sandbox="ok")


def get_answers(request: Request) -> Reply:
    """GET /answers?after=<cursor> lists."""
    after = request.asked.get("after", "0")
    if not (after.isascii() and after.isdigit()):
        return said(HTTPStatus.BAD_REQUEST, error="The cursor “after” should be a number.")
    found = request.counter.answers(int(after))
    return said(answers=found, cursor=found[-1]["cursor"] if found else int(after))


def get_answer(request: Request, name: str) -> Reply:
    """GET /answers/<name> gives one as it was written."""
    content = request.counter.answer(name)
    if content is None:
        return said(HTTPStatus.NOT_FOUND, error=f"There is no answer “{name}”.")
    return Reply(HTTPStatus.OK, X12, content)


def get_day(request: Request) -> Reply:
    """GET /day."""
    day = request.counter.day()
    return said(day=day.isoformat() if day else None)


def post_day(request: Request) -> Reply:
    """POST /day {"day": "2026-03-05"}: the payer's day goes on, never back."""
    try:
        day = date.fromisoformat(json.loads(request.body)["day"])
    except (ValueError, TypeError, KeyError):
        return said(HTTPStatus.UNPROCESSABLE_ENTITY, error='The body should be {"day": "2026-03-05"}.')
    if not request.counter.move_to(day):
        return said(HTTPStatus.CONFLICT, error="The payer's day is already later than that.")
    return said(day=day.isoformat())


def get_misdeeds(request: Request) -> Reply:
    """GET /misbehave: what is ordered and not used up."""
    return said(orders=[asdict(order) for order in request.counter.mischief.orders()])


def post_misdeed(request: Request) -> Reply:
    """POST /misbehave {"kind": "hang", "times": 1, "login": "", "seconds": 30}; {"kind": "none"} forgets all orders."""
    try:
        told = json.loads(request.body)
        if told == {"kind": NONE}:
            request.counter.mischief.clear()
        else:
            request.counter.mischief.add(order(told))
    except (ValueError, ScenarioError) as error:
        return said(HTTPStatus.UNPROCESSABLE_ENTITY, error=str(error))
    return get_misdeeds(request)

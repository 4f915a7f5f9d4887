"""Reads a scenario file (TOML) and refuses what it does not know, naming it."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, TypeVar

from sandbox.errors import ScenarioError
from sandbox.mischief import Misdeed, Order
from sandbox.outcomes import Eligibility, Outcome
from sandbox.scenario import Login, Payer, Plan, Receiver, Rule, Scenario, Timing

Made = TypeVar("Made")
Kind = TypeVar("Kind", bound=StrEnum)

METHODS: Final = ("ACH", "CHK")
TAKEBACKS: Final = ("WO", "FB")
NOT_ON_FILE: Final = ("A4", "D0")


def load(path: Path) -> Scenario:
    """The scenario of a file; raises ScenarioError with a sentence that names what is wrong."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except OSError as error:
        raise ScenarioError(f"The scenario {path} cannot be read: {error.strerror}.") from error
    except tomllib.TOMLDecodeError as error:
        raise ScenarioError(f"The scenario {path} is not TOML: {error}.") from error
    return parse(table)


def parse(table: Mapping[str, Any]) -> Scenario:
    """The scenario that a table describes; raises ScenarioError."""
    scenario = _make(Scenario, table, "The scenario")
    if not scenario.logins:
        raise ScenarioError("The scenario needs at least one [[logins]].")
    for login in scenario.logins:
        if not _is_login(login.user):
            raise ScenarioError(f"“{login.user}” cannot be a login: take letters, digits, - and _.")
    _distinct([login.user for login in scenario.logins], "login")
    _distinct([login.key for login in scenario.logins if login.key], "login’s key")
    _distinct([payer.id for payer in scenario.payers], "payer")
    _distinct([rule.name for rule in scenario.rules], "rule")
    return scenario


def order(table: Any) -> Order:
    """A misdeed that a table describes; raises ScenarioError."""
    return _make(Order, table, "The misdeed")


def _make(kind: type[Made], table: Any, where: str) -> Made:
    """A dataclass from a table with its fields as keys."""
    if not isinstance(table, Mapping):
        raise ScenarioError(f"{where} should be a table.")
    known = {one.name: one for one in fields(kind)}  # type: ignore[arg-type] # every kind is a dataclass
    for key in table:
        if key not in known:
            raise ScenarioError(f"{where} has an unknown key “{key}”. It may have: {', '.join(known)}.")
    for name, one in known.items():
        if name not in table and one.default is MISSING and one.default_factory is MISSING:
            raise ScenarioError(f"{where} needs “{name}”.")
    return kind(**{key: _READ[str(known[key].type)](value, f"{where}, “{key}”,") for key, value in table.items()})


def _text(value: Any, where: str) -> str:
    if not isinstance(value, str) or not value:
        raise ScenarioError(f"{where} should be text.")
    return value


def _flag(value: Any, where: str) -> bool:
    if not isinstance(value, bool):
        raise ScenarioError(f"{where} should be true or false.")
    return value


def _days(value: Any, where: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ScenarioError(f"{where} should be a whole number.")
    return value


def _number(value: Any, where: str) -> Decimal:
    """A number of dollars, percent or parts of one; text is taken too."""
    if isinstance(value, bool) or not isinstance(value, int | str | Decimal) or not _is_number(str(value)):
        raise ScenarioError(f"{where} should be a number that is not negative.")
    return Decimal(str(value))


def _is_number(text: str) -> bool:
    whole, _, part = text.partition(".")
    return (whole + part).isascii() and (whole + part).isdigit()


def _day(value: Any, where: str) -> date:
    if type(value) is not date:
        raise ScenarioError(f"{where} should be a date such as 2026-03-05.")
    return value


def _texts(value: Any, where: str) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ScenarioError(f"{where} should be a list of texts.")
    return tuple(_text(one, where) for one in value)


def _fees(value: Any, where: str) -> Mapping[str, Decimal]:
    if not isinstance(value, Mapping):
        raise ScenarioError(f"{where} should be a table of codes and amounts.")
    return {code: _number(amount, f"{where} {code}") for code, amount in value.items()}


def _one_of(kind: type[Kind], words: str) -> Callable[[Any, str], Kind]:
    """One of a fixed set of words."""

    def read(value: Any, where: str) -> Kind:
        try:
            return kind(value)
        except ValueError as error:
            raise ScenarioError(f"{where} names “{value}”. The {words} are: {', '.join(kind)}.") from error

    return read


def _one(kind: type[Made]) -> Callable[[Any, str], Made]:
    return lambda value, where: _make(kind, value, where.rstrip(","))


def _many(kind: type[Made], word: str) -> Callable[[Any, str], tuple[Made, ...]]:
    """A list of tables, each named by its place."""

    def read(value: Any, where: str) -> tuple[Made, ...]:
        if not isinstance(value, list):
            raise ScenarioError(f"{where} should be a list of tables.")
        return tuple(_make(kind, one, f"{word} {number}") for number, one in enumerate(value, 1))

    return read


def _payer(value: Any, where: str) -> Payer:
    """A payer whose method and takeback are ones the 835 has."""
    payer = _make(Payer, value, where.rstrip(","))
    if payer.method not in METHODS or payer.takeback not in TAKEBACKS:
        raise ScenarioError(f"{where} needs a method of ACH or CHK and a takeback of WO or FB.")
    if payer.not_on_file not in NOT_ON_FILE:
        raise ScenarioError(f"{where} says “not on file” as A4 or D0.")
    return payer


def _payers(value: Any, where: str) -> tuple[Payer, ...]:
    if not isinstance(value, list):
        raise ScenarioError(f"{where} should be a list of tables.")
    return tuple(_payer(one, f"Payer {number}") for number, one in enumerate(value, 1))


def _is_login(user: str) -> bool:
    """Whether a name can be a folder of its own."""
    bare = user.replace("-", "").replace("_", "")
    return bare.isascii() and bare.isalnum()


def _distinct(names: list[str], word: str) -> None:
    for name in names:
        if not name or names.count(name) > 1:
            raise ScenarioError(f"Each {word} needs a name or id of its own; “{name}” stands twice or is empty.")


_READ: Final[Mapping[str, Callable[[Any, str], Any]]] = {
    "str": _text,
    "bool": _flag,
    "int": _days,
    "Decimal": _number,
    "Decimal | None": _number,
    "date | None": _day,
    "tuple[str, ...]": _texts,
    "Mapping[str, Decimal]": _fees,
    "Misdeed": _one_of(Misdeed, "misdeeds"),
    "Outcome": _one_of(Outcome, "outcomes"),
    "Eligibility": _one_of(Eligibility, "answers"),
    "Payer": _payer,
    "Receiver": _one(Receiver),
    "Timing": _one(Timing),
    "tuple[Login, ...]": _many(Login, "Login"),
    "tuple[Payer, ...]": _payers,
    "tuple[Order, ...]": _many(Order, "Misdeed"),
    "tuple[Plan, ...]": _many(Plan, "Plan"),
    "tuple[Rule, ...]": _many(Rule, "Rule"),
}

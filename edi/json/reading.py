"""JSON as models: unknown keys, wrong types and missing fields are refused in a sentence that says where."""

from __future__ import annotations

import json
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import Enum
from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, Literal, NoReturn, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from edi.errors import X12Error
from edi.json.values import PLAIN
from edi.json.writing import Json

Record = TypeVar("Record")

NAMES = {dict: "an object", list: "a list", str: "text", int: "a number", float: "a number", bool: "true or false"}


class ShapeError(X12Error):
    """The JSON has another shape than its model; the sentence begins with the path of what is wrong."""


def parse(text: str) -> Json:
    """The value of a JSON text; raises ShapeError when it is none or names a key twice."""
    try:
        return cast("Json", json.loads(text, object_pairs_hook=_once, parse_constant=_refused))
    except RecursionError as error:
        raise ShapeError("The file is nested too deeply to be read.") from error
    except json.JSONDecodeError as error:
        words = f"The file is not JSON: line {error.lineno}, column {error.colno}, {error.msg[:1].lower()}"
        raise ShapeError(f"{words}{error.msg[1:]}.") from error
    except ShapeError:
        raise
    except ValueError as error:
        raise ShapeError("The file holds a number with too many digits.") from error


def read(kind: type[Record], value: Json, path: str = "") -> Record:
    """The record of a kind that a JSON value describes; raises ShapeError."""
    return cast("Record", _read(kind, value, path))


def _once(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    """An object none of whose keys stands twice."""
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ShapeError(f"The key “{twice}” stands twice in an object.")
    return found


def _refused(constant: str) -> NoReturn:
    raise ShapeError(f"{constant} is no value of JSON.")


def _read(kind: Any, value: Json, path: str) -> object:
    """A value of a type as an annotation says it."""
    origin = get_origin(kind)
    if origin in {Union, UnionType}:
        return _one_of(get_args(kind), value, path)
    if origin is tuple:
        return _tuple(get_args(kind), value, path)
    if origin is Literal:
        return _listed(get_args(kind), value, path)
    if is_dataclass(kind):
        return _record(cast("type", kind), value, path)
    if issubclass(kind, Enum):
        return kind(_listed(tuple(one.value for one in kind), value, path))
    return _plain(kind, value, path)


def _plain(kind: type, value: Json, path: str) -> object:
    """Text, a number, yes or no, an amount, a date or a time."""
    words, take = PLAIN[kind]
    try:
        return take(value)
    except (ValueError, TypeError):
        return _wrong(path, f"should be {words}, not {_said(value)}")


def _listed(values: tuple[object, ...], value: Json, path: str) -> object:
    """One of a few values."""
    if value not in values or isinstance(value, bool):
        _wrong(path, f"should be one of {', '.join(map(str, values))}, not {_said(value)}")
    return value


def _tuple(kinds: tuple[Any, ...], value: Json, path: str) -> tuple[object, ...]:
    """A list: any number of one kind, or exactly one of each kind."""
    if not isinstance(value, list):
        _wrong(path, f"should be a list, not {_said(value)}")
    if kinds[-1:] == (...,):
        kinds = (kinds[0],) * len(value)
    if len(kinds) != len(value):
        _wrong(path, f"should be a list of {len(kinds)} values, not of {len(value)}")
    return tuple(_read(kind, one, f"{path}[{at}]") for at, (kind, one) in enumerate(zip(kinds, value, strict=True)))


def _one_of(kinds: tuple[Any, ...], value: Json, path: str) -> object:
    """A value of one of several kinds: null, or the record whose fields these are."""
    if value is None and NoneType in kinds:
        return None
    others = [kind for kind in kinds if kind is not NoneType]
    if len(others) == 1:
        return _read(others[0], value, path)
    if not isinstance(value, dict):
        _wrong(path, f"should be an object, not {_said(value)}")
    fitting = [kind for kind in others if required(kind) <= value.keys() <= hints(kind).keys()]
    if len(fitting) != 1:
        shapes = " or ".join(f"{kind.__name__} ({', '.join(hints(kind))})" for kind in others)
        _wrong(path, f"should have the fields of {shapes}, not {', '.join(value) or 'none'}")
    return _record(fitting[0], value, path)


def _record(kind: type, value: Json, path: str) -> object:
    """A record: its fields by name; those with a default may be absent."""
    if not isinstance(value, dict):
        _wrong(path, f"should be an object ({kind.__name__}), not {_said(value)}")
    known = hints(kind)
    for name in value:
        if name not in known:
            _wrong(path, f"has the key “{name[:40]}”, which {kind.__name__} does not know")
    for name in sorted(required(kind)):
        if name not in value:
            _wrong(path, f"has no “{name}”, which {kind.__name__} must have")
    made = {name: _read(known[name], one, f"{path}.{name}" if path else name) for name, one in value.items()}
    try:
        return kind(**made)
    except X12Error as error:
        raise ShapeError(f"{path or 'The file'}: {error}") from error


@lru_cache(maxsize=256)
def hints(kind: type) -> dict[str, Any]:
    """The types of a record's fields, in the order they are declared."""
    found = get_type_hints(kind)
    return {one.name: found[one.name] for one in fields(kind)}


@lru_cache(maxsize=256)
def required(kind: type) -> frozenset[str]:
    """The fields of a record that have no default."""
    return frozenset(one.name for one in fields(kind) if not _has_default(one))


def _has_default(one: Field[Any]) -> bool:
    return one.default is not MISSING or one.default_factory is not MISSING


def _said(value: Json) -> str:
    """A value as a sentence names it."""
    if value is None:
        return "null"
    if isinstance(value, str):
        return f"“{value[:40]}”"
    return NAMES[type(value)]


def _wrong(path: str, words: str) -> NoReturn:
    raise ShapeError(f"{path or 'The file'} {words}.")

"""How single values are read: dates, times, money, phones, numbers of people. What cannot be read is said in words."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Final

from clients.identifiers import phone as written_phone
from desk.imports.problems import CellError
from practice.npi import npi_is_valid

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_COMPACT: Final = re.compile(r"(19|20)(\d{2})(\d{2})(\d{2})")
_SLASHED: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})")
_NAMED: Final = re.compile(r"([A-Za-z]{3,9})\.?\s+(\d{1,2}),?\s+(\d{4})")
_DAY_NAMED: Final = re.compile(r"(\d{1,2})\s+([A-Za-z]{3,9})\.?,?\s+(\d{4})")
_SERIAL: Final = re.compile(r"(\d{5})(\.\d+)?")
_TIME: Final = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?\s*([AaPp])?\.?[Mm]?\.?")
_ZONE: Final = re.compile(r"(Z|UTC|[+-]\d{2}:?\d{2})$")
_SERIAL_FROM, _SERIAL_TO = 20_000, 60_000
_EXCEL_ZERO: Final = dt.date(1899, 12, 30)
_FIRST_BIRTH: Final = 1900
_OLDEST: Final = 115
_MONTHS_OF_A_YEAR: Final = 12
_DAY: Final = 1440
_AMOUNT: Final = re.compile(r"(\d{1,3}(,\d{3})+|\d+)?(\.\d*)?")
_CENT: Final = Decimal("0.01")
_MOST: Final = Decimal("9999999999.99")
_SCIENTIFIC: Final = re.compile(r"\d+(\.\d+)?[eE]\+?\d+")
_CODE: Final = re.compile(r"\d{4}[0-9A-Z]|[A-Z]\d{4}")
_DIAGNOSIS: Final = re.compile(r"[A-Z][0-9][0-9AB](\.?[0-9A-Z]{1,4})?")
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]{2,}")
_PHONE: Final = re.compile(r"\([2-9]\d{2}\) [2-9]\d{2}-\d{4}( x\d{1,6})?")


@dataclass(frozen=True, slots=True)
class Moment:
    """A date as it stands in the file, with a time where there is one; `offset` in minutes where it names a zone."""

    date: dt.date
    time: dt.time | None = None
    offset: int | None = None


def day_order(values: Iterable[str]) -> str:
    """How a column writes day and month: `mdy`, `dmy`, `open` when both fit, `mixed`, or `none` with no such dates."""
    pairs = [(int(found[1]), int(found[2])) for value in values if (found := _SLASHED.match(value.strip()))]
    first = any(one > _MONTHS_OF_A_YEAR for one, _ in pairs)
    second = any(two > _MONTHS_OF_A_YEAR for _, two in pairs)
    if first and second:
        return "mixed"
    if first or second:
        return "dmy" if first else "mdy"
    return "open" if any(one != two for one, two in pairs) else "none"


def read_date(text: str, order: str = "mdy") -> dt.date:
    """A date in any of the forms of `migration.md` 5; a time behind it is left out."""
    return read_moment(text, order).date


def read_birth(text: str, order: str, today: dt.date) -> dt.date:
    """A date of birth between 1900 and today; a year of two digits only where one century fits."""
    found = _SLASHED.fullmatch(text.strip())
    if found and len(found[3]) == 2:  # noqa: PLR2004
        return _short_birth(text.strip(), found, order, today)
    born = read_date(text, order)
    if born.year < _FIRST_BIRTH or born > today:
        raise CellError("A date of birth lies between 1900 and today.", "E-DATE")
    return born


def _short_birth(text: str, found: re.Match[str], order: str, today: dt.date) -> dt.date:
    fits = []
    for century in (1900, 2000):
        try:
            born = _slashed(f"{found[1]}/{found[2]}/{century + int(found[3])}", order)
        except CellError:
            continue
        if born <= today and today.year - born.year <= _OLDEST:
            fits.append(born)
    if len(fits) == 1:
        return fits[0]
    if fits:
        years = " or ".join(str(born.year) for born in fits)
        raise CellError(f"The year has two digits: this can be {years}. Write it with four.", "E-DATE")
    raise CellError(f"“{text}” is no date of birth.", "E-DATE")


def read_moment(text: str, order: str = "mdy") -> Moment:
    """A date with its time, if it has one."""
    text = " ".join(text.split())
    serial = _SERIAL.fullmatch(text)
    if serial and _SERIAL_FROM <= int(serial[1]) <= _SERIAL_TO:
        return _from_serial(Decimal(text))
    zone = _ZONE.search(text) if ":" in text else None
    bare = text[: zone.start()].strip() if zone else text
    date, rest = _leading_date(bare, order)
    if not rest:
        return Moment(date)
    return Moment(date, read_time(rest.lstrip("T, ")), _offset(zone[1]) if zone else None)


def _leading_date(text: str, order: str) -> tuple[dt.date, str]:
    if found := _ISO.match(text):
        return _date(int(found[1]), int(found[2]), int(found[3]), text), text[found.end() :].strip()
    if found := _SLASHED.match(text):
        return _slashed(found[0], order), text[found.end() :].strip()
    if found := _NAMED.match(text):
        return _date(int(found[3]), _month(found[1], text), int(found[2]), text), text[found.end() :].strip()
    if found := _DAY_NAMED.match(text):
        return _date(int(found[3]), _month(found[2], text), int(found[1]), text), text[found.end() :].strip()
    if found := _COMPACT.fullmatch(text):
        return _date(int(found[1] + found[2]), int(found[3]), int(found[4]), text), ""
    raise CellError(f"“{text}” is no date. Write it as 2026-03-14 or 3/14/2026.", "E-DATE")


def _slashed(text: str, order: str) -> dt.date:
    found = _SLASHED.fullmatch(text)
    if found is None:
        raise CellError(f"“{text}” is no date.", "E-DATE")
    one, two, year = int(found[1]), int(found[2]), int(found[3])
    year = year + 2000 if len(found[3]) == 2 else year  # noqa: PLR2004
    month, day = (two, one) if order == "dmy" else (one, two)
    return _date(year, month, day, text)


def _date(year: int, month: int, day: int, text: str) -> dt.date:
    try:
        return dt.date(year, month, day)
    except ValueError as error:
        raise CellError(f"There is no day “{text}”.", "E-DATE") from error


def _month(name: str, text: str) -> int:
    if name[:3].lower() not in _MONTHS:
        raise CellError(f"“{text}” is no date.", "E-DATE")
    return _MONTHS.index(name[:3].lower()) + 1


def _from_serial(number: Decimal) -> Moment:
    """Excel counts days from 1900, and a day's time as its fraction."""
    whole = int(number)
    minutes = int(((number - whole) * 1440).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    moment = dt.datetime.combine(_EXCEL_ZERO + dt.timedelta(days=whole), dt.time()) + dt.timedelta(minutes=minutes)
    return Moment(moment.date(), moment.time() if minutes % _DAY else None)


def read_time(text: str) -> dt.time:
    """`14:30`, `2:30 PM`; seconds are left out."""
    found = _TIME.fullmatch(text.strip())
    if found is None:
        raise CellError(f"“{text.strip()}” is no time of day. Write it as 14:30 or 2:30 PM.", "E-DATE")
    hour, minute, half = int(found[1]), int(found[2]), (found[3] or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        return dt.time(hour, minute)
    except ValueError as error:
        raise CellError(f"There is no time “{text.strip()}”.", "E-DATE") from error


def _offset(text: str) -> int:
    if text in {"Z", "UTC"}:
        return 0
    sign = -1 if text[0] == "-" else 1
    digits = text[1:].replace(":", "")
    return sign * (int(digits[:2]) * 60 + int(digits[2:]))


def read_money(text: str) -> Decimal:
    """Dollars with at most two places: `$1,204.50`, `(12.34)`, `12.34-`, `185.0`."""
    plain = text.replace("$", "").replace("USD", "").strip().removeprefix("'")
    is_below = plain.startswith(("(", "-")) or plain.endswith("-")
    plain = plain.strip("()- ").strip()
    if not plain or plain == "." or _AMOUNT.fullmatch(plain) is None:
        raise CellError(f"“{text.strip()}” is no amount in dollars. Write it as 1204.50.", "E-MONEY")
    try:
        amount = Decimal(plain.replace(",", ""))
    except InvalidOperation as error:
        raise CellError(f"“{text.strip()}” is no amount in dollars.", "E-MONEY") from error
    if amount != amount.quantize(_CENT, rounding=ROUND_HALF_UP) or amount > _MOST:
        raise CellError(f"“{text.strip()}” has parts of a cent, or is too large.", "E-MONEY")
    amount = amount.quantize(_CENT)
    return -amount if is_below and amount else amount


def read_phone(text: str) -> str:
    """A US number as it is kept. CellError for what is none: seven digits, one digit over and over."""
    lowered = re.sub(r"ext\.?|extension", "x", text.lower())
    digits = re.sub(r"\D", "", lowered.split("x", maxsplit=1)[0])
    written = written_phone(lowered)
    if _PHONE.fullmatch(written) is None or len(set(digits)) == 1:
        raise CellError(f"“{text.strip()}” is no US phone number with area code. It is left out.", "W-PHONE")
    return written


def read_email(text: str) -> str:
    """An address in lower case."""
    found = text.strip().lower()
    if _EMAIL.fullmatch(found) is None:
        raise CellError(f"“{text.strip()}” is no email address. It is left out.", "W-EMAIL")
    return found


def read_npi(text: str) -> str:
    """Ten digits with the right check digit."""
    found = text.strip()
    if not npi_is_valid(found):
        raise CellError(f"“{found}” is no valid NPI: its check digit is wrong. It is left out.", "W-NPI")
    return found


def read_member_id(text: str) -> str:
    """Capital letters, no spaces, leading zeros kept. CellError for what a spreadsheet has spoiled."""
    found = re.sub(r"\s+", "", text).upper().removeprefix("'")
    if _SCIENTIFIC.fullmatch(found):
        raise CellError(
            f"A spreadsheet has turned this member ID into “{text.strip()}”; digits are lost. Type it in as text.",
            "E-VALUE",
        )
    return found


def read_code(text: str) -> str:
    """A procedure code in capitals, or CellError for words in its place."""
    found = text.strip().upper()
    if _CODE.fullmatch(found) is None:
        raise CellError(f"“{text.strip()}” is no procedure code.", "W-CODE")
    return found


def read_modifier(text: str) -> str:
    """Two letters or digits."""
    found = text.strip().upper()
    if not re.fullmatch(r"[A-Z0-9]{2}", found):
        raise CellError(f"“{text.strip()}” is no modifier. It is left out.", "W-CODE")
    return found


def read_diagnoses(text: str) -> list[str]:
    """ICD-10 codes with their point, each once; what is no code is a CellError."""
    parts = [part.upper() for part in re.split(r"[\s;,|]+", text) if part]
    for part in parts:
        if _DIAGNOSIS.fullmatch(part) is None:
            raise CellError(f"“{part}” is no ICD-10 code. It is left out.", "W-CODE")
    plain = [part.replace(".", "") for part in parts]
    return list(dict.fromkeys(f"{code[:3]}.{code[3:]}" if len(code) > 3 else code for code in plain))  # noqa: PLR2004


def read_whole(text: str, words: str, low: int, high: int) -> int:
    """A whole number between two bounds; `1.0` counts as one."""
    found = text.strip().removesuffix(".0")
    if not (found.isascii() and found.isdigit() and low <= int(found) <= high):
        raise CellError(f"“{text.strip()}” is no {words} from {low} to {high}.", "E-VALUE")
    return int(found)


def read_yes(text: str) -> bool:
    """Yes or no."""
    word = text.strip().lower()
    if word in {"yes", "y", "true", "1", "x"}:
        return True
    if word in {"no", "n", "false", "0"}:
        return False
    raise CellError(f"“{text.strip()}” is neither yes nor no.", "E-VALUE")

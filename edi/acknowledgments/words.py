"""The codes of TA1 and 999 in plain sentences of our own; the code values are X12's."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

NOTES: Mapping[str, str] = MappingProxyType(
    {
        "000": "Nothing is wrong with the envelope.",
        "001": "The control numbers at the start and the end of the file (ISA13, IEA02) differ.",
        "002": "The receiver does not support the standard that ISA11 names.",
        "003": "The receiver does not support the version that ISA12 names.",
        "004": "The segment terminator cannot be used.",
        "005": "The kind of sender ID (ISA05) is not one the receiver knows.",
        "006": "The sender ID (ISA06) is not one the receiver knows.",
        "007": "The kind of receiver ID (ISA07) is not right.",
        "008": "The receiver ID (ISA08) is not right.",
        "009": "The receiver does not know the receiver ID.",
        "010": "The kind of authorization (ISA01) is not right.",
        "011": "The authorization (ISA02) is not right.",
        "012": "The kind of security information (ISA03) is not right.",
        "013": "The security information (ISA04) is not right.",
        "014": "The date of the file (ISA09) is not right.",
        "015": "The time of the file (ISA10) is not right.",
        "016": "The standard (ISA11) is not right.",
        "017": "The version (ISA12) is not right.",
        "018": "The control number (ISA13) is not right.",
        "019": "The wish for an acknowledgment (ISA14) must be 0 or 1.",
        "020": "The test indicator (ISA15) is not what the receiver expects: T for test, P for production.",
        "021": "The number of groups (IEA01) is not right.",
        "022": "The file's control structure is not right.",
        "023": "The file ended too early, or is not one the receiver could read to its end.",
        "024": "What stands in the file is not right, for example its group headers.",
        "025": "The control number was used before.",
        "026": "The element separator cannot be used.",
        "027": "The component separator cannot be used.",
        "028": "The delivery date is not right.",
        "029": "The delivery time is not right.",
        "030": "The delivery time code is not right.",
        "031": "The grade of service is not right.",
    }
)

SEGMENT_ERRORS: Mapping[str, str] = MappingProxyType(
    {
        "1": "The receiver does not know the segment.",
        "2": "The segment was not expected here.",
        "3": "A segment that must be there is missing.",
        "4": "The loop occurs too often.",
        "5": "The segment occurs too often.",
        "6": "The segment is not one of this kind of file.",
        "7": "The segment is not in its place.",
        "8": "Something is wrong with elements of the segment.",
        "I4": "The guide says that the segment is not used here.",
        "I6": "A segment that the guide asks for in this situation is missing.",
        "I7": "The loop occurs less often than the guide asks.",
        "I8": "The segment is shorter or longer than it may be.",
        "I9": "The segment depends on another that does not agree with it.",
    }
)

ELEMENT_ERRORS: Mapping[str, str] = MappingProxyType(
    {
        "1": "A value that must be there is missing.",
        "2": "A value is missing that another one on the segment asks for.",
        "3": "The segment has too many values.",
        "4": "The value is too short.",
        "5": "The value is too long.",
        "6": "The value has a character that is not allowed.",
        "7": "The code is not one of the list.",
        "8": "The date is not right.",
        "9": "The time is not right.",
        "10": "Two values are given of which only one may be.",
        "12": "The value is repeated too often.",
        "13": "The value has too many parts.",
        "I6": "The code is not one that the guide allows here.",
        "I9": "A value that the guide asks for in this situation is missing.",
        "I10": "The guide says that the value is not used here.",
        "I11": "The value occurs less often than the guide asks.",
        "I12": "The value does not have the form that the guide asks for.",
        "I13": "The value does not agree with another one.",
    }
)

SET_ERRORS: Mapping[str, str] = MappingProxyType(
    {
        "1": "The receiver does not take this kind of transaction.",
        "2": "The end of the transaction (SE) is missing.",
        "3": "The control numbers of ST and SE differ.",
        "4": "SE counts another number of segments than there are.",
        "5": "One or more segments are wrong.",
        "6": "The kind of transaction is not right.",
        "7": "The control number of the transaction is missing or not right.",
        "8": "The authentication key is not known.",
        "9": "The encryption key is not known.",
        "10": "The service asked for is not available.",
        "11": "The receiver of the security service is not known.",
        "12": "The length of the message is not right.",
        "13": "The authentication failed.",
        "15": "The sequence of the message is not right.",
        "16": "The transaction was sent again after it had been accepted, or in the wrong order.",
        "17": "The security originator is not known.",
        "18": "The transaction does not belong into this group.",
        "19": "The receiver does not support the signature.",
        "23": "The control number is used twice in the group.",
        "24": "The security end segment is missing.",
        "25": "The security header is missing.",
        "26": "The security data do not agree.",
        "27": "The transaction has no segments.",
        "I5": "The version in ST03 is not the one the guide asks for.",
        "I6": "The version in ST03 is not the one of the group.",
    }
)

GROUP_ERRORS: Mapping[str, str] = MappingProxyType(
    {
        "1": "The receiver does not take this kind of group.",
        "2": "The receiver does not take this version.",
        "3": "The end of the group (GE) is missing.",
        "4": "The control numbers of GS and GE differ.",
        "5": "GE counts another number of transactions than there are.",
        "6": "The control number of the group is not right.",
        "10": "The authentication key is not known.",
        "11": "The encryption key is not known.",
        "17": "The application sender (GS02) is not one the receiver knows.",
        "18": "The application receiver (GS03) is not right.",
        "19": "The control number of the group was used before.",
        "23": "The security originator is not known.",
        "24": "The syntax of the security header is not right.",
        "25": "The security end segment is missing.",
        "26": "The security header is missing.",
    }
)


def note(code: str) -> str:
    """TA105 in words."""
    return NOTES.get(code.zfill(3) if code else "000", _unknown(code))


def segment_error(code: str) -> str:
    """IK304 in words."""
    return SEGMENT_ERRORS.get(code, _unknown(code))


def element_error(code: str) -> str:
    """IK403 in words."""
    return ELEMENT_ERRORS.get(code, _unknown(code))


def set_error(code: str) -> str:
    """IK502 to IK506 in words."""
    return SET_ERRORS.get(code, _unknown(code))


def group_error(code: str) -> str:
    """AK905 to AK909 in words."""
    return GROUP_ERRORS.get(code, _unknown(code))


def _unknown(code: str) -> str:
    return f"The receiver gives code {code or '(none)'}, which is not in our list; ask the clearinghouse."

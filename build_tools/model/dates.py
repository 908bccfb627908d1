"""Dates in EDTF (ISO 8601-2 part of 2019), levels 0 and part of 1: enough for a register.

Accepted: ``1962``, ``1962-11``, ``1962-11-01``, an interval ``1962-10-30/1962-10-31`` (either end
may be ``..`` or empty), and after a date ``~`` (about), ``?`` (uncertain) or ``%`` (both).
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?([~?%])?")


@dataclass(frozen=True)
class Day:
    """A date of day, month or year; ``month`` and ``day`` are 0 where not given."""

    year: int
    month: int = 0
    day: int = 0
    qualifier: str = ""

    @property
    def first(self) -> tuple[int, int, int]:
        """The earliest day it can mean, for ordering."""
        return self.year, self.month or 1, self.day or 1

    @property
    def last(self) -> tuple[int, int, int]:
        """The latest day it can mean."""
        month = self.month or 12
        return self.year, month, self.day or calendar.monthrange(self.year, month)[1]

    @property
    def words(self) -> str:
        """The date in words: ``1 November 1962``."""
        parts = [str(self.day)] if self.day else []
        parts += [calendar.month_name[self.month]] if self.month else []
        written = " ".join([*parts, str(self.year)])
        about = "about " if self.qualifier in ("~", "%") else ""
        return about + written + (" (uncertain)" if self.qualifier in ("?", "%") else "")


@dataclass(frozen=True)
class Date:
    """A day or an interval; an open or unknown end is None."""

    start: Day | None
    end: Day | None
    text: str

    @property
    def words(self) -> str:
        """The date in words: ``30-31 October 1962`` with an en dash."""
        if self.start is None or self.end is None:
            known = self.start or self.end
            words = known.words if known else ""
            return f"from {words}" if self.start else f"until {words}"
        if self.start == self.end:
            return self.start.words
        a, b = self.start, self.end
        if a.day and (a.year, a.month) == (b.year, b.month) and not a.qualifier:
            return f"{a.day}\u2013{b.words}"
        if not a.month and not b.month:
            return f"{a.words}\u2013{b.words}"
        return f"{a.words} \u2013 {b.words}"

    @property
    def sort_key(self) -> tuple[int, int, int]:
        """The day to order by."""
        known = self.start or self.end
        return known.first if known else (0, 0, 0)


def parse_date(text: str) -> Date:
    """Read an EDTF date or interval; raises ValueError with a plain sentence."""
    if "/" not in text:
        day = _day(text)
        return Date(day, day, text)
    first, _, second = text.partition("/")
    start = None if first in ("", "..") else _day(first)
    end = None if second in ("", "..") else _day(second)
    if start is None and end is None:
        raise ValueError("an interval needs at least one date")
    if start and end and start.first > end.last:
        raise ValueError("the interval ends before it begins")
    return Date(start, end, text)


def _day(text: str) -> Day:
    match = _DATE.fullmatch(text)
    if match is None:
        raise ValueError(f'"{text}" is not a date: write 1962, 1962-11 or 1962-11-01')
    year, month, day = (int(part or 0) for part in match.groups()[:3])
    if month > 12 or (match[2] and not month):
        raise ValueError(f"there is no month {match[2]}")
    if match[3] and not 1 <= day <= calendar.monthrange(year or 4, month)[1]:
        raise ValueError(f"{calendar.month_name[month]} {year} has no day {match[3]}")
    return Day(year, month, day, match[4] or "")

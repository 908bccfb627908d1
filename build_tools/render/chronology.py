"""The chronology: a scale that shows when much happened, and under it the events, day by day."""

from __future__ import annotations

import calendar
import datetime
import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from build_tools.model.dates import Date, Day
from build_tools.render.markdown import element, text

BLOCK = {"markdown": "block"}
SPAN = {"markdown": "span"}

MOST_UNITS = 100
"""How many days, months or years the scale may have; of finer units there would be too many."""

QUALIFIERS = {"~": ".about", "?": ".uncertain", "%": ".about-uncertain"}


@dataclass(frozen=True)
class Moment:
    """An event or a document in time; ``parts`` is what its entry says, set already."""

    date: Date
    time: str
    id: str
    title: str
    parts: tuple[str, ...]
    is_document: bool = False

    @property
    def key(self) -> tuple[object, ...]:
        """Order by day and hour; of one hour the document comes before what is told of it."""
        return self.date.sort_key, self.time, not self.is_document, self.id


@dataclass(frozen=True)
class Group:
    """What began on one day, or in a month or a year of which no day is known."""

    day: Day | None
    anchor: str
    words: str
    moments: tuple[Moment, ...]


def chronology(moments: Iterable[Moment]) -> list[str]:
    """Return the scale and the list of events, in the order of time."""
    groups = list(_groups(sorted(moments, key=lambda one: one.key)))
    if not groups:
        return []
    items = [
        _group(group, _later(before, group))
        for before, group in zip([None, *groups], groups, strict=False)
    ]
    listed = element("ol", {"class": "ed-timeline", **BLOCK}, "\n\n" + "\n\n".join(items) + "\n\n")
    return [scale for scale in [_scale(groups)] if scale] + [listed]


def _groups(moments: list[Moment]) -> Iterator[Group]:
    for (day, words), found in itertools.groupby(moments, key=lambda one: _begins(one.date)):
        yield Group(day, _anchor(day, words), words, tuple(found))


def _begins(date: Date) -> tuple[Day | None, str]:
    """Return the day on which it began, and its words; where only an end is known, its words."""
    return date.start, date.start.words if date.start else date.words


def _anchor(day: Day | None, words: str) -> str:
    if day is None:
        return "until." + "-".join(words.lower().split()[1:])
    numbers = [f"{day.year:04}", *(f"{n:02}" for n in (day.month, day.day) if n)]
    return "on." + "-".join(numbers) + QUALIFIERS.get(day.qualifier, "")


def _group(group: Group, later: str) -> str:
    css = "ed-day" + (f" ed-day--{_distance(later)}" if later else "")
    parts = [
        element("p", {"class": "ed-later", **SPAN}, text(later)) if later else "",
        f"## {text(group.words, starts_block=True)} {{: #{group.anchor} }}",
        element(
            "ol",
            {"class": "ed-events", **BLOCK},
            "\n\n" + "\n\n".join(_moment(one) for one in group.moments) + "\n\n",
        ),
    ]
    inner = "\n\n".join(part for part in parts if part)
    return element("li", {"class": css, **BLOCK}, f"\n\n{inner}\n\n")


def _moment(moment: Moment) -> str:
    css = "ed-event" + (" ed-event--document" if moment.is_document else "")
    when = [moment.time] if moment.time else []
    if moment.date.start and moment.date.end != moment.date.start:
        when.append(f"until {moment.date.end.words}" if moment.date.end else "with no known end")
    parts = [
        f"### {text(moment.title, starts_block=True)} {{: #{moment.id} }}",
        element("p", {"class": "ed-when", **SPAN}, text(", ".join(when))) if when else "",
        *moment.parts,
    ]
    inner = "\n\n".join(part for part in parts if part)
    return element("li", {"class": css, **BLOCK}, f"\n\n{inner}\n\n")


def _later(before: Group | None, group: Group) -> str:
    """Say how long nothing is told of, where both days are known."""
    ends = [one.day for one in (before, group) if one and one.day and one.day.day and one.day.year]
    if len(ends) < 2:
        return ""
    first, second = (datetime.date(*one.first) for one in ends)
    days = (second - first).days
    return f"{days:,} days later" if days > 1 else ""


def _distance(later: str) -> str:
    """Name the distance that is left for some days, for the style sheet."""
    days = int(later.split()[0].replace(",", ""))
    return "near" if days < 4 else "far" if days < 10 else "farther"


# --- The scale: one sign a day, month or year, none left out, so that distances can be seen


def _scale(groups: list[Group]) -> str:
    days = [group.day for group in groups if group.day]
    finest = min((3 if d.day else 2 if d.month else 1 for d in days), default=0)
    for size in range(finest, 0, -1):
        units = list(itertools.islice(_units(days[0], days[-1], size), MOST_UNITS + 1))
        if 1 < len(units) <= MOST_UNITS:
            return _scale_of(units, groups, size)
    return ""


def _scale_of(units: list[tuple[int, ...]], groups: list[Group], size: int) -> str:
    items = []
    for n, unit in enumerate(units):
        found = [group for group in groups if group.day and _cut(group.day, size) == unit]
        items.append(_unit(unit, found, is_first=n == 0))
    name = {3: "Days", 2: "Months", 1: "Years"}[size]
    attributes = {"class": "ed-scale", "aria-label": f"{name} with events", **BLOCK}
    return element("ol", attributes, "\n" + "\n".join(items) + "\n")


def _cut(day: Day, size: int) -> tuple[int, ...]:
    return (day.year, day.month, day.day)[:size]


def _units(first: Day, last: Day, size: int) -> Iterator[tuple[int, ...]]:
    """Yield every day, month or year from one to another."""
    for year in range(first.year, last.year + 1):
        for month in range(1, 13) if size > 1 else (0,):
            days = calendar.monthrange(year or 4, month)[1] if size > 2 else 0
            for day in range(1, days + 1) if size > 2 else (0,):
                unit = (year, month, day)[:size]
                if _cut(first, size) <= unit <= _cut(last, size):
                    yield unit


def _day(unit: tuple[int, ...]) -> Day:
    year, month, day = (*unit, 0, 0)[:3]
    return Day(year, month, day)


def _unit(unit: tuple[int, ...], groups: list[Group], *, is_first: bool) -> str:
    day = _day(unit)
    sign = str(unit[-1]) if len(unit) != 2 else calendar.month_abbr[day.month]
    moments = [moment for group in groups for moment in group.moments]
    css = f"ed-unit ed-unit--{min(len(moments), 6)}"
    if any(moment.is_document for moment in moments):
        css += " ed-unit--document"
    words = text(sign)
    if moments:
        count = "1 event" if len(moments) == 1 else f"{len(moments)} events"
        label = f"{day.words}: {count}"
        words = element("a", {"href": f"#{groups[0].anchor}", "aria-label": label}, words)
    above = ""
    if len(unit) > 1 and (is_first or unit[-1] == 1):
        above = _day(unit[:-1]).words if is_first or unit[1] == 1 else calendar.month_name[unit[1]]
    head = element("span", {"class": "ed-above"}, text(above)) if above else ""
    return element("li", {"class": css, **SPAN}, head + words)

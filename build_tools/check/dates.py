"""A date in the words of a link to an event lies within the event."""

from __future__ import annotations

import re
from collections.abc import Iterator

from build_tools.check.standing import plain
from build_tools.model.bound import BoundEdition
from build_tools.model.problem import Problem
from build_tools.model.prose import Paragraph, Prose, Reference
from build_tools.model.records import Entry

MONTHS = {
    name: number
    for number, name in enumerate(
        (
            *("January", "February", "March", "April", "May", "June"),
            *("July", "August", "September", "October", "November", "December"),
        ),
        1,
    )
}
"""The months by their English names; dates in other languages are not looked at."""
DATED = re.compile(
    rf"\b(?:(\d{{1,2}}) ({'|'.join(MONTHS)})|({'|'.join(MONTHS)}) (\d{{1,2}}))(?:,? (\d{{4}}))?\b"
)


def every_date_lies_in_its_event(bound: BoundEdition) -> Iterator[Problem]:
    """Yield a problem for each link to an event whose words give a day outside of it."""
    edition = bound.edition
    bodies = [record.body for d in edition.documents.values() for record in d.records]
    bodies += [essay.body for essay in edition.essays.values()]
    bodies += [entry.body for entry in edition.entries.values()]
    for body in bodies:
        for reference in body.references():
            event = edition.entries.get(f"event:{reference.name}")
            if reference.kind == "event" and event is not None:
                yield from _outside(reference, event)


def _outside(reference: Reference, event: Entry) -> Iterator[Problem]:
    if event.date is None or event.date.start is None or event.date.end is None:
        return
    words = plain(Prose((Paragraph(reference.content),)))
    for match in DATED.finditer(words):
        day = int(match[1] or match[4])
        month = MONTHS[match[2] or match[3]]
        years = (
            [int(match[5])] if match[5] else range(event.date.start.year, event.date.end.year + 1)
        )
        if not any(
            event.date.start.first <= (year, month, day) <= event.date.end.last for year in years
        ):
            yield Problem(
                "date-outside-event",
                reference.place,
                f'"{match.group()}" links to the event "{event.display}", which was on '
                f"{event.date.words}",
                "correct the date, or link to the right event",
            )

"""What is contributed is given under the licence of the edition, or somebody is told."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.model.bound import BoundEdition
from build_tools.model.problem import Problem


def every_licence_is_the_editions(bound: BoundEdition) -> Iterator[Problem]:
    """Yield a problem for each record that is given under another licence than the edition."""
    edition = bound.edition
    ours = edition.description.license
    records = [record for one in edition.documents.values() for record in one.records]
    for record in (*records, *edition.essays.values()):
        if record.license and record.license != ours:
            yield Problem(
                "licence-differs",
                record.license_place,
                f'"{record.id}" is given under {record.license}, the edition under {ours}',
                f"write {ours} where its author gives it under that; else look whether the two "
                "licences may stand together",
            )

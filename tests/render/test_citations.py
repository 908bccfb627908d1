"""Patterns of citations: four formats, escaped for TeX and for HTML."""

from __future__ import annotations

from build_tools.model.place import Place
from build_tools.model.records import Contributor, Edition, EditionDescription
from build_tools.render.citations import citation_patterns

PLACE = Place("edition.yml")


def person(name: str, kind: str = "person") -> Contributor:
    return Contributor(name.lower(), name, kind, "", "", "", PLACE)


def edition(*people: Contributor) -> Edition:
    described = EditionDescription(
        title="War & <Peace>",
        subtitle="100 %",
        editors=tuple(one.id for one in people),
        license="",
        site_url="",
        repository="",
        forge="",
        branch="",
        version="2.0",
        language="en",
        place=PLACE,
    )
    return Edition(described, {one.id: one for one in people}, {}, {}, {}, {}, {})


def test_the_editors_are_named_as_each_format_names_them() -> None:
    patterns = citation_patterns(
        edition(person("Anna"), person("Bo"), person("The board", "corporate"))
    )
    assert "ed. Anna, Bo and The board, version 2.0" in patterns["chicago"]
    assert "edited by Anna, Bo and The board" in patterns["mla"]
    assert "editor    = {Anna and Bo and {The board}}" in patterns["bibtex"]
    assert "A2  - Anna\nA2  - Bo\nA2  - The board\n" in patterns["ris"]


def test_signs_of_tex_and_of_html_are_escaped() -> None:
    patterns = citation_patterns(edition())
    assert r"booktitle = {War \&amp; &lt;Peace&gt;: 100 \%}" in patterns["bibtex"]
    assert "War &amp; &lt;Peace&gt;: 100 %" in patterns["chicago"]
    assert all("<" not in pattern for pattern in patterns.values())
    assert "edited by" not in patterns["mla"]


def test_every_pattern_has_a_place_for_what_the_page_knows() -> None:
    for name, pattern in citation_patterns(edition()).items():
        assert all(token in pattern for token in ("⟨title⟩", "⟨at⟩", "⟨url⟩")), name

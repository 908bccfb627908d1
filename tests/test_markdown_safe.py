"""The Markdown extension: harm goes, the names of the contract stay, notes are in order."""

from __future__ import annotations

import re

import lxml.html
import pytest
from lxml.html import HtmlElement
from markdown import Markdown

EXTENSIONS = ["attr_list", "md_in_html", "footnotes", "tables", "def_list", "toc"]


def convert(source: str, **options: object) -> str:
    return Markdown(
        extensions=[*EXTENSIONS, "build_tools.markdown_safe"],
        extension_configs={"footnotes": options} if options else {},
    ).convert(source)


def tree(source: str) -> HtmlElement:
    return lxml.html.fragment_fromstring(convert(source), create_parent="main")


# --- What goes

HARMFUL_TAGS = frozenset(
    ("script", "style", "link", "base", "meta", "template", "svg", "math", "iframe", "object")
).union(("embed", "form", "input", "button"))


def harm(html: str) -> list[str]:
    """List what may act in a browser, or load something from elsewhere."""
    found = ["comment"] if "<!--" in html else []
    for element in lxml.html.fragment_fromstring(html, create_parent="main").iter():
        if element.tag in HARMFUL_TAGS:
            found.append(f"<{element.tag}>")
        for name, value in element.items():
            # Browsers take tabs and line ends out of an address, and look away from its case.
            scheme = re.sub(r"[\t\r\n\0]", "", value).strip().lower()
            if (
                name.startswith("on")
                or name in ("style", "srcset", "srcdoc", "data-md-component")
                or re.match(r"(javascript|vbscript|data):", scheme)
                or "elsewhere.example" in scheme
            ):
                found.append(f"{name}={value}")
    return found


@pytest.mark.parametrize(
    "html", ["<script>", "<p onclick=x>", '<a href="java\tscript:x">', "<b style=x>", "<!-- x -->"]
)
def test_harm_would_be_found(html: str) -> None:
    assert harm(f"<p>{html}</p>")


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "text <script>alert(1)</script> text",
        "<img src=x onerror=alert(1)>",
        "text <img src=x onerror=alert(1)>",
        '<p onclick="alert(1)">text</p>',
        "text\n{: onclick=alert(1) onmouseover=alert(1) }",
        "![x](x.png){: onerror=alert(1) }",
        '<div markdown="1" onclick="alert(1)">\n\ntext\n\n</div>',
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](java\tscript:alert(1))",
        "[x][r]\n\n[r]: javascript:alert(1)",
        "<javascript:alert(1)>",
        "[x](data:text/html,<script>alert(1)</script>)",
        "[x](vbscript:alert(1))",
        '<a href="javascript:alert(1)">x</a>',
        "<svg onload=alert(1)></svg>",
        "<svg><script>alert(1)</script></svg>",
        "<math><mtext><script>alert(1)</script></mtext></math>",
        "<details ontoggle=alert(1) open>x</details>",
        '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
        '<object data="x"></object>',
        '<embed src="x">',
        '<base href="https://elsewhere.example/">',
        '<link rel="stylesheet" href="https://elsewhere.example/x.css">',
        "<style>p{background:url(https://elsewhere.example/)}</style>",
        '<p style="background:url(https://elsewhere.example/)">x</p>',
        "text\n{: style=color:red }",
        '<form action="https://elsewhere.example/"><input name="q"><button>x</button></form>',
        '<meta http-equiv="refresh" content="0;url=https://elsewhere.example/">',
        '<img srcset="https://elsewhere.example/x 1x">',
        '<p data-md-component="search">x</p>',
        "x[^n]\n\n[^n]: <img src=x onerror=alert(1)>",
        "<template><script>alert(1)</script></template>",
        "<!-- a comment -->",
    ],
)
def test_nothing_harmful_is_left(source: str) -> None:
    assert harm(convert(source)) == []


def test_text_of_what_is_taken_out_stays() -> None:
    assert "kept" in convert("<form>kept</form>")


# --- What stays

CONTRACT = """\
<div class="ed-text" id="ed.text" data-document="d" lang="en">
<div class="ed-page" id="page.1" data-page="1">
<figure class="ed-facs" id="facs.1" hidden=""><img src="page-1.svg" alt="A" width="850" \
height="1100" loading="lazy"><figcaption>Page</figcaption></figure>
<p class="ed-block ed-p ed-cont" id="p3.2" data-block="p3" data-kind="p" data-frag="2" \
data-seq="38" data-shown="text" data-role="r" data-place="above" data-hand="h" \
data-inferred="high" data-joins="yes" hidden="" dir="rtl">\
<span class="ed-lemma" data-notes="a b"><ins class="ed-add" data-mark="0">x</ins></span>\
<del class="ed-del" data-mark="1" data-rend="r">y</del><u class="ed-underline">z</u>\
<span class="ed-gap" data-unit="word" data-quantity="2" data-reason="r">[\u2026]</span>\
<br class="ed-lb" hidden=""><sup class="ed-ref ed-ref--t" id="tnref:e" data-search-exclude="">\
<a href="#tn:e" class="ed-letter" aria-label="Note a">a</a></sup>\
<a class="ed-term" title="Soviets" href="../glossary/#sov">Sov</a></p>
</div>
</div>
<table><caption>C</caption><tbody><tr><th scope="row">A</th><td data-copy="f" colspan="2">B</td>\
</tr></tbody></table>
<ol class="ed-letters" start="3"><li id="tn:e" class="ed-note ed-note--t" tabindex="-1">\
<p>Note</p></li></ol>
<details open=""><summary>S</summary><dl><dt>T</dt><dd>D</dd></dl></details>"""


def test_everything_the_contract_names_stays() -> None:
    assert convert(CONTRACT) == CONTRACT


@pytest.mark.parametrize(
    "address", ["http://a.example/", "https://a.example/", "mailto:a@b.example"]
)
def test_plain_addresses_stay_as_they_are(address: str) -> None:
    (link,) = tree(f"[x]({address})").iter("a")
    assert dict(link.attrib) == {"href": address}


# --- Notes

PAGE = """\
Shallow[^b] text.

<div class="ed-text" markdown="block">
<div class="ed-page" markdown="block">
<p class="ed-block" id="s1" hidden markdown="span">A stamp[^c] [^d]</p>
<p class="ed-block" id="p1" markdown="span">Deep[^a] and again[^a] and [^b]</p>
</div>
</div>

<div class="ed-form" markdown="block">
<p markdown="span">Copied[^d]</p>
</div>

<div class="ed-notes" markdown="block">

///Footnotes Go Here///

Afterwards.

</div>

[^a]: Note a.

    Its second paragraph.

[^b]: Note b.

[^c]: Note c.

[^d]: Note d.

[^e]: Note e, marked nowhere.

    - with a list
"""


@pytest.fixture(scope="module")
def page() -> HtmlElement:
    return tree(PAGE)


def by_id(page: HtmlElement, name: str) -> HtmlElement:
    (found,) = page.xpath("//*[@id=$name]", name=name)
    return found


def links(page: HtmlElement, note: str) -> list[tuple[str, str, str]]:
    return [
        (a.get("href"), a.get("class"), a.text_content())
        for a in by_id(page, f"fn:{note}").xpath(".//a")
    ]


def test_the_notes_stand_where_their_place_is_marked(page: HtmlElement) -> None:
    (notes,) = page.find_class("ed-notes")
    assert [child.get("class") or child.tag for child in notes] == ["footnote", "p"]
    assert "Go Here" not in page.text_content()
    assert page.xpath("//hr") == []


def test_markers_are_numbered_in_the_order_of_the_page(page: HtmlElement) -> None:
    markers = page.xpath("//sup")
    assert [(marker.get("id"), marker.text_content()) for marker in markers] == [
        ("fnref:b", "2"),
        ("fnref:c", "3"),
        ("fnref:d", "4"),
        ("fnref:a", "1"),
        ("fnref2:a", "1"),
        ("fnref2:b", "2"),
        ("fnref2:d", "4"),
    ]
    for marker in markers:
        (link,) = marker
        assert marker.get("class") == f"ed-ref ed-ref--n ed-mn{link.text}"
        assert marker.get("data-search-exclude") is not None
        assert link.get("class") == "footnote-ref"
        assert link.get("aria-label") == f"Commentary {link.text}"


def test_a_marker_is_called_by_the_label_of_its_note() -> None:
    html = tree("a[^n]\n\n[^n]: **The \\*talk&#42; & more** and **not** this.")
    (link,) = html.xpath("//sup/a")
    assert link.get("aria-label") == "Commentary 1: The *talk* & more"
    assert [one.text_content() for one in html.find_class("ed-note-label")] == ["The *talk* & more"]


def test_notes_can_be_gone_to(page: HtmlElement) -> None:
    items = page.xpath("//div[@class='footnote']/ol/li")
    assert [item.get("id") for item in items] == ["fn:a", "fn:b", "fn:c", "fn:d", "fn:e"]
    for item in items:
        assert item.get("class") == "ed-note ed-note--n"
        assert item.get("tabindex") == "-1"


def test_every_link_back_leads_to_a_marker(page: HtmlElement) -> None:
    for link in page.xpath("//li//a"):
        assert by_id(page, link.get("href").removeprefix("#")).tag == "sup"
        assert link.get("aria-label").startswith("Back to ")
        assert link.get("title") is None


def test_the_figure_before_the_note_is_the_link_back(page: HtmlElement) -> None:
    assert links(page, "a") == [
        ("#fnref:a", "ed-back ed-num", "1"),
        ("#fnref2:a", "ed-back", "\u21a9"),
    ]
    assert by_id(page, "fn:a")[0].text_content() == "1 Note a."


def test_a_marker_that_only_the_witness_shows_is_still_led_to(page: HtmlElement) -> None:
    assert links(page, "c") == [("#fnref:c", "ed-back ed-num", "3")]


def test_a_note_marked_in_the_form_and_in_its_copy_leads_to_what_is_seen(page: HtmlElement) -> None:
    assert links(page, "d") == [
        ("#fnref:d", "ed-back ed-back--wit ed-num", "4"),
        ("#fnref2:d", "ed-back ed-back--read ed-num", "4"),
    ]


def test_a_note_marked_nowhere_has_a_figure_and_no_link(page: HtmlElement) -> None:
    assert links(page, "e") == []
    item = by_id(page, "fn:e")
    assert [child.tag for child in item] == ["p", "ul"]
    assert item[0].text_content() == "5 Note e, marked nowhere."


def test_the_back_link_sign_of_the_configuration_is_used() -> None:
    html = convert("a[^n] b[^n]\n\n[^n]: Note.", BACKLINK_TEXT="(back)")
    assert html.count("(back)") == 1


def test_a_note_that_is_a_list_only() -> None:
    html = tree("a[^n]\n\n[^n]:\n    - one\n    - two")
    (item,) = html.xpath("//li[@id='fn:n']")
    assert item[0].get("class") == "ed-back ed-num"


def test_pages_without_notes_and_without_the_footnotes_extension() -> None:
    assert convert("text") == "<p>text</p>"
    alone = Markdown(extensions=["build_tools.markdown_safe"])
    assert alone.convert("text <script>x</script>") == "<p>text </p>"


def test_one_page_does_not_show_in_the_next() -> None:
    md = Markdown(extensions=[*EXTENSIONS, "build_tools.markdown_safe"])
    first = md.convert(PAGE)
    assert md.reset().convert(PAGE) == first

"""Pages of documents in one file that needs nothing else: for a reviewer to open anywhere.

Styles are in it and images are in it; there is no script, and a security policy lets nothing be
fetched. Links that would leave the file lead nowhere, but those to addresses of the web.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import markdown
from jinja2 import Environment
from lxml import etree, html

from build_tools.publish.theme import THEME

EXTENSIONS: Mapping[str, Mapping[str, object]] = {
    "attr_list": {},
    "md_in_html": {},
    "footnotes": {"PLACE_MARKER": "///Footnotes Go Here///", "BACKLINK_TEXT": "\u21a9\ufe0e"},
    "tables": {"use_align_attribute": True},
    "def_list": {},
    "toc": {"toc_depth": 3},
    "build_tools.markdown_safe": {},
}
"""As the pages are made from Markdown by ``mkdocs.yml``."""

STYLES = ("edition.css", "document.css", "views.css", "notes.css", "menus.css", "print.css")
LARGEST = 400_000
"""Bytes of an image that is put into the file; a larger one is named and left out."""
HEAD = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
POINTING = ("href", "for", "aria-labelledby", "aria-describedby", "aria-controls")
OUTWARD = ("https://", "http://", "mailto:")
KINDS = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
    "gif": "image/gif",
}


@dataclass(frozen=True)
class Told:
    """A line of the list of what has changed; ``leads_to`` is an id of the page of a document."""

    state: str
    words: str
    document: str = ""
    leads_to: str = ""


@dataclass(frozen=True)
class Shown:
    """A document: its page as Markdown, and its images by the names the page gives them.

    ``marked`` maps the ids of notes to their states, ``blocks`` are those with other words.
    """

    document: str
    markdown: str
    images: Mapping[str, bytes]
    marked: Mapping[str, str]
    blocks: frozenset[str]


def alone(
    title: str, about: str, told: Sequence[Told], pages: Sequence[Shown], report: str
) -> bytes:
    """Return the file; ``about`` is a sentence below its title, ``report`` all in plain words."""
    shown = [_page(page) for page in pages]
    lines = [(one, _target(one, shown)) for one in told]
    template = Environment(autoescape=True).from_string(TEMPLATE)
    return template.render(
        title=title,
        about=about,
        told=lines,
        pages=shown,
        report=report,
        styles=_styles(),
        views=VIEWS,
    ).encode()


def _styles() -> str:
    """Return the style sheets; nothing in them may end the element they stand in."""
    sheets = [(THEME / "assets" / name).read_text(encoding="utf-8") for name in STYLES]
    return "\n".join([*sheets, OWN]).replace("</", "<\\/")


def _target(one: Told, pages: Sequence[str]) -> str:
    """Return where a line leads, if that is on a page in the file."""
    target = f"{one.document}--{one.leads_to}"
    return target if any(f'id="{target}"' in page for page in pages) else ""


# one page


def _page(page: Shown) -> str:
    configs = {name: dict(values) for name, values in EXTENSIONS.items()}
    made = markdown.markdown(
        HEAD.sub("", page.markdown), extensions=list(configs), extension_configs=configs
    )
    root = html.fragment_fromstring(made, create_parent="div")
    _mark(root, page)
    for element in root.iter(etree.Element):
        _keep_within(element, page)
    return "".join(html.tostring(child, encoding="unicode") for child in root)


def _mark(root: html.HtmlElement, page: Shown) -> None:
    """Mark the notes that are new or changed: at the foot, at their markers and passages."""
    for element in root.iter(etree.Element):
        series, _, name = (element.get("id") or "").partition(":")
        if series in ("fn", "tn") and name in page.marked:
            _tag(element, page.document, name, page.marked[name])
        elif series in ("fnref", "tnref") and name in page.marked:
            _class(element, "rv-ref")
        if {*(element.get("data-notes") or "").split()} & page.marked.keys():
            _class(element, "rv-lit")
        if element.get("data-block") in page.blocks:
            _class(element, "rv-block")


def _tag(note: html.HtmlElement, document: str, name: str, state: str) -> None:
    _class(note, "rv-note")
    tag = html.Element("strong", {"class": "rv-tag", "id": f"note--{name}"})
    tag.text, tag.tail = state, " "
    first = next((child for child in note if child.tag in ("p", "div")), note)
    tag.tail += first.text or ""
    first.text = None
    first.insert(0, tag)


def _class(element: html.HtmlElement, name: str) -> None:
    element.set("class", f"{element.get('class') or ''} {name}".strip())


def _keep_within(element: html.HtmlElement, page: Shown) -> None:
    """Let an element point to nothing outside the file; its ids are those of its document."""
    if element.get("id"):
        element.set("id", f"{page.document}--{element.get('id')}")
    for key in POINTING:
        value = element.get(key)
        if value is None:
            continue
        if key != "href":
            named = (f"{page.document}--{name}" for name in value.split())
            element.set(key, " ".join(named))
        elif value.startswith("#"):
            element.set(key, f"#{page.document}--{value[1:]}")
        elif value.startswith(OUTWARD):
            element.set("rel", "noreferrer noopener")
        else:
            del element.attrib[key]
    if element.tag == "img":
        _embed(element, page)


def _embed(image: html.HtmlElement, page: Shown) -> None:
    """Put an image into the file, or its words in its place."""
    name = image.attrib.pop("src", "")
    data = page.images.get(name)
    kind = KINDS.get(name.rpartition(".")[2].lower())
    if data is not None and kind and len(data) <= LARGEST:
        image.set("src", f"data:{kind};base64,{base64.b64encode(data).decode()}")
        return
    image.tag = "span"
    image.text = f"[{image.get('alt') or name}: too large for this preview]"
    for key in ("alt", "width", "height", "loading"):
        image.attrib.pop(key, None)


TEMPLATE = """<!doctype html>
<html lang="en" class="no-js">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src \
'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>{{ title }}</title>
<style>
{{ styles | safe }}
</style>
</head>
<body data-md-color-scheme="default">
<header class="rv-head md-typeset">
<h1>{{ title }}</h1>
<p>{{ about }}</p>
<ul>
{% for one, target in told %}<li><strong class="rv-tag">{{ one.state }}</strong> \
{% if target %}<a href="#{{ target }}">{{ one.words }}</a>{% else %}{{ one.words }}{% endif %}</li>
{% endfor %}</ul>
<details><summary>All that has changed, in words</summary>
<pre tabindex="0">{{ report }}</pre>
</details>
</header>
<main class="md-content">
{% for page in pages %}<article class="md-content__inner md-typeset">
<div class="ed-bar">{% if loop.first %}<fieldset class="ed-views"><legend>View</legend>
{% for name, says in views %}<input type="radio" class="ed-view ed-view-{{ name }}" name="ed-view" \
id="view.{{ name }}"{% if loop.first %} checked{% endif %}> <label for="view.{{ name }}">{{ says }}\
</label>
{% endfor %}</fieldset>{% endif %}</div>
{{ page | safe }}
</article>
{% endfor %}</main>
</body>
</html>
"""

VIEWS = (
    ("reading", "Reading"),
    ("transcribed", "As transcribed"),
    ("expanded", "Expanded"),
    ("facsimile", "With facsimile"),
)

OWN = """
html { font-size: 125%; }
*, ::before, ::after { box-sizing: border-box; }
body { background: var(--ed-bg); color: var(--ed-ink); margin: 0; }
:is(.ed-margin, .ed-perma:empty, .headerlink) { display: none; }
a { color: var(--ed-mark); }
figure { margin: 0; }
img { max-width: 100%; }
.ed-data th { overflow-wrap: anywhere; }
a:not([href]) { border: 0; color: inherit; text-decoration: none; }
.rv-head { border-bottom: 1px solid var(--ed-rule); margin: 0 auto; max-width: 38.4rem;
  padding: 1rem 3.2rem; }
@media (max-width: 40em) { .rv-head { padding: 0.8rem; } }
.rv-head h1 { font-size: 1.2rem; margin: 0 0 0.4rem; }
.rv-head ul { padding: 0; }
.rv-head li { list-style: none; margin: 0.2rem 0; overflow-wrap: anywhere; }
.rv-head pre { font-family: var(--ed-typewriter); font-size: 0.65rem; overflow: auto;
  white-space: pre-wrap; }
.ed-bar { top: 0; }
.md-typeset :target { scroll-margin-top: 5.6rem; }
.md-typeset .rv-tag:target { background: var(--ed-mark); outline: 2px solid var(--ed-mark);
  outline-offset: 2px; }
.rv-tag { background: var(--ed-mark); border-radius: 2px; color: var(--ed-bg);
  font-family: var(--ed-sans); font-size: 0.6rem; padding: 0.05rem 0.3rem; }
.rv-lit { background: var(--ed-lit); outline: 1px solid var(--ed-line); }
.rv-ref a { background: var(--ed-mark); color: var(--ed-bg) !important; }
.rv-note { border-left: 3px solid var(--ed-mark); padding-left: 0.5rem !important; }
.rv-block { border-left: 3px double var(--ed-line); padding-left: 0.5rem; }
"""

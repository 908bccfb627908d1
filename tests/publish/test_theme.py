"""The theme: what is copied, and what the pages made with it hold."""

from __future__ import annotations

import re
from pathlib import Path

import lxml.html
import pytest
import yaml

from build_tools.publish.site import Order, build_site, stage_of
from build_tools.publish.theme import FACES, TARGET, THEME, copy_theme

PROJECT = Path(__file__).resolve().parent.parent.parent

DOCUMENT = """\
---
template: document.html
title: "Telegram"
hide: ["navigation", "toc", "footer"]
---

# Heading

<div class="ed-text" id="ed.text" markdown="block">

<p class="ed-block ed-p" id="p1" data-block="p1" markdown="span">Words[^a]</p>

</div>

[^a]: A note.
"""


def fake_modules(folder: Path) -> Path:
    for face in FACES:
        files = folder / face.package / "files"
        files.mkdir(parents=True, exist_ok=True)
        (files / f"{face.file}.woff2").write_bytes(b"font " + face.file.encode())
        (folder / face.package / "LICENSE").write_text("the licence")
    return folder


def test_copies_theme_fonts_and_licences(tmp_path: Path) -> None:
    result = copy_theme(tmp_path / "root", [fake_modules(tmp_path / "modules")])
    target = tmp_path / "root" / TARGET
    assert (target / "main.html").read_bytes() == (THEME / "main.html").read_bytes()
    assert len(list((target / "assets/fonts").glob("*.woff2"))) == len(FACES)
    assert (target / "assets/fonts/source-serif-4-LICENSE.txt").read_text() == "the licence"
    style = (target / "assets/fonts.css").read_text()
    assert all(f'url("fonts/{face.file}.woff2")' in style for face in FACES)
    assert (target / "partials/edition-fonts.html").read_text().count('rel="preload"') == 2
    assert not result.removed
    again = copy_theme(tmp_path / "root", [tmp_path / "modules"])
    assert again.written == ()
    assert again.kept == result.written


def test_without_fonts_the_systems_are_used(tmp_path: Path) -> None:
    copy_theme(tmp_path, [fake_modules(tmp_path / "modules")])
    result = copy_theme(tmp_path, [])
    assert (tmp_path / TARGET / "partials/edition-fonts.html").read_text() == ""
    assert "@font-face" not in (tmp_path / TARGET / "assets/fonts.css").read_text()
    assert not (tmp_path / TARGET / "assets/fonts").exists()
    assert result.removed


def test_a_font_without_its_licence_is_not_passed_on(tmp_path: Path) -> None:
    modules = fake_modules(tmp_path / "modules")
    (modules / FACES[0].package / "LICENSE").unlink()
    copy_theme(tmp_path, [modules])
    assert FACES[0].family not in (tmp_path / TARGET / "assets/fonts.css").read_text()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a site with the project's own mkdocs.yml, and pages with nothing but a heading."""
    root = tmp_path_factory.mktemp("project")
    configuration = (PROJECT / "mkdocs.yml").read_text(encoding="utf-8")
    (root / "mkdocs.yml").write_text(configuration, encoding="utf-8")
    for page in re.findall(r"[\w/-]+\.md\b", configuration):
        file = root / "docs" / page
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"# {file.stem}\n\n## Part\n")
    document = root / "docs/edition/telegram/index.md"
    document.parent.mkdir(parents=True)
    document.write_text(DOCUMENT)
    copy_theme(root, [fake_modules(root / "modules")])
    assert build_site(root, stage_of(root), Order(1_000_000_000)).problems == ()
    return stage_of(root)


def test_no_page_asks_another_server(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 10
    for page in pages:
        tree = lxml.html.parse(str(page))
        loaded = tree.xpath("//script/@src | //link[@rel!='canonical']/@href | //img/@src")
        assert [one for one in loaded if "//" in str(one)] == []
    for style in site.glob("assets/*.css"):
        loaded = re.findall(r"@import[^;]*|url\([^)]*\)", style.read_text())
        assert [one for one in loaded if "//" in one] == []


def test_every_style_and_script_of_ours_is_there(site: Path) -> None:
    configuration = yaml.safe_load((PROJECT / "mkdocs.yml").read_text().replace("!", ""))
    for path in [*configuration["extra_css"], *configuration["extra_javascript"]]:
        assert (site / path).is_file(), path


def test_nothing_that_the_security_policy_drops(site: Path) -> None:
    for page in site.rglob("*.html"):
        tree = lxml.html.parse(str(page))
        assert tree.xpath("//*[@style] | //style | //*[starts-with(name(@*), 'on')]") == []


def test_the_search_box_does_not_pose_as_a_dialog(site: Path) -> None:
    tree = lxml.html.parse(str(site / "404.html"))
    assert tree.xpath("//*[@role='dialog']") == []
    assert len(tree.xpath("//*[@role='search']")) == 1


def test_the_switch_of_views(site: Path) -> None:
    tree = lxml.html.parse(str(site / "edition/telegram/index.html"))
    (fieldset,) = tree.xpath("//article//fieldset[legend]")
    radios = fieldset.xpath(".//input[@type='radio' and @name='ed-view']")
    assert [radio.get("value") for radio in radios] == [
        "reading",
        "transcribed",
        "expanded",
        "facsimile",
    ]
    assert [radio.get("checked") is not None for radio in radios] == [True, False, False, False]
    for field in [*radios, *tree.xpath("//input[@id='notes.on']")]:
        assert len(tree.xpath(f"//label[@for='{field.get('id')}']")) == 1
    article = tree.xpath("//article")[0]
    order = [element.get("class") or element.tag for element in article]
    assert order.index("ed-bar") < order.index("h1") < order.index("ed-text")


def test_other_pages_have_no_switch(site: Path) -> None:
    assert lxml.html.parse(str(site / "index.html")).xpath("//input[@name='ed-view']") == []


def test_templates_use_filters_and_no_methods() -> None:
    """Zensical reads our templates too, and knows neither Python's methods nor all its names."""
    names = "strip|rstrip|lstrip|items|keys|values|get|split|replace|join|lower"
    method = re.compile(rf"{{[{{%][^}}]*\.({names})\(")
    for template in sorted(THEME.rglob("*.html")):
        assert not method.search(template.read_text()), template

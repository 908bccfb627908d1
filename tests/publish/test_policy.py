"""The security policy: a fixed list, held against the theme that is installed."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import pytest

from build_tools.publish.finish import finish_pages
from build_tools.publish.policy import (
    MISSING_PAGE,
    SCOPES,
    SCRIPTS,
    THEME_VERSION,
    inline_scripts,
    policy,
    scope_hash,
    script_hash,
    with_policy,
)
from build_tools.publish.site import Order, build_site, stage_of

CONFIGURATION = """\
site_name: A small edition
site_url: https://example.org/letters/
theme:
  name: material
  font: false
  features: [navigation.instant, navigation.tabs, content.tooltips]
  palette:
    - scheme: default
      toggle: {icon: material/weather-night, name: Dark}
    - scheme: slate
      toggle: {icon: material/weather-sunny, name: Light}
plugins:
  search: {}
"""
TAG = '<meta http-equiv="Content-Security-Policy" content='


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a site with the theme as it is installed, with pages down to the deepest place."""
    root = tmp_path_factory.mktemp("policy")
    (root / "mkdocs.yml").write_text(CONFIGURATION)
    for depth in range(len(SCOPES)):
        folder = root.joinpath("docs", *"abcdefgh"[:depth])
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "index.md").write_text(f"# Page {depth}\n")
    (root / "docs/plain.html").write_text("<!doctype html><title>Plain</title><p>Plain.")
    assert build_site(root, stage_of(root), Order(1)).problems == ()
    return stage_of(root)


def test_the_list_is_that_of_the_theme_that_is_installed(site: Path) -> None:
    found = {
        script_hash(script)
        for page in site.rglob("*.html")
        if page.name != MISSING_PAGE
        for script in inline_scripts(page.read_text())
    }
    new, gone = found - {*SCRIPTS, *SCOPES}, {*SCRIPTS, *SCOPES} - found
    assert not new, f"the theme writes other scripts; put into publish/policy.py: {sorted(new)}"
    assert not gone, f"the theme no longer writes these; take them out: {sorted(gone)}"


def test_the_list_names_the_version_that_is_installed() -> None:
    assert version("mkdocs-material") == THEME_VERSION


def test_every_page_allows_its_own_scripts_and_no_more(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert len(pages) == len(SCOPES) + 2
    for page in pages:
        markup = page.read_text()
        assert markup.count(TAG) == 1, page
        rules = markup.partition(TAG)[2].partition(">")[0]
        for script in inline_scripts(markup):
            assert script_hash(script) in rules, page
        assert rules.count("sha256-") == len(SCRIPTS) + 1, page


def test_the_page_for_missing_addresses_knows_where_the_site_lies(site: Path) -> None:
    rules = policy(MISSING_PAGE, site_url="https://example.org/letters/")
    assert scope_hash("/letters/") in rules
    assert scope_hash("/letters/") not in policy("index.html")
    assert rules in (site / MISSING_PAGE).read_text()


def test_a_script_of_the_theme_that_is_not_on_the_list_is_told(tmp_path: Path) -> None:
    (tmp_path / MISSING_PAGE).write_text("<head></head><script>new()</script>")
    (problem,) = finish_pages(tmp_path)
    assert script_hash("new()") in problem.message


def test_the_policy_stands_before_anything_that_runs() -> None:
    page = '<!doctype html>\n<html><head>\n  <meta charset="utf-8"><script>x</script></head>'
    assert with_policy(page, "r") == (
        f'<!doctype html>\n<html><head>\n  <meta charset="utf-8">{TAG}"r"><script>x</script></head>'
    )
    late = '<html><head><title>t</title><meta charset="utf-8">'
    assert with_policy(late, "r").startswith(f'<html><head>{TAG}"r"><title>')
    assert with_policy("<!DOCTYPE html><p>a", "r") == f'<!DOCTYPE html>{TAG}"r"><p>a'
    assert with_policy("<p>a", "r") == f'{TAG}"r"><p>a'


def test_letters_are_declared_in_the_first_kilobyte(site: Path) -> None:
    for page in site.rglob("index.html"):
        assert b'<meta charset="utf-8">' in page.read_bytes()[:1024]


def test_bytes_that_are_no_letters_stay(tmp_path: Path) -> None:
    (tmp_path / "old.html").write_bytes(b"<head></head>\xe4\r\n")
    assert finish_pages(tmp_path) == ()
    assert (tmp_path / "old.html").read_bytes().endswith(b"</head>\xe4\r\n")


def test_nothing_but_the_site_itself_is_allowed() -> None:
    rules = policy("index.html")
    assert "unsafe" not in rules
    assert "http" not in rules
    assert "style-src 'self';" in rules

"""The offline site: the web site's configuration, changed in memory, and a zip that is its own."""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from build_tools.model.problem import Problem
from build_tools.publish import offline
from build_tools.publish.offline import archive_name, build_offline, offline_settings, pack
from build_tools.publish.site import Order, stage_of
from build_tools.publish.swap import swap

CONFIGURATION = """\
site_name: A small edition
site_url: https://example.org/
repo_url: https://github.com/example/edition
theme:
  name: material
  font: {text: Lato}
  features: [navigation.instant, navigation.instant.prefetch, content.tooltips]
extra:
  analytics: {provider: google, property: G-XXX}
  polyfills: [https://unpkg.com/iframe-worker/shim]
plugins:
  search: {}
nav:
  - Home: index.md
not_in_nav: |
  /edition/**
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "docs/edition").mkdir(parents=True)
    (tmp_path / "mkdocs.yml").write_text(CONFIGURATION)
    (tmp_path / "docs/index.md").write_text("# Home\n\n[Text](edition/text.md)\n")
    (tmp_path / "docs/edition/text.md").write_text("# Text\n\nWords\n")
    shim = tmp_path / "node_modules/iframe-worker"
    (shim / "shim").mkdir(parents=True)
    (shim / "shim/index.js").write_text("/* the shim */")
    (shim / "LICENSE").write_text("its licence")
    return tmp_path


def build(root: Path) -> tuple[Problem, ...]:
    return build_offline(root, stage_of(root, "site-offline"), Order(1_000_000_000)).problems


def test_the_site_stands_alone(root: Path) -> None:
    before = (root / "mkdocs.yml").read_bytes()
    assert build(root) == ()
    assert (root / "mkdocs.yml").read_bytes() == before
    stage = stage_of(root, "site-offline")
    page = (stage / "index.html").read_text()
    assert 'href="edition/text.html"' in page
    assert '<script src="assets/iframe-worker/index.js">' in page
    for asked in (
        "unpkg",
        "googleapis",
        "gstatic",
        "google-analytics",
        "example.org",
        "github.com/example",
    ):
        assert asked not in page
    features = json.loads(page.split('id="__config"')[1].split(">", 1)[1].split("<")[0])["features"]
    assert features == ["content.tooltips"]
    assert (stage / "assets/iframe-worker/index.js").read_text() == "/* the shim */"
    assert (stage / "assets/iframe-worker/LICENSE.txt").read_text() == "its licence"
    index = (stage / "search/search_index.js").read_text()
    assert index.startswith("var __index = ")
    assert "edition/text.html" in index
    assert not (stage / "404.html").exists()
    assert not (stage / "sitemap.xml").exists()
    assert swap(stage, root / "site-offline") == ()
    assert build(root) == ()
    assert swap(stage, root / "site-offline") == (), "it knows its own, without a 404.html"


@pytest.mark.parametrize(
    "given",
    [
        None,
        ["search"],
        {"search": None},
        ["search", {"offline": {"enabled": False}}],
        ["search", "material/offline"],
    ],
)
def test_the_plugins_are_those_of_the_web_site_and_offline(given: object) -> None:
    said = {} if given is None else {"plugins": given}
    plugins = offline_settings(said)["plugins"]
    assert plugins == [{"search": {}}, {"material/offline": {"enabled": True}}]


def test_a_theme_may_be_one_word() -> None:
    assert offline_settings({"theme": "material"})["theme"] == {
        "name": "material",
        "features": [],
        "font": False,
    }


@pytest.mark.parametrize("absent", ["shim/index.js", "LICENSE"])
def test_without_the_npm_piece_it_says_what_to_do(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, absent: str
) -> None:
    monkeypatch.setattr(offline, "TOOL", tmp_path / "elsewhere")
    (root / "node_modules/iframe-worker" / absent).unlink()
    (problem,) = build(root)
    assert problem.code == "file-missing"
    assert "iframe-worker" in problem.place.file
    assert "npm install" in problem.hint
    assert not stage_of(root, "site-offline").exists()


@pytest.mark.parametrize(
    ("title", "version", "name"),
    [
        ("Telegram 1158", "1.0.0", "telegram-1158-1.0.0-offline"),
        ("Lettres d’Éloïse & d’Abélard", "2", "lettres-d-eloise-d-abelard-2-offline"),
        ("Письма 1905 года", "1.0", "письма-1905-года-1.0-offline"),
        ("จดหมายเหตุ", "1", "จดหมายเหตุ-1-offline"),
        ("../../etc", "../1", "etc-1-offline"),
        ("!!!", "..", "edition-0-offline"),
        ("x" * 200, "1", "x" * 60 + "-1-offline"),
    ],
)
def test_the_zip_is_named_after_the_edition(title: str, version: str, name: str) -> None:
    assert archive_name(title, version) == name


def folder(root: Path, order: Sequence[str]) -> Path:
    site = root / "site-offline"
    shutil.rmtree(site, ignore_errors=True)
    for name in order:
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(name)
        (site / name).chmod(0o600)
    return site


def test_equal_folders_give_equal_zips(tmp_path: Path) -> None:
    names = ["index.html", "edition/é.html", "assets/a.css"]
    archive = tmp_path / "dist/letters-1-offline.zip"
    assert pack(folder(tmp_path, names), archive, epoch=1_000_000_000) == ()
    first = archive.read_bytes()
    site = folder(tmp_path, names[::-1])
    os.utime(site / "index.html", (5, 5))
    assert pack(site, archive, epoch=1_000_000_000) == ()
    assert archive.read_bytes() == first
    with zipfile.ZipFile(archive) as packed:
        entries = packed.infolist()
        assert [entry.filename for entry in entries] == [
            "letters-1-offline/assets/a.css",
            "letters-1-offline/edition/é.html",
            "letters-1-offline/index.html",
        ]
        assert {entry.date_time for entry in entries} == {(2001, 9, 9, 1, 46, 40)}
        assert {entry.external_attr >> 16 for entry in entries} == {0o100644}
        assert packed.testzip() is None
    assert [file.name for file in archive.parent.iterdir()] == [archive.name]


def test_a_moment_before_zips_is_their_first_day(tmp_path: Path) -> None:
    archive = tmp_path / "dist/a.zip"
    assert pack(folder(tmp_path, ["index.html"]), archive, epoch=0) == ()
    with zipfile.ZipFile(archive) as packed:
        assert packed.infolist()[0].date_time == (1980, 1, 1, 0, 0, 0)


def test_a_zip_that_fails_leaves_the_last_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = tmp_path / "dist/a.zip"
    pack(folder(tmp_path, ["index.html"]), archive, epoch=0)
    before = archive.read_bytes()

    def fails(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(zipfile.ZipFile, "writestr", fails)
    with pytest.raises(OSError, match="No space"):
        pack(folder(tmp_path, ["index.html", "more.html"]), archive, epoch=0)
    assert archive.read_bytes() == before
    assert [file.name for file in archive.parent.iterdir()] == [archive.name]


def test_a_zip_that_is_not_the_folder_is_not_passed_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = tmp_path / "dist/a.zip"
    monkeypatch.setattr(zipfile.ZipFile, "read", lambda *_: b"other")
    (problem,) = pack(folder(tmp_path, ["index.html"]), archive, epoch=0)
    assert (problem.code, problem.place.file) == ("text-differs", "dist/a.zip")
    assert not archive.exists()

"""All versions in one folder: the newest at the root, each under v/, the work under next/."""

from __future__ import annotations

import hashlib
import re
import stat
import zipfile
from pathlib import Path

import pytest

from build_tools.model.problem import Problem
from build_tools.publish.assemble import Assembly, assemble, fetched
from build_tools.publish.release import CHECKSUMS, pack_release, write_checksums
from build_tools.publish.versions import version_of
from tests.copies import run, sound_copy, tree

PAGE = (
    '<!doctype html><html><head><meta charset="utf-8">{head}<title>T</title></head>'
    '<body><div data-md-component="announce"></div><p>{words}</p>'
    '<span class="ed-here" data-canonical="https://old.example.org/"></span></body></html>'
)
EPOCH = 1_763_942_400
"""24 November 2025."""
SITE_URL = "https://example.org/e/"


def page(words: str, head: str = "") -> str:
    return PAGE.format(words=words, head=head)


def site(folder: Path, version: str, *more: str) -> Path:
    """Make a site of a few pages."""
    for name in ("index.html", "a/index.html", "404.html", *more):
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        head = f'<link rel="canonical" href="https://old.example.org/{name}">\n'
        file.write_text(page(f"{name} of {version}", head))
    (folder / "sitemap.xml").write_text(f"<urlset/><!-- {version} -->")
    return folder


def release(releases: Path, version: str, *more: str) -> Path:
    """Make the folder of a release, as it is fetched."""
    built = site(releases.parent / "built" / version, version, *more)
    offline = releases.parent / f"letters-{version}-offline.zip"
    offline.write_bytes(b"not looked at")
    folder = releases / f"v{version}"
    assert not pack_release(built, offline, folder, f"letters-{version}-site", epoch=EPOCH)
    return folder


@pytest.fixture
def releases(tmp_path: Path) -> Path:
    folder = tmp_path / "releases"
    folder.mkdir()
    return folder


def put_together(
    releases: Path, next_site: Path | None = None, site_url: str = SITE_URL
) -> tuple[Path, tuple[Problem, ...]]:
    into = releases.parent / "public"
    return into, assemble(releases, into, Assembly("Letters", site_url, next_site))


def test_the_newest_stands_at_the_root_as_it_was_released(releases: Path, tmp_path: Path) -> None:
    release(releases, "1.9", "gone/index.html")
    release(releases, "1.10", "new/index.html")
    work = site(tmp_path / "site", "work", "unborn/index.html")
    into, problems = put_together(releases, work)
    assert not problems
    newest = tree(tmp_path / "built" / "1.10")
    whole = tree(into)
    assert {name: whole[name] for name in newest} == newest
    assert set(whole) - set(newest) == {name for name in whole if name.startswith(("v/", "next/"))}
    assert b"index.html of 1.9" in whole["v/1.9/index.html"]
    assert b"index.html of 1.10" in whole["v/1.10/index.html"]
    assert b"index.html of work" in whole["next/index.html"]
    assert not [name for name in whole if name.endswith("404.html") and "/" in name]


def test_pages_of_other_versions_say_what_they_are_and_where_the_newest_stands(
    releases: Path, tmp_path: Path
) -> None:
    release(releases, "1.0", "gone/index.html")
    release(releases, "1.1")
    into, problems = put_together(releases, site(tmp_path / "site", "work"))
    assert not problems
    old = (into / "v/1.0/a/index.html").read_text()
    assert re.findall(r"<link[^>]*canonical[^>]*>", old) == [
        f'<link rel="canonical" href="{SITE_URL}a/">'
    ]
    assert "noindex" not in old
    assert ' data-canonical="">' in old
    assert '<div data-md-component="announce"><aside' in old
    assert "This is version 1.0." in old
    assert '<a href="../../../a/">The newest version is 1.1</a>' in old
    assert '<a href="../../../v/">All versions</a>' in old
    gone = (into / "v/1.0/gone/index.html").read_text()
    assert '<meta name="robots" content="noindex">' in gone
    assert 'rel="canonical"' not in gone
    assert '<a href="../../../">The newest' in gone
    newest = (into / "v/1.1/a/index.html").read_text()
    assert f'href="{SITE_URL}a/"' in newest
    assert "<aside" not in newest
    work = (into / "next/a/index.html").read_text()
    assert '<meta name="robots" content="noindex">' in work
    assert "state of the work" in work
    assert 'rel="canonical"' not in work


def test_every_link_that_is_added_leads_somewhere(releases: Path, tmp_path: Path) -> None:
    release(releases, "1.0", "gone/index.html")
    release(releases, "2")
    into, problems = put_together(releases, site(tmp_path / "site", "work", "deep/er/index.html"))
    assert not problems
    followed = 0
    for file in into.rglob("*.html"):
        for address in re.findall(r' (?:href|src)="([^":]*)"', file.read_text()):
            target = (file.parent / address).resolve()
            assert (target / "index.html" if target.is_dir() else target).is_file(), address
            followed += 1
    assert followed > 10


def test_without_an_address_of_the_site_other_versions_are_kept_out_of_searches(
    releases: Path,
) -> None:
    release(releases, "1.0")
    release(releases, "1.1")
    into, _ = put_together(releases, site_url="")
    assert "noindex" in (into / "v/1.0/a/index.html").read_text()
    assert "noindex" not in (into / "a/index.html").read_text()


def test_the_list_names_every_version_with_its_day(releases: Path, tmp_path: Path) -> None:
    release(releases, "1.9")
    release(releases, "1.10")
    into, _ = put_together(releases, site(tmp_path / "site", "work"))
    text = (into / "v/index.html").read_text()
    items = re.findall(r"<li>(.*?)</li>", text)
    assert [re.sub("<[^>]*>", "", one) for one in items] == [
        "Version 1.10, 2025-11-24, the newest",
        "Version 1.9, 2025-11-24",
        "The state of the work, which changes every day and is not to be cited",
    ]
    assert "<title>Versions of Letters</title>" in text


def test_before_the_first_release_the_root_is_the_list(releases: Path, tmp_path: Path) -> None:
    into, problems = put_together(releases, site(tmp_path / "site", "work"))
    assert not problems
    text = (into / "index.html").read_text()
    assert "No version has been released yet." in text
    assert '<a href="next/">' in text
    assert "The newest" not in (into / "next/index.html").read_text()


# --- What is not put together


def entry(name: str, mode: int = stat.S_IFREG | 0o644) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name)
    made.external_attr = mode << 16
    return made


BAD = {
    "out of the folder": [entry("s/../../evil.html")],
    "absolute": [entry("/etc/evil.html")],
    "a drive": [entry("s/C:evil.html")],
    "a backslash": [entry("s/..\\evil.html")],
    "a link": [entry("s/index.html", stat.S_IFLNK | 0o777)],
    "twice": [entry("s/index.html"), entry("s/INDEX.html")],
    "two folders": [entry("s/index.html"), entry("t/index.html")],
    "no folder": [entry("index.html")],
    "nothing": [],
}


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", list(BAD))
def test_a_zip_that_is_no_site_in_one_folder_is_refused(releases: Path, name: str) -> None:
    folder = release(releases, "1.0")
    (file,) = folder.glob("*-site.zip")
    with zipfile.ZipFile(file, "w") as packed:
        for one in BAD[name]:
            packed.writestr(one, b"x")
    # `ZipInfo` mends backslashes on some systems: put the sign back.
    if name == "a backslash":
        file.write_bytes(file.read_bytes().replace(b"s/../evil", b"s/..\\evil"))
    write_checksums(folder, [file.name])
    before = tree(releases.parent)
    into, problems = put_together(releases)
    assert [one.code for one in problems] == ["value-invalid"]
    assert "not unpacked" in problems[0].message
    assert not into.exists()
    assert tree(releases.parent) == before


def test_a_zip_that_was_changed_is_refused(releases: Path) -> None:
    folder = release(releases, "1.0")
    (file,) = folder.glob("*-site.zip")
    file.write_bytes(file.read_bytes() + b" ")
    into, problems = put_together(releases)
    assert [one.code for one in problems] == ["text-differs"]
    assert not into.exists()


def test_a_torn_zip_is_told(releases: Path) -> None:
    folder = release(releases, "1.0")
    (file,) = folder.glob("*-site.zip")
    file.write_bytes(file.read_bytes()[:200])
    write_checksums(folder, [file.name])
    assert "torn" in put_together(releases)[1][0].message


def test_what_is_missing_or_no_version_is_told(releases: Path, tmp_path: Path) -> None:
    release(releases, "1.0")
    (releases / "v1.0" / CHECKSUMS).unlink()
    release(releases, "1.1")
    next((releases / "v1.1").glob("*-site.zip")).unlink()
    (releases / "nightly").mkdir()
    release(releases, "2")
    (releases / "v2" / CHECKSUMS).write_text("")
    (tmp_path / "site").mkdir()
    _, problems = put_together(releases, tmp_path / "site")
    assert [one.code for one in problems] == [
        *("value-invalid", "file-missing", "file-missing", "value-invalid", "file-missing"),
    ]
    assert all(one.hint for one in problems)


def test_one_version_is_released_once_and_owns_no_folder_of_the_versions(releases: Path) -> None:
    release(releases, "1.0")
    release(releases, "1.0.0")
    assert "another release" in fetched(releases)[1][0].message
    (releases / "v1.0").rename(releases.parent / "aside")
    release(releases, "1.1", "v/index.html")
    into, problems = put_together(releases)
    assert ["v/ of its own" in one.message for one in problems] == [True]
    assert not into.exists()


def test_versions_are_ordered_by_their_figures() -> None:
    names = ["v1.9", "v1.10", "v1.9.1", "2", "v1.9.0.1"]
    versions = sorted(one for name in names if (one := version_of(name)))
    assert [one.name for one in versions] == ["1.9", "1.9.0.1", "1.9.1", "1.10", "2"]
    assert version_of("v1.0-rc.1") is None
    assert version_of("main") is None


# --- The commands


def test_a_release_is_built_proved_packed_and_put_together(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = sound_copy(tmp_path / "edition")
    assert run(root, "release", "--tag", "v9.9") == 1
    said = capsys.readouterr().err
    assert "error[value-invalid]" in said
    assert "edition/edition.yml" in said
    assert not (root / "dist").exists()
    version = re.search('version: "(.*)"', (root / "edition/edition.yml").read_text())
    assert version
    assert run(root, "release", "--tag", f"v{version[1]}") == 0
    folder = root / "dist" / "release"
    names = sorted(one.name for one in folder.iterdir())
    assert [re.sub(r".*-", "", one) for one in names] == [CHECKSUMS, "offline.zip", "site.zip"]
    sums = [line.split("  ") for line in (folder / CHECKSUMS).read_text().splitlines()]
    assert sorted(name for _, name in sums) == names[1:]
    for one, name in sums:
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == one
    (tmp_path / "releases").mkdir()
    folder.rename(tmp_path / "releases" / f"v{version[1]}")
    into = tmp_path / "public"
    command = ("assemble", str(tmp_path / "releases"), "--next", str(root / "site"))
    assert run(root, *command, "--into", str(into)) == 0
    built = tree(root / "site")
    whole = tree(into)
    assert {name: whole[name] for name in built} == built
    assert b"noindex" in whole["next/edition/letter/index.html"]
    assert b"noindex" not in whole["edition/letter/index.html"]
    assert run(root, *command, "--into", str(into)) == 2
    assert "is not empty" in capsys.readouterr().err

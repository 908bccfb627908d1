"""What a release holds: the finished site and the offline edition, packed, and their checksums."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

from build_tools.model.place import Place
from build_tools.model.problem import Problem
from build_tools.publish.offline import archive_name, pack

CHECKSUMS = "SHA256SUMS"
SITE_ENDING = "-site"
OFFLINE_ENDING = "-offline"
LINE = re.compile(r"([0-9a-f]{64}) [ *]([^/\\\s][^/\\]*)")


def site_name(title: str, version: str) -> str:
    """Name the zip of the web site: ``letters-1.0.0-site``."""
    return archive_name(title, version).removesuffix(OFFLINE_ENDING) + SITE_ENDING


def wrong_tag(tag: str, version: str, file: str) -> tuple[Problem, ...]:
    """Look whether a tag is the version that the edition says it is."""
    if tag in (version, f"v{version}"):
        return ()
    return (
        Problem(
            "value-invalid",
            Place(file),
            f'the tag is "{tag}", and the version of the edition is "{version}"',
            f'make the tag v{version}, or give edition.yml the version "{tag.removeprefix("v")}"',
        ),
    )


def pack_release(
    site: Path, offline: Path, folder: Path, name: str, *, epoch: int
) -> tuple[Problem, ...]:
    """Put the two zips and their checksums into a folder, which holds nothing else afterwards."""
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    packed = folder / f"{name}.zip"
    problems = pack(site, packed, epoch=epoch)
    if not problems:
        shutil.copyfile(offline, folder / offline.name)
        write_checksums(folder, (packed.name, offline.name))
    return problems


def write_checksums(folder: Path, names: Iterable[str]) -> None:
    """Write the list that `sha256sum --check` reads."""
    lines = [f"{sha256(folder / name)}  {name}\n" for name in sorted(names)]
    (folder / CHECKSUMS).write_text("".join(lines), encoding="utf-8", newline="\n")


def read_checksums(file: Path) -> dict[str, str]:
    """Read such a list: the checksum of each file by name."""
    found = (LINE.fullmatch(line) for line in file.read_text("utf-8", "replace").splitlines())
    return {one[2]: one[1] for one in found if one}


def sha256(file: Path) -> str:
    """Return the checksum of a file."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()

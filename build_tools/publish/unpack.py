"""Unpacking a zip from elsewhere: every name and size is looked at before anything is written."""

from __future__ import annotations

import shutil
import stat
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

MOST_FILES = 200_000
MOST_BYTES = 4 * 1024**3
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)
"""What the library raises at a zip that is torn, encrypted, or packed in a way it does not know."""


class UnpackError(Exception):
    """A zip that is not unpacked; the message says why."""


def unpack(archive: Path, folder: Path) -> tuple[int, int, int]:
    """Unpack a zip without the one folder that everything in it lies in; return its newest day."""
    try:
        with zipfile.ZipFile(archive) as packed:
            entries = [one for one in packed.infolist() if not one.is_dir()]
            refuse(entries)
            for entry in entries:
                target = folder.joinpath(*PurePosixPath(entry.filename).parts[1:])
                target.parent.mkdir(parents=True, exist_ok=True)
                # The library reads no more than the entry says, and compares its checksum.
                with packed.open(entry) as source, target.open("xb") as written:
                    shutil.copyfileobj(source, written)
    except BROKEN as fault:
        raise UnpackError(f"it is torn or no zip ({fault})") from fault
    year, month, day = max(entry.date_time[:3] for entry in entries)
    return year, month, day


def refuse(entries: Sequence[zipfile.ZipInfo]) -> None:
    """Refuse what leads out of the folder, is no file, or is more than a site can be."""
    seen: set[str] = set()
    tops: set[str] = set()
    for entry in entries:
        name = entry.filename
        parts = name.split("/")
        odd = any(character in name for character in "\\:") or any(ord(one) < 32 for one in name)
        if odd or len(parts) < 2 or {"", ".", ".."} & set(parts):
            raise UnpackError(f"{name!r} in it is no name of a file in one folder")
        if stat.S_IFMT(entry.external_attr >> 16) not in (0, stat.S_IFREG):
            raise UnpackError(f"{name!r} in it is a link or a device")
        if name.casefold() in seen:
            raise UnpackError(f"{name!r} is in it twice")
        seen.add(name.casefold())
        tops.add(parts[0])
    if len(tops) != 1:
        raise UnpackError("its files do not lie in one folder")
    if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise UnpackError("it is larger than a site may be")

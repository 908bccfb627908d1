"""Where a clone came from: the address of its forge, read off the remote that git calls origin.

Only what is in the clone's own configuration counts, and no user, password or port of ssh is taken
over: what is made of it is the same in every clone of the same remote.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

from build_tools.read.tree import git_environment

SCP = re.compile(r"(?:[^@/:]+@)?(?P<host>[^@/:]+):(?!/)(?P<path>.+)")
"""git@host:owner/repository: the short form of ssh."""

OTHER_HOSTS = {"ssh.github.com": "github.com", "altssh.gitlab.com": "gitlab.com"}
"""Where forges take ssh at the port of the web."""

HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?")
PATH = re.compile(r"[A-Za-z0-9_.~-]+(/[A-Za-z0-9_.~-]+)+")


def remote_address(root: Path) -> str:
    """Return the web address of the repository whose top folder this is; empty if none is known.

    An edition in a folder within another repository has none: its files lie elsewhere in it.
    """
    top = _git(root, "rev-parse", "--show-cdup", "--show-prefix")
    if top is None or top.strip():
        return ""
    return web_address(_git(root, "config", "--local", "--get", "remote.origin.url") or "")


def _git(root: Path, *arguments: str) -> str | None:
    try:
        found = subprocess.run(
            ["git", *arguments],
            cwd=root,
            env=git_environment(),
            capture_output=True,
            check=False,
        )
    except OSError:
        return None
    return None if found.returncode else found.stdout.decode("utf-8", "replace")


def web_address(remote: str) -> str:
    """Turn the address of a remote into that of its pages; empty where it has none."""
    remote = remote.strip()
    short = SCP.fullmatch(remote) if "://" not in remote else None
    try:
        parts = urlsplit(f"ssh://{short['host']}/{short['path']}" if short else remote)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    path = parts.path.strip("/").removesuffix(".git")
    is_web = parts.scheme in ("http", "https")
    if not (is_web or parts.scheme in ("ssh", "git+ssh", "git")) or not PATH.fullmatch(path):
        return ""
    if not HOST.fullmatch(host) or not (is_web or "." in host):
        return ""  # without a dot ssh knows it by a name of this machine's own
    scheme = parts.scheme if is_web else "https"
    place = f":{port}" if is_web and port else ""
    return f"{scheme}://{OTHER_HOSTS.get(host, host)}{place}/{path}"

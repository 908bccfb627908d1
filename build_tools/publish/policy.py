"""The security policy of the web site: a page runs the theme's own scripts and no others.

The few scripts that the theme writes into pages are allowed by their hashes, from the fixed list
below. They are never taken from the finished page: whatever had got into it would be allowed too.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

THEME_PACKAGE = "material"
THEME_VERSION = "9.8.1"
"""The version of Material for MkDocs whose scripts these are."""

SCRIPTS = (
    "sha256-/8wPdzX9q0NNJXyA5lzsLojXFpkeaXVxhbfkUOQaWy8=",
    "sha256-DrEMJJ29sL7vIloQzly+VUGMxKcBTMII+OfW7Y8AkG4=",
)
"""On every page: the target of the address, and the colours that were chosen."""

SCOPES = (
    "sha256-apoQPHefCNWjxbCm+HzVDOAW4CSVWhY7VylQjgOFyfk=",
    "sha256-/K9p2JtEqCycL2fSbEonMakkteWpAHv57x2wndLqMNo=",
    "sha256-/nhm8p50KJxvwWLggwJ1OF8Xgq5W/b3iKECITLASfOg=",
    "sha256-0GFu787/AB2fAMyxux7Dp8eiOR0gFInKosPAeAkszqQ=",
    "sha256-R6QAiGbHUYQHe1uKKd5diM8jOpDBBVRx5uZFSQ2tjVI=",
    "sha256-1X2/xaGUQ6WSsplgvvqz8EPaho+fFc95pqKr7nWtorw=",
    "sha256-tZVH26+hTWU4XeMdkd4WdKoSmEzhQGkfAN4sH5FWbko=",
)
"""The way from a page to the root of the site, by how many folders deep the page lies."""

DIRECTIVES = (
    "default-src 'none'",
    "script-src 'self' {hashes}",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "object-src 'none'",
)

MISSING_PAGE = "404.html"
"""It is served at any address, so its way to the root is written from the root."""

SCOPE_TEMPLATE = Path("partials", "javascripts", "base.html")
BASE = "{{ config.extra.scope | d(base_url) }}"

CHARSET = re.compile(r'<meta charset="?utf-8"?\s*/?>', re.IGNORECASE)
HEAD = re.compile(r"<head(?:\s[^>]*)?>", re.IGNORECASE)
DOCTYPE = re.compile(r"\s*<!doctype[^>]*>", re.IGNORECASE)
SCRIPT = re.compile(
    r"<script(?P<attributes>[^>]*)>(?P<script>.*?)</script>", re.DOTALL | re.IGNORECASE
)


def policy(page: str, *, site_url: str = "") -> str:
    """Return the policy of a page, given by the path of its file in the site."""
    hashes = " ".join(f"'{one}'" for one in (*SCRIPTS, *_scope(page, site_url)))
    return "; ".join(DIRECTIVES).format(hashes=hashes)


def _scope(page: str, site_url: str) -> Iterator[str]:
    if page == MISSING_PAGE:
        found = scope_hash(urlsplit(site_url or "/").path)
        # The theme that is installed must be the one of the list; else nothing more is allowed.
        if found and scope_hash(".") == SCOPES[0]:
            yield found
    elif page.count("/") < len(SCOPES):
        yield SCOPES[page.count("/")]


def scope_hash(base: str) -> str:
    """Return the hash of the theme's script that tells a page the way to the root."""
    package = find_spec(THEME_PACKAGE)
    template = Path((package and package.origin) or "").parent / "templates" / SCOPE_TEMPLATE
    if not template.is_file():
        return ""
    found = SCRIPT.search(template.read_text(encoding="utf-8"))
    return script_hash(found["script"].replace(BASE, base)) if found else ""


def script_hash(script: str) -> str:
    """Return a script's hash as a policy names it."""
    digest = hashlib.sha256(script.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


def inline_scripts(markup: str) -> Iterator[str]:
    """Yield the scripts that stand in a page, without those that are data or files."""
    for found in SCRIPT.finditer(markup):
        attributes = found["attributes"]
        if "src=" not in attributes and "application/json" not in attributes:
            yield found["script"]


def with_policy(markup: str, rules: str) -> str:
    """Put a policy into a page, before anything that could run.

    It follows the declaration of the letters, where that comes first, so that both stand in the
    first kilobyte.
    """
    tag = f'<meta http-equiv="Content-Security-Policy" content="{rules}">'
    head = HEAD.search(markup) or DOCTYPE.match(markup)
    if head is None:
        return tag + markup
    after = markup[head.end() :]
    first = after.lstrip()
    charset = CHARSET.match(first)
    at = head.end()
    if charset:
        at += len(after) - len(first) + charset.end()
    return markup[:at] + tag + markup[at:]

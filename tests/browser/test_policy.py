"""The security policy stops injected scripts by itself, with every other protection off."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, Route

from build_tools.publish.site import Order, build_site, stage_of
from tests.browser.conftest import served

pytestmark = pytest.mark.browser

FOREIGN = "https://foreign.example"
RAN = "document.documentElement.dataset.ran || ''"
RUN = "document.documentElement.dataset.ran=(document.documentElement.dataset.ran||'')+"

CONFIGURATION = """\
site_name: Injected
theme: {name: material, font: false, features: [navigation.tabs]}
plugins: {search: {}, tags: {}}
markdown_extensions: {attr_list: {}, md_in_html: {}}
"""

PAYLOADS = (
    f"<script>{RUN}'script '</script>",
    f'<script src="{FOREIGN}/script.js"></script>',
    f"""<p><img src="nowhere.png" onerror="{RUN}'onerror '"></p>""",
    f"""<p><svg onload="{RUN}'svg '"></svg></p>""",
    f"""<details open ontoggle="{RUN}'toggle '"><summary>More</summary></details>""",
    '<iframe srcdoc="&lt;script>parent.document.documentElement.dataset.ran+='
    """'srcdoc '&lt;/script>"></iframe>""",
    f"<style>body {{ background: url({FOREIGN}/style.png) }}</style>",
    f'<p><img src="{FOREIGN}/image.png"></p>',
    f'<link rel="stylesheet" href="{FOREIGN}/sheet.css">',
    f'<object data="{FOREIGN}/object"></object>',
    '<meta http-equiv="Content-Security-Policy" content="script-src *">',
    f'<p style="background: url({FOREIGN}/attribute.png)">styled</p>',
    f'<form action="{FOREIGN}/form"><button id="send">send</button></form>',
    f"""<p><a id="js" href="javascript:void({RUN}'js ')">js</a></p>""",
    f"""Words\n{{: #words onclick="{RUN}'click '" }}""",
)
BODY = "\n\n".join(PAYLOADS)

EVENTS = {"script", "onerror", "svg", "toggle", "srcdoc", "js", "click"}
FRONT = ("title", "description", "author", "subtitle", "status", "tags")
BREAK = "\\\"></title><script>{}'{} '</script>"


def _front_matter() -> str:
    lines = [f'{name}: "{BREAK.format(RUN, name)}"' for name in FRONT if name != "tags"]
    lines.append(f'tags: ["{BREAK.format(RUN, "tags")}"]')
    return "\n".join(["---", *lines, "---"])


@dataclass(frozen=True)
class Opened:
    """What happened when the injected pages were opened: what ran, and what was asked of others."""

    ran: frozenset[str]
    asked: frozenset[str]


def _opened(browser: Browser, root: Path, *, guarded: bool) -> Opened:
    (root / "docs").mkdir()
    (root / "mkdocs.yml").write_text(CONFIGURATION)
    (root / "docs/index.md").write_text(f"{_front_matter()}\n\n{BODY}")
    (root / "docs/other.md").write_text("# Other\n")
    (root / "docs/base.md").write_text(f'# Base\n\n<base href="{FOREIGN}/base/">\n')
    for problem in build_site(root, stage_of(root), Order(1, guarded=guarded)).problems:
        # The titles of all pages stand in the navigation, also of the page for missing addresses.
        assert "script" in problem.message
    asked: list[str] = []
    with served(stage_of(root)) as address, browser.new_context() as context:

        def refuse(route: Route) -> None:
            asked.append(route.request.url)
            route.abort()

        # Only what is really sent comes here; a request that a policy stops does not.
        context.route(f"{FOREIGN}/**", refuse)
        page = context.new_page()
        page.goto(address, wait_until="load")
        _press(page, ("words", "js"), lambda: set(page.evaluate(RAN).split()) >= EVENTS, guarded)
        ran = page.evaluate(RAN)
        _press(page, ("send",), lambda: f"{FOREIGN}/form" in {*map(_bare, asked)}, guarded)
        _go(page, f"{address}other/")
        ran += page.evaluate(RAN)
        _go(page, f"{address}base/")
        _press(page, (), lambda: any("/assets/" in url for url in asked), guarded)
    paths = (_bare(url).removeprefix(FOREIGN) for url in asked)
    return Opened(frozenset(ran.split()), frozenset(paths))


def _go(page: Page, address: str) -> None:
    """Open a page; the form that was refused may still be on its way to a page of the browser's."""
    for _ in range(20):
        with contextlib.suppress(Error):
            page.goto(address, wait_until="load")
            return
        page.wait_for_timeout(300)


def _bare(url: str) -> str:
    return url.split("?")[0]


def _press(page: Page, ids: Sequence[str], happened: Callable[[], bool], guarded: bool) -> None:
    """Press, and give what may happen its time; without the policy, again until it has."""
    for _ in range(1 if guarded else 20):
        for one in ids:
            page.evaluate(f"document.getElementById('{one}')?.click()")
        page.wait_for_timeout(300)
        if happened():
            return


def test_the_policy_alone_stops_everything(browser: Browser, tmp_path: Path) -> None:
    assert _opened(browser, tmp_path, guarded=True) == Opened(frozenset(), frozenset())


def test_without_the_policy_all_of_it_happens(browser: Browser, tmp_path: Path) -> None:
    """The same pages without the policy: the test above would not pass by chance."""
    opened = _opened(browser, tmp_path, guarded=False)
    assert opened.ran >= EVENTS
    assert opened.ran >= set(FRONT)
    assert opened.asked >= {
        f"/{name}"
        for name in ("script.js", "style.png", "image.png", "sheet.css", "attribute.png", "form")
    }
    # The theme's own scripts, from the place that <base> names.
    assert any(path.startswith("/assets/") for path in opened.asked)

/* Without this script Contributing says how a note is sent in; with it a press on words opens a panel.

   The panel's own scripts are fetched when it is first wanted. */
{
  const own = window.editionDrafting = window.editionDrafting || {};
  const assets = document.currentScript.src.replace(/[^/]*$/, "");
  const WORDS = "Suggest a note";
  let loading, box, timer;

  /* What the panel needs is fetched when it is first wanted, as scripts: so it works from a folder. */
  const fetched = file => new Promise((resolve, reject) => {
    const script = document.createElement("script");
    document.head.append(Object.assign(script,
      { src: assets + file, async: false, onload: resolve, onerror: reject }));
  });

  const open = async (range, opener) => {
    try {
      loading = loading || Promise.all(["../edition/drafting.js", "suggest-panel.js"].map(fetched));
      await loading;
    } catch {
      loading = null;
      opener.textContent = "It could not be loaded: try again.";
      return;
    }
    hide();
    own.panel.open(range, opener);
  };

  /* --- The button by the words that are selected */

  const element = node => node.nodeType === 1 ? node : node.parentElement;

  const selected = () => {
    const selection = getSelection(), range = selection.rangeCount && selection.getRangeAt(0);
    return range && selection.toString().trim() &&
      element(range.commonAncestorContainer).closest(".ed-text, .ed-form") ? range : null;
  };

  const hide = () => {
    if (box) box.remove();
    box = null;
  };

  /* The block in which the last line of the selection stands: there the Tab key comes next. */
  const hostOf = range => {
    const [first, last] = [range.startContainer, range.endContainer].map(one =>
      element(one).closest(".ed-block, td"));
    return range.endOffset && last ? last : first;
  };

  const made = () => {
    const button = document.createElement("button"), span = document.createElement("span");
    span.className = "ed-suggestion";
    span.popover = "manual";
    button.type = "button";
    span.append(button);
    /* A press must not take the selection away before it is read. */
    span.onpointerdown = event => event.preventDefault();
    span.onclick = event => {
      event.stopPropagation();
      open(selected() || span.range, button);
    };
    return span;
  };

  const show = () => {
    const range = selected(), host = range && hostOf(range);
    const rect = host && [...range.getClientRects()].filter(one => one.width).pop();
    if (!rect || !host.showPopover) {
      hide();
      return;
    }
    box = box || made();
    box.range = range.cloneRange();
    box.firstChild.textContent = own.panel && own.panel.isOpen() ? "Take these words" : WORDS;
    if (box.parentElement !== host) host.append(box);
    /* Above everything, but in the place of the document where it belongs, and scrolling with it. */
    if (!box.matches(":popover-open")) box.showPopover();
    const most = document.documentElement.clientWidth - box.offsetWidth - 8;
    box.style.left = `${scrollX + Math.max(8, Math.min(rect.right, most))}px`;
    box.style.top = `${scrollY + rect.bottom + 6}px`;
  };

  document.addEventListener("selectionchange", () => {
    clearTimeout(timer);
    timer = setTimeout(show, 200);
  });
  document.addEventListener("keydown", event => {
    if (event.key === "Escape") hide();
  });

  /* --- The word in the bar, which says how many drafts of the document are kept */

  const drafts = name => {
    try {
      return Object.keys(localStorage).filter(key =>
        key.startsWith("edition.draft/") && key.split("/").slice(-2)[0] === name).length;
    } catch {
      return 0;
    }
  };

  own.start = () => {
    const text = document.querySelector(".ed-text[data-document]");
    const word = document.querySelector(".ed-suggest");
    hide();
    if (own.panel) own.panel.leave();
    if (text && word) {
      const count = drafts(text.dataset.document);
      word.textContent = WORDS + (count ? ` · ${count} draft${count > 1 ? "s" : ""}` : "");
      word.hidden = false;
      word.onclick = () => open(selected(), word);
    }
  };

  /* Material puts pages in place of each other and says so; elsewhere there is one page. */
  if (window.document$) window.document$.subscribe(own.start);
  else own.start();
}

/* Without this script Contributing says how a note is sent in; with it a press on words opens a panel.

   The panel's own scripts are fetched when it is first wanted. */
{
  const own = window.editionDrafting = window.editionDrafting || {};
  const assets = document.currentScript.src.replace(/[^/]*$/, "");
  /* Drafts are kept by site: two editions may have one origin. */
  own.kept = `edition.draft:${new URL("..", assets).pathname}#`;
  const WORDS = "Suggest a note";
  let loading, timer;

  /* What the panel needs is fetched when it is first wanted, as scripts: so it works from a folder. */
  const fetched = file => new Promise((onload, onerror) =>
    document.head.append(Object.assign(document.createElement("script"),
      { src: assets + file, async: false, onload, onerror })));

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

  const element = node => node.closest ? node : node.parentElement;

  const selected = () => {
    const selection = getSelection(), range = selection.rangeCount && selection.getRangeAt(0);
    return range && selection.toString().trim() &&
      element(range.commonAncestorContainer).closest(".ed-text, .ed-form") ? range : null;
  };

  const box = document.createElement("span"), button = document.createElement("button");
  button.type = "button";
  box.append(button);
  Object.assign(box, {
    className: "ed-suggestion",
    popover: "manual",
    /* A press must not take the selection away before it is read. */
    onpointerdown: event => event.preventDefault(),
    onclick(event) {
      event.stopPropagation();
      open(selected() || box.range, button);
    }
  });

  const hide = () => box.remove();

  const show = () => {
    const range = selected(), rect = range && [...range.getClientRects()].filter(one => one.width).pop();
    /* It stands in the last block that has words of the selection. */
    const host = rect && [range.endOffset && range.endContainer, range.startContainer].map(one =>
      one && element(one).closest(".ed-block, td")).find(Boolean);
    if (!host?.showPopover) return hide();
    box.range = range.cloneRange();
    box.isNew = true;
    button.textContent = own.panel?.isOpen() ? "Take these words" : WORDS;
    /* Above everything, but in the place of the document where it belongs, and scrolling with it. */
    if (box.parentElement !== host) {
      host.append(box);
      box.showPopover();
    }
    const most = document.documentElement.clientWidth - box.offsetWidth - 8;
    box.style.left = `${scrollX + Math.max(8, Math.min(rect.right, most))}px`;
    box.style.top = `${scrollY + rect.bottom + 6}px`;
  };

  document.addEventListener("selectionchange", () => {
    clearTimeout(timer);
    timer = setTimeout(show, 200);
  });
  document.addEventListener("keydown", event => {
    const { activeElement: at, body } = document;
    if (event.key === "Escape") hide();
    /* The first Tab after words were selected leads to it, past the links between. */
    if (event.key === "Tab" && !event.shiftKey && box.isNew && box.isConnected && (at === body || at.closest(".ed-text"))) {
      event.preventDefault();
      box.isNew = false;
      button.focus();
    }
  });

  /* --- The word in the bar, which says how many drafts of the document are kept */

  const drafts = name => {
    try {
      return Object.keys(localStorage).filter(key => key.startsWith(`${own.kept + name}/`)).length;
    } catch {
      return 0;
    }
  };

  own.start = () => {
    const text = document.querySelector(".ed-text[data-document]");
    const word = document.querySelector(".ed-suggest");
    hide();
    own.panel?.leave();
    if (text && word) {
      const count = drafts(text.dataset.document);
      word.textContent = WORDS + (count ? ` · ${count} draft${count > 1 ? "s" : ""}` : "");
      word.hidden = false;
      word.onclick = () => open(selected(), word);
    }
  };

  /* Material puts pages in place of each other and says so; elsewhere there is one page. */
  if (window.document$) document$.subscribe(own.start);
  else own.start();
}

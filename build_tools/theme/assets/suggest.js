/* Without this script the page is complete, and Contributing says how a note is sent in; with it a
   press on words of the document opens a panel in which the note is drafted. */
(function () {
  "use strict";

  var own = window.editionDrafting = window.editionDrafting || {};
  var assets = document.currentScript.src.replace(/[^/]*$/, "");
  var FILES = [assets + "suggest-anchors.js", assets + "suggest-file.js", assets + "suggest-form.js",
    assets + "suggest-panel.js",
    assets.replace(/assets\/$/, "edition/drafting.js")];
  var loading = null;
  var box = null;
  var timer = 0;

  /* What the panel needs is fetched when it is first wanted, as scripts: so it works from a folder. */
  function load() {
    loading = loading || Promise.all(FILES.map(function (file) {
      return new Promise(function (resolve, reject) {
        var script = document.createElement("script");
        script.src = file;
        script.async = false;
        script.onload = resolve;
        script.onerror = reject;
        document.head.append(script);
      });
    })).catch(function () {
      loading = null;
      throw new Error("a script of the panel could not be fetched");
    });
    return loading;
  }

  function open(range, opener) {
    load().then(function () {
      hide();
      own.panel.open(range, opener);
    }, function () {
      opener.textContent = "It could not be loaded: try again.";
    });
  }

  /* --- The button by the words that are selected */

  function selected() {
    var selection = getSelection();
    var range = selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
    var place = range && range.commonAncestorContainer;
    var part = place && (place.nodeType === 1 ? place : place.parentElement);
    return part && part.closest(".ed-text, .ed-form") && selection.toString().trim() ? range : null;
  }

  function hide() {
    if (box) {
      box.remove();
      box = null;
    }
  }

  /* The last line of the selection, and the block it stands in: there the Tab key comes next. */
  function last(range) {
    var rects = Array.from(range.getClientRects()).filter(function (one) {
      return one.width > 0;
    });
    var end = range.endOffset || range.endContainer.nodeType === 3 ? range.endContainer
      : range.startContainer;
    end = end.nodeType === 1 ? end : end.parentElement;
    return { rect: rects[rects.length - 1], host: end.closest(".ed-block, td") ||
      range.startContainer.parentElement.closest(".ed-block, td") };
  }

  function show() {
    var range = selected();
    if (!range) {
      hide();
      return;
    }
    var place = last(range);
    if (!place.rect || !place.host) {
      hide();
      return;
    }
    if (!box) {
      box = document.createElement("span");
      box.className = "ed-suggestion";
      box.setAttribute("popover", "manual");
      box.append(document.createElement("button"));
      box.firstChild.type = "button";
      /* A press must not take the selection away before it is read. */
      box.addEventListener("pointerdown", function (event) {
        event.preventDefault();
      });
      box.addEventListener("click", function (event) {
        event.stopPropagation();
        open(selected() || box.range, box.firstChild);
      });
    }
    box.range = range.cloneRange();
    box.firstChild.textContent = own.panel && own.panel.isOpen() ? "Take these words" : "Suggest a note";
    if (box.parentElement !== place.host) {
      place.host.append(box);
    }
    /* Above everything, but in the place of the document where it belongs, and scrolling with it. */
    if (box.showPopover && !box.matches(":popover-open")) {
      box.showPopover();
    }
    var origin = document.documentElement.getBoundingClientRect();
    if (!box.showPopover && box.offsetParent) {
      origin = box.offsetParent.getBoundingClientRect();
    }
    var left = Math.min(place.rect.right, document.documentElement.clientWidth - box.offsetWidth - 8);
    box.style.left = Math.max(8, left) - origin.left + "px";
    box.style.top = place.rect.bottom + 6 - origin.top + "px";
  }

  document.addEventListener("selectionchange", function () {
    clearTimeout(timer);
    timer = setTimeout(show, 200);
  });

  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && box) {
      hide();
    }
  });

  /* --- The word in the bar, which says how many drafts of the document are kept */

  function drafts(name) {
    try {
      return Object.keys(localStorage).filter(function (key) {
        return key.startsWith("edition.draft/") && key.split("/").slice(-2)[0] === name;
      }).length;
    } catch (error) {
      return 0;
    }
  }

  own.start = function () {
    var text = document.querySelector(".ed-text[data-document]");
    var word = document.querySelector(".ed-suggest");
    hide();
    if (own.panel) {
      own.panel.leave();
    }
    if (!text || !word) {
      return;
    }
    var count = drafts(text.dataset.document);
    word.textContent = "Suggest a note" + (count ? " · " + count + (count > 1 ? " drafts" : " draft") : "");
    word.hidden = false;
    word.onclick = function () {
      open(selected(), word);
    };
  };

  /* Material puts pages in place of each other and says so; elsewhere there is one page. */
  if (window.document$) {
    window.document$.subscribe(own.start);
  } else {
    own.start();
  }
})();

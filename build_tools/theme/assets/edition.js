/* Without this script the four views and the switch of notes work; with it the view is in the
   address once it was chosen or a link is made, and this browser remembers both. */
(function () {
  "use strict";

  /* By site: two editions may have one origin, as name.github.io/a and /b, or a disk. */
  var SITE = new URL("..", document.currentScript.src).pathname;
  var VIEW = "edition.view:" + SITE;
  var NOTES = "edition.notes:" + SITE;

  function remembered(key) {
    try {
      return localStorage.getItem(key);
    } catch (error) {
      return null;
    }
  }

  function remember(key, value) {
    try {
      localStorage.setItem(key, value);
    } catch (error) {
      /* Storage may be forbidden; the view is then only in the address, and notes are shown. */
    }
  }

  function address(view) {
    var url = new URL(location.href);
    url.searchParams.set("view", view);
    if (url.href !== location.href) {
      history.replaceState(history.state, "", url);
    }
  }

  function start() {
    var radios = Array.from(document.querySelectorAll("input.ed-view"));
    if (!radios.length) {
      return;
    }
    var asked = new URL(location.href).searchParams.get("view") || remembered(VIEW);
    radios.forEach(function (radio) {
      if (radio.value === asked) {
        radio.checked = true;
        remember(VIEW, asked);
        address(asked);
      }
      radio.addEventListener("change", function () {
        remember(VIEW, radio.value);
        address(radio.value);
        put();
      });
    });
    var notes = document.querySelector("input.ed-notes-on");
    notes.checked = remembered(NOTES) !== "off";
    notes.addEventListener("change", function () {
      remember(NOTES, notes.checked ? "on" : "off");
    });
    showAsked();
  }

  /* An address that names a note goes before the switch; what is remembered stays. */
  function showAsked() {
    var notes = document.querySelector("input.ed-notes-on");
    var place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (notes && !notes.checked && place && place.matches(".ed-note, .ed-ref")) {
      notes.checked = true;
      place.scrollIntoView();
    }
  }

  /* What is read stays where it is in the window when the view is changed. The page is asked before
     the change, at the press or the key that makes it. */
  var held = null;

  function top(block) {
    return block.getBoundingClientRect().top;
  }

  function hold(event) {
    held = null;
    var views = event.target.closest && event.target.closest(".ed-views");
    if (!views) {
      return;
    }
    var edge = views.getBoundingClientRect().bottom;
    var blocks = Array.from(document.querySelectorAll(".ed-text .ed-block[data-shown='text']"));
    var nearest = blocks.filter(function (block) {
      return block.getClientRects().length;
    }).sort(function (one, other) {
      return Math.abs(top(one) - edge) - Math.abs(top(other) - edge);
    })[0];
    /* Above the text nothing moves. */
    if (nearest && top(blocks[0]) < edge) {
      held = { block: nearest, top: top(nearest) };
    }
  }

  function put() {
    if (held && held.block.isConnected && held.block.getClientRects().length) {
      scrollBy(0, top(held.block) - held.top);
    }
    held = null;
  }

  /* Browsers begin no selection on a link, and names are links: a drag from one selects words all
     the same, and is no press on it. */
  function caret(event) {
    return document.caretPositionFromPoint && document.caretPositionFromPoint(event.clientX, event.clientY);
  }

  document.addEventListener("dragstart", function (event) {
    var link = event.target.closest && event.target.closest(".ed-text a, .ed-form a");
    var from = link && caret(event);
    if (!from) {
      return;
    }
    event.preventDefault();
    var drag = new AbortController();
    function during(name, does) {
      document.addEventListener(name, does, { capture: true, signal: drag.signal });
    }
    during("pointermove", function (move) {
      var to = caret(move);
      if (to) {
        getSelection().setBaseAndExtent(from.offsetNode, from.offset, to.offsetNode, to.offset);
      }
    });
    during("click", function (click) {
      click.preventDefault();
      click.stopPropagation();
    });
    /* The click comes right after the button is let go, where there is one. */
    ["pointerup", "pointercancel"].forEach(function (name) {
      during(name, function () {
        setTimeout(function () {
          drag.abort();
        });
      });
    });
  });

  /* Material's links hold the address the page came with; a link within the page keeps the view.
     What the search has found asks for a view of its own.
     A link that is made to be sent names it, also the first: another reader may remember another. */
  function keep(event) {
    var link = event.target.closest && event.target.closest("a[href]");
    var inside = link && link.hash && link.origin === location.origin &&
      link.pathname === location.pathname && !link.closest(".md-search-result");
    var view = document.querySelector("input.ed-view:checked");
    if (inside && view) {
      if (link.matches(".ed-perma, .ed-permalink, .ed-pb > a")) {
        address(view.value);
      }
      if (link.search !== location.search) {
        link.search = location.search;
      }
    }
    /* Material leaves a link with a target to the browser, which stays on the page: `steps.js`. */
    if (inside && link.search === location.search) {
      link.target = "_self";
    }
  }

  document.addEventListener("click", keep, true);
  document.addEventListener("contextmenu", keep, true);
  document.addEventListener("pointerdown", hold, true);
  document.addEventListener("keydown", hold, true);
  window.addEventListener("hashchange", showAsked);

  /* Material puts pages in place of each other and says so; elsewhere there is one page. */
  if (window.document$) {
    window.document$.subscribe(start);
  } else {
    start();
  }
})();

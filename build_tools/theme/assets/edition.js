/* Without this script the four views and the switch of notes work; with it the view is in the
   address, and both are remembered while the window is open. */
(function () {
  "use strict";

  var VIEW = "edition.view";
  var NOTES = "edition.notes";
  var DEFAULT = "reading";

  function remembered(key) {
    try {
      return sessionStorage.getItem(key);
    } catch (error) {
      return null;
    }
  }

  function remember(key, value) {
    try {
      sessionStorage.setItem(key, value);
    } catch (error) {
      /* Storage may be forbidden; the view is then only in the address, and notes are shown. */
    }
  }

  function address(view) {
    var url = new URL(location.href);
    if (view === DEFAULT) {
      url.searchParams.delete("view");
    } else {
      url.searchParams.set("view", view);
    }
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
        address(asked);
      }
      radio.addEventListener("change", function () {
        remember(VIEW, radio.value);
        address(radio.value);
      });
    });
    var notes = document.querySelector("input.ed-notes-on");
    notes.checked = remembered(NOTES) !== "off";
    notes.addEventListener("change", function () {
      remember(NOTES, notes.checked ? "on" : "off");
    });
  }

  /* Material's links hold the address the page came with; a link within the page keeps the view.
     What the search has found asks for a view of its own. */
  function keep(event) {
    var link = event.target.closest && event.target.closest("a[href]");
    var inside = link && link.hash && link.origin === location.origin &&
      link.pathname === location.pathname && !link.closest(".md-search-result");
    if (inside && link.search !== location.search && document.querySelector("input.ed-view")) {
      link.search = location.search;
    }
  }

  document.addEventListener("click", keep, true);

  /* Material puts pages in place of each other and says so; elsewhere there is one page. */
  if (window.document$) {
    window.document$.subscribe(start);
  } else {
    start();
  }
})();

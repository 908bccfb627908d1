/* Without this script links within a page lead to their places all the same; with it the first of
   them leaves the page in place. It stands before Material's scripts, to be asked before them. */
(function () {
  "use strict";

  var shown = location.pathname;

  /* Material takes the first step to another place of a page for one to another page, and puts a
     fresh copy in its place: what is open closes, and the focus is lost. The browser has made the
     step; only how far the page was scrolled Material keeps, once it has put a page in place. */
  window.addEventListener("popstate", function (event) {
    if (location.pathname === shown) {
      event.stopImmediatePropagation();
      if (history.scrollRestoration === "manual" && event.state) {
        scrollTo(0, event.state.y || 0);
      }
    }
  });

  document.addEventListener("DOMContentLoaded", function () {
    if (window.document$) {
      window.document$.subscribe(function () {
        shown = location.pathname;
      });
    }
  });
})();

/* Without this script a document opens in the reading view; with it in the view that the address
   names, or that was chosen last, before any of it is drawn. `edition.js` does the rest. */
(function () {
  "use strict";

  var site = new URL("..", document.currentScript.src).pathname;
  var asked = new URL(location.href).searchParams.get("view");
  var notes = null;
  try {
    asked = asked || localStorage.getItem("edition.view:" + site);
    notes = localStorage.getItem("edition.notes:" + site);
  } catch (error) {
    /* Storage may be forbidden; the address is enough. */
  }

  /* The switches are met while the page is still being read, and set before it is drawn. */
  var watch = new MutationObserver(function () {
    var radios = Array.from(document.querySelectorAll("input.ed-view"));
    var box = document.querySelector("input.ed-notes-on");
    if (!box) {
      return;
    }
    watch.disconnect();
    radios.forEach(function (radio) {
      radio.checked = radio.checked || radio.value === asked;
    });
    /* An address that names a note goes before the switch. */
    box.checked = notes !== "off" || /^#[ft]n(ref\d*)?:/.test(location.hash);
  });

  watch.observe(document.documentElement, { childList: true, subtree: true });
  document.addEventListener("DOMContentLoaded", function () {
    watch.disconnect();
  });
})();

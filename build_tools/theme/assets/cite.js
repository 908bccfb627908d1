/* Without this script menus open and the citations can be copied by hand; with it they name the
   place that the address names, one press copies them, and Escape or a press outside closes. */
(function () {
  "use strict";

  function all(selector, inside) {
    return Array.from((inside || document).querySelectorAll(selector));
  }

  /* The note that was open when a press on the menu closed its box. */
  var held = "";

  function openNote() {
    var note = document.querySelector(".ed-asked[data-note]");
    return note ? note.dataset.note : "";
  }

  /* What is cited: the open note, else the place that the address names; of a marker its note. */
  function cited() {
    var id = openNote() || held || decodeURIComponent(location.hash.slice(1));
    return id.replace(/^([ft]n)ref\d*:/, "$1:");
  }

  /* The place on the page in the words of a citation. */
  function place(id) {
    var found = document.getElementById(id);
    var sign = found && found.querySelector(".ed-num, .ed-back");
    if (!found || !found.closest(".md-content")) {
      return "";
    }
    if (found.matches(".ed-note")) {
      /* Figures change when a note is added; the title of a note stays. */
      var title = found.querySelector(".ed-note-label");
      return (found.matches(".ed-note--t") ? "textual note " : "note ") + sign.textContent +
        (title ? ", “" + title.textContent + "”" : "");
    }
    if (found.matches(".ed-block")) {
      return named(document.getElementById(found.dataset.block));
    }
    if (found.matches(".ed-pb, .ed-facs")) {
      var page = "page " + found.closest(".ed-page").dataset.page;
      return found.matches(".ed-facs") ? "facsimile of " + page : page;
    }
    return found.matches("h2, h3") ? "s.v. “" + words(found) + "”" : "";
  }

  /* A paragraph by the name of its permalink; a field by its label; else the block by its id. */
  function named(block) {
    var link = block.querySelector(".ed-perma");
    var label = block.matches(".ed-field") && block.querySelector(".ed-label");
    if (link) {
      return link.getAttribute("aria-label").toLowerCase();
    }
    return label ? "field “" + label.textContent.trim().replace(/[.:)]+$/, "") + "”"
      : block.id.replace(/-/g, " ");
  }

  function words(heading) {
    var bare = heading.cloneNode(true);
    all(".headerlink", bare).forEach(function (one) {
      one.remove();
    });
    return bare.textContent.trim();
  }

  /* A folder opened from a disk has no address that would help another reader. */
  function published(canonical) {
    var here = location.protocol === "file:" ? "" : location.origin + location.pathname;
    return canonical || here;
  }

  function address(canonical, id) {
    var base = published(canonical);
    var exact = decodeURIComponent(location.hash.slice(1)) === id;
    return base && base + search() + (exact ? location.hash : "#" + encodeURI(id));
  }

  /* A citation names the view it was made in, also the first: its reader may remember another. */
  function search() {
    var asked = new URLSearchParams(location.search);
    var view = document.querySelector("input.ed-view:checked");
    if (view) {
      asked.set("view", view.value);
    }
    return String(asked) && "?" + asked;
  }

  function fill(menu) {
    var id = cited();
    var at = place(id);
    var filled = { at: at, url: address(menu.dataset.canonical, id) };
    all(".ed-slot", menu).forEach(function (slot) {
      var value = filled[slot.dataset.slot];
      slot.textContent = value && slot.dataset.before + value + slot.dataset.after;
    });
    var head = menu.querySelector(".ed-cited");
    head.textContent = at ? head.dataset.page + ", " + at : head.dataset.page;
    menu.querySelector("[data-status]").textContent = "";
    all(".ed-copy", menu).forEach(function (button) {
      button.hidden = false;
    });
  }

  /* --- Copying: the newer way needs a secure page, which a folder on a disk is not. */

  function copy(button) {
    var text = document.getElementById(button.dataset.copies).textContent;
    var status = button.closest(".ed-panel").querySelector("[data-status]");
    function tell(done) {
      status.textContent = done ? "Copied." : "Not copied: select it, and copy it by hand.";
    }
    if (navigator.clipboard && window.isSecureContext && location.protocol !== "file:") {
      navigator.clipboard.writeText(text).then(function () {
        tell(true);
      }, function () {
        tell(copyOldWay(text, button));
      });
    } else {
      tell(copyOldWay(text, button));
    }
  }

  function copyOldWay(text, button) {
    var box = document.createElement("textarea");
    box.value = text;
    box.className = "ed-said";
    box.setAttribute("aria-hidden", "true");
    button.after(box);
    box.select();
    var done = false;
    try {
      done = document.execCommand("copy");
    } catch (error) {
      done = false;
    }
    box.remove();
    button.focus();
    return done;
  }

  /* --- Menus */

  function onToggle(event) {
    var menu = event.target;
    if (!menu.matches || !menu.matches(".ed-menu")) {
      return;
    }
    if (!menu.open) {
      held = "";
      return;
    }
    closeAll(menu);
    if (menu.matches(".ed-menu--cite")) {
      fill(menu);
    }
  }

  function closeAll(but) {
    all(".ed-bar .ed-menu[open]").forEach(function (menu) {
      menu.open = menu === but;
    });
  }

  /* A press outside closes the box of a note before the menu opens: what it showed is cited. */
  function onDown(event) {
    held = event.target.closest(".ed-menu--cite > summary") ? openNote() : "";
  }

  function onClick(event) {
    /* Who takes the address of another place means that. */
    if (event.target.closest(".ed-perma, .ed-permalink, .ed-pb > a")) {
      all(".ed-asked").forEach(function (note) {
        note.classList.remove("ed-asked");
      });
    }
    var button = event.target.closest(".ed-copy");
    if (button) {
      copy(button);
    }
    closeAll(event.target.closest(".ed-menu"));
  }

  function onKey(event) {
    var escape = event.key === "Escape" && event.target.closest;
    var menu = escape && event.target.closest(".ed-menu[open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  }

  /* A printed page says where it is from, in the view that it shows: at its end, and on every
     sheet, whose margin has its words from a property of the page. */
  function onPrint() {
    all(".ed-here").forEach(function (here) {
      var base = published(here.dataset.canonical);
      here.textContent = base && base + search();
      var says = here.parentElement.textContent.trim().replace(/\s+/g, " ");
      document.documentElement.style.setProperty("--ed-running", JSON.stringify(says));
    });
  }

  window.addEventListener("beforeprint", onPrint);
  document.addEventListener("pointerdown", onDown, true);
  document.addEventListener("toggle", onToggle, true);
  document.addEventListener("click", onClick);
  document.addEventListener("keydown", onKey);
  window.addEventListener("hashchange", function () {
    all(".ed-menu--cite[open]").forEach(fill);
  });
})();

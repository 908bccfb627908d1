/* Without this script a marker leads to its note at the foot, and the note's sign back; with it
   notes open beside their lines or in a box by them, and passage and note light each other. */
(function () {
  "use strict";

  var DELAY = 150;
  var lit = "";
  var timer = 0;
  var from = null;

  /* --- Finding: notes are known by the id they have at the foot, as in `fn:id` */

  function byId(id) {
    return document.getElementById(id);
  }

  function all(selector) {
    return Array.from(document.querySelectorAll(selector));
  }

  function isSeen(element) {
    return element.getClientRects().length > 0 &&
      getComputedStyle(element).visibility !== "hidden";
  }

  /* Material rewrites addresses, so only the part after the sign # is read. */
  function idOf(link) {
    return decodeURIComponent(link.hash.slice(1));
  }

  function named(selector, name, value) {
    return all(selector + "[" + name + '~="' + CSS.escape(value) + '"]');
  }

  function stub(id) {
    return named(".ed-stub", "data-note", id).find(isSeen);
  }

  function passages(id) {
    return named(".ed-lemma", "data-notes", id.slice(3));
  }

  function markers(id) {
    return all(".ed-ref > a").filter(function (link) {
      return idOf(link) === id;
    });
  }

  function marker(id) {
    return (from && idOf(from) === id && isSeen(from) && from) || markers(id).find(isSeen);
  }

  /* The notes that something on the page belongs to, the nearest first. */
  function notesAt(element) {
    var found = element.closest(".ed-ref, [data-note], .ed-note, [data-notes]");
    if (!found || !found.closest(".md-content__inner")) {
      return [];
    }
    if (found.matches(".ed-ref")) {
      return [idOf(found.querySelector("a"))];
    }
    if (found.matches(".ed-note")) {
      return [found.id];
    }
    if (found.dataset.note) {
      return [found.dataset.note];
    }
    return narrowFirst(found.dataset.notes.split(" ").flatMap(function (name) {
      return ["fn:" + name, "tn:" + name].filter(byId);
    }));
  }

  function narrowFirst(ids) {
    function width(id) {
      return passages(id).reduce(function (sum, one) {
        return sum + one.textContent.length;
      }, 0);
    }
    return ids.filter(marker).sort(function (one, other) {
      return width(one) - width(other);
    });
  }

  /* --- Lighting */

  function light(ids) {
    if (ids.join(" ") === lit) {
      return;
    }
    lit = ids.join(" ");
    all(".ed-lit").forEach(function (one) {
      one.classList.remove("ed-lit", "ed-lit--both");
    });
    ids.forEach(function (id) {
      passages(id).forEach(function (one) {
        one.classList.add(one.classList.contains("ed-lit") ? "ed-lit--both" : "ed-lit");
      });
      markers(id).forEach(function (link) {
        link.parentElement.classList.add("ed-lit");
      });
      [byId(id), stub(id)].forEach(function (one) {
        if (one) {
          one.classList.add("ed-lit");
        }
      });
    });
  }

  /* --- Opening */

  function copy(id) {
    var note = byId(id);
    var open = document.createElement("div");
    open.className = "ed-open" + (id.charAt(0) === "t" ? " ed-note--t" : "");
    open.tabIndex = -1;
    open.dataset.note = id;
    note.childNodes.forEach(function (one) {
      open.append(one.cloneNode(true));
    });
    open.querySelectorAll("[id]").forEach(function (one) {
      one.removeAttribute("id");
    });
    open.setAttribute("role", "group");
    open.setAttribute("aria-label", (marker(id) || note).getAttribute("aria-label") || "Note");
    return open;
  }

  function close() {
    var box = document.querySelector(".ed-popover");
    if (box && box.matches(":popover-open")) {
      box.hidePopover();
    }
    all(".ed-open").forEach(function (one) {
      one.remove();
    });
  }

  function openBeside(id) {
    var host = stub(id);
    var is = host && host.querySelector(".ed-open");
    if (host && !is) {
      close();
      is = copy(id);
      host.append(is);
    }
    return is;
  }

  function openBox(id) {
    var link = marker(id);
    var box = document.querySelector(".ed-popover");
    if (!link || !HTMLElement.prototype.hasOwnProperty("popover")) {
      return null;
    }
    close();
    if (!box) {
      box = document.createElement("div");
      box.className = "ed-popover";
      box.setAttribute("popover", "auto");
      box.addEventListener("toggle", closed);
      link.closest(".md-content__inner").append(box);
    }
    all(".ed-from").forEach(function (one) {
      one.classList.remove("ed-from");
    });
    link.classList.add("ed-from");
    box.replaceChildren(copy(id));
    box.showPopover();
    return box.firstChild;
  }

  function open(id, by) {
    from = by || marker(id);
    var opened = openBeside(id) || openBox(id);
    if (opened) {
      light([id]);
      opened.focus({ preventScroll: Boolean(opened.closest(".ed-popover")) });
    }
    return Boolean(opened);
  }

  function closed(event) {
    var box = event.target;
    if (event.newState === "closed") {
      var lost = document.activeElement === document.body;
      if (from && (lost || box.contains(document.activeElement))) {
        from.focus({ preventScroll: true });
      }
      box.replaceChildren();
      light([]);
    }
  }

  function back(id) {
    var link = marker(id);
    var box = document.querySelector(".ed-popover:popover-open");
    if (box) {
      box.hidePopover();
    }
    if (link) {
      link.focus();
    }
  }

  /* --- What the reader does */

  function onClick(event) {
    var link = event.target.closest("a");
    var other = event.button || event.metaKey || event.ctrlKey || event.shiftKey;
    if (event.defaultPrevented || other) {
      return;
    }
    if (link && link.matches(".ed-back")) {
      onBack(event, link);
    } else if (link && link.matches(".ed-ref > a, .ed-stub > a")) {
      if (open(idOf(link), link.matches(".ed-ref > a") ? link : null)) {
        stop(event);
      }
    } else if (!link && event.target.closest(".ed-text") && getSelection().isCollapsed) {
      var ids = notesAt(event.target);
      if (ids.length) {
        open(ids.find(stub) || ids[0]);
      }
    }
  }

  function onBack(event, link) {
    var note = link.closest(".ed-open");
    if (note) {
      stop(event);
      back(note.dataset.note);
      return;
    }
    /* From the foot the browser goes there itself, so that it can come back; focus follows. */
    setTimeout(function () {
      var place = byId(idOf(link));
      if (place) {
        place.querySelector("a").focus({ preventScroll: true });
      }
    });
  }

  function stop(event) {
    event.preventDefault();
    event.stopPropagation();
  }

  /* A note that has the keyboard is not put away by a passing pointer. */
  function isBusy() {
    return document.querySelector(".ed-open:focus-within") !== null;
  }

  function onOver(event) {
    if (event.pointerType === "touch" || document.querySelector(".ed-popover:popover-open")) {
      return;
    }
    var ids = notesAt(event.target);
    clearTimeout(timer);
    /* Where the pointer is at nothing, what has the keyboard stays lit. */
    light(ids.length ? ids : notesAt(document.activeElement));
    if (ids.length && !event.target.closest(".ed-notes") && !isBusy()) {
      timer = setTimeout(function () {
        openBeside(ids.find(stub) || ids[0]);
        lit = "";
        light(ids);
      }, DELAY);
    }
  }

  function onFocus(event) {
    var ids = event.target.closest ? notesAt(event.target) : [];
    light(ids);
    if (ids.length && event.target.closest(".ed-ref")) {
      openBeside(ids[0]);
    }
  }

  function onKey(event) {
    var escape = event.key === "Escape" && event.target.closest;
    var note = escape && event.target.closest(".ed-stub .ed-open");
    if (note) {
      back(note.dataset.note);
    }
  }

  function onChange(event) {
    if (event.target.matches(".ed-view, .ed-notes-on")) {
      close();
      light([]);
    }
  }

  /* Before Material's own listener, which takes a link to the page's own place. */
  document.addEventListener("click", onClick, true);
  document.addEventListener("pointerover", onOver);
  document.addEventListener("focusin", onFocus);
  document.addEventListener("keydown", onKey);
  document.addEventListener("change", onChange);
})();

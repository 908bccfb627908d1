/* Without this script a marker leads to its note at the foot, and the note's sign back; with it
   notes open beside their lines or in a box by them, and passage and note light each other. */
(function () {
  "use strict";

  var DELAY = 150;
  var WHOLE = ".ed-block, .ed-pb, .ed-kicker, .ed-form td";
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
      var words = passages(id);
      words.forEach(function (one) {
        one.classList.add(one.classList.contains("ed-lit") ? "ed-lit--both" : "ed-lit");
      });
      markers(id).forEach(function (link) {
        link.parentElement.classList.add("ed-lit");
        /* A note on no words is on the whole of what its marker stands in. */
        var whole = !words.length && link.closest(WHOLE);
        if (whole) {
          whole.classList.add("ed-lit");
        }
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
    uncover(link, box);
    return box.firstChild;
  }

  /* At the foot of a narrow window the box would cover what was pressed there. */
  function uncover(link, box) {
    var sign = link.getBoundingClientRect();
    var top = box.getBoundingClientRect().top;
    if (sign.bottom > top && sign.top < innerHeight && getComputedStyle(box).bottom === "0px") {
      scrollBy(0, sign.bottom + sign.height - top);
    }
  }

  function open(id, by) {
    /* What the pointer would open after a moment is not asked for any more. */
    clearTimeout(timer);
    from = by || marker(id);
    var opened = openBeside(id) || openBox(id);
    if (opened) {
      /* What was asked for is what a citation means; what the pointer opened in passing is not. */
      opened.classList.add("ed-asked");
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
    } else if (link && link.hash && link.closest(".ed-popover")) {
      /* The page goes to another place, and the box does not cover it. */
      from = null;
      link.closest(".ed-popover").hidePopover();
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
    /* From the foot the browser goes there itself, so that it can come back. It gives the focus to
       what it comes to when it draws the page, which may be late: then the marker passes it on. */
    var place = byId(idOf(link));
    if (place) {
      place.tabIndex = -1;
    }
  }

  function onHash() {
    var place = byId(idOf(location));
    if (place && place.matches(".ed-ref")) {
      place.tabIndex = -1;
      place.focus({ preventScroll: true });
    }
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
    if (ids.length && event.target.matches(".ed-ref")) {
      event.target.querySelector("a").focus({ preventScroll: true });
      return;
    }
    light(ids);
    if (ids.length && event.target.closest(".ed-ref")) {
      openBeside(ids[0]);
    }
  }

  function onKey(event) {
    var at = event.target.closest ? event.target : document.body;
    var note = at.closest(".ed-stub .ed-open");
    if (event.key === "Escape" && note) {
      back(note.dataset.note);
    } else if (event.key === "Tab" && at.closest(".ed-open, .ed-popover")) {
      leave(event, at.closest(".ed-stub .ed-open, .ed-popover"));
    }
  }

  /* The order of the Tab key is that of the text: a note stands at its marker. Past the note's
     last link the browser goes on from there by itself; back before its first is the marker. */
  function leave(event, box) {
    var links = Array.from(box.querySelectorAll("a[href]")).filter(isSeen);
    var note = box.closest(".ed-open") || box.firstChild;
    var at = links.indexOf(event.target);
    var isOut = event.shiftKey ? at < 1 : at === links.length - 1;
    if (isOut) {
      back(note.dataset.note);
      if (event.shiftKey) {
        stop(event);
      }
    }
  }

  /* However the focus leaves a box, the box does not stay behind. */
  function onFocusOut(event) {
    var box = event.target.closest && event.target.closest(".ed-popover:popover-open");
    if (box && event.relatedTarget && !box.contains(event.relatedTarget)) {
      box.hidePopover();
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
  document.addEventListener("focusout", onFocusOut);
  document.addEventListener("keydown", onKey);
  document.addEventListener("change", onChange);
  window.addEventListener("hashchange", onHash);
})();

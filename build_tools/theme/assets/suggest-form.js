/* Without this script the page is complete; with it the fields of the panel are made in which a note
   is drafted. */
(function () {
  "use strict";

  var own = window.editionDrafting = window.editionDrafting || {};
  var fields = {}, parts = {};

  /* --- Making: everything people write is put in as text, never as markup */

  function h(name, attributes, content) {
    var made = document.createElement(name);
    Object.keys(attributes || {}).forEach(function (key) {
      if (key.startsWith("on")) {
        made.addEventListener(key.slice(2), attributes[key]);
      } else if (attributes[key] !== false && attributes[key] !== undefined) {
        made.setAttribute(key, attributes[key] === true ? "" : attributes[key]);
      }
    });
    made.append.apply(made, [].concat(content === undefined ? [] : content));
    return made;
  }

  function button(words, press, name) {
    return h("button", { type: "button", "class": name || "ed-plain", onclick: press }, words);
  }

  function field(name, label, control, hint) {
    var id = "ed.draft-" + name;
    control.id = id;
    control.setAttribute("aria-describedby", id + "-fault" + (hint ? " " + id + "-hint" : ""));
    var is = control.type === "checkbox";
    var says = h("label", { "for": id }, label);
    fields[name] = control;
    return h("div", { "class": "ed-field" + (is ? " ed-field--check" : ""), "data-field": name },
      (is ? [control, says] : [says, control]).concat(
        hint ? h("p", { "class": "ed-hint", id: id + "-hint" }, hint) : [],
        h("p", { "class": "ed-fault", id: id + "-fault" })
      ));
  }

  function select(values, words) {
    return h("select", {}, values.map(function (one) {
      return h("option", { value: one }, words ? words(one) : one);
    }));
  }

  function input(attributes) {
    return h("input", Object.assign({ type: "text", autocomplete: "off" }, attributes));
  }

  function group(legend, content, name) {
    return h("fieldset", { "class": "ed-group", "data-for": name }, [h("legend", {}, legend)].concat(content));
  }

  var WHAT = [["note", "Suggest a note"], ["emendation", "Propose an emendation"],
    ["error", "Report an error in the transcription"]];
  var CSL = [["title", "Title"], ["title-short", "Short title, as notes print it"],
    ["author", "Authors", "Surname, Given names; several with a semicolon between"],
    ["container-title", "In: book, journal or site"], ["issued", "Year or day"],
    ["publisher", "Publisher"], ["page", "Pages"], ["archive", "Archive"],
    ["archive_location", "Place in the archive"], ["URL", "Address on the web"]];

  /* Put the panel into the page; `does` says what its controls do. */
  function build(lang, does) {
    var data = own.data;
    var what = WHAT.map(function (one) {
      return h("label", {}, [h("input", { type: "radio", name: "ed.what", value: one[0] }), one[1]]);
    });
    parts.drafts = h("details", { "class": "ed-drafts" });
    parts.quote = h("blockquote", { "class": "ed-quoted" });
    parts.state = h("p", { "class": "ed-hint", role: "status" });
    parts.here = h("p", { "class": "ed-hint" });
    parts.preview = h("div", { "class": "ed-preview" });
    parts.sources = h("ul", { "class": "ed-chosen" });
    parts.exits = h("p", { "class": "ed-hint" });
    parts.done = h("p", { "class": "ed-done", role: "status" });
    parts.forge = h("a", { "class": "ed-exit", target: "_blank", rel: "noopener", onclick: does.propose });
    parts.body = h("div", { "class": "ed-drafting-body", onfocusout: does.leaveField }, [
      parts.drafts,
      group("What do you wish to do?", h("div", { "class": "ed-what" }, what)),
      group("The passage", [
        field("passage", "Paragraph", select([]), "Select words on the page, or here in the paragraph:"),
        /* Where nothing can be typed, keys do not move either: so it can, and nothing comes of it. */
        h("textarea", { rows: 4, id: "ed.draft-words", lang: lang, "aria-readonly": "true",
          inputmode: "none", spellcheck: "false", onbeforeinput: function (event) { event.preventDefault(); },
          "aria-label": "The paragraph as transcribed: select the words that you mean" }),
        field("whole", "About this whole paragraph", h("input", { type: "checkbox" })),
        parts.quote, parts.state, parts.here
      ]),
      group("The note", [
        field("label", "Label", input({ maxlength: 80 }), "A few words, for the margin and for lists"),
        group("Kind and standing", [field("kind", "Kind", select(data.kinds)),
          field("standing", "Standing: how sure it is", select([""].concat(data.standings)))], "note"),
        group("The emendation", [
          field("reading", "To be read instead", input(), "Nothing, where the words are to be left out"),
          field("certainty", "Certainty", select(data.certainties)),
          field("evidence", "It rests on evidence that is", select(data.evidence)),
          field("fault", "It mends a slip of", select(data.faults))
        ], "emendation"),
        field("text", "Text", h("textarea", { rows: 6 }),
          "*italic*, **bold**, [words](https://…), lists with -, quotations with >, sources as [@id, p. 3]"),
        parts.preview
      ]),
      group("Sources", [parts.sources,
        h("div", { "class": "ed-pair" }, [
          field("source", "A source of the edition", input({ list: "ed.sources" })),
          field("locator", "Place in it", input({ placeholder: "p. 3" })),
          button("Add", does.addKnown)
        ]),
        h("datalist", { id: "ed.sources" }, data.sources.map(function (one) {
          return h("option", { value: (one[1] || one[2]) + " [" + one[0] + "]" }, one[2]);
        })),
        h("details", {}, [h("summary", {}, "A source that is not listed")].concat(
          field("new-type", "What it is", select([""].concat(data.types))),
          CSL.map(function (one) {
            return field("new-" + one[0], one[1], input(), one[2]);
          }), button("Add this source", does.addNew)))]),
      group("You", [
        field("name", "Name, as it is to be printed", input({ autocomplete: "name" })),
        field("orcid", "ORCID iD, if you have one", input({ placeholder: "0000-0000-0000-0000" })),
        field("license", "Licence", input()),
        field("agreed", "I have written this myself, and give it under this licence.",
          h("input", { type: "checkbox" }))
      ])
    ]);
    var panel = h("section", { "class": "ed-drafting", role: "dialog", "aria-labelledby": "ed.draft-title",
      onkeydown: does.onKey }, [
      h("div", { "class": "ed-drafting-head" }, [h("h2", { id: "ed.draft-title", tabindex: -1 }, "Suggest a note"),
        button("New", function () { does.begin(null); }), button("Close", does.close)]),
      parts.body,
      h("div", { "class": "ed-drafting-foot" }, [
        h("div", { "class": "ed-exits" }, [parts.forge, button("Download the file", does.download, "ed-exit"),
          button("Copy", does.copy, "ed-exit")]),
        parts.exits, parts.done
      ])
    ]);
    parts.words = panel.querySelector("[aria-readonly]");
    parts.body.addEventListener("input", does.changed);
    ["select", "keyup", "pointerup"].forEach(function (name) {
      parts.words.addEventListener(name, does.pickWords);
    });
    document.body.append(panel);
    return panel;
  }

  own.form = { h: h, button: button, build: build, fields: fields, parts: parts, csl: CSL };
})();

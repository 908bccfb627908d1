/* Without this script the page is complete; with it a draft becomes the file of a note, told what
   `edition check` would say of it, and the address at which it can be proposed. */
{
  const own = window.editionDrafting, { data, prose, plain, WEB } = own;
  const LONGEST = 6000;
  const DATE = /^\d{4}(?!-(02-3|(0[2469]|11)-31))(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?[?~%]?$/;
  const ORCID = /^\d{4}-\d{4}-\d{4}-\d{3}[\dX]$/;
  const REFUSED = /[\p{Cs}\p{NChar}\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\u202a-\u202e\u2066-\u2069]/gu;
  const ESCAPED = /[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff]/g;
  const SPACES = /\s+/g, MARKS = /\p{M}|['’]/gu, WORDS = /[a-z0-9]+/g;
  const DEVICE = /^(\d|$|(con|prn|aux|nul|(com|lpt)[1-9])$)/;
  const QUOTED = /“[^”]*”|"[^"]*"/g;

  /* --- Words as a source has them */

  const clean = text => (text || "").normalize("NFC").replace(/\r\n?/g, "\n").replace(REFUSED, "");
  const line = text => clean(text).replace(SPACES, " ").trim();

  /* A JSON string is a YAML string, whatever stands in it. */
  const quoted = text => JSON.stringify(text).replace(ESCAPED, sign =>
    "\\u" + sign.charCodeAt(0).toString(16).padStart(4, "0"));
  const pair = (key, value) => `${key}: ${quoted(value)}`;

  /* An id that nothing has yet, from what a thing is called. */
  const derived = (called, kind, taken) => {
    let name = (called.toLowerCase().normalize("NFKD").replace(MARKS, "").match(WORDS) || []).join("-");
    if (name[40]) name = name.slice(0, 41).replace(/-[^-]*$/, "").slice(0, 40);
    if (DEVICE.test(name)) name = `${kind}-${name}`.replace(/-$/, "");
    let found = name;
    for (let number = 2; taken.includes(found); number += 1) found = `${name}-${number}`;
    return found;
  };

  /* An ORCID iD as it is printed, from an address or from bare digits. */
  const iD = text => line(text).toUpperCase().replace(/\/$|[\s-]/g, "").replace(/^.*\//, "")
    .replace(/.{4}(?=.)/g, "$&-");

  /* The last of sixteen digits proves the others: ISO 7064, modulus 11-2. */
  const proven = text => text.slice(-1) === "0123456789X"[(12 -
    [...text.slice(0, -1).replace(/-/g, "")].reduce((sum, digit) => (sum + +digit) * 2, 0) % 11) % 11];

  /* --- The file */

  const person = name => {
    const [, family, given] = /^([^,]*[^,\s])\s*,\s*(.+)$/.exec(name) || [];
    return family ? `{${pair("family", family)}, ${pair("given", given)}}` : `{${pair("literal", name)}}`;
  };

  const sourceLines = ({ id, locator, fresh }) => {
    const place = locator ? [`    ${pair("locator", locator)}`] : [];
    if (!fresh) return [`  - ${locator ? pair("source", id) : quoted(id)}`, ...place];
    const { author, ...values } = fresh;
    return [
      "  - new:",
      `      ${pair("id", id)}`,
      ...Object.keys(values).filter(key => values[key]).map(key => `      ${pair(key, values[key])}`),
      ...author ? ["      author:"] : [],
      ...(author || "").split(";").map(line).filter(Boolean).map(name => `        - ${person(name)}`),
      ...place
    ];
  };

  /* A report of an error says of itself what it is, once: nobody has looked yet. */
  const body = ({ what, text }) => (what === "error" && text.trim()
    && !RegExp(data.unverified, "i").test(text) ? data.unchecked : "") + clean(text);

  /* The file of a draft: {path, name, text}; `taken` are the ids of the document's records. */
  const file = (draft, taken) => {
    const { what, target } = draft, isEmendation = what === "emendation";
    const name = derived(draft.label, isEmendation ? "emendation" : "note", taken) + ".md";
    const passage = ["block", "exact", "prefix", "suffix"].filter(key => target[key])
      .map(key => pair(key, target[key]));
    const orcid = iD(draft.orcid), now = new Date();
    now.setMinutes(now.getMinutes() - now.getTimezoneOffset());
    const lines = [
      "---",
      ...isEmendation
        ? ["changes:", ...[...passage, pair("reading", line(draft.reading))].map((one, at) => (at ? "    " : "  - ") + one)]
        : ["target:", ...passage.map(one => "  " + one)],
      pair("label", line(draft.label)),
      ...(isEmendation ? ["certainty", "evidence", "fault"] : ["kind", "standing"]).map(key => pair(key, draft[key])),
      `author: {${pair("name", line(draft.name))}${orcid ? ", " + pair("orcid", orcid) : ""}}`,
      pair("license", line(draft.license)),
      pair("date", now.toISOString().slice(0, 10)),
      ...draft.sources.length ? ["sources:"] : [],
      ...draft.sources.flatMap(sourceLines),
      "---",
      body(draft).split("\n").map(one => one.trimEnd()).join("\n").replace(/^\n+|\n+$/g, ""),
      ""
    ];
    const folder = `edition/documents/${draft.document}/${isEmendation ? "emendations" : "notes"}/`;
    return { path: folder + name, name, text: lines.join("\n") };
  };

  /* --- The rules of the check, told at the field they are about: [field, message] */

  /* What is wrong with a draft, and the nodes that show its text. `emended` says what is wrong with
     a change of the words, as far as the page tells. */
  const check = (draft, emended) => {
    const { target, standing, sources } = draft, found = [], said = prose(body(draft), sources);
    const orcid = iD(draft.orcid);
    const needs = (field, message, isWrong) => {
      if (isWrong) found.push([field, message]);
    };
    const wants = (field, message) => needs(field, message, !line(draft[field]));
    needs("passage", "Choose words, or the whole paragraph.", !target);
    wants("label", "It has no label yet.");
    if (draft.what === "emendation") {
      needs("passage", "Choose the words that it changes.", target && !target.exact);
      needs("reading", "This is what stands there.", target && line(draft.reading) === target.exact);
      needs("passage", emended, emended);
    } else if (draft.what === "note") {
      /* Words and standing agree: a fact has a source and does not hedge, a guess says that it is one. */
      const rule = data.agrees[standing] || {}, is = pattern => new RegExp(pattern, "i").exec(words);
      const words = said.nodes.filter(one => one.localName === "p").map(plain).join(" ").replace(QUOTED, "");
      const [hedge] = (rule.never && is(rule.never)) || [];
      wants("standing", "Say how sure it is.");
      needs("standing", `A ${standing} names its source: cite one, or choose another.`,
        rule.sourced && !sources.length && !draft.text.includes("[@"));
      needs("standing", `A ${standing} does not say “${hedge}”: choose another, or state it.`,
        hedge);
      needs("standing", "The text should say that it is one, or what has not been verified.",
        rule.says && draft.text.trim() && !is(rule.says));
    }
    for (const message of said.faults) found.push(["text", message]);
    wants("name", "Sign it with your name.");
    needs("orcid", ORCID.test(orcid) ? "One digit is wrong: the last proves the others."
      : "It has sixteen digits; the last may be an X.", orcid && !(ORCID.test(orcid) && proven(orcid)));
    wants("license", "Say under which licence you give it.");
    needs("agreed", "Say that it is yours to give.", !draft.agreed);
    return { found, nodes: said.nodes };
  };

  const sourceFaults = ({ issued, URL, ...fresh }, id, known) => [
    ...["type", "title", "title-short"].filter(key => !fresh[key]).map(key => [key, "It needs this."]),
    ...issued && !DATE.test(issued) ? [["issued", "Write a year or a day: 1962, 1962-11, 1962-11-01."]] : [],
    ...URL && !(WEB.test(URL) && URL[0] === "h") ? [["URL", "Write a whole address: https://…"]] : [],
    ...known.includes(id) ? [["title-short", "The edition has this source: choose it above."]] : []
  ];

  /* --- Where it can be proposed */

  const NAMES = { github: "GitHub", forgejo: "Forgejo", gitea: "Gitea", gitlab: "GitLab" };

  /* {name, isIssue, url, length, most}: `length` is that of the address written into the address of
     a page to sign in at, as forges do. Where it is more than they take, nothing is cut off. */
  const forge = (made, title) => {
    const { repository, branch, forge: kind } = data, name = NAMES[kind], isIssue = kind === "gitlab";
    if (!repository || !name) return null;
    const url = new URL(repository.replace(/\/$/, "") + (isIssue ? "/-/issues/new"
      : kind === "github" ? `/new/${branch}` : `/_new/${branch}/`));
    const put = (key, value) => url.searchParams.set(key, value);
    put(isIssue ? "issue[title]" : "filename", isIssue ? title : made.path);
    put(isIssue ? "issue[description]" : "value",
      isIssue ? `${made.path}\n\n\`\`\`\`\n${made.text}\`\`\`\`\n` : made.text);
    const { length } = `${url.origin}/login?return_to=${encodeURIComponent(url)}`;
    return { name, isIssue, url: url.href, length, most: LONGEST };
  };

  Object.assign(own, { line, derived, file, check, sourceFaults, forge });
}

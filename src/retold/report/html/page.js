"use strict";
(function () {
  // Reading works without this script. It filters the apparatus, sets two versions side by side and
  // opens what a link points into. Text is only ever copied as text: nothing here parses markup.
  const root = document.documentElement;
  root.classList.add("js");

  function make(name, className, text) {
    const node = document.createElement(name);
    if (className) node.className = className;
    if (text !== undefined) node.textContent = text;
    return node;
  }

  // ---------------------------------------------------------------- links into closed parts
  let lit = [];
  function reveal() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (let node = target; node; node = node.parentElement) {
      if (node.tagName === "DETAILS") node.open = true;
      if (node.tagName === "TBODY") node.classList.remove("off");
    }
    lit.forEach(function (node) { node.classList.remove("hit"); });
    lit = [];
    if (target.classList.contains("p")) { lit = [target]; target.classList.add("hit"); }
    target.scrollIntoView({ block: target.classList.contains("p") ? "center" : "start" });
  }
  window.addEventListener("hashchange", reveal);
  if (location.hash) reveal();

  // ---------------------------------------------------------------- what a small letter stands for
  document.addEventListener("mouseover", function (event) {
    const link = event.target.closest ? event.target.closest(".from a, .who a") : null;
    if (link && !link.title && link.hasAttribute("aria-label")) link.title = link.getAttribute("aria-label");
  });

  document.addEventListener("toggle", function (event) {
    const version = event.target;
    if (!version.open || !version.classList.contains("version")) return;
    version.querySelectorAll(".cn:not([aria-label])").forEach(function (a) { a.setAttribute("aria-label", "claim " + a.textContent); });
    version.querySelectorAll(".from a:not([aria-label])").forEach(function (a) {
      const other = document.querySelector(a.hash.split("-")[0] + " h4");
      a.setAttribute("aria-label", "in " + other.textContent);
    });
    version.querySelectorAll(".from span:not([title])").forEach(function (more) {
      more.title = "and in " + more.textContent.slice(1) + " further versions";
    });
  }, true);

  // ---------------------------------------------------------------- print: everything open
  let closed = [];
  window.addEventListener("beforeprint", function () {
    closed = Array.from(document.querySelectorAll("details:not([open])"));
    closed.forEach(function (node) { node.open = true; });
  });
  window.addEventListener("afterprint", function () {
    closed.forEach(function (node) { node.open = false; });
    closed = [];
  });

  // ---------------------------------------------------------------- filters of the apparatus
  document.querySelectorAll(".apparatus").forEach(function (section) {
    const agreement = section.querySelector(".by-agreement");
    if (!agreement) return;
    const kind = section.querySelector(".by-kind");
    const words = section.querySelector(".by-words");
    const count = section.querySelector(".count");
    const rows = Array.from(section.querySelectorAll(".claims > tbody"));
    let texts = null;
    let waiting = 0;
    function apply() {
      const wanted = words.value.trim().toLowerCase();
      if (wanted) fill(section);
      if (wanted && !texts) texts = rows.map(function (row) { return row.textContent.toLowerCase(); });
      let shown = 0;
      rows.forEach(function (row, index) {
        const fits = (!agreement.value || row.dataset.agreement === agreement.value) &&
          (!kind.value || row.dataset.kinds.split(" ").includes(kind.value)) &&
          (!wanted || texts[index].includes(wanted));
        row.classList.toggle("off", !fits);
        shown += fits ? 1 : 0;
      });
      const folded = section.querySelector("details.lone-claims");
      if (folded && shown < rows.length) folded.open = !!folded.querySelector("tbody:not(.off)");
      count.textContent = shown === rows.length ? rows.length + " claims" : shown + " of " + rows.length + " claims";
    }
    section.querySelector(".compact-box").addEventListener("change", function () { fill(section); });
    agreement.addEventListener("change", apply);
    kind.addEventListener("change", apply);
    words.addEventListener("input", function () {
      clearTimeout(waiting);
      waiting = setTimeout(apply, 120);
    });
  });

  document.querySelectorAll(".texts").forEach(function (section) {
    [[".open-all", true], [".close-all", false]].forEach(function (pair) {
      section.querySelector(pair[0]).addEventListener("click", function () {
        section.querySelectorAll("details.version").forEach(function (node) { node.open = pair[1]; });
      });
    });
  });

  // ---------------------------------------------------------------- two versions side by side
  const WORD = /[\p{L}\p{N}\p{M}]+(?:['’.,-][\p{L}\p{N}\p{M}]+)*/gu;
  function fold(word) { return word.normalize("NFKC").replace(/[’ʼ]/g, "'").toLowerCase(); }
  function tokens(text) {
    return Array.from(text.matchAll(WORD), function (m) {
      return { start: m.index, end: m.index + m[0].length, form: fold(m[0]) };
    });
  }

  // Longest common subsequence of words; returns, for both sides, which words are in it.
  function common(a, b) {
    const n = a.length, m = b.length;
    const inA = new Uint8Array(n), inB = new Uint8Array(m);
    if (n * m > 4000000) { return [inA.fill(1), inB.fill(1)]; }
    const wide = m + 1, table = new Uint16Array((n + 1) * wide);
    for (let i = n - 1; i >= 0; i--) {
      for (let j = m - 1; j >= 0; j--) {
        table[i * wide + j] = a[i].form === b[j].form ? table[(i + 1) * wide + j + 1] + 1
          : Math.max(table[(i + 1) * wide + j], table[i * wide + j + 1]);
      }
    }
    for (let i = 0, j = 0; i < n && j < m;) {
      if (a[i].form === b[j].form) { inA[i++] = 1; inB[j++] = 1; }
      else if (table[(i + 1) * wide + j] >= table[i * wide + j + 1]) i++;
      else j++;
    }
    return [inA, inB];
  }

  function write(cell, text, words, kept, className) {
    let at = 0;
    for (let i = 0; i < words.length; i++) {
      if (kept[i]) continue;
      let j = i;
      while (j + 1 < words.length && !kept[j + 1]) j++;
      cell.append(text.slice(at, words[i].start), make("mark", className, text.slice(words[i].start, words[j].end)));
      at = words[j].end;
      i = j;
    }
    cell.append(text.slice(at));
  }

  // The text of a version, a code point an entry, at the offsets that the data count by. A boxed
  // control counts one. Between paragraphs stands one line feed.
  const known = new Map();
  function letters(anchor) {
    if (known.has(anchor)) return known.get(anchor);
    const found = [];
    document.querySelectorAll("#" + anchor + " .body > p").forEach(function (line) {
      let at = -1;
      function add(part) {
        if (part.nodeType === Node.TEXT_NODE) for (const letter of part.data) found[at++] = letter;
        else found[at++] = part.textContent;
      }
      line.childNodes.forEach(function (node) {
        if (node.nodeType === Node.TEXT_NODE || node.classList.contains("ctl")) { add(node); return; }
        if (!node.classList.contains("p")) return; // a letter or number that leads elsewhere
        if (node.id) {
          if (at < 0 && found.length) found[Number(node.id.slice(anchor.length + 1)) - 1] = "\n";
          at = Number(node.id.slice(anchor.length + 1));
        }
        node.childNodes.forEach(add);
      });
    });
    known.set(anchor, found);
    return found;
  }
  function between(all, start, end) {
    return all.slice(start, Math.min(end, all.length)).join("").trim();
  }

  // Integers packed as in source maps: five bits a character, the sixth says that more follow.
  const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  function unpack(packed) {
    const found = [];
    let value = 0, shift = 0;
    for (const letter of packed) {
      const digit = DIGITS.indexOf(letter);
      value += (digit & 31) << shift;
      shift += 5;
      if (digit & 32) continue;
      found.push(value & 1 ? -(value >> 1) : value >> 1);
      value = shift = 0;
    }
    return found;
  }

  // Choose stretches that correspond, the surest and longest first, none twice on either side.
  function choose(data, left, right) {
    const a = Number(left.slice(1)), b = Number(right.slice(1)), found = [];
    data.pairs.forEach(function (pair) {
      const straight = pair[0] === a && pair[1] === b;
      if (!straight && !(pair[0] === b && pair[1] === a)) return;
      const flat = unpack(pair[2]);
      // four integers a match: distance from the last one's end, on either side, with the length on
      // the first; then three times how much longer the second is, plus the kind
      for (let n = 0, x = 0, y = 0; n < flat.length; n += 4) {
        const kind = (flat[n + 3] % 3 + 3) % 3, length = flat[n + 1] + (flat[n + 3] - kind) / 3;
        const first = [x + flat[n], x + flat[n] + flat[n + 1]];
        const second = [y + flat[n + 2], y + flat[n + 2] + length];
        found.push((straight ? first.concat(second) : second.concat(first)).concat(kind));
        x = first[1];
        y = second[1];
      }
    });
    data.claims.forEach(function (claim) { // version, start and length of each reading
      for (let i = 0; i < claim.length; i += 3) {
        if (claim[i] !== a) continue;
        for (let j = 0; j < claim.length; j += 3) {
          if (claim[j] !== b) continue;
          found.push([claim[i + 1], claim[i + 1] + claim[i + 2], claim[j + 1], claim[j + 1] + claim[j + 2], 3]);
        }
      }
    });
    found.sort(function (x, y) { return x[4] - y[4] || (y[1] - y[0]) - (x[1] - x[0]) || x[0] - y[0] || x[2] - y[2]; });
    const taken = [];
    found.forEach(function (x) {
      if (taken.every(function (t) { return (x[1] <= t[0] || x[0] >= t[1]) && (x[3] <= t[2] || x[2] >= t[3]); })) taken.push(x);
    });
    taken.sort(function (x, y) { return x[0] - y[0]; });
    // Longest run that keeps its order on the right; the others stand elsewhere there.
    const best = [], before = [];
    let last = -1;
    taken.forEach(function (x, i) {
      best[i] = 1; before[i] = -1;
      for (let j = 0; j < i; j++) {
        if (taken[j][2] < x[2] && best[j] + 1 > best[i]) { best[i] = best[j] + 1; before[i] = j; }
      }
      if (last < 0 || best[i] > best[last]) last = i;
    });
    const straight = new Set();
    for (let i = last; i >= 0; i = before[i]) straight.add(i);
    return taken.map(function (x, i) { return { a: [x[0], x[1]], b: [x[2], x[3]], kind: x[4], moved: !straight.has(i) }; });
  }

  const KINDS = ["the same words", "nearly the same", "in other words", "one claim"];
  function row(body, kind, leftText, rightText, hint) {
    const line = make("tr", kind === null ? "lone" : "kind-" + kind);
    const l = make("td", leftText ? "" : "gap"), r = make("td", rightText ? "" : "gap");
    l.dir = r.dir = "auto";
    if (hint) l.append(make("span", kind === null ? "vh" : "hint", hint));
    if (hint && kind !== null) {
      const twin = make("span", "hint", hint);
      twin.setAttribute("aria-hidden", "true");
      r.append(twin);
    }
    if (leftText && rightText) {
      const a = tokens(leftText), b = tokens(rightText), kept = common(a, b);
      const same = kept[0].reduce(function (sum, k) { return sum + k; }, 0);
      const loose = 2 * same < 0.6 * (a.length + b.length); // too much differs to shout each word
      write(l, leftText, a, kept[0], loose ? "loose" : "");
      write(r, rightText, b, kept[1], loose ? "loose" : "");
    } else {
      l.append(leftText);
      r.append(rightText);
    }
    line.append(l, r);
    body.append(line);
  }

  function compare(section, left, right) {
    const data = JSON.parse(section.querySelector(".alignment").textContent);
    const pairs = choose(data, left, right);
    const a = letters(left), b = letters(right);
    const names = ["left", "right"].map(function (side) {
      const select = section.querySelector("." + side);
      return select.options[select.selectedIndex].textContent;
    });
    const table = make("table", "pairs"), head = make("thead"), top = make("tr"), body = make("tbody");
    const caption = make("caption", "vh", names[0] + " beside " + names[1] + ", differing words marked");
    names.forEach(function (name) { const cell = make("th", "", name); cell.scope = "col"; cell.dir = "auto"; top.append(cell); });
    head.append(top);
    table.append(caption, head, body);
    let atA = 0, atB = 0;
    const end = Number.MAX_SAFE_INTEGER;
    const movedB = pairs.filter(function (p) { return p.moved; }).map(function (p) { return p.b; });
    function restB(from, to) {
      let text = "";
      let at = from;
      movedB.filter(function (m) { return m[0] >= from && m[0] < to; })
        .sort(function (x, y) { return x[0] - y[0]; })
        .concat([[to, to]])
        .forEach(function (m) {
          const part = between(b, at, m[0]);
          if (part) text += (text ? " " : "") + part;
          if (m[0] < to) text += " [\u2026]"; // stands higher up or lower down, beside its match
          at = Math.max(at, m[1]);
        });
      if (!text.replace(/\[\u2026\]/g, "").trim()) text = "";
      return text;
    }
    function lone(toA, toB) {
      const onlyA = between(a, atA, toA), onlyB = restB(atB, toB);
      [onlyA, onlyB].forEach(function (text, side) {
        const before = body.lastElementChild;
        if (text.search(WORD) >= 0) row(body, null, side ? "" : text, side ? text : "", side ? "Only right: " : "Only left: ");
        else if (text && before && before.cells[side].textContent) before.cells[side].append(text); // a full stop
      });
    }
    pairs.forEach(function (p) {
      lone(p.a[0], p.moved ? atB : p.b[0]);
      row(body, p.kind, between(a, p.a[0], p.a[1]), between(b, p.b[0], p.b[1]),
        KINDS[p.kind] + (p.moved ? ", stands elsewhere on the right" : ""));
      atA = p.a[1];
      if (!p.moved) atB = p.b[1];
    });
    lone(end, end);
    const out = section.querySelector(".out");
    out.replaceChildren(table);
    section.querySelector(".status").textContent = left === right ? "Both sides show the same version."
      : pairs.length === 1 ? "1 passage corresponds." : pairs.length + " passages correspond.";
  }

  // Where versions are many, cells hold symbols alone: fetch the readings from the texts once.
  function fill(section) {
    if (!section.classList.contains("crowd") || section.classList.contains("filled")) return;
    section.classList.add("filled");
    const claims = JSON.parse(section.closest(".story").querySelector(".alignment").textContent).claims;
    const columns = Array.from(section.querySelectorAll(".claims")[0].tHead.querySelectorAll("a"), function (a) { return a.hash.slice(1); });
    const kinds = new Map(Array.from(section.querySelectorAll(".symbols b"), function (b) { return [b.textContent, b]; }));
    section.querySelectorAll(".claims > tbody").forEach(function (body, index) {
      const readings = new Map(), flat = claims[index];
      for (let i = 0; i < flat.length; i += 3) {
        const version = "v" + flat[i];
        if (!readings.has(version)) readings.set(version, []);
        readings.get(version).push(between(letters(version), flat[i + 1], flat[i + 1] + flat[i + 2]));
      }
      const cells = Array.from(body.rows[0].cells).slice(1);
      const like = cells.findIndex(function (cell) { return cell.classList.contains("c-same"); });
      const base = like < 0 ? [] : tokens(readings.get(columns[like])[0]);
      cells.forEach(function (cell, column) {
        const places = cell.querySelectorAll(".place");
        if (!places.length) return;
        const symbols = Array.from(places[0].textContent);
        places.forEach(function (place, n) {
          const text = readings.get(columns[column])[n], words = tokens(text), kept = common(words, base)[0];
          const same = kept.reduce(function (sum, k) { return sum + k; }, 0);
          const full = make("span", "full"), symbol = make("span", "sym", place.textContent);
          full.dir = "auto";
          symbol.setAttribute("aria-hidden", "true");
          if (4 * same >= words.length + base.length) write(full, text, words, kept, "k-wording");
          else full.append(text);
          place.replaceChildren(symbol, full);
        });
        const tags = make("span", "kinds full");
        const said = symbols.map(function (symbol) {
          const legend = kinds.get(symbol), name = legend.parentElement.textContent.slice(symbol.length).trim();
          if (legend.className) tags.append(make("span", "tag " + legend.className, name), " ");
          return name;
        });
        if (tags.firstChild) cell.append(tags);
        cell.append(make("span", "vh", said.join(", ")));
      });
    });
  }

  document.querySelectorAll(".pair").forEach(function (section) {
    const left = section.querySelector(".left"), right = section.querySelector(".right");
    section.querySelector(".show").addEventListener("click", function () { compare(section, left.value, right.value); });
    section.querySelector(".swap").addEventListener("click", function () {
      const kept = left.value;
      left.value = right.value;
      right.value = kept;
      if (section.querySelector(".out").firstChild) compare(section, left.value, right.value);
    });
  });
  document.querySelectorAll("button.compare").forEach(function (button) {
    button.addEventListener("click", function () {
      const section = document.getElementById(button.dataset.story + "-pair");
      section.querySelector(".left").value = button.dataset.left;
      section.querySelector(".right").value = button.dataset.right;
      compare(section, button.dataset.left, button.dataset.right);
      const heading = section.querySelector("h3");
      heading.focus();
      heading.scrollIntoView({ block: "start" });
    });
  });
})();

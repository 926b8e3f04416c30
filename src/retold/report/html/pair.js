"use strict";
(function () {
  // ---------------------------------------------------------------- two versions side by side
  const make = retold.make, tokens = retold.tokens, common = retold.common, write = retold.write;
  const letters = retold.letters, between = retold.between, HELD = /[\p{L}\p{N}]/u;

  function numberOf(anchor) { return Number(document.getElementById(anchor).dataset.n); }

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
    const a = numberOf(left), b = numberOf(right), found = [];
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
        if (HELD.test(text)) row(body, null, side ? "" : text, side ? text : "", side ? "Only right: " : "Only left: ");
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

  document.querySelectorAll(".story > .pair").forEach(function (section) {
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

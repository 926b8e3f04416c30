"use strict";
const retold = (function () {
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

  // ---------------------------------------------------------------- the address
  // "#anchor;change=figure;version=B": where to look, and what the filters of that story ask for.
  const filters = new Map(); // by the story's id: {ask(pairs), said()}
  let lit = [];

  function address() {
    const parts = location.hash.slice(1).split(";");
    let anchor = parts[0];
    try { anchor = decodeURIComponent(anchor); } catch (error) { anchor = ""; }
    return { anchor: anchor, target: anchor && document.getElementById(anchor), asked: parts.slice(1) };
  }

  function keep(story) {
    const here = address();
    const inside = here.target && story.contains(here.target);
    const said = filters.get(story.id).said();
    let hash = inside ? here.anchor : said.length ? story.id + "-apparatus" : "";
    hash = [hash].concat(said).join(";");
    history.replaceState(null, "", location.href.split("#")[0] + (hash ? "#" + hash : ""));
  }

  function reveal() {
    const here = address(), target = here.target;
    if (!target) return;
    const story = target.closest(".story"), own = story && filters.get(story.id);
    if (own && here.asked.length) own.ask(here.asked);
    for (let node = target; node; node = node.parentElement) {
      if (node.tagName === "DETAILS") node.open = true;
      node.classList.remove("off");
    }
    lit.forEach(function (node) { node.classList.remove("hit"); });
    lit = [];
    if (target.matches(".p, .claims > tbody, .item, .each > li")) { lit = [target]; target.classList.add("hit"); }
    target.scrollIntoView({ block: target.classList.contains("p") ? "center" : "start" });
    if (own) keep(story);
  }

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
      const other = document.getElementById(a.hash.slice(1)).closest(".version");
      a.setAttribute("aria-label", "in " + other.querySelector("h4").textContent);
    });
    version.querySelectorAll(".from span:not([title])").forEach(function (more) {
      more.title = "and in " + more.textContent.slice(1) + " further versions";
    });
  }, true);

  // ---------------------------------------------------------------- a stemma wider than the screen
  document.querySelectorAll(".scroll > .tree").forEach(function (tree) {
    const boxes = Array.from(tree.querySelectorAll("rect.node, rect.hollow"));
    const top = boxes.reduce(function (a, b) { return b.y.baseVal.value < a.y.baseVal.value ? b : a; });
    if (tree.width.baseVal.value < 1.3 * tree.parentElement.clientWidth) return; // the times first
    const middle = top.x.baseVal.value + top.width.baseVal.value / 2;
    tree.parentElement.scrollLeft = middle - tree.parentElement.clientWidth / 2;
  });

  document.querySelectorAll(".story > .texts").forEach(function (section) {
    [[".open-all", true], [".close-all", false]].forEach(function (pair) {
      section.querySelector(pair[0]).addEventListener("click", function () {
        section.querySelectorAll("details.version").forEach(function (node) { node.open = pair[1]; });
      });
    });
  });

  // ---------------------------------------------------------------- words and texts
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
    document.getElementById(anchor).querySelectorAll(".body > p").forEach(function (line) {
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

  return {
    make: make, filters: filters, keep: keep, reveal: reveal,
    tokens: tokens, common: common, write: write, letters: letters, between: between,
  };
})();

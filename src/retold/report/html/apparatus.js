"use strict";
(function () {
  // ---------------------------------------------------------------- filters, order, open rows
  const make = retold.make, letters = retold.letters, between = retold.between;
  const AROUND = 220; // code points of a paragraph shown before and after a reading

  document.querySelectorAll(".story > .apparatus").forEach(function (section) {
    const story = section.parentElement, bar = section.querySelector(".filters");
    if (!bar) return;
    const data = JSON.parse(section.querySelector(".filter-data").textContent);
    const readings = JSON.parse(story.querySelector(".alignment").textContent).claims;
    const asked = {}, usual = {};
    ["change", "version", "probability", "words", "agreement", "order"].forEach(function (name) {
      asked[name] = bar.querySelector(".by-" + (name === "change" ? "kind" : name));
      usual[name] = asked[name].value;
    });
    const compact = section.querySelector(".compact-box"), wasCompact = compact.checked;
    const count = section.querySelector(".count"), clear = section.querySelector(".clear");
    const showPossible = section.querySelector(".show-possible");
    const grid = Array.from(section.querySelectorAll(".claims > tbody"));
    const rows = grid.concat(Array.from(section.querySelectorAll(".ones > tbody")));
    const quotations = Array.from(story.querySelectorAll(".items")[0].querySelectorAll(".item"));
    const figures = Array.from(story.querySelectorAll(".items")[1].querySelectorAll(".item"));
    const versions = Array.from(story.querySelectorAll("details.version"), function (node) {
      const name = node.querySelector("h4");
      return { number: Number(node.dataset.n), anchor: node.id, siglum: name.querySelector("b").textContent, label: name.querySelector("bdi").textContent };
    });
    const anchors = new Map(versions.map(function (v) { return [v.number, v.anchor]; }));
    const columns = versions.map(function (v) { return v.number; }), sigla = versions.map(function (v) { return v.siglum; });
    const legend = Array.from(section.querySelectorAll(".symbols b[data-kind]"), function (b) {
      return { kind: b.dataset.kind, symbol: b.textContent, words: b.parentElement.textContent.slice(b.textContent.length).trim() };
    });
    function heads() { return grid.length ? Array.from(grid[0].parentElement.tHead.rows[0].cells).slice(1) : []; }
    let texts = null, waiting = 0, painted = 0;

    function least() { return Number(asked.probability.value); }
    function changes(id) { return (data[id][1] || []).filter(function (c) { return c[1] >= least(); }); }

    // ------------------------------------------------------------ cells
    // The kinds of change that one version's reading in a row underwent, each with its step.
    function kinds(id, version) {
      const found = new Map();
      changes(id).forEach(function (c) {
        if (c[2].includes(version)) found.set(c[0], Math.max(c[1], found.get(c[0]) || 0));
      });
      return legend.filter(function (k) { return found.has(k.kind); })
        .map(function (k) { return { kind: k.kind, symbol: k.symbol, words: k.words, step: found.get(k.kind) }; });
    }
    function paint(row) {
      Array.from(row.rows[0].cells).slice(1).forEach(function (cell, column) {
        if (!cell.classList.contains("c-changed")) return;
        const found = kinds(row.id, columns[column]), same = cell.classList.contains("c-same");
        const symbol = found.map(function (k) { return k.symbol + (k.step ? "" : "?"); }).join("") || (same ? "=" : "~");
        cell.classList.toggle("c-off", !found.length);
        cell.querySelectorAll(".place").forEach(function (place) { (place.querySelector(".sym") || place).textContent = symbol; });
        const said = cell.querySelector(".vh");
        if (said) said.textContent = found.length ? "changed: " + found.map(function (k) { return (k.step ? "" : "perhaps ") + k.words; }).join(", ") : same ? "the same words" : "in other words";
      });
    }

    // How many changes an item shows, in the words of its fold.
    function recount(node) {
      const said = node.querySelector(".many-changes");
      if (!said) return;
      const all = changes(node.id), sure = all.filter(function (c) { return c[1]; }).length, rest = all.length - sure;
      const parts = sure ? [sure + (sure === 1 ? " change" : " changes")] : [];
      if (rest) parts.push(rest + " possible" + (sure ? "" : rest === 1 ? " change" : " changes"));
      said.textContent = parts.join(", ") || (node.tagName === "TBODY" ? "Readings and origins" : "Origins");
    }

    // ------------------------------------------------------------ what fits
    function fits(node, text) {
      const version = asked.version.value ? columns[sigla.indexOf(asked.version.value)] : 0;
      const kind = asked.change.value, have = data[node.id][0], seen = changes(node.id);
      const wanted = asked.words.value.trim().toLowerCase();
      if (wanted && !text.includes(wanted)) return false;
      if (kind) return seen.some(function (c) { return (kind === "any" || c[0] === kind) && (!version || c[3].includes(version)); });
      return !version || have.includes(version) || seen.some(function (c) { return c[3].includes(version); });
    }
    function sift(nodes, texts, also) {
      let shown = 0;
      nodes.forEach(function (node, index) {
        const fit = fits(node, texts ? texts[index] : "") && also(node);
        node.classList.toggle("off", !fit);
        shown += fit ? 1 : 0;
      });
      return shown;
    }
    function plural(shown, nodes, name) {
      return (shown === nodes.length ? "" : shown + " of ") + nodes.length + " " + name + (nodes.length === 1 ? "" : "s");
    }
    function changed() {
      return Object.keys(asked).filter(function (name) { return asked[name].value !== usual[name]; });
    }

    function apply() {
      if (asked.words.value.trim()) fill();
      const wordy = !!asked.words.value.trim();
      if (wordy && !texts) {
        texts = [rows, quotations, figures].map(function (nodes) {
          return nodes.map(function (node) { return node.textContent.toLowerCase(); });
        });
      }
      const always = function () { return true; };
      const shown = [
        sift(rows, texts && texts[0], function (row) { return !asked.agreement.value || row.dataset.agreement === asked.agreement.value; }),
        sift(quotations, texts && texts[1], always),
        sift(figures, texts && texts[2], always),
      ];
      const sifted = ["change", "version", "words", "agreement"].some(function (name) { return asked[name].value; });
      story.querySelectorAll("details.fold").forEach(function (fold) {
        const inside = fold.querySelectorAll("tbody:not(.off), .item:not(.off)").length;
        fold.classList.toggle("off", sifted && !inside);
        if (sifted) fold.open = !!inside;
        fold.querySelector(".fits").textContent = sifted ? ", " + inside + " shown" : "";
      });
      story.querySelectorAll(".items").forEach(function (part, n) {
        const nodes = n ? figures : quotations;
        part.querySelector("p.fits").textContent = shown[n + 1] === nodes.length ? ""
          : shown[n + 1] + " of " + nodes.length + " fit the filters at “Claim by claim”.";
      });
      if (painted !== least()) {
        story.dataset.from = painted = least();
        grid.forEach(paint);
        [rows, quotations, figures].forEach(function (nodes) { nodes.forEach(recount); });
      }
      const chosen = asked.probability.selectedOptions[0], hidden = Number(asked.probability.options[asked.probability.length - 1].dataset.count) - Number(chosen.dataset.count);
      const parts = [plural(shown[0], rows, "claim"), plural(shown[1], quotations, "quotation"), plural(shown[2], figures, "figure")];
      const what = least() === 1 ? "possible change" : "less probable change";
      count.textContent = parts.join(", ") + "." + (hidden ? " " + hidden + " " + what + (hidden === 1 ? " is hidden" : "s are hidden") + (least() === 1 ? " (under 50 %)." : ".") : "");
      showPossible.hidden = !hidden;
      clear.hidden = !changed().length;
      heads().forEach(function (head, n) { head.classList.toggle("on", sigla[n] === asked.version.value); });
    }

    // ------------------------------------------------------------ order
    function sort() {
      const told = asked.order.value === "story";
      [rows, quotations, figures].forEach(function (nodes) {
        const wanted = told ? nodes.slice().sort(function (a, b) { return a.dataset.n - b.dataset.n; }) : nodes;
        wanted.forEach(function (node) { node.parentElement.append(node); });
      });
    }

    // ------------------------------------------------------------ the address
    retold.filters.set(story.id, {
      said: function () {
        const said = changed().map(function (name) { return name + "=" + encodeURIComponent(asked[name].value); });
        if (compact.checked !== wasCompact) said.push("compact=" + (compact.checked ? 1 : 0));
        return said;
      },
      ask: function (pairs) {
        Object.keys(asked).forEach(function (name) { asked[name].value = usual[name]; });
        compact.checked = wasCompact;
        pairs.forEach(function (pair) {
          const name = pair.split("=")[0];
          let value = pair.slice(name.length + 1);
          try { value = decodeURIComponent(value); } catch (error) { return; }
          if (name === "compact") compact.checked = value === "1";
          if (!Object.hasOwn(asked, name)) return;
          asked[name].value = value;
          if (asked[name].value !== value) asked[name].value = usual[name]; // no such option here
        });
        if (!compact.checked) fill();
        sort();
        apply();
      },
    });
    function asking() { apply(); retold.keep(story); }
    ["change", "probability", "agreement"].forEach(function (name) { asked[name].addEventListener("change", asking); });
    asked.version.addEventListener("change", function () {
      asking();
      const column = heads().find(function (head, n) { return sigla[n] === asked.version.value; });
      if (column) column.closest(".grid").scrollLeft = column.offsetLeft - column.parentElement.cells[0].offsetWidth - 40;
    });
    asked.order.addEventListener("change", function () { sort(); asking(); });
    asked.words.addEventListener("input", function () {
      clearTimeout(waiting);
      waiting = setTimeout(asking, 120);
    });
    compact.addEventListener("change", function () { fill(); retold.keep(story); });
    showPossible.addEventListener("click", function () {
      asked.probability.value = "0";
      asking();
      asked.probability.focus();
    });
    clear.addEventListener("click", function () {
      Object.keys(asked).forEach(function (name) { asked[name].value = usual[name]; });
      sort();
      asking();
      asked.change.focus();
    });

    // ------------------------------------------------------------ an open row: readings in context
    function context(anchor, start, end) {
      const all = letters(anchor);
      let low = start, high = end;
      while (low > 0 && start - low < AROUND && all[low - 1] !== "\n") low--;
      while (high < all.length && high - end < AROUND && all[high] !== "\n") high++;
      const lead = between(all, low, start), trail = between(all, end, high);
      return {
        lead: (start - low === AROUND ? "…" + lead.replace(/^\S*/, "") : lead) + (lead ? " " : ""),
        trail: (trail ? " " : "") + (high - end === AROUND ? trail.replace(/\S*$/, "") + "…" : trail),
      };
    }
    function unfold(row) {
      const details = row.querySelector("details.changes");
      if (details.querySelector(".read")) return;
      const flat = readings[row.dataset.n - 1], groups = new Map();
      for (let i = 0; i < flat.length; i += 3) {
        const anchor = anchors.get(flat[i]), text = between(letters(anchor), flat[i + 1], flat[i + 1] + flat[i + 2]);
        if (!groups.has(text)) groups.set(text, []);
        groups.get(text).push({ column: columns.indexOf(flat[i]), anchor: anchor, start: flat[i + 1], end: flat[i + 1] + flat[i + 2] });
      }
      groups.forEach(function (places) { places.sort(function (a, b) { return a.column - b.column; }); });
      const ordered = Array.from(groups).sort(function (a, b) { return b[1].length - a[1].length || a[1][0].column - b[1][0].column; });
      const list = make("ul", "read"), base = retold.tokens(ordered[0][0]);
      ordered.forEach(function (group, n) {
        const item = make("li"), who = make("p", "who"), said = make("p", "ctx"), first = group[1][0];
        group[1].forEach(function (place, m) {
          const link = make("a", "w");
          link.href = "#" + place.anchor + "-" + place.start;
          if (!document.getElementById(link.hash.slice(1))) link.href = "#" + place.anchor;
          link.append(make("b", "", sigla[place.column]), " ", make("bdi", group[1].length > 6 ? "vh" : "", versions[place.column].label));
          who.append(m ? ", " : "", link);
        });
        const round = context(first.anchor, first.start, first.end), words = make("span", "at");
        const own = retold.tokens(group[0]), kept = retold.common(own, base)[0];
        const same = kept.reduce(function (sum, k) { return sum + k; }, 0);
        if (n && 4 * same >= own.length + base.length) retold.write(words, group[0], own, kept, "k-wording");
        else words.append(group[0]);
        said.dir = "auto";
        said.append(make("span", "round", round.lead), words, make("span", "round", round.trail));
        item.append(who, said);
        list.append(item);
      });
      details.append(make("p", "all quiet", ordered.length === 1 ? "One wording, in its context:" : "All " + ordered.length + " wordings in their context, the commonest first:"), list);
    }
    section.addEventListener("toggle", function (event) {
      const row = event.target.closest("tbody");
      if (event.target.open && row && event.target.classList.contains("changes")) unfold(row);
    }, true);

    // ------------------------------------------------------------ arrow keys go from cell to cell
    // Down from a reading leads to what opens its row, then to the next row; so do up, left, right.
    let column = 1;
    function stops(row) {
      const opener = row.querySelector("summary");
      return opener ? [row.rows[0], opener] : [row.rows[0]];
    }
    function land(stop) {
      if (stop.tagName !== "TR") return stop;
      const cells = Array.from(stop.cells);
      const near = cells.map(function (cell, n) { return [Math.abs(n - column), cell.querySelector("a")]; })
        .filter(function (pair) { return pair[1]; }).sort(function (a, b) { return a[0] - b[0]; });
      return near.length ? near[0][1] : null;
    }
    section.addEventListener("keydown", function (event) {
      const row = event.target.closest(".claims > tbody"), cell = event.target.closest("td");
      if (!row || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      if (!event.target.matches("tr:first-child a, summary")) return;
      const reading = cell && cell.parentElement === row.rows[0];
      if (reading) column = cell.cellIndex;
      let next = null;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        const all = Array.from(row.parentElement.querySelectorAll("tbody:not(.off)")).flatMap(stops);
        const at = all.indexOf(reading ? row.rows[0] : event.target), step = event.key === "ArrowDown" ? 1 : -1;
        for (let n = at + step; at >= 0 && all[n] && !next; n += step) next = land(all[n]);
      } else if (reading && (event.key === "ArrowRight" || event.key === "ArrowLeft")) {
        const step = event.key === "ArrowRight" ? "nextElementSibling" : "previousElementSibling";
        for (let other = cell[step]; other && !next; other = other[step]) next = other.querySelector("a");
      }
      if (!next) return;
      event.preventDefault();
      next.focus();
    });

    // Where versions are many, cells hold symbols alone: fetch the readings from the texts once.
    function fill() {
      if (!section.classList.contains("crowd") || section.classList.contains("filled")) return;
      section.classList.add("filled");
      grid.forEach(function (row) {
        const found = new Map(), flat = readings[row.dataset.n - 1];
        for (let i = 0; i < flat.length; i += 3) {
          if (!found.has(flat[i])) found.set(flat[i], []);
          found.get(flat[i]).push(between(letters(anchors.get(flat[i])), flat[i + 1], flat[i + 1] + flat[i + 2]));
        }
        const cells = Array.from(row.rows[0].cells).slice(1);
        const like = cells.findIndex(function (cell) { return cell.classList.contains("c-same"); });
        const base = like < 0 ? [] : retold.tokens(found.get(columns[like])[0]);
        cells.forEach(function (cell, column) {
          const places = cell.querySelectorAll(".place");
          if (!places.length) return;
          places.forEach(function (place, n) {
            const text = found.get(columns[column])[n], words = retold.tokens(text), kept = retold.common(words, base)[0];
            const same = kept.reduce(function (sum, k) { return sum + k; }, 0);
            const full = make("span", "full"), symbol = make("span", "sym", place.textContent);
            full.dir = "auto";
            symbol.setAttribute("aria-hidden", "true");
            if (4 * same >= words.length + base.length) retold.write(full, text, words, kept, "k-wording");
            else full.append(text);
            place.replaceChildren(symbol, full);
          });
          const tags = make("span", "kinds full"), all = new Map();
          (data[row.id][1] || []).forEach(function (c) {
            if (c[2].includes(columns[column])) all.set(c[0], Math.max(c[1], all.get(c[0]) || 0));
          });
          legend.forEach(function (k) {
            if (all.has(k.kind)) tags.append(make("span", "tag k-" + k.kind + " q" + all.get(k.kind), k.words + (all.get(k.kind) ? "" : "?")), " ");
          });
          if (tags.firstChild) cell.append(tags);
          cell.append(make("span", "vh", cell.classList.contains("c-same") ? "the same words" : "in other words"));
        });
        paint(row);
      });
    }

    painted = -1;
    apply();
  });

  window.addEventListener("hashchange", retold.reveal);
  if (location.hash) retold.reveal();
})();

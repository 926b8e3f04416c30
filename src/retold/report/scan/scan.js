"use strict";
(function () {
  // Reading works without this script. It opens what a link points into, and leaves of the
  // groups those that hold the words looked for.
  document.documentElement.classList.add("js");

  function reveal() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (let node = target; node; node = node.parentElement) {
      if (node.tagName === "DETAILS") node.open = true;
      node.classList.remove("off");
    }
    target.scrollIntoView({ block: "start" });
  }
  window.addEventListener("hashchange", reveal);
  if (location.hash) reveal();

  const section = document.querySelector(".groups");
  if (!section) return;
  const groups = Array.from(section.querySelectorAll("details.version"));
  [[".open-all", true], [".close-all", false]].forEach(function (pair) {
    section.querySelector(pair[0]).addEventListener("click", function () {
      groups.forEach(function (node) { node.open = pair[1]; });
    });
  });
  const words = section.querySelector(".by-words");
  const count = section.querySelector(".count");
  let texts = null;
  words.addEventListener("input", function () {
    const wanted = words.value.trim().toLowerCase();
    if (!texts) texts = groups.map(function (node) { return node.textContent.toLowerCase(); });
    let left = 0;
    groups.forEach(function (node, index) {
      const fits = texts[index].includes(wanted);
      node.classList.toggle("off", !fits);
      left += fits ? 1 : 0;
    });
    count.textContent = wanted ? left + " of " + groups.length + " groups" : "";
  });
})();

"""JavaScript that measures, of each kind of element that shows text, the least contrast."""

CONTRAST = """
() => {
  function channel(v) {
    v /= 255;
    return v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
  }
  function light(c) {
    return 0.2126 * channel(c[0]) + 0.7152 * channel(c[1]) + 0.0722 * channel(c[2]);
  }
  function parse(text) {
    const m = text.match(/[\\d.]+/g).map(Number);
    return m.length === 3 ? [...m, 1] : m;
  }
  function ground(node) {
    for (let n = node; n; n = n.parentElement) {
      const c = parse(getComputedStyle(n).backgroundColor);
      if (c[3] === 1) return c;
    }
    return [255, 255, 255, 1];
  }
  document.querySelectorAll('details').forEach(d => { d.open = true; });
  const worst = {};
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || node.closest('svg, script, style')) continue;
    if (!node.checkVisibility()) continue;
    const a = light(parse(getComputedStyle(node).color)), b = light(ground(node));
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const key = node.tagName + '.' + node.className;
    if (!(key in worst) || ratio < worst[key]) worst[key] = ratio;
  }
  return worst;
}
"""

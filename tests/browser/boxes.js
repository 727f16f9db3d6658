() => {
  // What does not fit: anything wider than the screen, and things of the main content that lie on each other.
  const wrong = [], width = document.documentElement.clientWidth;
  const name = (e) => {
    const where = e.nodeType === 3 ? e.parentElement : e;
    const text = (e.textContent || where.getAttribute("name") || "").trim().replace(/\s+/g, " ").slice(0, 40);
    return `${where.tagName.toLowerCase()}${where.className && where.className.baseVal === undefined ? "." + where.className : ""} “${text}”`;
  };
  const scrolls = (e) => {
    for (let at = e; at; at = at.parentElement) if (["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(at).overflowX)) return at;
    return null;
  };
  if (document.documentElement.scrollWidth > width) wrong.push(`overflow: the page is ${document.documentElement.scrollWidth} wide on ${width}`);
  for (const e of document.body.querySelectorAll("*")) {
    if (e instanceof SVGElement && !(e instanceof SVGSVGElement)) continue;
    const box = e.getBoundingClientRect();
    if (box.width > 1 && box.height > 1 && (box.right > width + 1 || box.left < -1) && !scrolls(e) && getComputedStyle(e).position !== "absolute")
      wrong.push(`overflow: ${name(e)} reaches from ${Math.round(box.left)} to ${Math.round(box.right)} of ${width}`);
  }
  const boxes = [];
  const main = document.querySelector("main") || document.body;
  const walk = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode;
    if (!node.data.trim() || !node.parentElement.checkVisibility({opacityProperty: true, visibilityProperty: true})) continue;
    if (["OPTION", "TITLE", "DESC", "STYLE", "SCRIPT"].includes(node.parentElement.tagName)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) if (box.width > 2 && box.height > 2) boxes.push({node, box});
  }
  for (const e of main.querySelectorAll("input:not([type=hidden]), select, textarea, img, main > svg, figure svg")) {
    const box = e.getBoundingClientRect();
    if (box.width > 2 && box.height > 2 && e.checkVisibility({opacityProperty: true, visibilityProperty: true})) boxes.push({node: e, box});
  }
  const afloat = (node) => {  // bars that stay in sight while what is below them moves
    for (let at = node.nodeType === 3 ? node.parentElement : node; at; at = at.parentElement)
      if (["sticky", "fixed"].includes(getComputedStyle(at).position)) return true;
    return false;
  };
  const clipped = (node) => {
    for (let at = node.nodeType === 3 ? node.parentElement : node; at; at = at.parentElement)
      if (getComputedStyle(at).clipPath !== "none") return true;
    return false;
  };
  const shown = boxes.filter(({node}) => !clipped(node));
  const seen = new Set();
  for (let i = 0; i < shown.length; i++)
    for (let j = i + 1; j < shown.length; j++) {
      const a = shown[i], b = shown[j];
      if (a.node === b.node || afloat(a.node) !== afloat(b.node) || a.node.contains(b.node) || b.node.contains(a.node)) continue;
      const across = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
      const down = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
      if (across > 2 && down > 0.4 * Math.min(a.box.height, b.box.height)) {
        const line = `overlap: ${name(a.node)} and ${name(b.node)}`;
        if (!seen.has(line)) { seen.add(line); wrong.push(line); }
      }
    }
  return wrong;
}

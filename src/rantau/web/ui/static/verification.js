// Keys of officers' pages: v twice finds right, the key of a panel opens it, a digit chooses a reason, Escape closes.
// Without this file the buttons do the same.
(() => {
  const bar = document.querySelector(".verdicts");
  if (!bar) return;
  const right = bar.querySelector("[data-key='v']");
  const panels = [...bar.querySelectorAll("details[data-key]")];
  const close = () => { panels.forEach((panel) => { panel.open = false; }); right?.classList.remove("armed"); };
  const open = (panel) => { close(); panel.open = true; panel.querySelector("input:not([type=hidden])").focus(); };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") { close(); return; }
    if (event.target.matches("input:not([type=radio]), textarea, select")) return;
    const key = event.key.toLowerCase();
    const panel = panels.find((one) => one.dataset.key === key);
    const shown = panels.find((one) => one.open);
    if (panel) { event.preventDefault(); open(panel); }
    else if (key === "v" && right?.classList.contains("armed")) { event.preventDefault(); right.form.requestSubmit(right); }
    else if (key === "v" && right) { event.preventDefault(); close(); right.classList.add("armed"); right.focus(); }
    else if (shown && /^[1-9]$/.test(key)) {
      const choice = shown.querySelectorAll("input[type=radio]")[Number(key) - 1];
      if (choice) { choice.checked = true; choice.focus(); }
    }
  });
  panels.forEach((panel) => panel.addEventListener("toggle", () => {
    if (panel.open) panels.filter((other) => other !== panel).forEach((other) => { other.open = false; });
  }));
})();

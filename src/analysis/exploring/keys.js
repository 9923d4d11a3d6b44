// Menus by keyboard alone. JupyterLab goes from cell to cell by arrow keys and Enter, also while a
// menu has the focus; so these keys, pressed by themselves, stay within the menus. Whether a button
// is pressed in is told to who cannot see it.
const OURS = new Set([
  "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End", "PageUp", "PageDown", "Enter", " ",
]);

const keep = (event) => {
  if (event.key === "Escape" && event.target.closest(".dt-button-collection")) {
    const opener = event.currentTarget.querySelector(".buttons-colvis[aria-expanded=true]");
    setTimeout(() => opener?.focus(), 0); // the list of columns closes, and would lose the focus
  }
  const alone = !(event.ctrlKey || event.metaKey || event.altKey || event.shiftKey);
  if (alone && OURS.has(event.key)) event.stopPropagation();
};

const tell = (menus) => {
  for (const button of menus.querySelectorAll(".widget-toggle-button, .jupyter-button.mod-active")) {
    button.setAttribute("aria-pressed", String(button.classList.contains("mod-active")));
  }
};

function render({ el }) {
  let gone = false;
  const watch = new MutationObserver(() => tell(el.closest(".findings-menus")));
  const begin = () => {
    if (gone) return;
    const menus = el.closest(".findings-menus");
    if (!menus) {
      requestAnimationFrame(begin); // not yet on the page
      return;
    }
    menus.addEventListener("keydown", keep);
    watch.observe(menus, { subtree: true, childList: true, attributeFilter: ["class"] });
    tell(menus);
  };
  begin();
  return () => {
    gone = true;
    watch.disconnect();
  };
}

export default { render };

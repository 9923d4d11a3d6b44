(() => {
  const form = document.getElementById("filter"), status = form.elements.status;
  filtering(form, [...document.querySelectorAll("tbody tr")],
    row => !status.value || row.dataset.status === status.value);

  // A column that is asked for orders the rows: by what is shown, or by what stands behind it.
  for (const head of document.querySelectorAll("thead th")) {
    const button = document.createElement("button"), column = head.cellIndex;
    button.type = "button";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const body = head.closest("table").tBodies[0];
      const up = head.getAttribute("aria-sort") !== "ascending";
      const key = row => row.cells[column].dataset.s ?? row.cells[column].textContent.trim();
      const order = (a, b) => key(a).localeCompare(key(b), "en", { numeric: true });
      const rows = [...body.rows].sort((a, b) => up ? order(a, b) : order(b, a));
      for (const other of head.parentNode.cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      body.append(...rows);
    });
  }
})();

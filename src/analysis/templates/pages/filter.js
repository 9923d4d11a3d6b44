(() => {
  const form = document.getElementById("filter"), words = form.querySelector("#words");
  const status = form.querySelector("#status"), shown = form.querySelector("#shown");
  const rows = [...document.querySelectorAll("tbody tr")];
  const filter = () => {
    const asked = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      const fits = asked.every(word => text.includes(word)) && (!status.value || row.dataset.status === status.value);
      row.hidden = !fits;
      count += fits;
    }
    shown.textContent = `${count} of ${rows.length} shown`;
  };
  form.hidden = false;
  form.addEventListener("input", filter);
  form.addEventListener("submit", event => event.preventDefault());
  filter();
})();

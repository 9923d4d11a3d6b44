// What fits is shown, the rest hidden; the form appears only where scripts run.
const filtering = (form, items, fits, shown) => {
  const texts = new Map(items.map(item => [item, item.textContent.toLowerCase()]));
  const filter = () => {
    const asked = form.querySelector("[type=search]").value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const item of items) {
      const there = fits(item) && asked.every(word => texts.get(item).includes(word));
      item.hidden = !there;
      count += there;
    }
    form.querySelector("output").textContent = `${count} of ${items.length} shown`;
    if (shown) shown(count < items.length);
  };
  form.hidden = false;
  form.addEventListener("input", filter);
  form.addEventListener("reset", () => setTimeout(filter));
  form.addEventListener("submit", event => event.preventDefault());
  filter();
  return filter;
};

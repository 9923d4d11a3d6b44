// What fits is shown, the rest hidden; the form appears only where scripts run.
const filtering = (form, items, fits, shown, said) => {
  const texts = new Map(items.map(item => [item, item.textContent.toLowerCase()]));
  const tell = said ?? (left => `${left.length} of ${items.length} shown`);
  const filter = () => {
    const asked = form.querySelector("[type=search]").value.toLowerCase().split(/\s+/).filter(Boolean);
    const left = items.filter(item => {
      item.hidden = !(fits(item) && asked.every(word => texts.get(item).includes(word)));
      return !item.hidden;
    });
    form.querySelector("output").textContent = tell(left);
    if (shown) shown(left.length < items.length);
  };
  form.hidden = false;
  form.addEventListener("input", filter);
  form.addEventListener("reset", () => setTimeout(filter));
  form.addEventListener("submit", event => event.preventDefault());
  filter();
  return filter;
};

// What is chosen in a form stands in the address's fragment, so that it can be sent as a link.
const remembered = form => {
  const told = () => new URLSearchParams(location.hash.includes("=") ? location.hash.slice(1) : "");
  const fields = [...form.elements].filter(field => field.name);
  const read = () => fields.forEach(field => {
    field.value = told().get(field.name) ?? "";
    if (field.selectedIndex === -1) field.value = ""; // a choice that there is not
  });
  const write = () => {
    const now = told();
    for (const field of fields) {
      if (field.value) now.set(field.name, field.value); else now.delete(field.name);
    }
    history.replaceState(null, "", String(now) ? `#${now}` : location.href.split("#")[0]);
  };
  if (location.hash.includes("=")) read();
  form.addEventListener("input", write);
  form.addEventListener("reset", () => setTimeout(write));
  addEventListener("hashchange", () => {
    if (!location.hash.includes("=")) return;
    read();
    form.dispatchEvent(new Event("input"));
  });
};

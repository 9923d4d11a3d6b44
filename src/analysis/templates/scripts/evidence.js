(() => {
  const form = document.getElementById("filter");
  if (!form) return;
  const evidence = document.getElementById("evidence");
  const all = (where, what) => [...where.querySelectorAll(what)];
  const selects = all(form, "select"), items = all(evidence, ".theme li");
  const directions = ["strength", "mixed", "weakness", "neutral"];

  // What is chosen from is read off the evidence itself.
  const told = new Map();
  for (const item of items) {
    const cell = item.closest(".cell"), theme = item.closest(".theme").querySelector("h3").textContent;
    told.set(item, !cell ? { theme } : {
      theme,
      visit: cell.id.split("--").pop(),
      cohort: item.parentNode.previousElementSibling.textContent,
      direction: directions.find(word => word[0] === item.querySelector("b").className),
      source: item.className ? "secondary" : "primary",
      coder: item.dataset.c || evidence.dataset.c
    });
  }
  const names = new Map(all(evidence, "#visits-again p[id]").map(
    p => [p.id.slice(2), p.querySelector("b").textContent]));
  const orders = { visit: [...names.keys()], direction: directions };
  for (const select of selects) {
    const found = new Set([...told.values()].map(of => of[select.name]).filter(Boolean));
    const order = (orders[select.name] || [...found]).filter(value => found.has(value));
    for (const value of order) select.add(new Option(names.get(value) || value, value));
    select.parentNode.hidden = found.size < 2;
  }

  // A heading stands only over what is shown.
  const left = place => !place.querySelector("li:not([hidden])");
  const filter = filtering(form, items,
    item => selects.every(s => !s.value || told.get(item)[s.name] === s.value),
    some => {
      form.classList.toggle("on", some);
      for (const list of all(evidence, ".cell ul"))
        list.hidden = list.previousElementSibling.hidden = left(list);
      for (const cell of all(evidence, ".cell")) cell.hidden = left(cell);
      for (const theme of all(evidence, ".theme")) {
        theme.hidden = some && left(theme);
        const link = evidence.querySelector(`nav a[href="#${theme.querySelector("h3").id}"]`);
        if (link) link.parentNode.hidden = theme.hidden;
      }
    });

  // A link to what the filter hides, in whole or in part, ends the filter.
  const aim = hash => document.getElementById(decodeURIComponent(hash.slice(1)));
  const reveal = target => {
    if (!target || !evidence.contains(target)) return false;
    const partly = target.className === "cell" && target.querySelector("[hidden]");
    if (!partly && !target.closest("[hidden]")) return false;
    for (const select of selects) select.value = "";
    form.elements.words.value = "";
    filter();
    form.querySelector("output").textContent += ": the link led to evidence that was hidden";
    return true;
  };

  // Whoever followed a link to the evidence finds the way back to it.
  const back = document.createElement("a");
  back.textContent = "Back to where you were";
  let from;
  back.addEventListener("click", event => {
    event.preventDefault();
    from.focus();
  });
  document.addEventListener("click", event => {
    const link = event.target.closest('a[href^="#"]');
    if (!link || link === back) return;
    const target = aim(link.hash);
    reveal(target);
    if (!target || !target.matches(".cell,li,#visits-again p") || link.closest(".themes")) return;
    from = link;
    back.href = `#${link.closest("[id]").id}`;
    (target.querySelector(".small") || target).append(" ", back);
  });
  const arrive = () => {
    const target = location.hash && aim(location.hash);
    if (reveal(target)) target.scrollIntoView();
  };
  addEventListener("hashchange", arrive);
})();

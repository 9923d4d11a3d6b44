(() => {
  const form = document.getElementById("filter"), f = form.elements;
  const visits = [...document.querySelectorAll(".visit")], of = visit => visit.dataset.a;
  const near = neighbourhood(form, visits, f.near,
    { slug: of, head: visit => visit.querySelector("h2") });
  const heads = form.dataset.heads.split("|");
  const fits = visit => {
    const d = visit.dataset, theme = f.theme.value;
    for (const item of visit.querySelectorAll("[data-t]")) {
      item.hidden = Boolean(theme) && item.dataset.t !== theme;
    }
    for (const list of visit.querySelectorAll("ul")) {
      const left = list.querySelectorAll("li:not([hidden])").length;
      list.hidden = list.previousElementSibling.hidden = !left;
      list.previousElementSibling.querySelector("span").textContent = left;
    }
    return (!f.region.value || d.r === f.region.value)
      && (!f.year.value || d.y === f.year.value)
      && near.fits(visit)
      && (!theme || Boolean(visit.querySelector("[data-t]:not([hidden])")));
  };
  const found = held => {
    const needs = new Map(heads.map(head => [head, new Set()]));  // each once, at how many visits ever
    for (const visit of held) {
      for (const head of visit.querySelectorAll("[data-h]")) {
        for (const need of head.nextElementSibling.querySelectorAll("li:not([hidden]) > a:first-child")) {
          needs.get(head.dataset.h).add(need.getAttribute("href"));
        }
      }
    }
    const told = [...needs].filter(([, every]) => every.size)
      .map(([head, { size }], at) => `${at ? numeral(size) : plural(size, "need")} ${head}`);
    return listed(told) || "no need raised and none found put right";
  };
  const chosen = () => [inRegion(f.region.value), inYears(f.year.value, f.year.value),
    f.theme.value && `on ${chosenName(f.theme).toLowerCase()}`, f.words.value.trim() && `${withWords(f.words)} in their entries`].filter(Boolean);
  const said = left => {
    const others = near.others(left), own = near.own(left), home = near.home();
    const places = new Set(others.map(of)).size;
    const start = [`${plural(others.length, "visit")} to ${home ? near.said(places) : plural(places, "authority", "authorities")}`,
      ...chosen()].join(", ");
    const sentences = [others.length ? `${start}: ${found(others)}` : start];
    if (home) sentences.push(`${home} itself, ${plural(own.length, "visit")}${own.length ? `: ${found(own)}` : ""}`);
    return sentences.join(". ");
  };
  remembered(form);
  filtering(form, visits, fits, null, said);
})();

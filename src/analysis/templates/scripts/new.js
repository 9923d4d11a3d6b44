(() => {
  const form = document.getElementById("filter"), f = form.elements;
  const visits = [...document.querySelectorAll(".visit")];
  const fits = visit => {
    const d = visit.dataset, theme = f.theme.value;
    for (const item of visit.querySelectorAll("[data-t]")) {
      item.hidden = Boolean(theme) && item.dataset.t !== theme;
    }
    for (const list of visit.querySelectorAll("ul")) {
      const gone = !list.querySelector("li:not([hidden])");
      list.hidden = gone;
      list.previousElementSibling.hidden = gone;
    }
    return (!f.region.value || d.r === f.region.value)
      && (!f.year.value || d.y === f.year.value)
      && (!f.near.value || d.a === f.near.value || d.n.split(" ").includes(f.near.value))
      && (!theme || Boolean(visit.querySelector("[data-t]:not([hidden])")));
  };
  remembered(form);
  filtering(form, visits, fits);
})();

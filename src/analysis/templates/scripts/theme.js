(() => {
  const form = document.getElementById("filter"), f = form.elements;
  const rows = [...document.querySelectorAll(".list > tbody > tr")];
  const row = slug => document.getElementById(`a-${slug}`);
  const near = (slug, home) => slug === home || row(home).dataset.n.split(" ").includes(slug);
  const within = (years, from, to) => (years || "").split(" ")
    .some(year => year && year >= (from || "0") && year <= (to || "9999"));
  const fits = row => {
    const d = row.dataset, group = f.group.value;
    const every = [...row.querySelectorAll("[data-c]")];
    for (const said of every) {
      said.hidden = Boolean(group) && !said.dataset.c.split(" ").includes(group);
    }
    const left = every.filter(said => !said.hidden);
    const fold = row.querySelector(".others");
    if (fold) {
      fold.hidden = !fold.querySelector("[data-c]:not([hidden])");
      fold.open = Boolean(group) && !fold.hidden;
    }
    const from = f.weakfrom.value, to = f.weakto.value, weak = row.querySelector(".weak");
    if (weak) {
      for (const said of weak.querySelectorAll("p")) {
        said.hidden = !within(said.dataset.wy, from, to);
      }
      const asked = `${from} ${to}`;  // a fold that the reader opened is left as it is
      if (weak.dataset.asked !== asked) {
        weak.open = Boolean(from || to) && Boolean(weak.querySelector("p:not([hidden])"));
        weak.dataset.asked = asked;
      }
    }
    const now = group ? left : left.filter(said => !said.closest("details"));
    return (!group || left.length > 0)
      && (!f.region.value || d.r === f.region.value)
      && (!f.near.value || near(row.id.slice(2), f.near.value))
      && (!(from || to) || within(d.w, from, to))
      && (!f.way.value || d.o === f.way.value)
      && (!f.grade.value || d.g === f.grade.value)
      && (!f.since.value || Number(d.y) >= Number(f.since.value))
      && (!f.level.value || now.some(said => said.dataset.l === f.level.value))
      && (!f.path.value || (group
        ? left.some(said => said.dataset.p.split("|").includes(f.path.value))
        : d.p === f.path.value));
  };
  remembered(form);
  filtering(form, rows, fits);

  const outs = document.getElementById("outs");
  if (outs) {
    const { outregion, outnear } = outs.elements;
    remembered(outs);
    filtering(outs, [...document.querySelectorAll(".ways > li")], way =>
      (!outregion.value || row(way.dataset.a).dataset.r === outregion.value)
      && (!outnear.value || near(way.dataset.a, outnear.value)));
  }

  const asking = document.getElementById("asking");
  if (!asking) return;
  const bars = [...document.querySelectorAll(".bars > li")];
  const most = Math.max(...bars.map(bar => Number(bar.querySelector(".bar span").textContent)));
  const count = () => {
    const { from, to, where } = asking.elements, all = new Set();
    for (const bar of bars) {
      let shown = 0;
      for (const place of bar.querySelectorAll(".places li")) {
        const there = (!where.value || place.dataset.r === where.value)
          && within(place.dataset.y, from.value, to.value);
        place.hidden = !there;
        shown += there;
        if (there) all.add(place.dataset.a);
      }
      bar.querySelector(".bar span").textContent = shown;
      bar.querySelector("details").open = Boolean(from.value || to.value || where.value);
      bar.querySelector(".bar i").style.width = `${70 * shown / most}%`;
    }
    asking.querySelector("output").textContent = `${all.size} authorities asked for one or more of these`;
  };
  remembered(asking);
  asking.hidden = false;
  asking.addEventListener("input", count);
  asking.addEventListener("reset", () => setTimeout(count));
  asking.addEventListener("submit", event => event.preventDefault());
  count();
})();

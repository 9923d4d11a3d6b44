(() => {
  const form = document.getElementById("filter"), f = form.elements;
  const rows = [...document.querySelectorAll(".list > tbody > tr")];
  const row = slug => document.getElementById(`a-${slug}`);
  const within = (year, from, to) => year >= (from || "0") && year <= (to || "9999");
  const has = (words, word) => !word || (words ?? "").split(" ").includes(word);
  const around = neighbourhood(form, rows, f.near,
    { slug: row => row.id.slice(2), head: row => row.querySelector("th") });
  const whom = () => !f.group.value ? ""
    : f.group.value === "not-stated" ? "where no group is named" : `for ${chosenName(f.group)}`;

  // What was found weak in the years chosen, for the group chosen, goes to the front of its row.
  const asked = new Map(), homes = new Map();
  const line = (text, kind) => Object.assign(document.createElement("p"), { textContent: text, className: kind });
  const weakness = row => {
    const from = f.weakfrom.value, to = f.weakto.value, group = f.group.value;
    const key = `${from} ${to} ${group}`;
    if (asked.get(row)?.key === key) return asked.get(row).found;
    for (const [place, held] of homes.get(row) ?? []) place.replaceChildren(...held);
    homes.delete(row);
    const cell = row.querySelector(".said"), fold = row.querySelector(".weak");
    const every = [...row.querySelectorAll("[data-wy]")];
    const mine = every.filter(said => has(said.dataset.wc ?? said.dataset.c, group));
    const found = from || to ? mine.filter(said => within(said.dataset.wy, from, to)) : [];
    for (const when of row.querySelectorAll(".when")) when.hidden = !found.includes(when.parentNode);
    if (fold) {
      const left = [...fold.querySelectorAll("p")];
      for (const said of left) said.hidden = !mine.includes(said);
      const visits = new Set(left.filter(said => !said.hidden).map(said => said.dataset.v)).size;
      fold.querySelector("summary").textContent = `Weak before: ${plural(visits, "visit")}`;
      fold.hidden = !visits || Boolean(from || to);
    }
    if (found.length) {
      homes.set(row, [cell, fold].filter(Boolean).map(place => [place, [...place.childNodes]]));
      const rest = [...cell.querySelectorAll(":scope > [data-c]")].some(said =>
        !found.includes(said) && has(said.dataset.c, group));
      for (const off of cell.querySelectorAll(":scope > .off")) off.hidden = !rest;
      cell.prepend(line(`Weak ${inYears(from, to)}:`, "then"), ...found,
        ...(rest ? [line("Latest word:", "then")] : []));
    } else for (const off of cell.querySelectorAll(":scope > .off")) off.hidden = false;
    asked.set(row, { key, found });
    return found;
  };
  // How the theme, or the group chosen, was weak and turned out strong.
  const turned = row => {
    const place = row.querySelector(".turn"), group = f.group.value;
    if (!place) return false;
    const turns = new Map(place.dataset.s.split(";").map(each => each.split("|")));
    const said = turns.get(group || "all");
    place.hidden = !said;
    const text = group ? `${whom()}: ${said}` : said ?? "";
    place.textContent = said ? text[0].toUpperCase() + text.slice(1) : "";
    return Boolean(said);
  };
  const ended = (row, left, fits) => f.group.value
    ? left.some(said => said.dataset.p.split("|").some(fits)) : fits(row.dataset.p);
  const GOT = {
    strong: (row, left, turn) => turn,
    met: row => "o" in row.dataset && has(row.dataset.o, f.group.value),
    better: (row, left) => ended(row, left, word => word.startsWith("better")),
  };
  const fits = row => {
    const d = row.dataset, group = f.group.value, years = f.weakfrom.value || f.weakto.value;
    const every = [...row.querySelectorAll("[data-c]")];
    for (const said of every) said.hidden = !has(said.dataset.c, group);
    const left = every.filter(said => !said.hidden);
    const fold = row.querySelector(".others");
    if (fold) {
      fold.hidden = !fold.querySelector("[data-c]:not([hidden])");
      fold.open = Boolean(group) && !fold.hidden;
    }
    const weak = weakness(row), turn = turned(row);
    const now = group ? left : left.filter(said => !said.closest("details"));
    return (!group || left.length > 0)
      && (!f.region.value || d.r === f.region.value)
      && around.fits(row)
      && (!years || weak.length > 0)
      && (!f.got.value || GOT[f.got.value](row, left, turn))
      && (!f.grade.value || d.g === f.grade.value)
      && (!f.since.value || now.some(said => said.dataset.y >= f.since.value))
      && (!f.level.value || now.some(said => said.dataset.l === f.level.value))
      && (!f.path.value || ended(row, left, word => word === f.path.value));
  };
  const said = left => {
    const own = around.own(left).length, others = around.others(left).length, home = around.home();
    const start = home ? `${around.said(others)}, ${own ? "and" : "not"} ${home} itself`
      : `${left.length} of ${plural(rows.length, "authority", "authorities")}`;
    const group = whom(), any = group || "for at least one group", all = group || "over all groups";
    const got = {
      strong: `weak before, strong when last judged ${all}`,
      met: `a need ${group} found met (“way out”)`.replace("  ", " "),
      better: `path ends better ${all}`,
    }[f.got.value];
    const years = inYears(f.weakfrom.value, f.weakto.value);
    const parts = [
      years && `found weak ${any} at a visit ${years}`,
      got,
      f.level.value && `latest word ${f.level.value} ${any}`,
      f.path.value && `path “${f.path.value}” ${all}`,
      f.since.value && `last judged in ${f.since.value} or later ${group}`.trim(),
    ];
    return sentence(start, inRegion(f.region.value), ...parts,
      group && !parts.some(Boolean) && `judged ${group}`,
      f.grade.value && `latest overall grade ${f.grade.value}`, withWords(f.words));
  };
  remembered(form);
  filtering(form, rows, fits, null, said);

  // To the list, with those who were weak on the theme before; a region and neighbours are kept.
  const head = document.getElementById("list"), outs = document.getElementById("outs");
  head.tabIndex = -1;
  const links = [...document.querySelectorAll(".to-list")];
  const aim = () => {
    for (const link of links) {
      const told = new URLSearchParams(location.hash.includes("=") ? location.hash.slice(1) : "");
      for (const field of f) told.delete(field.name);
      told.set("got", link.dataset.got);
      for (const name of link.dataset.keep?.split(" ") ?? []) {
        const value = outs.elements[`out${name}`].value;
        if (value) told.set(name, value);
      }
      link.hash = told;
    }
  };
  for (const link of links) {
    link.addEventListener("click", () => { aim(); setTimeout(() => head.focus()); });
  }

  if (outs) {
    const { outwords, outregion, outnear } = outs.elements;
    const ways = [...document.querySelectorAll(".ways > li")], of = way => way.dataset.a;
    const near = neighbourhood(outs, ways, outnear,
      { slug: of, head: way => way.querySelector("b"), known: f.near });
    const places = held => new Set(held.map(of)).size;
    remembered(outs);
    filtering(outs, ways, way =>
      (!outregion.value || row(of(way)).dataset.r === outregion.value) && near.fits(way),
    narrowed => {
      if (narrowed) document.getElementById("met").open = true;
      outs.querySelector(".theme").hidden = !narrowed;
      aim();
    }, left => {
      const others = near.others(left), own = near.own(left).length, home = near.home();
      outs.querySelector(".nought").hidden = left.length > 0;
      const start = home
        ? `${others.length} of ${plural(ways.length, "need")} found met, at ${near.said(places(others))}; ${own} at ${home} itself`
        : `${left.length} of ${plural(ways.length, "need")} found met, at ${plural(places(left), "authority", "authorities")}`;
      return sentence(start, inRegion(outregion.value), withWords(outwords));
    });
  }
  aim();

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
          && place.dataset.y.split(" ").some(year => within(year, from.value, to.value));
        place.hidden = !there;
        shown += there;
        if (there) all.add(place.dataset.a);
      }
      bar.querySelector(".bar span").textContent = shown;
      bar.querySelector("details").open = Boolean(from.value || to.value || where.value);
      bar.querySelector(".bar i").style.width = `${70 * shown / most}%`;
    }
    const years = inYears(from.value, to.value) || inYears(from.options[1].value, "");
    asking.querySelector("output").textContent = `${plural(all.size, "authority was", "authorities were")} `
      + `asked for one or more of these ${[years, inRegion(where.value)].filter(Boolean).join(", ")}`;
  };
  remembered(asking);
  asking.hidden = false;
  asking.addEventListener("input", count);
  asking.addEventListener("reset", () => setTimeout(count));
  asking.addEventListener("submit", event => event.preventDefault());
  count();
})();

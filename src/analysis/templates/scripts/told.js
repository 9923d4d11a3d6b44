// What was chosen, in words that make of a number a sentence to quote.
const numeral = count => count.toLocaleString("en-GB");
const plural = (count, one, many = `${one}s`) => `${numeral(count)} ${count === 1 ? one : many}`;
const listed = names => names.length < 2 ? names.join("")
  : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
const inYears = (from, to) => !from && !to ? "" : from === to ? `in ${from}`
  : !to ? `since ${from}` : !from ? `until ${to}`
  : `in ${from} ${to - from === 1 ? "or" : "to"} ${to}`;
const inRegion = name => !name ? ""
  : `in ${/^(North|South|East|West)\b/.test(name) ? "the " : ""}${name}`;
const withWords = box => box.value.trim() ? `with the words “${box.value.trim()}”` : "";
const chosenName = menu => menu.value ? menu.selectedOptions[0].textContent : "";
const sentence = (start, ...parts) => {
  const said = parts.filter(Boolean);
  return said.length ? `${start}: ${said.join(", ")}` : start;
};

// The statistical neighbours of the place chosen in a menu; its own is marked, and none of them.
const neighbourhood = (form, items, menu, { slug, head, known = menu }) => {
  const names = form.querySelector(".names"), note = "the one chosen";
  const option = value => [...known.options].find(each => each.value === value);
  let of = null, all = [];
  const look = () => {
    if (of === menu.value) return;
    of = menu.value;
    all = of ? option(of).dataset.n.split(" ").filter(Boolean) : [];
    names.hidden = !of;
    names.textContent = of
      ? `Statistical neighbours of ${chosenName(menu)}: ${listed(all.map(each => option(each).textContent))}.` : "";
    for (const item of items) {
      const own = Boolean(of) && slug(item) === of;
      if (item.classList.toggle("chosen", own)) {
        const mark = document.createElement("span");
        mark.className = "own";
        mark.textContent = note;
        head(item).append(" ", mark);
      } else item.querySelector(".own")?.remove();
    }
  };
  return {
    fits: item => { look(); return !of || slug(item) === of || all.includes(slug(item)); },
    others: left => left.filter(item => slug(item) !== of),
    own: left => left.filter(item => slug(item) === of),
    home: () => chosenName(menu),
    said: count => `${count} of ${plural(all.length, "statistical neighbour")} of ${chosenName(menu)}`,
  };
};

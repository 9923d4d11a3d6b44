(() => {
  const all = (where, what) => [...where.querySelectorAll(what)];
  const aim = hash => document.getElementById(decodeURIComponent(hash.slice(1)));
  const unfold = place => {
    for (let at = place; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
  };
  const form = document.getElementById("filter");
  let reveal = () => false;
  if (form) {
    const cards = all(document, ".card"), items = all(document, ".evidence .cell li");
    const selects = all(form, "select"), fields = [...selects, form.elements.words];
    const directions = ["strength", "mixed", "weakness", "neutral"];

    // What is chosen from is read off the evidence itself.
    const told = new Map(), names = new Map();
    for (const item of items) {
      const cell = item.closest(".cell"), visit = cell.id.split("--").pop();
      names.set(visit, cell.querySelector("h4").textContent.split(": ")[0]);
      const place = item.querySelector("i").textContent, by = / coded by ([\w-]+)/.exec(place);
      told.set(item, {
        theme: item.closest(".evidence").dataset.theme,
        visit,
        cohort: item.parentNode.previousElementSibling.textContent,
        direction: directions.find(word => word[0] === item.querySelector("b").className),
        source: item.classList.contains("second") ? "secondary" : "primary",
        coder: by ? by[1] : form.dataset.c,
        place,
        found: [...item.childNodes].slice(0, -1).map(part => part.textContent).join("").trim()
      });
    }
    for (const select of selects) {
      const found = [...new Set([...told.values()].map(of => of[select.name]).filter(Boolean))];
      if (select.name === "visit") found.sort((a, b) => a.slice(1) < b.slice(1) ? -1 : 1);
      const order = select.name === "direction" ? directions.filter(d => found.includes(d)) : found;
      for (const value of order) select.add(new Option(names.get(value) || value, value));
      select.parentNode.hidden = found.length < 2;
    }

    // A heading stands only over what is shown; what is asked for has an address of its own.
    const left = place => !place.querySelector("li:not([hidden])");
    const filter = filtering(form, items,
      item => selects.every(s => !s.value || told.get(item)[s.name] === s.value),
      some => {
        const was = form.classList.contains("on");
        form.classList.toggle("on", some);
        for (const list of all(document, ".cell ul"))
          list.hidden = list.previousElementSibling.hidden = left(list);
        for (const cell of all(document, ".cell")) cell.hidden = left(cell);
        for (const card of cards) {
          const evidence = card.querySelector(".evidence");
          card.hidden = some && left(evidence);
          if (some || was) evidence.open = some && !card.hidden;
        }
        const asked = new URLSearchParams(fields.filter(f => f.value).map(f => [f.name, f.value]));
        if (some || was) history.replaceState(null, "", some ? `#find?${asked}` : "#filter");
      });
    const clear = () => {
      for (const field of fields) field.value = "";
      filter();
    };

    // A link to what the filter hides, in whole or in part, ends the filter.
    reveal = target => {
      const partly = target.className === "cell" && target.querySelector("[hidden]");
      if (!partly && !target.closest("[hidden]")) return false;
      clear();
      form.querySelector("output").textContent += ": the link led to a paragraph that was hidden";
      return true;
    };
    if (location.hash.startsWith("#find?")) {
      const asked = new URLSearchParams(location.hash.slice(6));
      for (const field of fields) field.value = asked.get(field.name) || "";
      filter();
      unfold(form);
    }

    // Whoever would code a paragraph otherwise gets the rows that stand, to begin with.
    const kinds = JSON.parse(form.dataset.k);
    const place = item => told.get(item).visit + told.get(item).place.split(";")[0];
    const rows = item => {
      const own = items.filter(other => place(other) === place(item));
      const id = own.find(other => other.id).id;
      return own.map(other => {
        const of = told.get(other), theme = other.closest(".cell").id.split("--")[0].slice(2);
        const cohort = of.cohort.toLowerCase().replace("cohort ", "").replace(/ /g, "-");
        const finding = `${form.dataset.a}-${kinds[id[0]]}-${id.slice(1)}`;
        return [finding, theme, cohort, of.direction, "level", "", "", ""].join();
      });
    };
    for (const evidence of all(document, ".evidence")) evidence.addEventListener("toggle", () => {
      for (const item of all(evidence, ".cell li")) {
        const button = document.createElement("button"), text = document.createElement("textarea");
        button.textContent = "Code it otherwise";
        button.addEventListener("click", () => {
          const head = "finding,theme,cohort,direction,basis,change_said,since,note";
          text.value = [head, ...rows(item)].join("\n");
          text.rows = text.value.split("\n").length + 1;
          text.readOnly = true;
          text.ariaLabel = `For data/raw/${form.dataset.a}/codes/your-name.csv`;
          button.replaceWith(text.ariaLabel, text);
          text.select();
        });
        item.append(" ", button);
      }
    }, { once: true });

    // What is shown goes with who asked, as a table that a spreadsheet opens.
    form.elements.save.addEventListener("click", () => {
      const safe = text => `"${(/^[=+\-@\t\r]/.test(text) ? "'" : "") + text.replace(/"/g, '""')}"`;
      const rows = items.filter(item => !item.hidden).map(item => {
        const of = told.get(item);
        return [of.theme, names.get(of.visit), of.cohort, of.direction, of.found, of.place];
      });
      const table = [["Theme", "Visit", "Group", "Direction", "Found", "Place"], ...rows];
      const link = document.createElement("a");
      const text = table.map(row => row.map(cell => safe(cell.trim())).join(",")).join("\r\n");
      link.href = URL.createObjectURL(new Blob(["\ufeff" + text + "\r\n"], { type: "text/csv" }));
      link.download = "paragraphs.csv";
      link.click();
    });
  }

  // A theme prints alone, under the headline and with what it rests on.
  for (const card of all(document, ".card")) {
    const button = document.createElement("button");
    button.textContent = "Print this theme";
    button.addEventListener("click", () => {
      for (const fold of all(card, ".fold:not(.evidence)")) fold.open = true;
      card.classList.add("alone");
      print();
      card.classList.remove("alone");
    });
    card.querySelector(".sure div").append(button);
  }

  // Whoever followed a link to a paragraph finds the way back.
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
    if (!target) return;
    reveal(target);
    unfold(target);
    if (!target.matches(".cell,.cell li,.none li")) return;
    from = link;
    back.href = `#${link.closest("[id]").id}`;
    (target.querySelector(".small") || target).append(" ", back);
  });
  const arrive = () => {
    const target = location.hash && aim(location.hash);
    if (!target) return;
    reveal(target);
    unfold(target);
    target.scrollIntoView();
  };
  addEventListener("hashchange", arrive);
  arrive();
})();

(() => {
  const form = document.getElementById("search"), box = form.elements.q;
  const hits = document.getElementById("hits"), output = form.querySelector("output");
  const more = document.getElementById("more"), STEP = 25;
  const SMALL = ["and", "for", "the", "with", "too", "how", "not"];
  const named = [...document.querySelectorAll("[data-find]")].map(place => ({
    low: `${place.dataset.find} ${place.dataset.in ?? ""}`.toLowerCase(), name: place.dataset.find, what: place.dataset.what,
    href: place.getAttribute("href"),
  }));
  const findings = [];
  let loading = null, shown = STEP;

  // Each file of summaries hands its own over by calling this.
  window.summaries = (page, name, documents) => {
    for (const [when, day, anchor, list] of documents) {
      for (const [number, text] of list) {
        const href = number < 0 ? page : `${page}#${anchor}/${number}`;
        findings.push({ low: `${name} ${text}`.toLowerCase(), text, name, when, day, href });
      }
    }
  };
  const load = () => loading ??= Promise.all(form.dataset.files.split(" ").map(file =>
    new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = file;
      script.onload = resolve;
      script.onerror = () => reject(new Error(file));
      document.head.append(script);
    }))).then(() => findings.sort((a, b) => a.day < b.day ? 1 : a.day > b.day ? -1 : 0));

  const marked = (text, words) => {
    const line = document.createElement("span"), low = text.toLowerCase();
    let at = 0;
    while (at < text.length) {
      let next = text.length, word = "";
      for (const w of words) {
        const found = low.indexOf(w, at);
        if (found >= 0 && found < next) { next = found; word = w; }
      }
      line.append(text.slice(at, next));
      if (word) {
        const mark = document.createElement("mark");
        mark.textContent = text.slice(next, next + word.length);
        line.append(mark);
      }
      at = next + word.length;
    }
    return line;
  };
  const item = (href, head, rest) => {
    const line = document.createElement("li"), link = document.createElement("a");
    link.href = href;
    link.textContent = head;
    line.append(link, " ", rest);
    return line;
  };
  const look = () => {
    const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
    hits.replaceChildren();
    more.hidden = true;
    if (!words.length) { output.textContent = ""; return; }
    const fits = one => words.every(word => one.low.includes(word));
    // Where no name holds every word, those stand here in which most of the words begin one.
    const telling = words.filter(word => word.length > 2 && !SMALL.includes(word));
    const begun = one => telling.filter(word => one.name.toLowerCase().split(/[^a-z0-9]+/)
      .some(part => part.startsWith(word))).length;
    const whole = named.filter(fits);
    const places = whole.length ? whole
      : named.filter(begun).sort((a, b) => begun(b) - begun(a)), found = findings.filter(fits);
    for (const one of places.slice(0, 8)) hits.append(item(one.href, one.name, one.what));
    for (const one of found.slice(0, shown)) {
      hits.append(item(one.href, `${one.name}, ${one.when}:`, marked(one.text, words)));
    }
    more.hidden = found.length <= shown;
    const kinds = places.length ? `${places.length} of the names below, ` : "";
    output.textContent = kinds + (findings.length
      ? `${found.length} paragraphs by our summaries, the latest first` : "reading the summaries …");
  };
  const start = () => load().then(look, () => {
    output.textContent = "The summaries could not be read. Reload the page.";
  });
  form.hidden = false;
  remembered(form);
  form.addEventListener("input", () => { shown = STEP; look(); start(); });
  box.addEventListener("focus", load, { once: true });
  form.addEventListener("submit", event => event.preventDefault());
  more.addEventListener("click", () => { shown += 4 * STEP; look(); });
  if (box.value) start();
})();

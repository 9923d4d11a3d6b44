// A chart whose cells can be pressed: by pointer, or by arrow keys and Enter. One cell at a time is
// a stop of the tab key, so that a chart of two hundred cells is passed with one key.
const NEXT = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const middle = (spot) => [spot.left + spot.width / 2, spot.top + spot.height / 2];

function nearest(spots, from, [dx, dy]) {
  const [x, y] = middle(spots[from]);
  let best = from, least = Infinity;
  spots.forEach((spot, i) => {
    const [u, v] = [middle(spot)[0] - x, middle(spot)[1] - y];
    const along = u * dx + v * dy, aside = Math.abs(u * dy) + Math.abs(v * dx);
    const far = along + 6 * aside;
    if (i !== from && along > 0.1 && far < least) [best, least] = [i, far];
  });
  return best;
}

function render({ model, el }) {
  const figure = document.createElement("figure");
  figure.className = "findings-picture";
  el.append(figure);
  let address = "";

  const draw = () => {
    const { svg, alt, caption, spots, width } = model.get("chart");
    figure.replaceChildren();
    if (address) URL.revokeObjectURL(address);
    address = "";
    if (!svg) return;
    address = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
    const frame = document.createElement("div");
    frame.className = "frame";
    frame.style.maxWidth = `${width}px`;
    frame.style.minWidth = `${Math.round(width * 0.6)}px`;
    const image = document.createElement("img");
    image.alt = alt;
    image.src = address;
    frame.append(image, ...buttons(spots, model));
    const scroll = document.createElement("div");
    scroll.className = "scroll";
    scroll.append(frame);
    const words = document.createElement("figcaption");
    words.textContent = caption;
    const both = document.createElement("div");
    both.className = "both";
    both.append(scroll, beside);
    figure.append(both, words);
    tell();
  };

  // The evidence stands beside the mark that was pressed, or below the chart where there is no room.
  const beside = document.createElement("aside");
  beside.setAttribute("aria-label", "Evidence");
  beside.setAttribute("aria-live", "polite");
  beside.tabIndex = 0;
  const tell = () => {
    beside.innerHTML = model.get("evidence");
    beside.style.marginTop = "0";
    const pressed = figure.querySelector("button[aria-pressed]");
    const scroll = figure.querySelector(".scroll");
    if (!pressed || !scroll) return;
    const apart = beside.offsetTop < scroll.offsetTop + scroll.offsetHeight;
    const room = scroll.offsetHeight - beside.offsetHeight;
    if (apart) beside.style.marginTop = `${Math.max(0, Math.min(pressed.offsetTop - 24, room))}px`;
    beside.scrollIntoView({ block: "nearest" });
  };

  model.on("change:chart", draw);
  model.on("change:evidence", tell);
  draw();
  return () => address && URL.revokeObjectURL(address);
}

function buttons(spots, model) {
  const made = spots.map((spot, i) => {
    const button = document.createElement("button");
    button.type = "button";
    button.title = spot.label;
    button.setAttribute("aria-label", spot.label);
    button.dataset.href = spot.href;
    button.tabIndex = i ? -1 : 0;
    for (const side of ["left", "top", "width", "height"]) button.style[side] = `${spot[side]}%`;
    button.addEventListener("click", () => {
      made.forEach((one) => one.removeAttribute("aria-pressed"));
      button.setAttribute("aria-pressed", "true");
      model.set("pressed", { href: spot.href, count: model.get("pressed").count + 1 });
      model.save_changes();
    });
    button.addEventListener("keydown", (event) => {
      if (!NEXT[event.key]) return;
      event.preventDefault();
      event.stopPropagation();
      const to = made[nearest(spots, i, NEXT[event.key])];
      button.tabIndex = -1;
      to.tabIndex = 0;
      to.focus();
    });
    return button;
  });
  return made;
}

export default { render };

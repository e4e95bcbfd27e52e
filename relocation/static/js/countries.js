// Suggestions below a country's text field: the editable combobox of the ARIA Authoring Practices, in which nothing is
// chosen by itself. Without this file the server finds the country by what was typed.

const PAUSE = 120;
let pressed = false;
addEventListener("pointerdown", () => (pressed = true), true);
for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => (pressed = false));

function enhance(box) {
  const input = box.querySelector("input[type=text]");
  const list = document.createElement("ul");
  const status = document.createElement("p");
  let wait = 0;
  let asked = 0;

  list.id = `${input.id}-list`;
  list.className = "country__list";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", box.dataset.list);
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  for (const [name, value] of Object.entries({
    role: "combobox",
    autocomplete: "off",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": list.id,
  })) {
    input.setAttribute(name, value);
  }
  input.after(list, status);

  const options = () => [...list.children];
  const active = () => list.querySelector("[aria-selected=true]");

  function mark(option) {
    for (const other of options()) other.setAttribute("aria-selected", String(other === option));
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  }

  function close() {
    clearTimeout(wait);
    asked += 1;
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    mark(null);
  }

  function choose(option) {
    input.value = option.dataset.name;
    box.querySelector("fieldset")?.remove();
    status.textContent = "";
    close();
  }

  function draw(found) {
    list.replaceChildren(
      ...found.map(({ name, called }, place) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${place}`;
        option.className = "country__option";
        option.dataset.name = name;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.append(name);
        if (called) {
          const also = document.createElement("span");
          also.textContent = called;
          option.append(" ", also);
        }
        return option;
      }),
    );
    list.hidden = found.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    mark(null);
    const words = found.length === 1 ? box.dataset.one : found.length ? box.dataset.many : box.dataset.none;
    status.textContent = words.replace("#", found.length);
  }

  // Only the newest answer counts. Where none comes, what was typed is enough.
  async function suggest() {
    const mine = (asked += 1);
    if (!input.value.trim()) return close();
    try {
      const answer = await fetch(`${box.dataset.countries}?${new URLSearchParams({ q: input.value })}`);
      const { countries } = await answer.json();
      if (mine === asked && document.activeElement === input) draw(countries);
    } catch {
      close();
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(wait);
    wait = setTimeout(suggest, PAUSE);
  });
  // Whoever presses a button below must still hit it: nothing moves before the press has ended.
  input.addEventListener("blur", () => {
    if (pressed) addEventListener("pointerup", () => setTimeout(close), { once: true });
    else close();
  });
  // The field keeps the focus while somebody points at the list.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) choose(option);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    const all = options();
    const at = all.indexOf(active());
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) suggest();
      else if (!event.altKey) mark(all[event.key === "ArrowDown" ? (at + 1) % all.length : (at < 1 ? all.length : at) - 1]);
      else if (event.key === "ArrowUp") close();
    } else if (event.key === "Enter" && at >= 0 && !list.hidden) {
      event.preventDefault();
      choose(all[at]);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      event.stopPropagation();
      close();
    } else if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) {
      mark(null);
    }
  });
}

for (const box of document.querySelectorAll("[data-countries]")) enhance(box);

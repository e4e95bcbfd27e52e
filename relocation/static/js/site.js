// Small conveniences. Every page works without this file.

const root = document.documentElement;

// Theme: "light", "dark" or nothing, which follows the device. Runs before the page is drawn.
function applyTheme(theme) {
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  else delete root.dataset.theme;
}

function storedTheme() {
  try {
    return localStorage.getItem("theme") || "";
  } catch {
    return "";
  }
}

applyTheme(storedTheme());

function chooseTheme(theme) {
  applyTheme(theme);
  try {
    if (theme) localStorage.setItem("theme", theme);
    else localStorage.removeItem("theme");
  } catch {
    // Storage is switched off: the choice lasts until the next page.
  }
  for (const button of document.querySelectorAll("[data-theme-choice]")) {
    button.setAttribute("aria-pressed", String(button.dataset.themeChoice === theme));
  }
}

async function copyLink(button) {
  await navigator.clipboard.writeText(button.dataset.copy || location.href);
  const label = button.querySelector("[data-copy-label]") || button;
  label.dataset.before ??= label.textContent;
  label.textContent = button.dataset.copied;
  setTimeout(() => (label.textContent = label.dataset.before), 3000);
}

// What the address points at is opened: the details around it, or a fact's note.
function openLinked() {
  const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let details = target && target.closest("details"); details; details = details.parentElement.closest("details")) {
    details.open = true;
  }
  if (target?.popover) target.showPopover();
  else if (target) target.scrollIntoView();
}

document.addEventListener("click", (event) => {
  const theme = event.target.closest("[data-theme-choice]");
  if (theme) chooseTheme(theme.dataset.themeChoice);
  const copy = event.target.closest("[data-copied]");
  if (copy) copyLink(copy);
  if (event.target.closest("[data-print-page]")) print();
  const slot = event.target.closest("[data-cancel]")?.closest("[data-back-to]");
  if (slot) {
    event.preventDefault();
    slot.replaceChildren();
    document.getElementById(slot.dataset.backTo).focus();
  }
  const dismiss = event.target.closest("[data-dismiss]");
  if (dismiss) dismiss.closest(dismiss.dataset.dismiss).remove();
});

document.addEventListener("keydown", (event) => {
  const details = event.key === "Escape" && event.target.closest("details.fold[open]");
  // An open note is closed by the browser, and nothing else with it.
  if (details && !document.querySelector(":popover-open")) {
    details.open = false;
    details.querySelector("summary").focus();
  }
});

function showWhatNeedsScripts() {
  for (const part of document.querySelectorAll("[data-needs-js]")) part.hidden = false;
}

document.addEventListener("DOMContentLoaded", () => {
  showWhatNeedsScripts();
  chooseTheme(storedTheme());
  for (const box of document.querySelectorAll("[data-scroll-x]")) {
    box.scrollLeft = Math.max(0, Number(box.dataset.scrollX) - box.clientWidth / 4);
  }
  openLinked();
});

addEventListener("hashchange", openLinked);

// "None of these" takes the other answers back, and any other answer takes it back.
document.addEventListener("change", (event) => {
  const box = event.target;
  if (box.type !== "checkbox" || !box.checked || !box.closest(".asked")) return;
  for (const other of box.closest(".asked").querySelectorAll("input:checked")) {
    if (other !== box && (box.hasAttribute("data-alone") || other.hasAttribute("data-alone"))) other.checked = false;
  }
});

// Whoever leaves answers that are not saved is asked first.
const unsaved = new Set();

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form?.hasAttribute("data-ask-before-leaving")) unsaved.add(form);
});
document.addEventListener("submit", () => unsaved.clear());
addEventListener("beforeunload", (event) => {
  if (unsaved.size) event.preventDefault();
});

// A tick draws the content again: what was open stays open, and the line and the calendar stay where they were.
const kept = { open: [], scroll: 0, focused: "", top: 0 };

document.addEventListener("htmx:beforeSwap", () => {
  kept.open = [...document.querySelectorAll("main details[open]")].map(placeOf);
  kept.scroll = document.querySelector("[data-scroll-x]")?.scrollLeft ?? 0;
  kept.focused = document.activeElement.closest("[data-back-to]")?.dataset.backTo || document.activeElement.id;
  kept.top = document.activeElement.getBoundingClientRect().top;
});

document.addEventListener("htmx:afterSwap", (event) => {
  showWhatNeedsScripts();
  for (const details of document.querySelectorAll("main details")) {
    if (kept.open.includes(placeOf(details))) details.open = true;
  }
  const calendar = document.querySelector("[data-scroll-x]");
  if (calendar) calendar.scrollLeft = kept.scroll;
  const line = document.getElementById(kept.focused);
  line?.focus({ preventScroll: true });
  if (line) scrollBy(0, line.getBoundingClientRect().top - kept.top);
  const { pathInfo, requestConfig, target } = event.detail;
  const slot = requestConfig.elt.closest(".note-slot");
  if (slot && target.id === "content") slot.replaceChildren();
  carryTick(pathInfo.requestPath.split("?")[0]);
});

// A note that is being written stays open while other lines are ticked. After a tick at its own line it must not
// take that tick for a change by somebody else, or take it back.
function carryTick(path) {
  const form = document.querySelector(`form[action="${path.replace("/tick/", "/lines/")}"]`);
  const button = document.querySelector(`[formaction^="${path}?"]`);
  if (!form || !button) return;
  form.elements.seen.value = new URL(button.formAction).searchParams.get("seen");
  form.elements.done.checked = button.value === "0";
}

// What could not be sent or saved is said, not swallowed.
for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(failure, () => {
    document.getElementById("status").replaceChildren(document.getElementById("not-saved").content.cloneNode(true));
  });
}

// The nearest row with an id, and which of its details this is.
function placeOf(details) {
  const row = details.parentElement.closest("[id]");
  return `${row.id} ${[...row.querySelectorAll("details")].indexOf(details)}`;
}

// The table that stands in for the calendar is unfolded on paper.
addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("details[data-print]:not([open])")) {
    details.open = true;
    details.dataset.opened = "";
  }
});
addEventListener("afterprint", () => {
  for (const details of document.querySelectorAll("details[data-opened]")) {
    details.open = false;
    delete details.dataset.opened;
  }
});

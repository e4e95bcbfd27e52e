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
  for (const menu of document.querySelectorAll("details.menu[open]")) menu.open = menu.contains(event.target);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const details = document.querySelector("details.menu[open]") || event.target.closest("details.fold[open]");
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
  showToday(document);
  openLinked();
});

// The calendar begins a little before today, also when its fold is opened.
function showToday(place) {
  for (const box of place.querySelectorAll("[data-scroll-to]")) {
    const today = box.querySelector(box.dataset.scrollTo).getBoundingClientRect();
    box.scrollLeft += today.left - box.getBoundingClientRect().left - box.clientWidth / 4;
  }
}

document.addEventListener("toggle", (event) => showToday(event.target), true);

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
document.addEventListener("DOMContentLoaded", () => {
  for (const form of document.querySelectorAll("[data-unsaved]")) unsaved.add(form);
});
// What is sent in place stays unsaved until its form is gone from the page.
document.addEventListener("submit", (event) => {
  if (!event.target.hasAttribute("hx-post")) unsaved.delete(event.target);
});
addEventListener("beforeunload", (event) => {
  if ([...unsaved].some((form) => form.isConnected)) event.preventDefault();
});

// Signing in in another tab has changed the token of every form: those that are open get the new one.
document.addEventListener("token-renewed", (event) => {
  const token = event.detail.value;
  document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
  for (const field of document.getElementsByName("csrfmiddlewaretoken")) field.value = token;
});

// A tick draws the content again: what was open stays open, and the line and the calendar stay where they were.
const kept = { open: [], scroll: 0, focused: "", top: 0 };

document.addEventListener("htmx:beforeSwap", () => {
  kept.open = [...document.querySelectorAll("main details[open]:not(.menu)")].map(placeOf);
  kept.scroll = document.querySelector("[data-scroll-to]")?.scrollLeft ?? 0;
  const used = undone(document.activeElement) || document.activeElement;
  kept.focused = used.closest("[data-back-to]")?.dataset.backTo || used.id;
  kept.top = used.getBoundingClientRect().top;
});

// The tick that a button in the news takes back: that button goes with the news.
function undone(button) {
  if (!button.matches(".toast [formaction]")) return null;
  return document.querySelector(`main [formaction^="${button.getAttribute("formaction").split("?")[0]}?"]`);
}

document.addEventListener("htmx:afterSwap", (event) => {
  showWhatNeedsScripts();
  for (const details of document.querySelectorAll("main details")) {
    if (kept.open.includes(placeOf(details))) details.open = true;
  }
  const calendar = document.querySelector("[data-scroll-to]");
  if (calendar) calendar.scrollLeft = kept.scroll;
  const line = document.getElementById(kept.focused);
  line?.focus({ preventScroll: true });
  if (line) scrollBy(0, line.getBoundingClientRect().top - kept.top);
  const { pathInfo, requestConfig, target } = event.detail;
  const slot = requestConfig.elt.closest(".note-slot");
  if (slot && target.id === "content") {
    slot.replaceChildren();
    const whole = line?.closest("[data-whole]");
    // Of what is higher than the window, the head is seen.
    for (const part of whole ? [whole, whole.firstElementChild] : []) part.scrollIntoView({ block: "nearest" });
  }
  carryTick(pathInfo.requestPath.split("?")[0]);
});

// A note that is being written stays open while other lines are ticked. After a tick at its own line it must not
// take that tick for a change by somebody else, or take it back.
function carryTick(path) {
  const form = document.querySelector(`form[action="${path.replace("/tick/", "/lines/")}"]`);
  const button = document.querySelector(`[formaction^="${path}?"]`);
  if (!form || !button) return;
  form.elements.seen.value = new URL(button.formAction).searchParams.get("seen");
  if (form.elements.done) form.elements.done.checked = button.value === "0";
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

// News of what was done passes by itself, not while somebody is at it, and stands where the line that is used is not.
const PASSES_AFTER = 6000;

function showNews() {
  const status = document.getElementById("status");
  for (const news of status.querySelectorAll("[data-passing]")) {
    const pass = () => setTimeout(() => (news.matches(":hover, :focus-within") ? pass() : news.remove()), PASSES_AFTER);
    pass();
  }
  status.classList.remove("toasts--top");
  const line = document.activeElement.closest("li") || document.activeElement;
  const news = status.getBoundingClientRect();
  if (news.height && line.getBoundingClientRect().bottom > news.top) status.classList.add("toasts--top");
}

document.addEventListener("htmx:afterSettle", showNews);

// A line that was opened in place is closed by the link that opened it.
document.addEventListener("htmx:beforeRequest", (event) => {
  const place = document.getElementById(event.target.dataset?.opens);
  if (!place?.childElementCount) return;
  event.preventDefault();
  place.replaceChildren();
  showWhatIsOpen();
});

function showWhatIsOpen() {
  for (const link of document.querySelectorAll("[data-opens]")) {
    link.setAttribute("aria-expanded", String(document.getElementById(link.dataset.opens).childElementCount > 0));
  }
}
document.addEventListener("htmx:afterSwap", showWhatIsOpen);
document.addEventListener("DOMContentLoaded", showWhatIsOpen);

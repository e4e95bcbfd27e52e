// Small conveniences of a firm's pages. Every page works without this file.

// A button that acts on ticked rows says how many are meant.
function sayHowMany() {
  for (const button of document.querySelectorAll("[data-one]")) {
    const { elements, dataset } = button.form;
    const ticked = [...elements].filter((field) => field.type === "checkbox" && field.checked).length;
    const count = elements.everything?.checked ? Number(dataset.count) : ticked;
    button.dataset.before ??= button.textContent;
    const words = count === 1 ? button.dataset.one : button.dataset.several.replace("2", count.toLocaleString("en"));
    button.textContent = count ? words : button.dataset.before;
  }
}

document.addEventListener("change", sayHowMany);
// Also after going back, when the browser has ticked the boxes again.
addEventListener("pageshow", sayHowMany);

// In a line that scrolls sideways, where one is stands in sight.
for (const line of document.querySelectorAll(".firm-bar .tabs, .views")) {
  const current = line.querySelector("[aria-current]");
  if (current) line.scrollLeft = current.offsetLeft - line.offsetLeft - line.clientWidth / 3;
}

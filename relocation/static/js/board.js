// Small conveniences of a firm's pages. Every page works without this file.

// The buttons below the cases say how many are meant.
function sayHowMany() {
  const bulk = document.getElementById("bulk");
  if (!bulk) return;
  const everything = bulk.elements.everything.checked;
  const ticked = document.querySelectorAll("[name=cases]:checked").length;
  const count = everything ? Number(bulk.dataset.count) : ticked;
  for (const button of bulk.querySelectorAll("[data-one]")) {
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

// Reads a day back in words while somebody types it. Without this file the next page does.

function words(day, month, year) {
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCDate() !== day || date.getUTCMonth() !== month - 1 || year < 1000) return "";
  const said = (options) => new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", ...options }).format(date);
  return `${said({ day: "numeric", month: "long", year: "numeric" })} (${said({ weekday: "long" })})`;
}

addEventListener("input", ({ target }) => {
  const box = target.closest("[data-day]");
  const typed = box ? [...box.querySelectorAll("input")].map((input) => Number(input.value)) : [];
  if (typed.length === 3) box.querySelector("output").textContent = words(...typed);
});

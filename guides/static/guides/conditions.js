"use strict";
// Tells below a condition or a date what it says and whom it matches, while somebody types it.
{
    const PAUSE = 350;
    const pauses = new WeakMap();
    const requests = new WeakMap();

    const said = (field) => document.getElementById(`${field.id}_says`);

    const check = async (field) => {
        requests.get(field)?.abort();
        const request = new AbortController();
        requests.set(field, request);
        const query = new URLSearchParams({
            text: field.value,
            kind: field.dataset.kind,
            empty: field.dataset.empty,
            fragment: "1",
        });
        // The condition of a term may not need the term itself.
        const own = document.querySelector("[name=key]") ?? document.querySelector("[name=_key]");
        if (field.name === "condition" && own?.value) query.set("term", own.value);
        try {
            const answer = await fetch(`${field.dataset.check}?${query}`, { signal: request.signal });
            if (!answer.ok || answer.redirected) return;
            const place = said(field);
            place.innerHTML = await answer.text();
            const wrong = place.querySelector(".says-wrong") !== null;
            wrong ? field.setAttribute("aria-invalid", "true") : field.removeAttribute("aria-invalid");
        } catch {
            // A newer text is being asked about, or the server is out of reach. Saving checks again in any case.
        }
    };

    document.addEventListener("input", (event) => {
        const field = event.target;
        if (!field.matches?.("textarea.expression")) return;
        clearTimeout(pauses.get(field));
        pauses.set(field, setTimeout(check, PAUSE, field));
    });

    document.addEventListener("click", (event) => {
        const clicked = event.target.closest?.(".says-whom, .suggestion");
        const place = clicked?.closest(".says");
        const field = place && document.getElementById(place.id.replace(/_says$/, ""));
        if (!field) return;
        event.preventDefault();
        if (clicked.matches(".suggestion")) {
            field.setRangeText(clicked.textContent, Number(clicked.dataset.start), Number(clicked.dataset.end), "end");
        }
        field.focus();
        check(field);
    });
}

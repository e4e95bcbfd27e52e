"use strict";
// Rows of a section are put in order by dragging or with two buttons, and parts are added inside a part.
// Without this script the position fields and one blank row do the same.
{
    const rowsIn = (list) => [...list.querySelectorAll(":scope > .part:not(.empty-form):not(.part-blank)")];
    const positionOf = (row) => row.querySelector(":scope > details > fieldset input[name$='-position']");
    const numberOf = (row) => Number(row.id.match(/-(\d+)$/)?.[1] ?? Infinity);

    const settle = (row) => {
        const rows = rowsIn(row.parentElement);
        rows.forEach((each, index) => {
            positionOf(each).value = index + 1;
        });
        const told = row.closest(".parts").querySelector(".moved");
        told.textContent = told.dataset.text.replace("{place}", rows.indexOf(row) + 1).replace("{all}", rows.length);
    };

    const moveBy = (row, step) => {
        const rows = rowsIn(row.parentElement);
        const other = rows[rows.indexOf(row) + step];
        if (!other) return false;
        step < 0 ? other.before(row) : other.after(row);
        return true;
    };

    document.addEventListener("click", (event) => {
        const button = event.target.closest?.(".move-up, .move-down, .add-inner");
        if (!button) return;
        if (button.matches(".add-inner")) {
            addInner(button);
            return;
        }
        const row = button.closest(".part");
        if (moveBy(row, button.matches(".move-up") ? -1 : 1)) settle(row);
        button.focus();
    });

    // Dragging. The row follows the pointer from neighbour to neighbour; Escape puts it back.
    let dragged = null;

    const dragTo = (y) => {
        const { row } = dragged;
        for (const other of rowsIn(row.parentElement)) {
            const box = other.getBoundingClientRect();
            if (other === row || y < box.top || y > box.bottom) continue;
            y < box.top + box.height / 2 ? other.before(row) : other.after(row);
            return;
        }
    };

    const stop = (kept) => {
        if (!dragged) return;
        const { row, next } = dragged;
        dragged = null;
        row.classList.remove("dragged");
        if (kept) settle(row);
        else row.parentElement.insertBefore(row, next);
    };

    document.addEventListener("pointerdown", (event) => {
        const handle = event.target.closest?.(".drag");
        if (!handle || event.button !== 0) return;
        event.preventDefault();
        const row = handle.closest(".part");
        dragged = { row, next: row.nextElementSibling };
        row.classList.add("dragged");
    });
    document.addEventListener("pointermove", (event) => {
        if (!dragged) return;
        const edge = 60;
        if (event.clientY < edge) scrollBy(0, -12);
        if (event.clientY > innerHeight - edge) scrollBy(0, 12);
        dragTo(event.clientY);
    });
    document.addEventListener("pointerup", () => stop(true));
    document.addEventListener("pointercancel", () => stop(false));
    document.addEventListener("keydown", (event) => {
        if (event.key === "Escape") stop(false);
    });

    // Django's script numbers forms by their place on the page when a new one is removed, but stored rows must keep
    // the first numbers. So rows go back to the order of their numbers until it is done.
    document.addEventListener("formset:removed", (event) => {
        const rows = [...document.querySelectorAll(`.dynamic-${CSS.escape(event.detail.formsetName)}`)];
        const template = document.getElementById(`${event.detail.formsetName}-empty`);
        if (!template || !rows.length) return;
        const shown = [...rows];
        rows.sort((one, other) => numberOf(one) - numberOf(other)).forEach((row) => template.before(row));
        queueMicrotask(() => shown.forEach((row) => template.before(row)));
    });

    // A part inside a part: a copy of the one in the blank outer row, which no other script has touched.
    const addInner = (button) => {
        const prefix = button.closest(".inner-parts").id.replace(/-group$/, "");
        const blank = prefix.replace(/-(\d+|__prefix__)-/, "-__prefix__-");
        const total = document.getElementById(`id_${prefix}-TOTAL_FORMS`);
        const row = document.getElementById(`${blank}-empty`).cloneNode(true);
        for (const element of [row, ...row.querySelectorAll("*")]) {
            for (const name of ["id", "name", "for", "aria-describedby", "aria-labelledby"]) {
                const value = element.getAttribute(name);
                if (!value) continue;
                const renamed = value.replaceAll(`${blank}-__prefix__`, `${prefix}-${total.value}`);
                element.setAttribute(name, renamed.replace(`${blank}-empty`, `${prefix}-${total.value}`));
            }
        }
        row.classList.remove("empty-form");
        button.before(row);
        total.value = Number(total.value) + 1;
        row.dispatchEvent(new CustomEvent("formset:added", { bubbles: true, detail: { formsetName: prefix } }));
        row.querySelector("summary").focus();
    };
}

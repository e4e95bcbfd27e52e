"use strict";
// Select2 puts a box of its own before each field of relations; the box takes the name of the field's label.
{
    const nameBoxes = (root) => {
        for (const select of root.querySelectorAll("select.select2-hidden-accessible")) {
            const [label] = select.labels;
            if (!label) continue;
            label.id ||= `${select.id}_label`;
            for (const box of select.nextElementSibling.querySelectorAll("[role=combobox], .select2-search__field")) {
                const shown = box.getAttribute("aria-labelledby") ?? "";
                if (!shown.startsWith(label.id)) box.setAttribute("aria-labelledby", `${label.id} ${shown}`.trim());
            }
        }
    };

    // jQuery makes the boxes in timers of its own, which were set before the page had loaded.
    addEventListener("load", () => django.jQuery(() => setTimeout(nameBoxes, 0, document)));
    document.addEventListener("formset:added", (event) => setTimeout(nameBoxes, 0, event.target));
}

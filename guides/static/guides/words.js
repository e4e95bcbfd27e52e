"use strict";
// Words for a condition or a date: what fits at the cursor is listed while somebody types, and all can be searched.
// The list is that of a combobox (ARIA): arrows move in it, Enter or Tab takes, Escape closes.
{
    const MOST = 8;
    const MOST_FOUND = 40;
    const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    const pair = ([word, name]) => ({ word, name, folded: plain(`${word} ${name}`) });
    const named = (words) => words.map((word) => pair([word, ""]));
    const OPERATORS = {
        choice: ["is", "is not", "in (", "not in ("],
        country: ["is", "is not", "in (", "not in ("],
        choices: ["has", "has any of ("],
        countries: ["has", "has any of ("],
        documents: ["has", "has any of ("],
        integer: [">=", "<=", "<", ">", "is"],
        date: ["before", "after", "on or before", "on or after"],
    };
    const loaded = new Map();
    let open = null;

    const load = (address) => {
        if (!loaded.has(address)) {
            loaded.set(address, fetch(`${address}?data=1`).then((answer) => answer.json()).then(prepare));
        }
        return loaded.get(address);
    };

    const prepare = (list) => {
        const values = (question) => (Array.isArray(question.values) ? question.values : list[question.values]);
        const questions = new Map(list.questions.map((question) => [question.key, question]));
        const verb = (question) => (/s$/.test(question.kind) ? "has" : "is");
        const own = list.questions.filter((question) => Array.isArray(question.values));
        const comparisons = own.flatMap((question) =>
            question.values.map(([value, name]) => pair([`${question.key} ${verb(question)} ${value}`, `${question.text} ${name}`])));
        const keys = list.questions.map((question) => pair([question.key, question.text]));
        const dates = list.questions.filter((question) => question.kind === "date").map((question) => pair([question.key, question.text]));
        const functions = named(["today", "latest(", "known_latest(", "first_of_month("]);
        return {
            questions,
            values: (key) => values(questions.get(key)).map(pair),
            operands: [...list.terms.map(pair), ...keys, ...comparisons, ...named(["not"])],
            days: [...dates, ...functions, ...list.procedures.map(([key, name]) => pair([`finish(${key})`, name]))],
            added: [...named(["+ 3 months", "+ 10 days", "- 10 days", "+ 1 year"]), ...list.yearly.map(([word, name]) => pair([`+ ${word}`, name]))],
        };
    };

    // What may stand behind this text. Where nothing is typed yet, terms and questions are not thrust upon anybody.
    const fitting = (before, kind, list) => {
        const found = (pattern) => pattern.exec(before);
        const question = (match) => match && list.questions.get(match[1]);
        const inside = found(/(\w+)\s+(?:in|not in|has any of)\s*\([^()]*$/) ?? found(/(\w+)\s+(?:is not|is|has)\s+$/);
        if (question(inside)?.values.length) return list.values(inside[1]);
        const last = kind === "date" ? null : found(/(?:^|[\s(])(\w+)\s+$/);
        if (/\d\s*$/.test(before) && found(/[+-]\s*\d+\s*$/)) return named(["days", "weeks", "months", "years"]);
        if (kind === "date" || found(/\b(?:before|after)\b(?:(?!\b(?:and|or)\b).)*$/)) {
            const base = found(/(?:^|before|after|[(,])\s*$/);
            return base ? list.days : [...list.added, ...(kind === "date" ? [] : named(["and", "or"]))];
        }
        if (!before.trim() || found(/(?:\b(?:and|or|not)\s+|\(\s*)$/)) return list.operands;
        const behind = question(last);
        if (behind && OPERATORS[behind.kind] && !found(/\b(?:is|has|not)\s+\w+\s+$/)) return named(OPERATORS[behind.kind]);
        return named(["and", "or"]);
    };

    const search = (words, typed) => {
        const parts = plain(typed).split(/\s+/).filter(Boolean);
        const rank = ({ word, folded }) =>
            word.startsWith(typed) ? 0 : parts.every((part) => folded.split(/[^\p{L}\p{N}]+/u).some((each) => each.startsWith(part))) ? 1 : 2;
        return words
            .filter(({ folded }) => parts.every((part) => folded.includes(part)))
            .map((word) => [rank(word), word])
            .sort(([one, { word: short }], [other, { word: long }]) => one - other || short.length - long.length)
            .map(([, word]) => word);
    };

    const insert = (field, start, end, word) => {
        const text = /[(]$/.test(word) ? word : `${word} `;
        field.setRangeText(text, start, end, "end");
        field.focus();
        field.dispatchEvent(new Event("input", { bubbles: true }));
    };

    const close = () => {
        open?.list.remove();
        open?.field.removeAttribute("aria-activedescendant");
        open?.field.removeAttribute("aria-controls");
        open = null;
    };

    const row = (tag, { word, name }) => {
        const item = document.createElement(tag);
        const code = document.createElement("code");
        code.textContent = word;
        item.append(code, name ? ` ${name}` : "");
        item.dataset.word = word;
        return item;
    };

    const complete = async (field, asked = false) => {
        const list = await load(field.dataset.words);
        close();
        if (document.activeElement !== field) return;
        const cursor = field.selectionEnd;
        const [typed] = /[\p{L}\p{N}_.-]*$/u.exec(field.value.slice(0, cursor));
        const before = field.value.slice(0, cursor - typed.length);
        const words = fitting(before, field.dataset.kind, list);
        const hits = search(words, typed).slice(0, MOST);
        if (!hits.length || (hits.length === 1 && hits[0].word === typed) || (!typed && !asked && words === list.operands)) return;
        const place = document.getElementById(`${field.id}_words`);
        const box = document.createElement("ul");
        box.id = `${field.id}_list`;
        box.className = "word-box";
        box.setAttribute("role", "listbox");
        box.setAttribute("aria-label", place.dataset.list);
        hits.forEach((hit, number) => {
            const item = row("li", hit);
            item.id = `${box.id}_${number}`;
            item.setAttribute("role", "option");
            item.setAttribute("aria-selected", "false");
            box.append(item);
        });
        place.prepend(box);
        field.setAttribute("aria-controls", box.id);
        open = { field, list: box, start: cursor - typed.length, end: cursor, at: -1 };
    };

    const move = (step) => {
        const items = [...open.list.children];
        open.at = (open.at + step + items.length + (open.at < 0 && step < 0 ? 1 : 0)) % items.length;
        items.forEach((item, number) => item.setAttribute("aria-selected", String(number === open.at)));
        open.field.setAttribute("aria-activedescendant", items[open.at].id);
    };

    const take = (item) => {
        const { field, start, end } = open;
        close();
        insert(field, start, end, item.dataset.word);
    };

    // All words in a search of their own, below the field.
    const browse = async (link) => {
        const place = link.closest(".words");
        const field = document.getElementById(place.id.replace(/_words$/, ""));
        const shown = place.querySelector(".word-search");
        link.setAttribute("aria-expanded", String(!shown));
        if (shown) return shown.remove();
        const list = await load(field.dataset.words);
        const values = [...list.questions.values()].filter((question) => typeof question.values === "string")
            .flatMap((question) => list.values(question.key).map(({ word, name }) =>
                pair([`${question.key} ${question.kind === "country" ? "is" : "has"} ${word}`, name])));
        const all = [...(field.dataset.kind === "date" ? [] : [...list.operands, ...values]), ...list.days, ...list.added];
        const panel = document.createElement("div");
        panel.className = "word-search";
        const [label, input, results] = ["label", "input", "ul"].map((tag) => document.createElement(tag));
        input.type = "search";
        input.id = `${field.id}_search`;
        label.htmlFor = input.id;
        label.textContent = place.dataset.search;
        panel.append(label, input, results);
        const show = () => {
            results.replaceChildren(...search(all, input.value).slice(0, MOST_FOUND).map((hit) => {
                const [item, button] = [document.createElement("li"), row("button", hit)];
                button.type = "button";
                button.addEventListener("click", () => insert(field, field.selectionStart, field.selectionEnd, hit.word));
                item.append(button);
                return item;
            }));
        };
        input.addEventListener("input", show);
        input.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
        place.append(panel);
        show();
        input.focus();
    };

    document.addEventListener("input", (event) => event.target.matches?.("textarea.expression") && complete(event.target));
    document.addEventListener("focusin", (event) => event.target.matches?.("textarea.expression") && load(event.target.dataset.words));
    document.addEventListener("focusout", (event) => event.target === open?.field && close());
    document.addEventListener("mousedown", (event) => {
        const item = event.target.closest?.(".word-box li");
        if (!item) return;
        event.preventDefault();
        take(item);
    });
    document.addEventListener("click", (event) => {
        const link = event.target.closest?.(".words-link");
        if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        browse(link);
    });
    document.addEventListener("keydown", (event) => {
        const field = event.target;
        if (!field.matches?.("textarea.expression") || event.isComposing) return;
        const chosen = open?.list.children[open.at];
        if (!open && event.key === "ArrowDown" && (event.altKey || !field.value.slice(field.selectionEnd).trim())) complete(field, true);
        else if (open && event.key === "ArrowDown") move(1);
        else if (open && event.key === "ArrowUp") move(-1);
        else if (open && event.key === "Escape") close();
        else if (chosen && (event.key === "Enter" || event.key === "Tab")) take(chosen);
        else return;
        event.preventDefault();
    });
}

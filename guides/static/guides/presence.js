"use strict";
// Says every minute that the page is still open, and tells who else has it open.
{
    const MINUTE = 60_000;
    const place = document.getElementById("others");

    const ask = async () => {
        if (document.hidden) return;
        const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
        try {
            const answer = await fetch(place.dataset.address, { method: "POST", headers: { "X-CSRFToken": token } });
            if (!answer.ok || answer.redirected) return;
            const told = (await answer.text()).trim();
            // What did not change is not read out again.
            if (told !== place.innerHTML.trim()) place.innerHTML = told;
        } catch {
            // The server is out of reach. It is asked again in a minute.
        }
    };

    if (place) setInterval(ask, MINUTE);
}

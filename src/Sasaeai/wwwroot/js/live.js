// A part of the page that others change: read again every few seconds while somebody looks. Without this there is a link.

const EVERY = 4000;

for (const part of document.querySelectorAll("[data-live]")) follow(/** @type {HTMLElement} */ (part));

/** @param {HTMLElement} part */
function follow(part) {
  setInterval(async () => {
    if (document.hidden || part.contains(document.activeElement)) return;
    const answer = await fetch(part.dataset.live ?? "", { headers: { Accept: "text/html" }, redirect: "error" }).catch(() => null);
    if (!answer?.ok) return;
    const text = await answer.text();
    if (text !== part.dataset.seen) part.innerHTML = part.dataset.seen = text;
  }, EVERY);
}

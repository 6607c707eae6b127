// The board works by the buttons of one form. With this, cards can be dragged, and the moves of others appear by themselves.

const said = /** @type {HTMLElement} */ (document.querySelector("#board-said"));
const form = /** @type {HTMLFormElement} */ (document.querySelector("#move"));
let dragged = /** @type {HTMLElement | null} */ (null);
let waiting = false;

/** @returns {HTMLElement} */
const board = () => /** @type {HTMLElement} */ (document.querySelector("#board"));

document.addEventListener("submit", event => {
  const sent = /** @type {HTMLFormElement} */ (event.target);
  if (sent.id !== "move" && sent.id !== "undo") return;
  event.preventDefault();
  const data = new FormData(sent, event.submitter);
  delete sent.dataset.sending;
  send(sent.action, data);
});

document.addEventListener("dragstart", event => {
  dragged = /** @type {HTMLElement} */ (event.target).closest?.("[data-card]") ?? null;
  dragged?.classList.add("dragged");
  if (dragged) event.dataTransfer?.setData("text/plain", dragged.dataset.card ?? "");
});

document.addEventListener("dragover", event => {
  const column = columnOf(event);
  if (dragged && column) event.preventDefault();
  for (const other of document.querySelectorAll("[data-target]")) other.classList.toggle("over", other === column && dragged !== null);
});

document.addEventListener("drop", event => {
  const column = columnOf(event);
  if (!dragged || !column) return;
  event.preventDefault();
  if (dragged.closest("[data-target]") === column) return;
  const data = new FormData(form);
  data.set("move", `${dragged.dataset.card}|${column.dataset.target}`);
  send(form.action, data);
});

document.addEventListener("dragend", () => {
  dragged?.classList.remove("dragged");
  dragged = null;
  for (const column of document.querySelectorAll(".over")) column.classList.remove("over");
  if (waiting) refresh();
});

/** @param {Event} event @returns {HTMLElement | null} */
function columnOf(event) {
  const column = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest?.("[data-target]"));
  return column?.dataset.target ? column : null;
}

/** @param {string} url @param {FormData} data */
async function send(url, data) {
  try {
    const answer = await fetch(url, { method: "POST", body: new URLSearchParams(/** @type {any} */ (data)) });
    if (new URL(answer.url).pathname !== location.pathname) {
      location.assign(answer.url);
      return;
    }
    await show(answer);
  } catch {
    say("つながらないため、動かせませんでした。電波を確かめて、もう一度動かしてください。");
  }
}

async function refresh() {
  waiting = dragged !== null;
  if (waiting) return;
  try {
    await show(await fetch(location.href));
  } catch {
    // The next event tries again.
  }
}

/**
 * Puts the answered board in the place of this one; the focus stays on the same button or card.
 * @param {Response} answer
 */
async function show(answer) {
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const next = page.querySelector("#board");
  if (!next) {
    location.reload();
    return;
  }
  const focused = document.activeElement?.id;
  const card = document.activeElement?.closest("[data-card]")?.id;
  board().replaceWith(next);
  const target = next.querySelector(".error-summary") ?? (focused && document.getElementById(focused)) ?? (card && document.querySelector(`#${CSS.escape(card)} a`));
  if (focused || next.querySelector(".error-summary")) /** @type {HTMLElement | null} */ (target || null)?.focus();
  say(page.querySelector(".notice.success p")?.textContent ?? next.querySelector(".error-summary li, .error-summary p")?.textContent ?? "");
}

/** @param {string} words */
function say(words) {
  if (words) said.textContent = words;
}

const events = new EventSource(/** @type {string} */ (board().dataset.events));
events.addEventListener("message", event => {
  if (event.data !== board().dataset.stamp) refresh();
});

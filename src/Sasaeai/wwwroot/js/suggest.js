// A search box with suggestions: the WAI-ARIA combobox with a list. <input data-suggest="URL"> answers ?q=… with
// [{ "text": "ゴミ出し", "kind": "困りごと" }, …].

/** @typedef {{ text: string, kind: string }} Suggestion */

const pause = 120; // milliseconds without typing before asking

for (const input of document.querySelectorAll("input[data-suggest]")) suggest(/** @type {HTMLInputElement} */ (input));

/** @param {HTMLInputElement} input */
function suggest(input) {
  const list = document.createElement("ul");
  list.className = "suggestions";
  list.id = `${input.id}-suggestions`;
  list.role = "listbox";
  list.ariaLabel = "候補";
  list.hidden = true;

  const count = document.createElement("span");
  count.className = "visually-hidden";
  count.role = "status";

  const box = document.createElement("div");
  box.className = "suggest";
  input.replaceWith(box);
  box.append(input, list, count);
  input.role = "combobox";
  input.autocomplete = "off";
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-autocomplete", "list");
  input.ariaExpanded = "false";

  let waiting = 0;
  let asked = new AbortController();
  let typed = input.value;

  input.addEventListener("input", event => {
    typed = input.value;
    clearTimeout(waiting);
    asked.abort();
    // While a Japanese word is being converted, its letters are not yet what the person means.
    if (/** @type {InputEvent} */ (event).isComposing) return;
    if (typed.trim() === "") close();
    else waiting = setTimeout(ask, pause);
  });
  input.addEventListener("compositionend", () => { waiting = setTimeout(ask, pause); });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", event => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (list.hidden) ask();
      else move(event.key === "ArrowDown" ? 1 : -1);
      event.preventDefault();
    } else if (event.key === "Escape" && !list.hidden) {
      input.value = typed;
      close();
      event.preventDefault();
    }
  });
  list.addEventListener("mousedown", event => event.preventDefault()); // keeps focus in the box
  list.addEventListener("click", event => {
    const option = /** @type {Element} */ (event.target).closest("li");
    if (!option) return;
    input.value = /** @type {HTMLElement} */ (option).dataset.text ?? "";
    close();
    input.form?.requestSubmit();
  });

  async function ask() {
    asked = new AbortController();
    const url = new URL(input.dataset.suggest ?? "", document.baseURI);
    url.searchParams.set("q", typed.trim());
    try {
      const answer = await fetch(url, { signal: asked.signal });
      if (answer.ok) show(await answer.json());
    } catch {
      close(); // asked again meanwhile, or no network: the box stays an ordinary one
    }
  }

  /** @param {Suggestion[]} suggestions */
  function show(suggestions) {
    list.replaceChildren(...suggestions.map(({ text, kind }, position) => {
      const option = document.createElement("li");
      option.id = `${list.id}-${position}`;
      option.role = "option";
      option.ariaSelected = "false";
      option.dataset.text = text;
      const note = document.createElement("small");
      note.textContent = kind;
      option.append(text, note);
      return option;
    }));
    const isOpen = suggestions.length > 0 && document.activeElement === input;
    list.hidden = !isOpen;
    input.ariaExpanded = String(isOpen);
    input.removeAttribute("aria-activedescendant");
    count.textContent = isOpen ? `候補が${suggestions.length}件あります` : "";
  }

  function close() {
    clearTimeout(waiting);
    asked.abort();
    show([]);
  }

  /** @param {1 | -1} step the typed text itself stands before the first and after the last option */
  function move(step) {
    const options = /** @type {HTMLElement[]} */ ([...list.children]);
    const at = options.findIndex(option => option.ariaSelected === "true");
    const next = at === -1 ? (step === 1 ? 0 : options.length - 1) : at + step;
    for (const option of options) option.ariaSelected = "false";
    const chosen = options[next];
    input.value = chosen?.dataset.text ?? typed;
    if (chosen) {
      chosen.ariaSelected = "true";
      chosen.scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", chosen.id);
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  }
}

// Forms work without this. With it, one press sends once, and long answers survive a lost session.

/** The button shows that it is at work; a disabled one would lose focus and its name and value. */
document.addEventListener("submit", event => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (form.method !== "post") return;
  if (form.dataset.sending) {
    event.preventDefault();
    return;
  }
  form.dataset.sending = "true";
  event.submitter?.setAttribute("aria-disabled", "true");
});

// Coming back by the browser's button shows the same page again, still marked as sending.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sending]")) {
    delete (/** @type {HTMLFormElement} */ (form)).dataset.sending;
    form.querySelector("[aria-disabled]")?.removeAttribute("aria-disabled");
  }
});

const summary = /** @type {HTMLElement | null} */ (document.querySelector(".error-summary"));
summary?.focus();

// A form was taken in unless the next page shows errors or asks to sign in again.
const sent = sessionStorage.getItem("sent");
sessionStorage.removeItem("sent");
if (sent !== null && !document.querySelector(".error-summary, .notice.error, input[type=password]")) sessionStorage.removeItem(sent);

document.querySelector("form[action$='/sign-out']")?.addEventListener("submit", () => sessionStorage.clear());

for (const form of document.querySelectorAll("form[data-keep]")) keep(/** @type {HTMLFormElement} */ (form));

/**
 * Keeps what is typed in this tab, for this account, under the form's own key until the form is taken in.
 * @param {HTMLFormElement} form
 */
function keep(form) {
  const key = [document.querySelector(".account p")?.textContent.trim() ?? "", location.pathname, form.dataset.keep].join(":");
  const kept = sessionStorage.getItem(key);
  if (kept !== null && kept !== JSON.stringify(read(form))) offer(form, key, JSON.parse(kept));

  form.addEventListener("input", () => sessionStorage.setItem(key, JSON.stringify(read(form))));
  form.addEventListener("submit", () => sessionStorage.setItem("sent", key));
}

/**
 * @param {HTMLFormElement} form
 * @returns {Record<string, string | boolean>} what was typed, by the position of the control; never passwords or files
 */
function read(form) {
  return Object.fromEntries(controls(form).map(([position, control]) => [position, isChoice(control) ? control.checked : control.value]));
}

/** @param {HTMLFormElement} form @returns {[string, HTMLInputElement][]} */
function controls(form) {
  const unkept = ["hidden", "password", "file", "submit", "button"];
  return /** @type {HTMLInputElement[]} */ ([...form.elements])
    .filter(control => control.name && !unkept.includes(control.type))
    .map(control => [isChoice(control) ? `${control.name}=${control.value}` : control.name, control]);
}

/** @param {HTMLInputElement} control */
function isChoice(control) {
  return control.type === "checkbox" || control.type === "radio";
}

/**
 * @param {HTMLFormElement} form
 * @param {string} key
 * @param {Record<string, string | boolean>} kept
 */
function offer(form, key, kept) {
  const notice = document.createElement("div");
  notice.className = "notice info";
  notice.innerHTML = `<p>前に入力した内容が、この端末に残っています。</p>
    <div class="actions"><button type="button">入力内容を復元</button><button type="button" class="secondary">使わない</button></div>`;
  const [restore, discard] = notice.querySelectorAll("button");
  restore.addEventListener("click", () => {
    for (const [position, control] of controls(form)) {
      if (!(position in kept)) continue;
      if (isChoice(control)) control.checked = Boolean(kept[position]);
      else control.value = String(kept[position]);
    }
    form.dispatchEvent(new Event("input", { bubbles: true }));
    notice.remove();
    controls(form)[0]?.[1].focus();
  });
  discard.addEventListener("click", () => {
    sessionStorage.removeItem(key);
    notice.remove();
  });
  form.before(notice);
}

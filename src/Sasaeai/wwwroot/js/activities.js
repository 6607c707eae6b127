// Records of activities on a phone. What is written stays on the device until the server has it, and no longer.
// Forms work without this, as long as there is a connection.

const link = /** @type {HTMLAnchorElement | null} */ (document.querySelector("a[data-waiting]"));
const endpoint = link?.href ?? "";
const scope = endpoint && new URL(endpoint).pathname.replace(/\/offline$/, "");
const account = link?.dataset.account ?? "";
const name = `activities:${scope}`;

/**
 * One record that waits to be sent. `no` counts the writings of its form: what comes back for an older one is ignored.
 * @typedef {{ id: string, account: string, no: number, at: number, complete: boolean, state: "waiting" | "refused" | "conflict",
 *   title: string, fields: [string, FormDataEntryValue][], reasons?: string[], seen?: number,
 *   conflicts?: { name: string, label: string, mine: string, theirs: string }[] }} Entry
 */

// ---------- The queue on the device ----------

/**
 * @template T
 * @param {IDBTransactionMode} mode
 * @param {(store: IDBObjectStore) => IDBRequest<T>} ask
 * @returns {Promise<T>}
 */
function inQueue(mode, ask) {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(name, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("queue", { keyPath: "id" });
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const work = opening.result.transaction("queue", mode);
      const asked = ask(work.objectStore("queue"));
      work.oncomplete = () => { opening.result.close(); resolve(asked.result); };
      work.onabort = () => { opening.result.close(); reject(work.error); };
    };
  });
}

/** @returns {Promise<Entry[]>} of whoever is signed in, oldest first */
const entries = async () => (await inQueue("readonly", store => store.getAll())).filter(entry => entry.account === account).sort((a, b) => a.at - b.at);

/** @param {string} id @returns {Promise<Entry | undefined>} */
const find = id => inQueue("readonly", store => store.get(id));

/** @param {Entry} entry */
export const put = entry => inQueue("readwrite", store => store.put(entry));

/** @param {string} id */
const remove = id => inQueue("readwrite", store => store.delete(id));

/**
 * Takes the answer to what was sent, unless more has been written since.
 * @param {Entry} sent
 * @param {Partial<Entry> | null} change null: the server has it
 */
const settle = (sent, change) => inQueue("readwrite", store => {
  const asked = store.get(sent.id);
  asked.onsuccess = () => {
    if (asked.result?.no !== sent.no) return;
    if (change) store.put({ ...asked.result, ...change });
    else store.delete(sent.id);
  };
  return asked;
});

// ---------- Sending ----------

let problem = "";
/** @type {Promise<void> | undefined} */
let running;

/** Sends all that waits, one after another, from one tab at a time. Stops at the first that does not get through. */
export const sync = () => running ??= navigator.locks.request(name, sendAll).catch(() => { problem ||= "つながっていません。"; }).finally(() => {
  running = undefined;
  return show();
});

async function sendAll() {
  problem = "";
  let token = "";
  for (let entry; (entry = (await entries()).find(each => each.state === "waiting"));) {
    token ||= await permission();
    await send(entry, token);
    await show();
  }
}

/** A token for whoever is signed in; a page may be older than the session. */
async function permission() {
  const answer = await fetch(`${endpoint}?handler=Token`, { redirect: "manual", headers: { accept: "application/json" } });
  if (answer.type === "opaqueredirect" || answer.status === 401) problem = "送るには、サインインし直してください。";
  if (!answer.ok) throw new Error(`token: ${answer.status}`);
  const given = await answer.json();
  if (given.account === account) return given.token;
  problem = "ほかの人がサインインしています。書いた人がサインインすると送ります。";
  throw new Error("token: another account");
}

/** @param {Entry} entry @param {string} token */
async function send(entry, token) {
  const body = new FormData();
  for (const [field, value] of [...entry.fields, ["complete", String(entry.complete)], ["__RequestVerificationToken", token]]) body.append(field, value);
  const answer = await fetch(endpoint, { method: "POST", body, redirect: "manual" });
  if (answer.ok) await settle(entry, null);
  else if (answer.status === 409) await settle(entry, { state: "conflict", ...await answer.json() });
  else if (answer.status === 422) await settle(entry, { state: "refused", ...await answer.json() });
  else if (answer.status === 403) await settle(entry, { state: "refused", reasons: ["この記録を直す権限がありません。"] });
  else if (answer.status === 413) await settle(entry, { state: "refused", reasons: ["写真が8MBを超えています。小さくしてください。"] });
  else {
    problem = "サーバーが受け取れませんでした。あとで自動で送ります。";
    throw new Error(`send: ${answer.status}`);
  }
}

// ---------- The form ----------

/** @param {HTMLFormElement} form @param {string} field @returns {HTMLInputElement} */
const input = (form, field) => /** @type {HTMLInputElement} */ (form.elements.namedItem(field));

/** @param {HTMLFormElement} form */
const photoOf = form => input(form, "Form.Photo").files?.[0];

/** The photo of a form that the server has: it is not sent again at each pause of the typing. @type {WeakMap<HTMLFormElement, File | undefined>} */
const arrived = new WeakMap();

/**
 * Puts what the form says into the queue. A photo that waits there stays with it: a form opened again cannot show it.
 * @param {HTMLFormElement} form
 * @param {boolean} complete
 */
async function keep(form, complete) {
  const no = Number(input(form, "Form.No").value) + 1;
  input(form, "Form.No").value = String(no);
  const id = input(form, "Form.Id").value;
  const photo = photoOf(form);
  const fields = /** @type {[string, FormDataEntryValue][]} */ ([...new FormData(form)].filter(([field, value]) => !field.startsWith("__") && !(value instanceof File)));
  const title = input(form, "Form.What").value.trim().slice(0, 40) || "（まだ書いていません）";
  if (photo && arrived.get(form) !== photo) fields.push(["Form.Photo", photo]);
  else if (!photo) fields.push(...((await find(id))?.fields ?? []).filter(([, value]) => value instanceof File));
  return put({ id, account, no, at: Date.now(), complete, state: "waiting", title, fields });
}

/** The kept page is of another day: its record is a new one, now. @param {HTMLFormElement} form */
function afresh(form) {
  const now = new Date();
  input(form, "Form.Id").value = crypto.randomUUID();
  input(form, "Form.Key").value = crypto.randomUUID();
  input(form, "Form.No").value = "1";
  for (const [field, value] of [["OnDay.Year", now.getFullYear()], ["OnDay.Month", now.getMonth() + 1], ["OnDay.Day", now.getDate()]]) input(form, `Form.${field}`).value = String(value);
  input(form, "Form.StartsAt").value = now.toTimeString().slice(0, 5);
}

/** Shows an entry of the queue in the form again. @param {HTMLFormElement} form @param {Entry} entry */
function reopen(form, entry) {
  for (const control of /** @type {Iterable<HTMLInputElement>} */ (form.elements)) {
    const values = entry.fields.filter(([field]) => field === control.name).map(([, value]) => String(value));
    if (control.type === "checkbox" || control.type === "radio") control.checked = values.includes(control.value);
    else if (control.name && control.type !== "file" && control.type !== "submit" && !control.name.startsWith("__")) control.value = values[0] ?? "";
  }
  for (const part of form.querySelectorAll("details")) part.open = true;
  form.scrollIntoView();
  input(form, "Form.What").focus();
}

/** @param {HTMLFormElement} form */
function attach(form) {
  const state = /** @type {HTMLElement} */ (form.querySelector("[data-draft-state]"));
  let timer = 0;
  if (form.dataset.afresh !== undefined) afresh(form);
  if (form.dataset.activity === "draft") {
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(async () => {
        const photo = photoOf(form);
        await keep(form, false);
        await sync();
        const left = await find(input(form, "Form.Id").value);
        if (!left) arrived.set(form, photo);
        state.textContent = left ? `この端末に下書きがあります。${left.reasons?.join("") ?? problem}` : "下書きを保存しました。";
      }, 1500);
    });
  }

  form.addEventListener("submit", async event => {
    event.preventDefault();
    clearTimeout(timer);
    const complete = /** @type {HTMLButtonElement | null} */ (event.submitter)?.value !== "false";
    const id = input(form, "Form.Id").value;
    try {
      await keep(form, complete);
      await sync();
      const left = await find(id);
      if (!left) return location.assign(complete ? `${scope}/${id}` : `${scope}/drafts`);
      if (left.state === "waiting") return location.assign(endpoint);
      await remove(id);       // the server's own page says what is wrong, beside each field
    } catch { /* No room on the device, or private browsing: sent as without this script. */ }
    const answer = document.createElement("input");
    [answer.type, answer.name, answer.value] = ["hidden", "complete", String(complete)];
    form.append(answer);
    form.submit();
  });
}

// ---------- What waits, in words ----------

async function show() {
  const waiting = await entries();
  link.textContent = `送信待ち ${waiting.length}件`;
  link.hidden = waiting.length === 0;
  const list = document.querySelector("[data-queue]");
  if (!list) return;
  document.querySelector("[data-queue-state]").textContent = waiting.length === 0 ? "送信待ちの記録はありません。" : `送信待ち ${waiting.length}件　${problem}`;
  /** @type {HTMLElement} */ (document.querySelector("[data-send]")).hidden = waiting.every(entry => entry.state !== "waiting");
  list.replaceChildren(...waiting.map(card));
}

/** @param {string} tag @param {Partial<HTMLElement> & Record<string, unknown>} properties @param {(Node | string)[]} children */
const element = (tag, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
};

/** @param {Entry} entry */
function card(entry) {
  const words = { waiting: entry.complete ? "送るのを待っています" : "下書き。送るのを待っています", refused: "直してから送ってください", conflict: "ほかの画面でも変わっています。どちらにするかを選んでください" }[entry.state];
  const item = element("li", { className: "card" }, element("h3", {}, entry.title), element("p", {}, `${new Date(entry.at).toLocaleString("ja-JP")}　${words}`), ...(entry.reasons ?? []).map(reason => element("p", {}, reason)));
  if (entry.state === "conflict") item.append(choices(entry));
  const actions = element("div", { className: "row-actions" });
  if (entry.state !== "conflict") actions.append(element("button", { type: "button", className: "secondary", onclick: () => reopen(document.querySelector("form[data-activity]"), entry) }, "直す"));
  actions.append(element("details", {}, element("summary", {}, "消す"), element("button", { type: "button", className: "danger", onclick: () => remove(entry.id).then(show) }, "この端末から消す")));
  item.append(actions);
  return item;
}

/** @param {Entry} entry */
function choices(entry) {
  const form = /** @type {HTMLFormElement} */ (element("form", { method: "get" }));
  for (const { name: field, label, mine, theirs } of entry.conflicts) {
    const group = element("fieldset", { className: "field" }, element("legend", { className: "heading" }, label));
    for (const [value, words] of [["theirs", `保存されているもの：${theirs || "（空）"}`], ["mine", `この端末で書いたもの：${mine || "（空）"}`]]) {
      const id = `${entry.id}-${field}-${value}`;
      group.append(element("div", { className: "choice" }, element("input", { type: "radio", name: `Form.Chosen[${field}]`, value, id, required: true }), element("label", { htmlFor: id }, words)));
    }
    form.append(group);
  }
  form.append(element("button", {}, "選んだ内容で送る"));
  form.addEventListener("submit", async event => {
    event.preventDefault();
    event.stopPropagation();
    const fields = [...entry.fields.filter(([field]) => !/^Form\.(Chosen|Seen)/.test(field)), ...new FormData(form), ["Form.Seen", String(entry.seen)]];
    await put({ ...entry, fields: /** @type {Entry["fields"]} */ (fields), no: entry.no, state: "waiting", conflicts: undefined });
    await sync();
  });
  return form;
}

// ---------- The page that is there without a connection ----------

/** Keeps the offline page and what it is made of, for this account, an hour at a time; says so when the device has it. */
async function keepPage() {
  const cache = await caches.open(name);
  const key = `${endpoint}?for=${account}`;
  const kept = await cache.match(key);
  if (kept && Date.now() - Date.parse(kept.headers.get("date") ?? "") < 3600_000) return showKept();
  const page = await fetch(endpoint);
  if (!page.ok || page.redirected) return;
  const parts = new DOMParser().parseFromString(await page.clone().text(), "text/html").querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src], header img[src]");
  const needed = [...new Set([...parts].map(part => new URL(part.getAttribute("href") ?? part.getAttribute("src"), location.href).href))];
  await cache.addAll(needed);
  await cache.put(key, page);
  for (const old of await cache.keys()) if (!needed.includes(old.url) && old.url !== new URL(key, location.href).href) await cache.delete(old);
  await showKept();
}

async function showKept() {
  await navigator.serviceWorker.ready;
  document.querySelector("[data-kept]")?.removeAttribute("hidden");
}

/** Nothing of this person stays on the device after signing out; what has not been sent stops it. @param {SubmitEvent} event */
async function leave(event) {
  event.preventDefault();
  const form = /** @type {HTMLFormElement} */ (event.target);
  if ((await entries()).length > 0) {
    delete form.dataset.sending;      // forms.js took the press for sent
    event.submitter?.removeAttribute("aria-disabled");
    if (location.href.split("#")[0] === endpoint) showLeaving();
    await show();
    return location.assign(`${endpoint}#leaving`);
  }

  await caches.delete(name);
  for (const worker of await navigator.serviceWorker.getRegistrations()) await worker.unregister();
  form.submit();
}

function showLeaving() {
  const notice = document.getElementById("leaving");
  if (notice) notice.hidden = false;
}

if (link && isSecureContext && navigator.locks && navigator.serviceWorker) {
  for (const form of document.querySelectorAll("form[data-activity]")) attach(/** @type {HTMLFormElement} */ (form));
  for (const form of document.querySelectorAll("form[action$='/sign-out']")) form.addEventListener("submit", leave);
  document.querySelector("[data-send]")?.addEventListener("click", sync);
  if (location.hash === "#leaving") showLeaving();
  if (location.pathname.startsWith(scope)) {
    navigator.serviceWorker.register("/js/activities-worker.js", { scope }).then(keepPage).catch(() => { /* Without a worker the queue still works while the page is open. */ });
  }

  addEventListener("online", sync);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && sync());
  setInterval(async () => (await entries()).some(entry => entry.state === "waiting") && sync(), 30_000);
  sync();
}

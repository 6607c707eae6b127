// The page works without this: its buttons save everything. With it each text is saved while it is typed, and a text
// that somebody else changed meanwhile is shown beside the own one.

const pause = 1000, again = 5000;

const form = /** @type {HTMLFormElement} */ (document.querySelector("form[data-autosave]"));
const [token, writer] = ["__RequestVerificationToken", "Writer"].map(name => /** @type {HTMLInputElement} */ (form.querySelector(`[name=${name}]`)).value);
const fields = [...form.querySelectorAll("textarea")].map(field);

addEventListener("pagehide", () => fields.forEach(one => one.leave()));
document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && fields.forEach(one => one.leave()));      // a phone may end a hidden page without a word

/** @param {HTMLTextAreaElement} area */
function field(area) {
  const section = /** @type {HTMLElement} */ (area.closest("section"));
  const [item, version] = ["Item", "Version"].map(name => /** @type {HTMLInputElement} */ (section.querySelector(`[name^="Texts"][name$=".${name}"]`)));
  const status = /** @type {HTMLElement} */ (section.querySelector(".saved"));
  let saved = area.value, timer = 0, busy = false, stopped = false, no = 0, answered = 0;

  area.addEventListener("input", () => schedule(pause));

  /** @param {number} wait */
  function schedule(wait) {
    clearTimeout(timer);
    if (stopped) return;
    status.textContent = "まだ保存していません。";
    timer = setTimeout(() => save(), wait);
  }

  /** Not as a query: what is sent while a page closes may have 64 KB, and there a Japanese letter takes nine bytes instead of three. */
  function body() {
    const data = new FormData();
    const values = { item: item.value, version: version.value, writer, no: String(++no), text: area.value, __RequestVerificationToken: token };
    for (const [name, value] of Object.entries(values)) data.append(name, value);
    return data;
  }

  /** @param {boolean} [leaving] the page goes away; what is on its way may be cut off, so this is sent besides */
  async function save(leaving = false) {
    if (busy && !leaving) return schedule(pause);
    if (stopped || area.value === saved) return;
    const text = area.value, sent = no + 1;
    busy = true;
    try {
      const answer = await fetch(form.dataset.autosave ?? "", { method: "POST", body: body(), keepalive: leaving });
      if (answer.redirected) {
        stopped = true;
        status.textContent = "サインインが切れました。別のタブでサインインしてから、「保存する」を押してください。文はこのページに残っています。";
      } else if (answer.ok) {
        const { version: now, at } = await answer.json();
        if (sent > answered) [answered, saved, version.value] = [sent, text, now];
        status.textContent = area.value === saved ? `${at} に保存しました。` : "まだ保存していません。";
      } else if (answer.status === 409) {
        show(await answer.json());
      } else {
        stopped = true;
        status.textContent = answer.status === 410 ? (await answer.json()).message : "保存できませんでした。文を写してから、ページを開き直してください。";
      }
    } catch {
      schedule(again);
      status.textContent = "つながりません。つながったら、自動で保存します。";
    }
    busy = false;
    if (!stopped && area.value !== text) schedule(pause);
  }

  /** @param {{ text: string, version: string, by: string }} theirs */
  function show(theirs) {
    stopped = true;
    status.textContent = "まだ保存していません。";
    const notice = document.createElement("div");
    notice.className = "notice warning";
    notice.setAttribute("role", "alert");
    notice.innerHTML = `<p></p><p class="as-written"></p><div class="actions"><button type="button">上の欄の文で保存する</button><button type="button" class="secondary">相手の文を後ろに付ける</button></div>`;
    const [who, what] = notice.querySelectorAll("p");
    who.textContent = `${theirs.by} さんも、この議題を書いて保存しました。どちらの文も消していません。残す文を上の欄にまとめてください。`;
    what.textContent = theirs.text;
    const [keep, join] = notice.querySelectorAll("button");
    const settle = () => {
      notice.remove();
      version.value = theirs.version;
      stopped = false;
      save();
      area.focus();
    };
    keep.addEventListener("click", settle);
    join.addEventListener("click", () => {
      area.value += `\n${theirs.text}`;
      settle();
    });
    status.after(notice);
  }

  return { leave: () => save(true) };
}

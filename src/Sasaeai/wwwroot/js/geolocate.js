// 「現在地からさがす」: <button type="button" data-geolocate hidden> inside a form with the fields lat and lon.
// Three decimals are about 100 m: enough to sort places by distance, too coarse to tell a house, since a query
// stands in addresses, logs and the browser's history.

const decimals = 3;

for (const button of document.querySelectorAll("button[data-geolocate]")) {
  if (!("geolocation" in navigator)) break;
  const locate = /** @type {HTMLButtonElement} */ (button);
  locate.hidden = false;
  locate.addEventListener("click", () => {
    say(locate, "現在地を調べています…");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const form = /** @type {HTMLFormElement} */ (locate.form);
        form.elements.namedItem("lat").value = coords.latitude.toFixed(decimals);
        form.elements.namedItem("lon").value = coords.longitude.toFixed(decimals);
        form.requestSubmit();
      },
      () => say(locate, "現在地がわかりませんでした。住所や町名を入力してさがしてください。"),
      { timeout: 10_000, maximumAge: 300_000 });
  });
}

/**
 * @param {HTMLButtonElement} button
 * @param {string} words
 */
function say(button, words) {
  let status = button.nextElementSibling;
  if (status?.role !== "status") {
    status = document.createElement("span");
    status.role = "status";
    button.after(status);
  }
  status.textContent = words;
}

// <div class="map" data-src="places.geojson" data-tiles="" data-attribution=""> shows GeoJSON FeatureCollections (one or
// more addresses, separated by spaces):
// polygons with { name } are boundaries; points with { id, name, href, note } are places. Tiles are drawn only where
// data-tiles holds a URL template, so that by default nothing leaves the town's network.
// Elements with data-place="ID" elsewhere on the page are the same places as a list; list and map keep in step.

import "../lib/leaflet/leaflet.js";

/** @typedef {{ id: string, name: string, href?: string, note?: string }} Place */

const L = /** @type {any} */ (window).L;

for (const element of document.querySelectorAll(".map[data-src]")) await draw(/** @type {HTMLElement} */ (element));

/** @param {HTMLElement} element */
async function draw(element) {
  const { src, tiles, attribution } = element.dataset;
  const answers = await Promise.all((src ?? "").split(" ").map(part => fetch(part)));
  if (!answers.every(answer => answer.ok)) {
    element.textContent = "地図を表示できませんでした。一覧をご覧ください。";
    return;
  }

  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(element, { zoomAnimation: !still, fadeAnimation: !still, markerZoomAnimation: !still, scrollWheelZoom: false, zoomControl: false, zoomSnap: tiles ? 1 : 0.25 });
  map.attributionControl.setPrefix(false);
  L.control.zoom({ zoomInTitle: "地図を大きくする", zoomOutTitle: "地図を小さくする" }).addTo(map);
  if (tiles) L.tileLayer(tiles, { attribution, maxZoom: 18 }).addTo(map);

  const found = await Promise.all(answers.map(answer => answer.json()));
  const crowded = found.flatMap(part => part.features).filter(feature => feature.geometry.type === "Point").length > 40;
  element.classList.toggle("crowded", crowded);
  const drawn = L.geoJSON(found, {
    style: () => ({ color: "#115a36", weight: 2, fillColor: "#ffffff", fillOpacity: tiles ? 0.2 : 0.8, interactive: false }),
    onEachFeature: (feature, layer) => {
      if (feature.geometry.type !== "Point") {
        layer.bindTooltip(text(feature.properties.name), { permanent: true, direction: "center", className: "boundary-name", pane: "shadowPane" });
      }
    },
    pointToLayer: ({ properties }, position) => marker(properties, position, crowded ? 24 : 44),
  }).addTo(map);
  if (drawn.getLayers().length > 0) map.fitBounds(drawn.getBounds(), { padding: [24, 24], maxZoom: 16 });
  else map.setView([36, 138], 5);
}

/**
 * @param {Place} place
 * @param {any} position
 * @param {number} size CSS pixels, smaller where many places lie close together
 */
function marker(place, position, size) {
  const face = document.createElement("span");
  face.className = "place";
  const point = L.marker(position, { icon: L.divIcon({ className: "", html: face, iconSize: [size, size], iconAnchor: [4, size], popupAnchor: [size / 2 - 4, 4 - size] }), title: place.name, alt: place.name });

  const popup = document.createElement("div");
  const name = document.createElement(place.href ? "a" : "strong");
  name.textContent = place.name;
  if (place.href) name.setAttribute("href", place.href);
  popup.append(name);
  if (place.note) popup.append(document.createElement("br"), place.note);
  point.bindPopup(popup);

  const entry = document.querySelector(`[data-place="${CSS.escape(place.id)}"]`);
  const highlight = on => {
    face.classList.toggle("highlighted", on);
    entry?.classList.toggle("highlighted", on);
    point.setZIndexOffset(on ? 1000 : 0);
  };
  point.on("popupopen mouseover", () => highlight(true)).on("popupclose mouseout", () => highlight(false));
  for (const [start, end] of [["focusin", "focusout"], ["mouseenter", "mouseleave"]]) {
    entry?.addEventListener(start, () => highlight(true));
    entry?.addEventListener(end, () => highlight(false));
  }
  point.on("add", () => {
    const button = point.getElement();
    button.setAttribute("aria-label", place.name);
    button.addEventListener("focus", () => highlight(true));
    button.addEventListener("blur", () => highlight(point.isPopupOpen()));
  });
  return point;
}

/** @param {string} words Leaflet takes strings as HTML */
function text(words) {
  const element = document.createElement("span");
  element.textContent = words;
  return element;
}

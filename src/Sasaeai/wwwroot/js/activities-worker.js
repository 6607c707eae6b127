// Serves the page for writing without a connection. It keeps nothing itself: activities.js fills and empties the cache.

const cacheName = `activities:${new URL(self.registration.scope).pathname}`;
const page = `${new URL(self.registration.scope).pathname}/offline`;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", event => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", event => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(fetch(request).catch(() => kept(page)));
  else if (url.searchParams.has("v")) event.respondWith(kept(request).then(hit => hit.type === "error" ? fetch(request) : hit));
  else if (request.destination === "image") event.respondWith(fetch(request).catch(() => kept(request)));
});

async function kept(request) {
  const cache = await caches.open(cacheName);
  return await cache.match(request, { ignoreSearch: request === page }) ?? Response.error();
}

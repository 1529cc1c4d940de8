// Keeps the pages and their sample for use without a network. Files of one build are one set: a new build replaces it as a whole.
const BUILD = "VERSION";
const CACHE = `bye-splits-${BUILD}`;
const FILES = ["FILES"];

self.addEventListener("install", (event) => {
  const keep = async () => {
    const cache = await caches.open(CACHE);
    await cache.addAll(FILES.map((file) => new Request(file, { cache: "reload" })));
    await self.skipWaiting();
  };
  event.waitUntil(keep());
});

self.addEventListener("activate", (event) => {
  const take = async () => {
    const names = await caches.keys();
    await Promise.all(
      names.filter((name) => name.startsWith("bye-splits-") && name !== CACHE).map((name) => caches.delete(name)),
    );
    await self.clients.claim();
  };
  event.waitUntil(take());
});

async function answer(request) {
  const cache = await caches.open(CACHE);
  const { origin, pathname } = new URL(request.url);
  const file = pathname.endsWith("/") ? `${pathname}index.html` : pathname;
  const known = await cache.match(`${origin}${file}`, { ignoreVary: true });
  // Files that are not kept come from the web space.
  if (known === undefined) return fetch(request);
  if (request.method !== "HEAD") return known;
  return new Response(null, { status: known.status, headers: known.headers });
}

self.addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  if ((method === "GET" || method === "HEAD") && url.startsWith(self.registration.scope))
    event.respondWith(answer(event.request));
});

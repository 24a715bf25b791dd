// The service worker. It keeps what the empty page needs and nothing else; pages about people are never stored.
// The server puts `const KEPT = {version, files, shells, form, queue, box}` above this text.
"use strict";

importScripts(KEPT.box);
const CACHE = `buurtbaan-${KEPT.version}`;

self.addEventListener("install", (event) => {
  const plain = (url) => new Request(url, { cache: "reload", credentials: "omit" });
  const everything = [...KEPT.files, ...Object.values(KEPT.shells)].map(plain);
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(everything)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const tidy = async () => {
    const old = (await caches.keys()).filter((name) => name.startsWith("buurtbaan-") && name !== CACHE);
    await Promise.all(old.map((name) => caches.delete(name)));
    await self.clients.claim();
  };
  event.waitUntil(tidy());
});

const shell = async () => {
  const who = await Unsent.me().catch(() => null);
  const url = KEPT.shells[who?.language] ?? KEPT.shells.nl;
  return (await (await caches.open(CACHE)).match(url)) ?? Response.error();
};

// A first conversation that was on its way when the network fell away: locked on the device, sent once later.
const hold = async (copy) => {
  const data = await copy.formData();
  for (const [name, value] of new URL(copy.url).searchParams) if (!data.has(name)) data.append(name, value);
  const id = data.get("once");
  await Unsent.keep(id, "waiting", { fields: Unsent.fieldsOf(data), problems: [] });
  return Response.redirect(`${KEPT.queue}?bewaard=1`, 303);
};

// Back or forward to the answer of a post: the browser has it no more and would send everything again.
const backTo = (request) => request.isHistoryNavigation || request.cache === "only-if-cached";
const blank = () => fetch(KEPT.form, { cache: "no-store", credentials: "same-origin", redirect: "manual" });

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.method === "GET" && KEPT.files.includes(url.pathname)) {
    const kept = async () => (await (await caches.open(CACHE)).match(url.pathname)) ?? fetch(request);
    event.respondWith(kept());
  } else if (request.mode === "navigate" && request.method === "GET") {
    event.respondWith(fetch(request).catch(shell));
  } else if (request.mode === "navigate" && request.method === "POST" && url.pathname === KEPT.form) {
    if (backTo(request)) return event.respondWith(blank().catch(shell));
    const copy = request.clone();
    const lost = (reason) => (reason.name === "AbortError" ? Promise.reject(reason) : hold(copy));
    event.respondWith(fetch(request).catch(lost).catch(() => Response.error()));
  }
});

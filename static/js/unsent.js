// What waits on this device, locked. Shared by the pages and the service worker.
// Locking needs only the owner's public key; reading needs the private one, which the server gives to the signed-in
// owner and which is never stored (docs/adr/0010-sealed-on-the-device.md).
"use strict";

const Unsent = (() => {
  const CURVE = { name: "ECDH", namedCurve: "P-256" };
  const USE = new TextEncoder().encode("buurtbaan unsent 1");
  const possible = () => Boolean(globalThis.indexedDB && globalThis.crypto?.subtle && globalThis.isSecureContext);

  const database = () =>
    new Promise((done, fail) => {
      const asked = indexedDB.open("buurtbaan-unsent", 1);
      asked.onupgradeneeded = () => {
        asked.result.createObjectStore("me");
        asked.result.createObjectStore("items", { keyPath: "id" }).createIndex("owner", "owner");
      };
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => fail(asked.error);
    });

  const within = async (store, mode, act) => {
    const db = await database();
    try {
      return await new Promise((done, fail) => {
        const change = db.transaction(store, mode, { durability: "strict" });
        const asked = act(change.objectStore(store));
        change.oncomplete = () => done(asked.result);
        change.onerror = change.onabort = () => fail(change.error);
      });
    } finally {
      db.close();
    }
  };

  // Who works on this device now: a mark, the role and the public key. No name.
  const me = () => within("me", "readonly", (store) => store.get("me"));
  const setMe = (who) => within("me", "readwrite", (store) => store.put(who, "me"));
  const forgetMe = () => within("me", "readwrite", (store) => store.delete("me"));

  const mine = async () => {
    const who = possible() ? await me() : null;
    if (!who) return [];
    const items = await within("items", "readonly", (store) => store.index("owner").getAll(who.owner));
    return items.sort((a, b) => a.at.localeCompare(b.at));
  };
  const get = (id) => within("items", "readonly", (store) => store.get(id));
  const drop = (id) => within("items", "readwrite", (store) => store.delete(id));

  const fromText = (text) => {
    const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
  };
  const shared = async (privateKey, publicKey, salt, use) => {
    const bits = await crypto.subtle.deriveBits({ name: "ECDH", public: publicKey }, privateKey, 256);
    const ground = await crypto.subtle.importKey("raw", bits, "HKDF", false, ["deriveKey"]);
    const how = { name: "HKDF", hash: "SHA-256", salt, info: USE };
    return crypto.subtle.deriveKey(how, ground, { name: "AES-GCM", length: 256 }, false, [use]);
  };

  // Lock `value` for the owner under a new pair of keys, of which the private half is gone when this returns.
  const keep = async (id, state, value, at = new Date().toISOString()) => {
    const who = await me();
    if (!who) throw new Error("nobody works on this device");
    const owner = await crypto.subtle.importKey("raw", fromText(who.public), CURVE, false, []);
    const pair = await crypto.subtle.generateKey(CURVE, false, ["deriveBits"]);
    const half = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
    const key = await shared(pair.privateKey, owner, half, "encrypt");
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const how = { name: "AES-GCM", iv, additionalData: new TextEncoder().encode(id) };
    const text = new TextEncoder().encode(JSON.stringify({ membership: who.membership, ...value }));
    const box = new Uint8Array(await crypto.subtle.encrypt(how, key, text));
    const item = { id, owner: who.owner, mark: who.mark, at, state, half, iv, box };
    await within("items", "readwrite", (store) => store.put(item));
    return item;
  };

  // What is in an item, or null where none of these keys fits. keys: private keys by mark, as the server gave them.
  const read = async (item, keys) => {
    if (!keys[item.mark]) return null;
    try {
      const privateKey = await crypto.subtle.importKey("jwk", keys[item.mark], CURVE, false, ["deriveBits"]);
      const half = await crypto.subtle.importKey("raw", item.half, CURVE, false, []);
      const key = await shared(privateKey, half, item.half, "decrypt");
      const how = { name: "AES-GCM", iv: item.iv, additionalData: new TextEncoder().encode(item.id) };
      return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(how, key, item.box)));
    } catch {
      return null;
    }
  };

  // The fields of a form as pairs, with the day they were written; not the token that is only good for a page.
  const fieldsOf = (data) => {
    const fields = [...data].filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken");
    if (!fields.some(([name, value]) => name === "held_on" && value)) fields.push(["held_on", today()]);
    return fields;
  };
  const today = () => {
    const now = new Date();
    const two = (number) => String(number).padStart(2, "0");
    return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  };

  return { possible, me, setMe, forgetMe, mine, get, drop, keep, read, fieldsOf };
})();

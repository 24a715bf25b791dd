// Conversations written without network: show what waits, send it when that is possible, let go of what came in.
"use strict";

(() => {
  const here = document.querySelector("script[data-offline]").dataset;
  const one = (name, root = document) => root.querySelector(`[data-${name}]`);
  const all = (name) => document.querySelectorAll(`[data-${name}]`);
  if (!Unsent.possible()) return;

  const words = {};
  const list = one("unsent-words");
  if (list) for (const term of list.querySelectorAll("dt")) words[term.textContent] = term.nextElementSibling.textContent;
  const say = (code) => {
    const place = one("unsent-say");
    if (place) place.textContent = words[code] ?? "";
  };
  const shown = (name, on) => {
    for (const part of all(name)) part.hidden = !on;
  };
  const DAY = 24 * 3600 * 1000;
  const AGAIN = 30_000;
  let sending = false;

  // ---- who works here ----

  // The server's answer; {gone: true} when signed out, {role: true} in a role without people, null without network.
  const ask = async (query = "") => {
    let answer;
    try {
      answer = await fetch(here.key + query, { cache: "no-store", redirect: "manual" });
    } catch {
      return null;
    }
    if (answer.type === "opaqueredirect" || answer.status === 401) return { gone: true };
    if (answer.status === 403) return { role: true };
    return answer.ok ? answer.json() : null;
  };
  const settle = async (answer) => {
    const { owner, membership, mark } = answer;
    const language = document.documentElement.lang;
    await Unsent.setMe({ owner, membership, mark, public: answer.public, language, since: Date.now() });
  };
  const recognise = async () => {
    const who = await Unsent.me();
    const same = who && String(who.membership) === here.role && who.language === document.documentElement.lang;
    if (same && Date.now() - who.since < DAY) return;
    const answer = await ask();
    if (answer?.public) await settle(answer);
  };

  // ---- what waits ----

  const when = (at) =>
    new Intl.DateTimeFormat(document.documentElement.lang, {
      weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit",
    }).format(new Date(at));

  const card = (item, inside) => {
    const row = one("unsent-item").content.firstElementChild.cloneNode(true);
    const value = (name) => inside?.fields.find(([field]) => field === name)?.[1] ?? "";
    const name = `${value("first_name")} ${value("last_name")}`.trim();
    one("item-name", row).textContent = name || words.name.replace("{when}", when(item.at));
    one("item-state", row).textContent = name ? `${words[item.state]} · ${when(item.at)}` : words[item.state];
    for (const problem of inside?.problems ?? []) {
      const line = document.createElement("li");
      line.textContent = problem;
      one("item-problems", row).append(line);
    }
    const link = one("item-open", row);
    link.hidden = !inside || item.state === "waiting" || item.state === "role";
    link.href = `${link.getAttribute("href")}?wachtrij=${item.id}`;
    one("item-drop", row).addEventListener("click", async () => {
      await Unsent.drop(item.id);
      await show();
    });
    return row;
  };

  let keys = {};
  const show = async () => {
    const items = await Unsent.mine();
    for (const place of all("unsent-count")) place.textContent = items.length;
    shown("unsent-badge", items.length > 0);
    shown("unsent-part", items.length > 0);
    shown("unsent-empty", items.length === 0);
    shown("leave", items.length > 0);
    const rows = one("unsent-list");
    if (!rows) return items;
    const cards = await Promise.all(items.map(async (item) => card(item, await Unsent.read(item, keys))));
    rows.replaceChildren(...cards);
    return items;
  };

  // ---- sending ----

  const sendOne = async (item, answer) => {
    const inside = await Unsent.read(item, answer.keys);
    if (!inside) return "waiting";
    const body = new URLSearchParams(inside.fields.filter(([name]) => name !== "once"));
    body.set("once", item.id);
    body.set("membership", inside.membership);
    const reply = await fetch(here.send, {
      method: "POST", body, redirect: "manual", headers: { "X-CSRFToken": answer.csrf, Accept: "application/json" },
    });
    if (!reply.headers.get("content-type")?.startsWith("application/json")) throw new Error("no answer to this");
    const said = await reply.json();
    if (said.state === "done") await Unsent.drop(item.id);
    else await Unsent.keep(item.id, said.state, { ...inside, problems: said.problems ?? [] }, item.at);
    return said.state;
  };

  const sendAll = async () => {
    let items = await show();
    if (!items.length) return;
    say("sending");
    const ids = items.map((item) => item.id).join(",");
    const answer = await ask(`?lezen=1&na=${ids}`);
    shown("unsent-login", Boolean(answer?.gone));
    if (!answer) return say(navigator.onLine ? "trouble" : "offline");
    if (answer.gone) return say("signed_out");
    if (answer.role) return say("other_role");
    const who = await Unsent.me();
    await settle(answer);
    if (who.owner !== answer.owner) return show();
    keys = answer.keys;
    for (const id of answer.done) await Unsent.drop(id);
    items = await Unsent.mine();
    let fine = true;
    for (const item of items.filter(({ state }) => state === "waiting" || state === "role")) {
      fine = (await sendOne(item, answer).catch(() => "trouble")) !== "trouble" && fine;
    }
    const left = await show();
    if (left.length) return say(fine ? "look" : "trouble");
    say("sent");
  };

  // One at a time, also over several windows; a second post would do no harm, for each id happens once.
  const sync = async () => {
    if (sending) return;
    sending = true;
    try {
      if (navigator.locks) await navigator.locks.request("buurtbaan-unsent", { ifAvailable: true }, (lock) => lock && sendAll());
      else await sendAll();
    } finally {
      sending = false;
    }
  };
  window.addEventListener("online", sync);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && sync());
  for (const button of all("unsent-send")) button.addEventListener("click", sync);
  setInterval(() => document.visibilityState === "visible" && sync(), AGAIN);

  // ---- writing without network ----

  const kept = () => {
    one("offline-title").textContent = words.kept;
    shown("offline-done", true);
    one("offline-done").focus();
  };
  // What a conversation began from, an announced person or a gathering, goes along with it.
  const BEGUN = ["aanmelding", "bijeenkomst"];
  const carry = (form, pairs) => {
    for (const [name, value] of pairs) {
      if (!BEGUN.includes(name) || form.elements[name]) continue;
      const field = Object.assign(document.createElement("input"), { type: "hidden", name, value });
      form.append(field);
    }
  };
  const writing = () => {
    const form = one("offline-form");
    carry(form, new URLSearchParams(location.search));
    const id = crypto.randomUUID();
    const inside = () => ({ fields: Unsent.fieldsOf(new FormData(form)), problems: [] });
    let timer, last = Promise.resolve();
    const later = (state) => {
      last = last.then(() => Unsent.keep(id, state, inside()));
      return last;
    };
    const tooYoung = () => {
      const years = form.elements.birth.value.match(/\d{4}(?!.*\d{4})/);
      const young = years && new Date().getFullYear() - Number(years[0]) < 18;
      form.elements.birth.setCustomValidity(young ? words.too_young : "");
    };
    form.addEventListener("input", () => {
      tooYoung();
      clearTimeout(timer);
      timer = setTimeout(() => later("draft").catch(() => say("not_kept")), 800);
    });
    const flush = () => {
      if (document.visibilityState === "hidden" && timer) later("draft").catch(() => {});
      clearTimeout(timer);
      timer = 0;
    };
    document.addEventListener("visibilitychange", flush);
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      clearTimeout(timer);
      timer = 0;
      try {
        await later("waiting");
      } catch {
        shown("unsent-part", true);
        return say("not_kept");
      }
      form.hidden = true;
      kept();
      await sync();
    });
    form.hidden = false;
  };

  // ---- a conversation that needs another look, in the ordinary form ----

  const fill = (form, fields) => {
    for (const box of form.querySelectorAll("[type=checkbox]")) box.checked = false;
    carry(form, fields);
    for (const [name, value] of fields) {
      if (name === "once" || name === "anyway") continue;
      const field = form.elements[name];
      if (name === "organisation_name") choose(form.elements.source_organisation, value);
      else if (field instanceof HTMLInputElement && field.type === "checkbox") field.checked = true;
      else if (field) field.value = value;
    }
  };
  const choose = (select, name) => {
    const same = [...select.options].find((option) => option.text.trim().toLowerCase() === name.trim().toLowerCase());
    if (same && name) select.value = same.value;
  };
  const reopen = async (form, id) => {
    const item = (await Unsent.mine()).find((held) => held.id === id);
    const answer = item && (await ask("?lezen=1"));
    const inside = answer?.keys && (await Unsent.read(item, answer.keys));
    if (!inside) return;
    fill(form, inside.fields);
    form.elements.once.value = id;
    form.dispatchEvent(new Event("input", { bubbles: true }));
  };

  // ---- signing out ----

  const leaving = () => {
    const form = one("leave-form");
    const leave = async () => {
      for (const item of await Unsent.mine()) await Unsent.drop(item.id);
      await Unsent.forgetMe();
      form.submit();
    };
    one("leave-drop").addEventListener("click", leave);
    one("leave-send").addEventListener("click", async () => {
      await sync();
      if (!(await Unsent.mine()).length) await leave();
    });
  };
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!here.logout || form.getAttribute("action") !== here.logout || form.matches("[data-leave-form]")) return;
    event.preventDefault();
    if ((await Unsent.mine().catch(() => [])).length) return location.assign(`${here.queue}?uit=1`);
    await Unsent.forgetMe().catch(() => {});
    form.submit();
  });

  // ---- this page ----

  const start = async () => {
    if (here.role) {
      navigator.serviceWorker?.register(here.worker, { updateViaCache: "none" });
      await recognise();
    }
    if (one("offline-form")) {
      const who = await Unsent.me();
      shown("offline-nobody", !who);
      if (new URLSearchParams(location.search).has("bewaard")) kept();
      else if (who) writing();
    }
    if (one("leave-form")) leaving();
    const form = document.querySelector("form[data-meeting][data-fresh]");
    const asked = new URLSearchParams(location.search).get("wachtrij");
    if (form && asked) await reopen(form, asked);
    await sync();
  };
  start();
})();

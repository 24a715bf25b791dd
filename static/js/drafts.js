// Forms that keep themselves. Without this file a form is an ordinary form.
"use strict";

(() => {
  const SECOND = 1000;
  const LONGEST_WAIT = 60 * SECOND;
  const KEEPALIVE = 60000; // browsers let about 64 KB out of a page that closes
  const SKIPPED = ["hidden", "password", "file", "submit", "button", "search"];

  class Draft {
    constructor(place) {
      this.place = place;
      this.form = place.closest("form");
      this.page = crypto.randomUUID ? crypto.randomUUID() : String(Math.random()).slice(2);
      this.sequence = 0;
      this.version = Number(place.dataset.version);
      this.base = this.snapshot(); // what the server knows: drawn, or saved since
      this.whole = false; // whether everything goes along, because this draft is new on the server
      this.known = false; // whether this page saved before
      this.wait = SECOND;
      this.busy = this.sending = this.sent = this.failing = false;
      if (place.dataset.shownAt) this.say("ok", `${place.dataset.textSaved} ${place.dataset.shownAt}`);
      this.listen();
    }

    listen() {
      const soon = (event) => {
        if (event.target.matches("[data-term-filter]")) return;
        this.sent = false;
        if (this.changes().length) this.later(SECOND);
      };
      this.form.addEventListener("input", soon);
      this.form.addEventListener("change", soon);
      this.form.addEventListener("click", (event) => {
        if (event.target.closest("[data-all]")) soon(event);
      });
      this.form.addEventListener("focusout", () => this.later(0));
      this.form.addEventListener("submit", (event) => this.submit(event));
      document.addEventListener("visibilitychange", () => {
        if (document.visibilityState === "hidden") this.save(true);
      });
      addEventListener("pagehide", () => this.save(true));
      addEventListener("online", () => this.later(0));
      addEventListener("pageshow", (event) => {
        if (event.persisted) this.sent = this.sending = false;
      });
      addEventListener("beforeunload", (event) => {
        if (this.failing && !this.sending && this.changes().length) event.preventDefault();
      });
    }

    // name → texts of everything that a person can fill in
    snapshot() {
      const found = new Map();
      for (const input of this.form.elements) {
        if (!input.name || input.disabled || SKIPPED.includes(input.type)) continue;
        if (!found.has(input.name)) found.set(input.name, []);
        if (["checkbox", "radio"].includes(input.type)) {
          if (input.checked) found.get(input.name).push(input.value);
        } else if (input.type === "select-multiple") {
          found.get(input.name).push(...[...input.selectedOptions].map((one) => one.value));
        } else {
          found.get(input.name).push(input.value);
        }
      }
      return found;
    }

    changes(now = this.snapshot()) {
      if (this.whole) return [...now.keys()];
      return [...now.keys()].filter((name) => JSON.stringify(now.get(name)) !== JSON.stringify(this.base.get(name)));
    }

    later(milliseconds) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.save(false), milliseconds);
    }

    hidden(name) {
      return this.form.querySelector(`input[type=hidden][name=${name}]`);
    }

    body(now, names) {
      const body = new URLSearchParams();
      for (const name of names) {
        if (!now.get(name).length) body.append("empty", name);
        for (const text of now.get(name)) body.append(`v.${name}`, text);
      }
      this.sequence += 1;
      body.set("concept", this.hidden("concept").value);
      body.set("place", this.place.dataset.place);
      body.set("page", this.page);
      body.set("sequence", this.sequence);
      body.set("version", this.version);
      if (!this.known && this.hidden("was")) body.set("was", this.hidden("was").value);
      body.set("csrfmiddlewaretoken", this.hidden("csrfmiddlewaretoken").value);
      return body;
    }

    // Save what changed; `leaving` does not wait for an answer that is under way.
    async save(leaving) {
      if (this.sent || this.sending || this.refused || (this.busy && !leaving)) return;
      const now = this.snapshot();
      const names = this.changes(now);
      if (!names.length) return;
      clearTimeout(this.timer);
      const body = this.body(now, names);
      this.busy = true;
      if (!leaving) this.say("wait", this.place.dataset.textWaiting);
      try {
        const keepalive = leaving && body.toString().length < KEEPALIVE;
        const answer = await fetch(this.place.dataset.url, { method: "POST", body, keepalive, redirect: "manual" });
        await this.hear(answer, now);
      } catch {
        this.retry();
      } finally {
        this.busy = false;
      }
      if (!this.failing && !this.refused && this.changes().length) this.later(SECOND);
    }

    async hear(answer, now) {
      if (answer.type === "opaqueredirect") return this.refuse(this.place.dataset.textOut, true);
      if (answer.ok) {
        const said = await answer.json();
        this.base = now;
        this.version = said.version;
        this.whole = this.failing = false;
        this.known = true;
        this.wait = SECOND;
        return this.say("ok", `${this.place.dataset.textSaved} ${said.at}`);
      }
      if (answer.status === 413) return this.refuse(this.place.dataset.textLarge, true);
      if (answer.status === 409 || answer.status === 410) return this.startAnew(answer.status === 410);
      if (answer.status === 403 && (answer.headers.get("Content-Type") || "").includes("json")) {
        return this.refuse(this.place.dataset.textRole, false);
      }
      if (answer.status === 403 && (await this.freshToken())) return this.later(0);
      return this.retry();
    }

    // Another page went on with this draft, or it was sent: what stands here becomes a draft of its own.
    startAnew(sent) {
      if (this.sending) return;
      if (sent && this.unsure) {
        this.form.requestSubmit(this.unsure === true ? undefined : this.unsure); // it did arrive: go where it led
        return;
      }
      this.hidden("concept").value = crypto.randomUUID();
      this.version = 0;
      this.whole = true;
      this.known = false;
      this.later(0);
    }

    async freshToken() {
      if (this.asked) return false;
      this.asked = true;
      const said = await (await fetch(this.place.dataset.tokenUrl, { redirect: "error" })).json();
      if (String(said.user) !== this.place.dataset.reader) {
        this.refuse(this.place.dataset.textOut, false);
        return false;
      }
      for (const input of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) input.value = said.csrf;
      setTimeout(() => (this.asked = false), SECOND * 30);
      return true;
    }

    retry() {
      this.failing = true;
      this.say("error", this.place.dataset.textOffline);
      this.later(this.wait);
      this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
    }

    refuse(text, again) {
      this.say("error", text);
      this.refused = true;
      if (again) {
        this.form.addEventListener("input", () => (this.refused = false), { once: true });
      }
    }

    say(tone, text) {
      const badge = this.place.querySelector("[data-draft-badge]");
      if (badge.textContent.trim() === text) return;
      const sign = this.place.querySelector(`[data-sign=${tone}]`).cloneNode(true);
      const word = document.createElement("span");
      word.className = `badge tone-${tone}`;
      word.append(...sign.childNodes, text);
      badge.replaceChildren(word);
    }

    // Send with fetch first, so that a dead network leaves the page and every word where they are. Whatever is not a
    // plain "done, go there" is sent once more the ordinary way, which shows its own page.
    async submit(event) {
      if (event.defaultPrevented || this.form.querySelector("input[type=file]")) return;
      event.preventDefault();
      if (this.sending) return;
      this.sending = true;
      clearTimeout(this.timer);
      const button = event.submitter;
      const body = new URLSearchParams(new FormData(this.form, button));
      this.say("wait", this.place.dataset.textSending);
      const to = (button && button.getAttribute("formaction")) || this.form.getAttribute("action") || location.href;
      try {
        const answer = await fetch(to, { method: "POST", body, headers: { "X-Send": "1" }, redirect: "manual" });
        const json = answer.ok && (answer.headers.get("Content-Type") || "").includes("json");
        if (json) {
          this.sent = true;
          location.assign((await answer.json()).to);
          return;
        }
      } catch {
        if (this.form.matches("[data-meeting]") && navigator.serviceWorker?.controller) {
          this.sent = true; // the service worker keeps a first conversation on the device
          HTMLFormElement.prototype.submit.call(this.form);
          return;
        }
        this.sending = false;
        this.unsure = button || true;
        this.retry();
        this.say("error", this.place.dataset.textUnsent);
        this.form.dispatchEvent(new CustomEvent("draft:offline", { bubbles: true }));
        return;
      }
      this.sent = true;
      if (button && button.name) {
        const input = document.createElement("input");
        Object.assign(input, { type: "hidden", name: button.name, value: button.value });
        this.form.append(input);
      }
      HTMLFormElement.prototype.submit.call(this.form);
    }
  }

  for (const place of document.querySelectorAll("[data-draft]")) new Draft(place);
})();

// The page at `/dashboard/{id}`: loads a range, follows the address, and offers owners what is theirs alone.

import { ask, el, exactly, inWords, notice, picture, toDate } from "./kit.js";
import { lyrics } from "./lyrics.js";
import { player } from "./player.js";
import { recentlyPlayed } from "./recent.js";
import {
  artistsSection,
  emotionSection,
  failure,
  genresSection,
  isPending,
  skeleton,
  tracksSection,
} from "./sections.js";
import { t } from "./strings.js";

const ranges = ["short_term", "medium_term", "long_term"];
const syncLimit = 20;
/** Waits (ms) before looking again for an emotion line still being written; then the next visit shows it. */
const pendingWaits = [2000, 3000, 5000, 10000, 20000, 30000];
const warnBefore = 30 * 86400 * 1000;

function rangeOfAddress() {
  const asked = new URLSearchParams(location.search).get("time_range");
  return ranges.includes(asked) ? asked : "medium_term";
}

export function showDashboard(main, actions, id, { linkToSpotify }) {
  let me = null;
  let range = rangeOfAddress();
  let loading = null;
  let shown = null;
  let pendingTimer = 0;

  const isOwn = () => me !== null && me.spotify_id === id;
  const dashboardPath = (wanted) => `/api/dashboard/${encodeURIComponent(id)}?time_range=${wanted}`;

  const avatar = el("div", { class: "avatar" }, el("i", { class: "bone" }));
  const heading = el("h1", { tabindex: "-1" }, el("i", { class: "bone words" }));
  const synced = el("p", { class: "synced" });
  const tools = el("div", { class: "tools" });
  const notices = el("div", { class: "notices" });
  const status = el("p", { class: "hidden", role: "status" });
  const panel = el("div", { id: "panel", role: "tabpanel", tabindex: "-1", "aria-busy": "true" });
  const tabs = ranges.map((name) =>
    el(
      "button",
      {
        id: `tab-${name}`,
        role: "tab",
        type: "button",
        "aria-controls": "panel",
        on: { click: () => choose(name) },
      },
      t(name),
    ),
  );
  const tablist = el(
    "div",
    { class: "tabs", role: "tablist", "aria-label": t("ranges"), on: { keydown: moveTab } },
    tabs,
  );

  const person = el(
    "header",
    { class: "person" },
    avatar,
    el("div", { class: "who" }, el("p", { class: "eyebrow" }, t("eyebrow")), heading, synced),
    tools,
  );

  const recent = recentlyPlayed(id, { linkToSpotify });
  const sheet = lyrics();
  const live = player(id, {
    linkToSpotify,
    onTrack: () => isOwn() && recent.expectMore(),
    onNews: sheet.follow,
    action: sheet.button,
  });
  const controls = el("div", { class: "controls" }, tablist, live.node);

  document.title = t("titleLoading");
  main.classList.add("board");
  main.replaceChildren(notices, person, controls, status, panel, sheet.node);

  function choose(wanted, push = true) {
    if (wanted === range) return;
    range = wanted;
    if (push) {
      const address = new URL(location.href);
      address.searchParams.set("time_range", wanted);
      history.pushState(null, "", address);
    }
    load();
  }

  function moveTab(event) {
    const at = ranges.indexOf(range);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: ranges.length - 1 }[event.key];
    if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const index = (to + ranges.length) % ranges.length;
    tabs[index].focus();
    choose(ranges[index]);
  }

  function markTabs() {
    tabs.forEach((tab, index) => {
      const selected = ranges[index] === range;
      tab.setAttribute("aria-selected", String(selected));
      tab.tabIndex = selected ? 0 : -1;
    });
    panel.setAttribute("aria-labelledby", `tab-${range}`);
  }

  /** Loads the chosen range. `quiet` keeps what is shown until, and unless, a good answer is there. */
  async function load({ quiet = false, attempt = 0 } = {}) {
    loading?.abort();
    clearTimeout(pendingTimer);
    const mine = (loading = new AbortController());
    const wanted = range;
    markTabs();
    panel.setAttribute("aria-busy", "true");
    if (!quiet) {
      status.textContent = t("loading");
      panel.replaceChildren(skeleton());
    }
    let answer;
    try {
      answer = await ask(dashboardPath(wanted), { signal: mine.signal });
    } catch {
      return; // another range was chosen meanwhile
    }
    if (!answer.ok && !quiet) await whoAmI;
    if (mine.signal.aborted) return;
    panel.setAttribute("aria-busy", "false");
    if (answer.ok) {
      draw(answer.body);
      if (!quiet) status.textContent = t("loaded", { range: t(wanted) });
      if (isPending(answer.body)) awaitMood(attempt);
    } else if (!quiet) {
      drawFailure(answer);
    }
  }

  function awaitMood(attempt) {
    if (attempt < pendingWaits.length)
      pendingTimer = setTimeout(() => load({ quiet: true, attempt: attempt + 1 }), pendingWaits[attempt]);
    else panel.querySelector(".mood")?.replaceWith(emotionSection(shown, { late: true }));
  }

  function drawMood(old, data) {
    const awaited = old.matches(".pending, .quiet");
    if (awaited && isPending(data) && old.matches(".pending")) return; // it breathes on
    const arrived = awaited && !isPending(data);
    old.replaceWith(emotionSection(data, { arrived }));
    if (arrived) status.textContent = t("emotionArrived");
  }

  function draw(data) {
    shown = data;
    const name = data.user || me?.display_name || t("listener");
    document.title = t("title", { name });
    drawPerson(name, data.image);
    drawSynced();
    // Looking again for the emotion line must not throw the reader out of a list: only that section changes.
    const key = JSON.stringify([data.artists, data.tracks, data.genres, range]);
    const old = panel.querySelector(".mood");
    if (panel.dataset.key === key && old && panel.querySelector(".columns.real")) {
      drawMood(old, data);
      return;
    }
    panel.dataset.key = key;
    panel.replaceChildren(
      emotionSection(data),
      artistsSection(data, linkToSpotify),
      el(
        "div",
        { class: "columns real" },
        tracksSection(data, linkToSpotify),
        el("div", {}, genresSection(data), recent.node),
      ),
    );
  }

  function drawPerson(name, image) {
    const key = `${name}\n${image}`;
    if (avatar.dataset.key === key) return;
    avatar.dataset.key = key;
    person.hidden = false;
    tablist.hidden = false;
    heading.replaceChildren(name);
    avatar.replaceChildren(
      picture({ src: image, name, alt: t("photoOf", { name }), size: 112, shape: "round", eager: true }),
    );
  }

  function drawSynced() {
    const date = toDate(shown?.synced_at);
    const when = date && inWords(date);
    synced.replaceChildren();
    if (date) {
      const text = when ? t("synced", { when }) : t("syncedNow");
      synced.append(el("time", { datetime: date.toISOString(), title: exactly(date) }, text));
    }
    if (shown?.stale === true)
      synced.append(el("span", { class: "badge", title: t("staleHint") }, t("stale")));
  }

  function drawFailure(answer) {
    const login = el("a", { class: "button primary", href: "/login" }, t("login"));
    const mine =
      me && el("a", { class: "button", href: `/dashboard/${encodeURIComponent(me.spotify_id)}` }, t("mine"));
    const retry = el(
      "button",
      { class: "button primary", type: "button", on: { click: () => load() } },
      t("retry"),
    );
    delete panel.dataset.key;
    shown = null;
    synced.replaceChildren();
    if (!avatar.dataset.key && isOwn()) drawPerson(me.display_name || t("listener"), me.image);
    person.hidden = !avatar.dataset.key; // nobody to name: neither a header nor ranges of theirs
    tablist.hidden = person.hidden && answer.status === 404;
    const kinds = {
      0: { title: t("networkTitle"), text: answer.detail, actions: [retry] },
      401: { title: t("expiredTitle"), text: answer.detail, actions: [login] },
      404: {
        title: t("notFoundTitle"),
        text: t("notFound"),
        actions: me && !isOwn() ? [mine, login] : [login],
      },
    };
    const what = kinds[answer.status] ?? { title: t("failedTitle"), text: answer.detail, actions: [retry] };
    panel.replaceChildren(failure(what));
    status.textContent = `${what.title}. ${what.text}`;
  }

  function say(kind, text, action) {
    notices.querySelector(".notice.passing")?.remove();
    const box = notice({ kind, text, action });
    box.classList.add("passing");
    notices.append(box);
  }

  async function sync(button) {
    const hadFocus = document.activeElement === button;
    const wanted = range;
    button.disabled = true;
    button.textContent = t("syncing");
    const answer = await ask(`/sync/top-data?time_range=${wanted}&limit=${syncLimit}`);
    button.disabled = false;
    button.textContent = t("sync");
    if (hadFocus) button.focus();
    if (!answer.ok) {
      const action = answer.status === 401 ? { label: t("loginShort"), href: "/login" } : undefined;
      say("bad", t("syncFailed", { detail: answer.detail }), action);
      return;
    }
    if (answer.body?.stale) say("info", t("staleHint"));
    else say("good", t("syncDone"));
    if (range === wanted) load({ quiet: shown !== null });
  }

  async function setSharing(box, value) {
    const buttons = [...box.querySelectorAll("button")];
    for (const button of buttons) button.disabled = true;
    const answer = await ask("/api/me/sharing", { method: "PUT", body: { public: value } });
    if (answer.ok) me.public = value;
    else say("bad", t("sharingFailed", { detail: answer.detail }));
    drawSharing(box);
    box.querySelector("button")?.focus();
  }

  /** Which rule holds until the owner chooses is up to the operator: what a stranger gets to see tells it. */
  async function explainRule(hint) {
    const answer = await ask(`/api/profile/${encodeURIComponent(id)}`, { credentials: "omit" });
    if (!answer.ok) return;
    hint.textContent = t(answer.body.spotify_id ? "sharingUnsetPublic" : "sharingUnsetPrivate");
  }

  /** A switch once the owner has chosen; before that two buttons, since neither position would be true. */
  function drawSharing(box) {
    const on = me.public === true;
    const unset = me.public !== true && me.public !== false;
    const hint = el(
      "span",
      { class: "sub", id: "sharing-hint" },
      t(unset ? "sharingUnset" : on ? "sharingOn" : "sharingOff"),
    );
    if (unset) explainRule(hint);
    const label = el("span", { class: "label", id: "sharing-label" }, t("sharing"));
    const button = (value, text) =>
      el(
        "button",
        {
          class: "button small",
          type: "button",
          "aria-describedby": "sharing-hint",
          on: { click: () => setSharing(box, value) },
        },
        text,
      );
    const control = unset
      ? el("span", { class: "choice" }, button(false, t("sharingKeep")), button(true, t("sharingShare")))
      : el("button", {
          class: "switch",
          type: "button",
          role: "switch",
          "aria-checked": String(on),
          "aria-labelledby": "sharing-label",
          "aria-describedby": "sharing-hint",
          on: { click: () => setSharing(box, !on) },
        });
    box.classList.toggle("unset", unset);
    box.replaceChildren(el("span", { class: "words" }, label, hint), control);
  }

  function drawReconnect() {
    const by = toDate(me.reauthorize_by);
    const left = by ? by.getTime() - Date.now() : Infinity;
    let text = null;
    if (me.reconnect_needed === true) text = t("reconnectNeeded");
    else if (left <= 0) text = t("reconnectPast");
    else if (left <= warnBefore) text = t("reconnectSoon", { when: inWords(by) ?? t("soon") });
    if (text)
      notices.prepend(notice({ kind: "info", text, action: { label: t("reconnect"), href: "/login" } }));
  }

  function drawOwner() {
    if (me === null) {
      actions.append(el("a", { class: "quiet", href: "/login" }, t("loginShort")));
      return;
    }
    if (!isOwn())
      actions.append(
        el("a", { class: "quiet", href: `/dashboard/${encodeURIComponent(me.spotify_id)}` }, t("mine")),
      );
    actions.append(el("a", { class: "quiet", href: "/logout" }, t("logout")));
    sheet.allow();
    if (!isOwn()) return;
    const button = el(
      "button",
      { class: "button", type: "button", on: { click: () => sync(button) } },
      t("sync"),
    );
    const sharing = el("div", { class: "sharing" });
    drawSharing(sharing);
    tools.append(button, sharing);
    live.setOwn();
    recent.load();
    drawReconnect();
  }

  window.addEventListener("popstate", () => choose(rangeOfAddress(), false));
  setInterval(() => {
    drawSynced();
    recent.age();
  }, 60000);
  const whoAmI = ask("/api/me").then((answer) => {
    me = answer.ok && answer.body?.spotify_id ? answer.body : null;
    drawOwner();
  });
  load();
}

// The words of what plays: a button, and a panel that asks for them when it is opened and follows the song.

import { ask, el } from "./kit.js";
import { t } from "./strings.js";
import { emotions, indexAt, source, words } from "./verses.js";

/** So many tracks' answers are kept: going back and forth asks nobody twice. */
const keptTracks = 30;
/** So long (ms) the panel leaves alone who scrolls by hand. */
const leaveAlone = 8000;
/** Where a wait longer than this (s) is told in minutes. */
const longWait = 120;

const now = () => performance.now();
const waitInWords = (seconds) =>
  seconds < longWait
    ? t("lyricsSeconds", { count: seconds })
    : t("lyricsMinutes", { count: Math.ceil(seconds / 60) });

/**
 * `button` goes beside the track and shows itself when there is one whose words can be asked for; `node` is the
 * panel. `follow` hears what the player knows: {track: {id, name, artists} or null, position(), isMoving}.
 */
export function lyrics() {
  let playing = { track: null, position: () => null, isMoving: false };
  let isAllowed = false;
  /** By track: {answer}, {failure, until} or {asking}. */
  const known = new Map();
  /** What the panel shows: {id, entry, sung, current}. */
  let shown = null;
  let lineTimer = 0;
  let waitTimer = 0;
  let touchedAt = -Infinity;

  const button = el(
    "button",
    {
      class: "button small words-button",
      type: "button",
      "aria-haspopup": "dialog",
      "aria-expanded": "false",
      hidden: true,
      on: { click: open },
    },
    t("lyrics"),
  );
  const title = el("h2", { id: "h-lyrics", dir: "auto" });
  const artists = el("p", { class: "sub", dir: "auto" });
  const status = el("p", { class: "hidden", role: "status" });
  const body = el("div", {
    class: "lyrics-body",
    tabindex: "0",
    role: "group",
    "aria-labelledby": "h-lyrics",
    on: { wheel: touch, touchmove: touch, pointerdown: touch, keydown: touch },
  });
  const node = el(
    "dialog",
    { class: "lyrics", "aria-labelledby": "h-lyrics", on: { close: closed, click: leaveBeside } },
    el(
      "header",
      { class: "lyrics-head" },
      el("div", { class: "what" }, el("p", { class: "eyebrow" }, t("lyrics")), title, artists),
      el(
        "button",
        { class: "close", type: "button", "aria-label": t("lyricsClose"), on: { click: () => node.close() } },
        "×",
      ),
    ),
    status,
    body,
  );

  function open() {
    if (node.open) return;
    node.showModal();
    button.setAttribute("aria-expanded", "true");
    touchedAt = -Infinity;
    draw();
  }

  function closed() {
    clearTimeout(lineTimer);
    clearTimeout(waitTimer);
    shown = null;
    button.setAttribute("aria-expanded", "false");
    body.replaceChildren();
    status.textContent = "";
    (button.hidden ? document.getElementById("content") : button)?.focus();
  }

  /** A click on what the panel leaves uncovered. */
  function leaveBeside(event) {
    if (event.target === node) node.close();
  }

  function touch() {
    touchedAt = now();
  }

  /** Shows what is known of the track, and asks when nothing is. */
  function draw() {
    const { track } = playing;
    clearTimeout(lineTimer);
    clearTimeout(waitTimer);
    title.textContent = track?.name ?? t("player");
    artists.textContent = track?.artists ?? "";
    if (!track?.id) {
      shown = { id: null };
      return say(t("lyricsNoTrack"));
    }
    let entry = known.get(track.id);
    if (!entry || (entry.failure && entry.until <= now())) entry = load(track.id);
    shown = { id: track.id, entry, sung: [], current: undefined };
    body.setAttribute("aria-busy", String(Boolean(entry.asking)));
    if (entry.asking) say(t("lyricsLoading"));
    else if (entry.failure) drawFailure(entry);
    else drawAnswer(entry.answer, track);
    body.scrollTop = 0;
    sing({ jump: true });
  }

  function load(id) {
    const entry = { asking: true };
    known.delete(id);
    known.set(id, entry);
    if (known.size > keptTracks) known.delete(known.keys().next().value);
    ask(`/api/lyrics?track=${encodeURIComponent(id)}`).then((answer) => {
      entry.asking = false;
      if (answer.ok) entry.answer = answer.body;
      else if (answer.status === 404) entry.answer = { state: "missing" };
      else {
        entry.failure = answer;
        // Who has to log in first, or has waited enough, may ask again at once.
        entry.until = now() + 1000 * (answer.retryAfter ?? 0);
      }
      if (shown?.entry === entry) settle(entry);
    });
    return entry;
  }

  /** An answer came while its track is on show. */
  function settle(entry) {
    body.setAttribute("aria-busy", "false");
    if (entry.failure) drawFailure(entry);
    else drawAnswer(entry.answer, playing.track);
    sing({ jump: true });
  }

  /** One sentence in place of the words. */
  function say(text, ...more) {
    status.textContent = text;
    body.replaceChildren(el("div", { class: "lyrics-said" }, el("p", {}, text), more));
  }

  function drawAnswer(answer, track) {
    if (answer.state !== "found") {
      const sentences = { instrumental: "lyricsInstrumental", unreleased: "lyricsUnreleased" };
      return say(t(sentences[answer.state] ?? "lyricsMissing"), source(answer));
    }
    const { node: verses, sung } = words(answer);
    shown.sung = sung;
    body.replaceChildren(emotions(answer.emotion_analysis), verses, source(answer) ?? "");
    status.textContent = t("lyricsShown", { name: track?.name ?? "" });
  }

  function drawFailure(entry) {
    const { failure } = entry;
    if (failure.status === 401) {
      return say(t("error_session_expired"), el("a", { class: "button", href: "/login" }, t("login")));
    }
    const again = el(
      "button",
      { class: "button", type: "button", on: { click: retry } },
      t("retry"),
    );
    const text = el("p", {});
    status.textContent = "";
    body.replaceChildren(el("div", { class: "lyrics-said" }, text, again));
    const count = () => {
      const left = Math.ceil((entry.until - now()) / 1000);
      const first = t(failure.status === 0 ? "network" : "lyricsAway");
      text.textContent = left > 0 ? `${first} ${t("lyricsWait", { wait: waitInWords(left) })}` : first;
      if (!status.textContent) status.textContent = text.textContent; // told once, not every second
      again.disabled = left > 0;
      if (left > 0) waitTimer = setTimeout(count, 1000);
    };
    count();
  }

  function retry() {
    if (!shown?.entry?.failure) return;
    known.delete(shown.id);
    draw();
    body.focus();
  }

  /** Lights what is sung now, and wakes when the next line comes. */
  function sing({ jump = false } = {}) {
    clearTimeout(lineTimer);
    if (!shown?.sung?.length) return;
    const position = playing.position();
    const index = position === null ? -1 : indexAt(shown.sung, position);
    const verse = shown.sung[index]?.verse ?? null;
    if (verse !== shown.current) {
      shown.current?.removeAttribute("aria-current");
      shown.current = verse;
      if (verse) {
        verse.setAttribute("aria-current", "true");
        reach(verse, jump);
      }
    }
    const next = shown.sung[index + 1];
    if (position === null || !next || !playing.isMoving || document.hidden) return;
    lineTimer = setTimeout(sing, Math.max(20, next.at - position + 5));
  }

  function reach(verse, jump) {
    if (now() - touchedAt < leaveAlone) return;
    const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const box = body.getBoundingClientRect();
    const line = verse.getBoundingClientRect();
    body.scrollTo({
      top: body.scrollTop + line.top - box.top - body.clientHeight * 0.4,
      behavior: jump || isStill ? "auto" : "smooth",
    });
  }

  function offer() {
    button.hidden = !isAllowed || !playing.track?.id;
  }

  document.addEventListener("visibilitychange", () => sing({ jump: true }));

  return {
    node,
    button,
    follow(news) {
      playing = news;
      offer();
      if (!node.open) return;
      if (shown?.id !== (news.track?.id ?? null)) draw();
      else sing();
    },
    /** Words are for those who are logged in. */
    allow() {
      isAllowed = true;
      offer();
    },
  };
}

// What a listener plays right now: the bar, its states, and a progress that moves between two answers.

import { clock, el, picture } from "./kit.js";
import { follow } from "./live.js";
import { spotifyLink, webAddress } from "./sections.js";
import { t } from "./strings.js";

/** The server's word for "not yours to see". */
const denied = "No refresh token";
/** A position this far (ms) from where it should be was sought; less is the network. */
const seekFrom = 2000;
/** So long (ms) after a track's end the next one is asked for, when no event told of it. */
const overdue = 10000;
/** Screen readers hear the position move this often (ms), not every second. */
const spokenEvery = 10000;

function kindOf(data) {
  if (data.error) return "trouble";
  if (data.is_ad === true) return "ad";
  return data.track?.name ? "track" : "silence";
}

const positive = (value) => (Number.isFinite(value) && value >= 0 ? value : null);
const artistsOf = (track) => (Array.isArray(track.artists) ? track.artists.filter(Boolean).join(", ") : "");
const keyOf = (kind, track) =>
  kind === "ad" ? "ad" : JSON.stringify([track.id, track.name, artistsOf(track), track.album]);

/**
 * The bar for that listener; `node` goes into the page and stays hidden until there is something to say.
 * `onTrack` hears of every change to another track, but the first; `onNews` gets all that becomes known:
 * {track: {id, name, artists} or null, position(): milliseconds or null, isMoving}. `action` stands in the card.
 */
export function player(id, { linkToSpotify, onTrack, onNews, action }) {
  /** The last good answer: {kind, key, track, runs, duration, hasPosition, position, at}; `at`: when it was true. */
  let shown = null;
  let isAway = false;
  let isTroubled = false;
  let isOwn = false;
  let ticker = 0;
  let renewedAt = -Infinity;
  let spokenAt = NaN;

  const cover = el("div", { class: "cover" });
  const title = el("p", { class: "title" });
  const sub = el("p", { class: "sub" });
  const stateText = el("span", { class: "words" });
  const state = el(
    "p",
    { class: "state" },
    el("span", { class: "wave", "aria-hidden": "true" }, el("i"), el("i"), el("i")),
    stateText,
  );
  const elapsed = el("span", { class: "time", "aria-hidden": "true" });
  const total = el("span", { class: "time", "aria-hidden": "true" });
  const bar = el(
    "div",
    { class: "position", role: "progressbar", "aria-label": t("position"), "aria-valuemin": "0" },
    el("i"),
  );
  const progress = el("div", { class: "progress" }, elapsed, bar, total);
  const card = el(
    "div",
    { class: "card" },
    cover,
    el("div", { class: "what" }, el("div", { class: "line" }, title, state), sub, progress),
    action,
  );
  const quiet = el("p", { class: "silence" });
  const spoken = el("p", { class: "hidden", role: "status", "aria-live": "polite" });
  const node = el(
    "section",
    { class: "player", "aria-label": t("player"), hidden: true },
    card,
    quiet,
    spoken,
  );

  const isMoving = () => shown !== null && shown.runs && !isTroubled;

  function positionNow() {
    const moved = isMoving() ? performance.now() - shown.at : 0;
    const position = shown.position + moved;
    return shown.duration ? Math.min(position, shown.duration) : position;
  }

  function drawTrack(kind, track) {
    const isAd = kind === "ad";
    const name = isAd ? t("ad") : track.name;
    const album = isAd ? "" : (track.album ?? "");
    const artists = isAd ? "" : artistsOf(track);
    const href = !isAd && linkToSpotify ? webAddress(track.external_url) : null;
    title.replaceChildren(href ? spotifyLink(href, name) : name);
    const rest = album && artists && album !== name ? el("span", { class: "album" }, ` · ${album}`) : null;
    sub.replaceChildren(artists || album || (isAd ? t("adHint") : ""), ...(rest ? [rest] : []));
    title.title = href ? "" : name;
    sub.title = isAd ? "" : [artists, album].filter(Boolean).join(" · ");
    cover.replaceChildren(
      picture({
        src: isAd ? "" : track.image,
        name: isAd ? "♪" : album || name,
        alt: t("coverOf", { name: album || name }),
        size: 64,
        shape: "square small",
        eager: true,
      }),
    );
  }

  /** The words, and whether there is a card, a quiet line or nothing. */
  function drawState() {
    const isSilent = shown === null || shown.kind === "silence";
    const hasNote = !isSilent && (isAway || isTroubled);
    const isPaused = !isSilent && !shown.runs;
    stateText.textContent = hasNote
      ? t(isAway ? "reconnecting" : "playerTroubled")
      : isPaused
        ? t("paused")
        : shown?.kind === "track"
          ? t("playing")
          : "";
    state.title = hasNote && !isAway ? t("playerUnknown") : "";
    state.classList.toggle("note", hasNote);
    const quietWords = isTroubled ? "playerUnknown" : isAway ? "reconnecting" : "silence";
    quiet.textContent = isSilent ? t(quietWords) : "";
    node.dataset.paused = String(isPaused);
    node.dataset.moving = String(isMoving());
    card.hidden = isSilent;
    quiet.hidden = !isSilent;
    // Strangers need not hear that something does not work that they never saw.
    node.hidden = shown === null && !(isOwn && (isAway || isTroubled));
    document.documentElement.classList.toggle("has-player", !isSilent);
  }

  function drawPosition({ jump = false, speak = false } = {}) {
    clearTimeout(ticker);
    if (!shown || shown.kind === "silence") return;
    const position = positionNow();
    const known = shown.duration > 0 && shown.hasPosition;
    progress.hidden = !known;
    if (!known) return;
    elapsed.textContent = clock(position);
    total.textContent = clock(shown.duration);
    bar.classList.toggle("jump", jump);
    bar.style.setProperty("--part", `${(100 * position) / shown.duration}%`);
    if (speak || !(Math.abs(position - spokenAt) < spokenEvery)) {
      spokenAt = position;
      bar.setAttribute("aria-valuemax", String(Math.round(shown.duration / 1000)));
      bar.setAttribute("aria-valuenow", String(Math.floor(position / 1000)));
      bar.setAttribute("aria-valuetext", t("positionOf", { at: clock(position), of: clock(shown.duration) }));
    }
    if (!isMoving() || document.hidden) return;
    const left = shown.duration - position;
    if (left > 0) ticker = setTimeout(drawPosition, Math.min(1000 - (position % 1000), left) + 5);
    else ticker = setTimeout(demand, overdue);
  }

  /** The track is over and nobody said what came next. */
  function demand() {
    if (!isMoving() || performance.now() - renewedAt < 6 * overdue) return;
    renewedAt = performance.now();
    link.renew();
  }

  function take(data) {
    if (data.error === denied) return leave();
    const kind = kindOf(data);
    const before = shown;
    const reached = before && positionNow();
    isTroubled = kind === "trouble";
    if (isTroubled) {
      // Nobody knows how it goes on: the position stays where it is.
      if (before) Object.assign(before, { position: reached, at: performance.now() });
      return redraw();
    }
    const track = kind === "silence" ? {} : (data.track ?? {});
    const runs = kind !== "silence" && data.is_playing === true;
    const key = kind === "silence" ? "" : keyOf(kind, track);
    const isOther = before?.key !== key;
    const position = positive(track.progress_ms);
    shown = {
      kind,
      key,
      track,
      runs,
      duration: positive(track.duration_ms) ?? 0,
      hasPosition: position !== null,
      position: position ?? 0,
      at: performance.now(),
    };
    const isJump = isOther || Math.abs(shown.position - reached) > seekFrom;
    if (isOther && key) drawTrack(kind, track);
    if (isOther && before) {
      if (kind === "track") announce(track);
      onTrack();
    }
    redraw({ jump: isJump, speak: isJump || before.runs !== runs });
  }

  function announce(track) {
    const by = artistsOf(track);
    spoken.textContent = t(by ? "nowPlayingBy" : "nowPlaying", { name: track.name, artists: by });
  }

  function redraw(how) {
    drawState();
    drawPosition(how);
    tell();
  }

  /** Episodes have ids, too, but no words that anybody prints. */
  function tell() {
    const { kind, track } = shown ?? {};
    const isSong = kind === "track" && track.id && !/\/episode\//.test(track.external_url ?? "");
    onNews({
      track: isSong ? { id: track.id, name: track.name, artists: artistsOf(track) } : null,
      position: () => (shown?.hasPosition ? positionNow() : null),
      isMoving: isMoving(),
    });
  }

  function leave() {
    link.end();
    clearTimeout(ticker);
    shown = null;
    isAway = isTroubled = false;
    drawState();
    tell();
  }

  const link = follow(`/api/currently-playing/${encodeURIComponent(id)}`, {
    onData: take,
    onLink(isThere) {
      if (isAway === !isThere) return;
      isAway = !isThere;
      drawState();
    },
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && shown) drawPosition({ jump: true });
  });

  return {
    node,
    /** Owners are told of trouble even before anything was shown. */
    setOwn() {
      isOwn = true;
      drawState();
    },
  };
}

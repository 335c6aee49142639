// What a dashboard shows, from the API's answer to elements. Nothing here asks the server or keeps state.

import { el, hash, minutes, picture, withBold } from "./kit.js";
import { locale, t } from "./strings.js";

const shortGenreList = 10;
const list = (value) => (Array.isArray(value) ? value : []);
const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });

function section(id, ...content) {
  return el(
    "section",
    { class: `part ${id}`, "aria-labelledby": `h-${id}` },
    el("h2", { id: `h-${id}` }, t(id)),
    ...content,
  );
}

/** `text` when it is an https address, which alone may become a link; else null. */
export function webAddress(text) {
  return typeof text === "string" && /^https:\/\/[^/\s]/.test(text) ? text : null;
}

/** A name that leads to its page at Spotify. */
export function spotifyLink(href, name) {
  return el(
    "a",
    { class: "name", href, rel: "noopener noreferrer", title: t("onSpotify", { name }) },
    name,
  );
}

function nameOf(kind, id, name, linked) {
  if (!linked || !/^[0-9A-Za-z]{22}$/.test(id ?? "")) return el("span", { class: "name" }, name);
  return spotifyLink(`https://open.spotify.com/${kind}/${id}`, name);
}

/** 0 means that Spotify did not say. */
const isKnown = (popularity) => popularity > 0;

function rankOf(index) {
  const rank = index + 1;
  return el(
    "span",
    { class: "rank" },
    el("span", { class: "hidden" }, t("rank", { rank })),
    el("span", { "aria-hidden": "true" }, String(rank)),
  );
}

/** Three hues from the labels, kept apart from each other so that they read as three shades. */
function shades(labels) {
  const hues = [];
  for (const label of labels) {
    let hue = hash(label) % 360;
    while (hues.some((other) => Math.abs(((hue - other + 540) % 360) - 180) < 50)) hue = (hue + 53) % 360;
    hues.push(hue);
  }
  return hues;
}

const isUnread = (data) =>
  list(data.top_emotions).length === 0 && !/<b>/.test(data.emotion_paragraph ?? "");

/** Whether the emotion line is still being written. */
export function isPending(data) {
  return isUnread(data) && list(data.tracks).length > 0;
}

function unreadSection(kind, text) {
  return el(
    "section",
    { class: `mood ${kind}`, "aria-labelledby": "h-emotion" },
    el("h2", { id: "h-emotion", class: "eyebrow" }, t("emotion")),
    el("p", { class: "line" }, text),
  );
}

/** `late`: nobody waits for the line any more. `arrived`: it took the place of one that was awaited. */
export function emotionSection(data, { late = false, arrived = false } = {}) {
  if (isUnread(data)) {
    if (!isPending(data)) return unreadSection("quiet", t("emotionNothing"));
    if (late) return unreadSection("quiet", t("emotionLate"));
    return unreadSection("pending", data.emotion_paragraph || t("emotionPending"));
  }
  const emotions = list(data.top_emotions).slice(0, 3);
  const hues = shades([0, 1, 2].map((i) => emotions[i]?.label ?? `shade ${i}`));
  const noun = (words, index) =>
    el("b", { "data-shade": true, vars: { "--h": String(hues[index % 3]) } }, words);
  return el(
    "section",
    {
      class: arrived ? "mood arrived" : "mood",
      "aria-labelledby": "h-emotion",
      vars: { "--ha": String(hues[0]), "--hb": String(hues[1]), "--hc": String(hues[2]) },
    },
    el("h2", { id: "h-emotion", class: "eyebrow" }, t("emotion")),
    el("p", { class: "line" }, withBold(data.emotion_paragraph, noun)),
    el(
      "ul",
      { class: "shades", role: "list" },
      emotions.map(({ label, score }, index) =>
        el(
          "li",
          { "data-shade": true, vars: { "--h": String(hues[index]) } },
          label,
          score > 0 ? el("span", { class: "score" }, percent.format(score)) : null,
        ),
      ),
    ),
    emotions.some(({ score }) => score > 0) ? el("p", { class: "sub" }, t("emotionShares")) : null,
  );
}

function artistCard(artist, index, linked) {
  const name = artist.name || t("unknownArtist");
  const genres = list(artist.genres).join("\u00a0· ");
  return el(
    "li",
    { class: "artist" },
    picture({
      src: artist.image,
      name,
      alt: t("photoOf", { name }),
      size: index === 0 ? 640 : 320,
      shape: "square",
      eager: index === 0,
    }),
    el(
      "div",
      { class: "caption" },
      rankOf(index),
      el("h3", {}, nameOf("artist", artist.id, name, linked)),
      genres ? el("p", { class: "sub", title: genres }, genres) : null,
      isKnown(artist.popularity)
        ? el("p", { class: "sub popular" }, t("popularityShort", { value: artist.popularity }))
        : null,
    ),
  );
}

export function artistsSection(data, linked) {
  const artists = list(data.artists);
  if (artists.length === 0) return section("artists", el("p", { class: "empty" }, t("noArtists")));
  return section(
    "artists",
    el(
      "ol",
      { class: "grid", role: "list" },
      artists.map((artist, i) => artistCard(artist, i, linked)),
    ),
  );
}

function popularityMeter(value) {
  if (!isKnown(value)) return el("span", { class: "meter none" });
  const text = t("popularity", { value });
  return el("span", {
    class: "meter",
    role: "img",
    "aria-label": text,
    title: text,
    vars: { "--part": `${Math.min(value, 100)}%` },
  });
}

/** What the columns are, for the eye only: every cell says it by itself to a screen reader. */
function trackHead() {
  const cell = (name, key) => el("span", { class: name }, key ? t(key) : "");
  return el(
    "div",
    { class: "track head", "aria-hidden": "true" },
    cell("rank"),
    cell("picture"),
    cell("what", "columnTitle"),
    cell("album", "columnAlbum"),
    cell("meter", "columnPopularity"),
    cell("length", "duration"),
  );
}

function trackRow(track, index, linked) {
  const name = track.name || t("untitled");
  const album = track.album?.name ?? "";
  const artists = list(track.artists).join(", ") || t("unknownArtist");
  const length = minutes(track.duration_ms);
  return el(
    "li",
    { class: "track" },
    rankOf(index),
    picture({
      src: track.image,
      name: album || name,
      alt: t("coverOf", { name: album || name }),
      size: 56,
      shape: "square small",
    }),
    el(
      "div",
      { class: "what" },
      el("h3", {}, nameOf("track", track.id, name, linked)),
      el(
        "p",
        { class: "sub", title: album ? `${artists} · ${album}` : artists },
        artists,
        album ? el("span", { class: "narrow" }, ` · ${album}`) : null,
      ),
    ),
    el("p", { class: "album sub", title: album || null }, album),
    popularityMeter(track.popularity),
    el(
      "span",
      { class: "length" },
      length ? el("span", { class: "hidden" }, `${t("duration")} `) : null,
      length,
    ),
  );
}

export function tracksSection(data, linked) {
  const tracks = list(data.tracks);
  if (tracks.length === 0) return section("tracks", el("p", { class: "empty" }, t("noTracks")));
  const plain = tracks.some((track) => isKnown(track.popularity)) ? "" : " unrated";
  return section(
    "tracks",
    el(
      "div",
      { class: `rows${plain}` },
      trackHead(),
      el(
        "ol",
        { role: "list" },
        tracks.map((track, i) => trackRow(track, i, linked)),
      ),
    ),
  );
}

function genreRow(genre, most, artists) {
  const names = list(artists).join(", ");
  const count = genre.count === 1 ? t("genreCountOne") : t("genreCount", { count: genre.count });
  return el(
    "li",
    { class: "genre", title: names || null },
    el("span", { class: "label" }, genre.name),
    el(
      "span",
      { class: "count" },
      el("span", { "aria-hidden": "true" }, String(genre.count)),
      el("span", { class: "hidden" }, count),
    ),
    el("span", { class: "bar", "aria-hidden": "true", vars: { "--part": `${(100 * genre.count) / most}%` } }),
    names ? el("span", { class: "sub" }, names) : null,
  );
}

export function genresSection(data) {
  const genres = list(data.genres);
  if (genres.length === 0) return section("genres", el("p", { class: "empty" }, t("noGenres")));
  const most = Math.max(1, ...genres.map((genre) => genre.count || 0));
  const map = data.genre_artists_map ?? {};
  const artistsOf = (name) => (Object.hasOwn(map, name) ? map[name] : []);
  const rows = el(
    "ol",
    { class: "bars", role: "list", id: "genre-list" },
    genres.map((genre) => genreRow(genre, most, artistsOf(genre.name))),
  );
  if (genres.length <= shortGenreList + 2) return section("genres", rows);

  const more = el("button", { class: "button small", type: "button", "aria-controls": "genre-list" });
  const show = (all) => {
    [...rows.children].forEach((row, index) => (row.hidden = !all && index >= shortGenreList));
    more.textContent = all ? t("fewerGenres") : t("allGenres", { count: genres.length });
    more.setAttribute("aria-expanded", String(all));
  };
  more.addEventListener("click", () => show(more.getAttribute("aria-expanded") === "false"));
  show(false);
  return section("genres", rows, more);
}

/** The shape of a dashboard before its data is there. */
export function skeleton() {
  const bones = (count, name) => Array.from({ length: count }, () => el("i", { class: `bone ${name}` }));
  return el(
    "div",
    { class: "skeleton", "aria-hidden": "true" },
    el("div", { class: "bone mood" }),
    el("div", { class: "grid" }, bones(9, "card")),
    el("div", { class: "columns" }, el("div", {}, bones(6, "row")), el("div", {}, bones(6, "row"))),
  );
}

/** In place of a dashboard that cannot be shown. */
export function failure({ title, text, actions }) {
  return el(
    "section",
    { class: "failure" },
    el("h2", {}, title),
    el("p", {}, text),
    el("p", { class: "buttons" }, actions),
  );
}

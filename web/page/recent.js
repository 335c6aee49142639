// What the owner of the dashboard played last.

import { ask, el, exactly, inWords, picture, toDate } from "./kit.js";
import { spotifyLink, webAddress } from "./sections.js";
import { t } from "./strings.js";

const limit = 10;
/** Spotify lists a play a while after its end: look soon (ms), and once more. */
const looks = [2500, 30000];

const inShort = (date) => inWords(date, { brief: true }) ?? t("justNow");

function row(play, linkToSpotify) {
  const name = play.track_name || t("untitled");
  const artist = play.artist_name || t("unknownArtist");
  const album = play.album_name ?? "";
  const date = toDate(play.played_at);
  const href = linkToSpotify ? webAddress(play.spotify_url) : null;
  return el(
    "li",
    { class: "play" },
    picture({
      src: play.image_url,
      name: album || name,
      alt: t("coverOf", { name: album || name }),
      size: 56,
      shape: "square small",
    }),
    el(
      "div",
      { class: "what" },
      el(
        "h3",
        { title: href ? null : name },
        href ? spotifyLink(href, name) : name,
      ),
      el("p", { class: "sub" }, artist, album && album !== name ? ` · ${album}` : null),
    ),
    date
      ? el("time", { class: "when", datetime: date.toISOString(), title: exactly(date) }, inShort(date))
      : null,
  );
}

/** The section for that user, themselves logged in; `node` stays hidden until Spotify answered once. */
export function recentlyPlayed(id, { linkToSpotify }) {
  const list = el("div", {});
  const node = el(
    "section",
    { class: "part recent", "aria-labelledby": "h-recent", hidden: true },
    el("h2", { id: "h-recent" }, t("recent")),
    list,
  );
  const path = `/api/spotify/recently-played?limit=${limit}&spotify_id=${encodeURIComponent(id)}`;
  let timers = [];
  let key = "";
  let loading = null;

  /** What is shown stays when the answer is not a good one. */
  async function load() {
    loading?.abort();
    const mine = (loading = new AbortController());
    let answer;
    try {
      answer = await ask(path, { signal: mine.signal });
    } catch {
      return; // a newer question is under way
    }
    if (!answer.ok || !Array.isArray(answer.body)) return;
    const newKey = JSON.stringify(answer.body);
    if (newKey === key) return;
    key = newKey;
    node.hidden = false;
    list.replaceChildren(
      answer.body.length === 0
        ? el("p", { class: "empty" }, t("noRecent"))
        : el(
            "ol",
            { class: "plays", role: "list" },
            answer.body.slice(0, limit).map((play) => row(play, linkToSpotify)),
          ),
    );
  }

  return {
    node,
    load,
    /** A track ended: its play will be listed before long. */
    expectMore() {
      timers.forEach(clearTimeout);
      timers = looks.map((wait) => setTimeout(() => document.hidden || load(), wait));
    },
    /** Moves the times on. */
    age() {
      for (const time of list.querySelectorAll("time.when"))
        time.textContent = inShort(toDate(time.dateTime));
    },
  };
}

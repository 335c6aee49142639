// A song's words and what they say, from the API's answer to elements. Nothing here asks the server or keeps state.

import { el } from "./kit.js";
import { locale, t } from "./strings.js";

const list = (value) => (Array.isArray(value) ? value : []);
const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
/** A small share is not none. */
const shareOf = (score) => (score < 0.005 ? `<${percent.format(0.01)}` : percent.format(score));
const languages = new Intl.DisplayNames(locale, { type: "language", fallback: "none" });
const sourceNames = { genius: "Genius", lrclib: "LRCLIB" };
/** So many lines further a sung line is looked for among the printed ones: a refrain may be printed once. */
const lookAhead = 12;
/** Less of the sung lines among the printed ones: two versions, of which the sung one is shown. */
const enoughSung = 0.7;

/** What two spellings of one line have in common. */
const comparable = (line) => line.normalize("NFKC").toLocaleLowerCase(locale).replace(/[^\p{L}\p{N}]+/gu, "");

const nameOfLanguage = (code) => {
  if (!code || code === "und") return null;
  try {
    return languages.of(code) ?? null;
  } catch {
    return null; // no code at all
  }
};

/** The times of a song by time, without what is none: [{at, text}]; "" is a pause. */
function timesOf(synced) {
  return list(synced)
    .filter(({ at_ms, text }) => Number.isFinite(at_ms) && typeof text === "string")
    .map(({ at_ms, text }) => ({ at: at_ms, text }))
    .sort((one, other) => one.at - other.at);
}

/** For each time the index of the printed line that is sung then, or -1. */
function placeTimes(times, lines) {
  const printed = lines.map(comparable);
  let next = 0;
  return times.map(({ text }) => {
    const wanted = comparable(text);
    if (!wanted) return -1;
    const at = printed.indexOf(wanted, next);
    if (at < 0 || at > next + lookAhead) return -1;
    next = at + 1;
    return at;
  });
}

/** The sung lines as stanzas, for words whose printed version is another one. */
function stanzasOf(times) {
  const stanzas = [[]];
  for (const { text } of times) {
    if (text.trim()) stanzas.at(-1).push(text);
    else if (stanzas.at(-1).length > 0) stanzas.push([]);
  }
  return stanzas.filter((lines) => lines.length > 0).map((lines) => ({ heading: "", text: lines.join("\n") }));
}

const linesOf = (sections) =>
  sections.flatMap(({ text }) => String(text ?? "").split("\n")).filter((line) => line.trim());

/** The strongest emotion of a section, which stands beside its heading. */
function feeling(emotions) {
  const [first] = list(emotions);
  if (!first?.label || !(first.score > 0)) return null;
  return el(
    "p",
    { class: "feeling", title: t("strongestHint") },
    el("span", { class: "hidden" }, `${t("strongest")} `),
    first.label,
    " ",
    el("span", { class: "score" }, shareOf(first.score)),
  );
}

function stanza({ heading, text }, read, verses) {
  const lines = String(text ?? "").split("\n");
  const drawn = lines.map((line) => {
    if (!line.trim()) return el("span", { class: "gap", "aria-hidden": "true" });
    const verse = el("p", { class: "verse", dir: "auto" }, line);
    verses.push(verse);
    return verse;
  });
  const felt = read && (read.heading ?? "") === (heading ?? "") ? feeling(read.emotions) : null;
  const head =
    heading || felt
      ? el("div", { class: "stanza-head" }, heading ? el("h3", { dir: "auto" }, heading) : null, felt)
      : null;
  return el("div", { class: "stanza" }, head, drawn);
}

/**
 * The words: {node, sung}. `sung` has the elements by the time when they are sung, [{at, verse}], `verse` null
 * in a pause; empty when nobody knows the times.
 */
export function words(answer) {
  const times = timesOf(answer.synced);
  let sections = list(answer.sections);
  let read = list(answer.emotion_analysis?.sections);
  const wanted = times.filter(({ text }) => comparable(text)).length;
  let places = placeTimes(times, linesOf(sections));
  if (wanted > 0 && places.filter((place) => place >= 0).length < enoughSung * wanted) {
    sections = stanzasOf(times);
    read = [];
    places = placeTimes(times, linesOf(sections));
  }
  const verses = [];
  const code = answer.emotion_analysis?.language;
  const node = el(
    "div",
    { class: wanted > 0 ? "verses timed" : "verses", lang: nameOfLanguage(code) ? code : null },
    sections.map((section, index) => stanza(section, read[index], verses)),
  );
  // A line without a place is as a pause to the eye, but what is sung before it must not stay lit.
  const sung = wanted > 0 ? times.map(({ at }, index) => ({ at, verse: verses[places[index]] ?? null })) : [];
  return { node, sung };
}

/** What is sung at that position (ms): its index in `sung`, -1 before the first. */
export function indexAt(sung, position) {
  let low = 0;
  let high = sung.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sung[middle].at <= position) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function emotionRow({ label, score }) {
  return el(
    "li",
    { class: "emotion" },
    el("span", { class: "label" }, label),
    el("span", { class: "score" }, shareOf(score)),
    el("span", { class: "bar", "aria-hidden": "true", vars: { "--part": `${100 * Math.min(score, 1)}%` } }),
  );
}

/** The emotions of the whole song as bars; a full one would be all that was read. */
export function emotions(analysis) {
  const read = list(analysis?.emotions);
  const felt = read.filter(({ label, score }) => label && score > 0).slice(0, 5);
  const language = nameOfLanguage(analysis?.language);
  const text = felt.length > 0 ? "feelingsHint" : read.length > 0 ? "feelingsNone" : "feelingsAway";
  return el(
    "section",
    { class: "feelings", "aria-labelledby": "h-feelings" },
    el("h3", { id: "h-feelings", class: "eyebrow" }, t("feelings")),
    felt.length > 0
      ? el(
          "ul",
          { role: "list" },
          felt.map(emotionRow),
        )
      : null,
    el(
      "p",
      { class: "sub" },
      t(text),
      language && felt.length > 0
        ? ` ${t(analysis.translated === true ? "feelingsTranslated" : "feelingsLanguage", { language })}`
        : null,
    ),
  );
}

/** Who knew the words, or that there are none, with the way there where people can read it. */
export function source(answer) {
  if (!answer.source) return null;
  const name = Object.hasOwn(sourceNames, answer.source) ? sourceNames[answer.source] : answer.source;
  const isAddress = typeof answer.url === "string" && /^https?:\/\/[^/\s]/.test(answer.url);
  return el(
    "p",
    { class: "source sub" },
    `${t(answer.state === "found" ? "lyricsFrom" : "lyricsToldBy")} `,
    isAddress ? el("a", { href: answer.url, rel: "noopener noreferrer", target: "_blank" }, name) : name,
  );
}

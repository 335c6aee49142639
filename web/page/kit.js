// Small tools that know nothing of music: elements, placeholders, dates, and requests to our own server.

import { locale, t } from "./strings.js";

/**
 * Builds an element. `props`: `class`, `on` ({event: handler}), `vars` (CSS custom properties, set through the
 * CSSOM as the content security policy asks), all else an attribute; null, undefined and false leave it out.
 */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "class") node.className = value;
    else if (name === "on")
      for (const [event, handler] of Object.entries(value)) node.addEventListener(event, handler);
    else if (name === "vars")
      for (const [key, text] of Object.entries(value)) node.style.setProperty(key, text);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** The brand's mark; next to its name it says nothing new, so it is hidden from screen readers. */
export function mark() {
  return el("img", { class: "mark", src: "/assets/favicon.svg", alt: "", width: 32, height: 32 });
}

export function hash(text) {
  let value = 0x811c9dc5;
  for (const char of text) value = Math.imul(value ^ char.codePointAt(0), 0x01000193) >>> 0;
  return value;
}

export function initials(name) {
  const words = name.match(/[\p{L}\p{N}]+/gu) ?? [];
  const first = (word) => [...word][0].toLocaleUpperCase(locale);
  if (words.length === 0) return "♪";
  return words.length === 1 ? first(words[0]) : first(words[0]) + first(words.at(-1));
}

/** A picture over a gradient with initials, which stays when there is no picture or it does not load. */
export function picture({ src, name, alt, size, shape, eager = false }) {
  const seed = hash(name);
  const frame = el(
    "span",
    {
      class: `picture ${shape}`,
      vars: { "--h1": String(seed % 360), "--h2": String((seed % 360) + 40 + ((seed >>> 9) % 70)) },
    },
    el("span", { class: "initials", "aria-hidden": "true" }, initials(name)),
  );
  if (src) {
    const image = el("img", {
      alt,
      width: size,
      height: size,
      loading: eager ? "eager" : "lazy",
      decoding: "async",
      referrerpolicy: "no-referrer",
      on: { error: () => image.remove() },
    });
    image.src = src;
    frame.append(image);
  }
  return frame;
}

/** Our wording marks nouns with <b>; nothing else is markup, and data never becomes HTML. */
export function withBold(text, makeBold = (words) => el("b", {}, words)) {
  return text
    .split(/<b>(.*?)<\/b>/s)
    .map((part, index) => (index % 2 ? makeBold(part, (index - 1) / 2) : part));
}

/** A closable message. `kind`: info, good or bad; `action`: {label, href} or {label, run}. */
export function notice({ kind, text, action, onClose }) {
  const box = el(
    "div",
    { class: `notice ${kind}`, role: kind === "bad" ? "alert" : "status" },
    el("p", {}, text),
  );
  if (action) {
    box.append(
      action.href
        ? el("a", { class: "button small", href: action.href }, action.label)
        : el("button", { class: "button small", type: "button", on: { click: action.run } }, action.label),
    );
  }
  const close = () => {
    box.remove();
    onClose?.();
  };
  box.append(
    el("button", { class: "close", type: "button", "aria-label": t("close"), on: { click: close } }, "×"),
  );
  return box;
}

/** A time of the server (ISO 8601 text, or seconds or milliseconds since 1970) as a Date, or null. */
export function toDate(value) {
  if (value === null || value === undefined || value === "") return null;
  const date = new Date(typeof value === "number" && value < 1e11 ? value * 1000 : value);
  return Number.isNaN(date.getTime()) ? null : date;
}

const units = [
  ["year", 31557600],
  ["month", 2629800],
  ["week", 604800],
  ["day", 86400],
  ["hour", 3600],
  ["minute", 60],
];
const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
const shortly = new Intl.RelativeTimeFormat(locale, { numeric: "auto", style: "short" });
const absolute = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeStyle: "short" });

/** "3 hours ago", "in 12 days" ("3 hr. ago" where `brief`); null for less than a minute away. */
export function inWords(date, { brief = false } = {}) {
  const seconds = (date.getTime() - Date.now()) / 1000;
  const unit = units.find(([, length]) => Math.abs(seconds) >= length);
  return unit ? (brief ? shortly : relative).format(Math.round(seconds / unit[1]), unit[0]) : null;
}

export function exactly(date) {
  return absolute.format(date);
}

/** Milliseconds as m:ss; empty when unknown. */
export function minutes(milliseconds) {
  const seconds = Math.round(Number(milliseconds) / 1000);
  if (!Number.isFinite(seconds) || seconds <= 0) return "";
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** A position in milliseconds as m:ss, or h:mm:ss: the seconds that are over. */
export function clock(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const two = (number) => String(number).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const rest = Math.floor(seconds / 60) % 60;
  return hours ? `${hours}:${two(rest)}:${two(seconds % 60)}` : `${rest}:${two(seconds % 60)}`;
}

function detailOf(body, status) {
  const detail = body?.detail ?? body?.error;
  if (typeof detail === "string" && detail) return detail;
  if (Array.isArray(detail))
    return (
      detail
        .map((item) => item?.msg)
        .filter(Boolean)
        .join(" ") || t("failed", { status })
    );
  return detail?.error?.message ?? t("failed", { status });
}

/**
 * What a request came to: {ok, status, body, detail, retryAfter}; status 0: server not reached; `retryAfter` in
 * seconds where the server says when to come again, else null. Aborts still throw.
 * `credentials` "omit" asks as a stranger.
 */
export async function ask(path, { method = "GET", body, signal, credentials = "same-origin" } = {}) {
  try {
    const answer = await fetch(path, {
      cache: "no-cache", // after a logout, the Back button must ask again
      method,
      signal,
      credentials,
      headers: { Accept: "application/json", ...(body ? { "Content-Type": "application/json" } : {}) },
      body: body && JSON.stringify(body),
    });
    const json = await answer.json().catch((error) => {
      if (error.name === "AbortError") throw error;
      return null;
    });
    const { status } = answer;
    const wait = Number.parseInt(answer.headers.get("Retry-After") ?? "", 10);
    const retryAfter = wait >= 0 ? wait : null;
    if (answer.ok && json === null && status !== 204) {
      return { ok: false, status, body: null, detail: t("failed", { status }), retryAfter };
    }
    return { ok: answer.ok, status, body: json, detail: answer.ok ? "" : detailOf(json, status), retryAfter };
  } catch (error) {
    if (error.name === "AbortError") throw error;
    return { ok: false, status: 0, body: null, detail: t("network"), retryAfter: null };
  }
}

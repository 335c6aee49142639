// The page at `/`: what this is, the way in, and in words why a login did not work.

import { ask, el, notice, withBold } from "./kit.js";
import { has, t } from "./strings.js";

function loginNotice(code) {
  const key = `error_${code}`;
  const friendly = code === "logged_out";
  return notice({
    kind: friendly ? "good" : "bad",
    text: friendly ? t("logged_out") : t(has(key) ? key : "error_other"),
    onClose: () => history.replaceState(null, "", location.pathname),
  });
}

function artwork() {
  return el(
    "figure",
    { class: "sleeve" },
    el(
      "div",
      { class: "discs", "aria-hidden": "true" },
      el("i", { class: "disc one" }),
      el("i", { class: "disc two" }),
      el("i", { class: "disc three" }),
    ),
    el(
      "figcaption",
      {},
      el("span", { class: "eyebrow" }, t("sampleLabel")),
      el("span", { class: "sample" }, withBold(t("sample"))),
    ),
  );
}

/** For somebody who was turned away for want of an invitation. */
function askForm() {
  const field = (name, kind, label, most) =>
    el(
      "label",
      {},
      el("span", {}, label),
      el("input", { name, type: kind, required: true, maxlength: most, autocomplete: name }),
    );
  const said = el("p", { role: "status" });
  const button = el("button", { class: "button primary", type: "submit" }, t("askSend"));
  const form = el(
    "form",
    { class: "ask" },
    el("h2", {}, t("askTitle")),
    el("p", { class: "hint" }, t("askText")),
    field("name", "text", t("askName"), 100),
    field("email", "email", t("askMail"), 254),
    button,
    said,
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    const body = Object.fromEntries(new FormData(form));
    const answer = await ask("/request-access", { method: "POST", body });
    said.textContent = answer.ok ? t("askSent") : t("askFailed", { detail: answer.detail });
    button.disabled = answer.ok;
  });
  return form;
}

function facts() {
  const fact = (n) => el("li", {}, el("h3", {}, t(`fact${n}Title`)), el("p", {}, t(`fact${n}Text`)));
  return el(
    "section",
    { class: "facts" },
    el("h2", { class: "hidden" }, t("heroFacts")),
    el("ul", { role: "list" }, [1, 2, 3].map(fact)),
  );
}

function draw(main, code, me) {
  const target = me ? `/dashboard/${encodeURIComponent(me.spotify_id)}` : "/login";
  main.replaceChildren(
    el("div", { class: "notices" }, code ? loginNotice(code) : null),
    el(
      "section",
      { class: "hero" },
      el(
        "div",
        { class: "pitch" },
        el("h1", {}, t("heroTitle")),
        el("p", { class: "lead" }, t("heroText")),
        el("p", {}, el("a", { class: "button primary large", href: target }, t(me ? "heroOpen" : "login"))),
        el("p", { class: "hint" }, t("heroHint")),
        code === "access_required" ? askForm() : null,
      ),
      artwork(),
    ),
    facts(),
  );
}

/** Who is logged in goes on to their dashboard, so drawing waits this long (ms) for that answer. */
const patience = 500;

export async function showLanding(main, actions) {
  actions.append(el("a", { class: "quiet", href: "/docs" }, t("docsShort")));
  const code = new URLSearchParams(location.search).get("error");
  const early = setTimeout(() => draw(main, code, null), code ? 0 : patience);
  const me = await ask("/api/me");
  const known = me.ok && me.body?.spotify_id ? me.body : null;
  if (known && !code) {
    clearTimeout(early);
    location.replace(`/dashboard/${encodeURIComponent(known.spotify_id)}`);
  } else if (known || main.childElementCount === 0) {
    clearTimeout(early);
    draw(main, code, known);
  }
}

// Entry: decides by the address which of the two pages to draw, and draws what both share.

import { el, mark } from "./kit.js";
import { showDashboard } from "./dashboard.js";
import { showLanding } from "./landing.js";
import { t } from "./strings.js";

function dashboardId(path) {
  const match = /^\/dashboard\/([^/]+)\/?$/.exec(path);
  if (!match) return null;
  try {
    return decodeURIComponent(match[1]);
  } catch {
    return null;
  }
}

const isDemo = document.querySelector('meta[name="personalify-demo"]')?.content === "on";

const main = el("main", { id: "content", tabindex: "-1" });
const actions = el("nav", { class: "actions" });
const page = document.getElementById("app");

page.append(
  el("a", { class: "skip", href: "#content" }, t("skip")),
  ...(isDemo ? [el("p", { class: "demo" }, t("demo"))] : []),
  el("header", { class: "top" }, el("a", { class: "brand", href: "/" }, mark(), t("brand")), actions),
  main,
  el("footer", { class: "foot" }, el("span", {}, t("footer")), el("a", { href: "/docs" }, t("docs"))),
);

// A page brought back whole by the Back button may be older than a logout: ask again.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

const id = dashboardId(location.pathname);
if (id === null) showLanding(main, actions);
else showDashboard(main, actions, id, { linkToSpotify: !isDemo });

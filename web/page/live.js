// A live answer: the server's events while the page is looked at, and patience while they do not come.

import { ask } from "./kit.js";

const firstWait = 1000;
const longestWait = 30000;
/** A connection that lived this long (ms) was a good one: the next wait is the first again. */
const steadyAfter = 15000;
/** So long (ms) nobody is told that the connection is gone: most come back sooner. */
const grace = 3000;
/** An answer that takes longer (ms) does not come. */
const deadline = 20000;

/**
 * Follows `path`, whose events are at `path`/events. `onData` gets every answer; `onLink(false)` says that
 * none come any more, `onLink(true)` that they do again. Nothing is open while the tab is hidden. Waits
 * double up to half a minute and are spread by chance, so that many pages do not come back at one moment:
 * EventSource by itself would not.
 */
export function follow(path, { onData, onLink }) {
  let source = null;
  let asking = null;
  let timer = 0;
  let graceTimer = 0;
  let failures = 0;
  let openedAt = 0;
  let isOver = false;

  function close() {
    source?.close();
    asking?.abort();
    clearTimeout(timer);
    clearTimeout(graceTimer);
    source = asking = null;
    timer = graceTimer = 0;
  }

  function deliver(data) {
    if (data !== null && typeof data === "object") onData(data);
  }

  function connect() {
    if (isOver || source || document.hidden) return;
    source = new EventSource(path + "/events");
    timer = setTimeout(fail, deadline);
    source.onopen = () => (openedAt = performance.now());
    source.onmessage = ({ data }) => {
      clearTimeout(timer);
      clearTimeout(graceTimer);
      timer = graceTimer = 0;
      onLink(true);
      try {
        deliver(JSON.parse(data));
      } catch {
        // not for us: the next one will be whole
      }
    };
    source.onerror = fail;
  }

  function fail() {
    source?.close();
    source = null;
    clearTimeout(timer);
    if (isOver || document.hidden) return;
    if (openedAt && performance.now() - openedAt > steadyAfter) failures = 0;
    openedAt = 0;
    graceTimer ||= setTimeout(() => onLink(false), grace);
    const wait = Math.min(firstWait * 2 ** failures, longestWait);
    failures += 1;
    timer = setTimeout(again, wait * (0.75 + Math.random() / 2));
  }

  /** One plain question first: an EventSource cannot say why it failed, and some proxies swallow events. */
  async function again() {
    timer = 0;
    const mine = (asking = new AbortController());
    const limit = setTimeout(() => mine.abort(), deadline);
    const answer = await ask(path, { signal: mine.signal }).catch(() => null);
    clearTimeout(limit);
    if (asking !== mine) return; // given up meanwhile
    asking = null;
    if (!answer?.ok) return fail();
    deliver(answer.body);
    connect();
  }

  function look() {
    if (document.hidden) return close();
    failures = 0;
    if (!source && !timer && !asking) connect();
  }

  function hurry() {
    if (source || asking || !timer || document.hidden) return;
    clearTimeout(timer);
    again();
  }

  document.addEventListener("visibilitychange", look);
  addEventListener("online", hurry);
  addEventListener("pagehide", close);
  connect();

  return {
    /** Asks anew, because what is shown cannot be true any more. */
    renew() {
      if (!source) return;
      source.close();
      source = null;
      clearTimeout(timer);
      connect();
    },
    end() {
      isOver = true;
      close();
      document.removeEventListener("visibilitychange", look);
      removeEventListener("online", hurry);
      removeEventListener("pagehide", close);
    },
  };
}

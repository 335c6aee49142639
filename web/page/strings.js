// Every word the page shows. A translation replaces this table and the locale; nothing else holds text.

export const locale = "en";

const strings = {
  brand: "Personalify",
  demo: "Demo: invented listeners and music, nothing leaves this machine.",
  skip: "Skip to content",
  close: "Dismiss",
  docs: "API documentation",
  docsShort: "API docs",
  footer: "A portrait of your listening.",
  login: "Log in with Spotify",
  logout: "Log out",
  loginShort: "Log in",
  mine: "My dashboard",
  retry: "Try again",

  heroTitle: "The person in your music.",
  heroText:
    "Personalify turns what you play on Spotify into a portrait: your top artists, tracks and genres, then and now.",
  heroOpen: "Open my dashboard",
  heroHint:
    "Reads your profile, top artists and tracks, recent plays and what is playing now. It changes nothing on Spotify, and by default nothing is shared.",
  sampleLabel: "A portrait might read",
  sample: "Shades of quiet <b>longing</b>, warm <b>relief</b>, restless <b>joy</b>.",
  heroFacts: "What you get",
  fact1Title: "Three spans of time",
  fact1Text: "The last four weeks, six months or year, one tap apart.",
  fact2Title: "A history that stays",
  fact2Text: "Every sync is kept, for you and your own clients.",
  fact3Title: "Yours alone",
  fact3Text: "You decide who may see your page. Spotify’s keys never leave the server.",

  error_token_error: "Spotify did not accept the login. Please try again.",
  error_no_access_token: "Spotify finished the login without granting access. Please try again.",
  error_access_denied:
    "You declined access on Spotify, so nothing was read. You can log in whenever you like.",
  error_server_error: "Something went wrong on our side during the login. Please try again in a moment.",
  error_state_error:
    "This login was started elsewhere, used already or took too long. Please start again here.",
  error_session_expired: "Your session has ended. Please log in again.",
  error_other: "The login did not work. Please try again.",
  logged_out: "You are logged out. See you soon!",

  short_term: "4 weeks",
  medium_term: "6 months",
  long_term: "1 year",
  ranges: "Time range",
  title: "{name} · Personalify",
  titleLoading: "Dashboard · Personalify",
  listener: "Listener",
  eyebrow: "Portrait of a listener",
  synced: "Synced {when}",
  syncedNow: "Synced just now",
  stale: "may be out of date",
  staleHint: "Spotify could not be asked just now. This is the last stored data.",
  sync: "Sync now",
  syncing: "Syncing…",
  syncDone: "Up to date with Spotify.",
  syncFailed: "The sync did not work: {detail}",
  loading: "Loading…",
  loaded: "Showing {range}.",

  emotion: "The mood",
  emotionPending: "Vibe analysis is getting ready...",
  artists: "Top artists",
  tracks: "Top tracks",
  genres: "Top genres",
  noArtists: "Spotify has no top artists for this span yet. A few more days of listening will change that.",
  noTracks: "Spotify has no top tracks for this span yet.",
  noGenres: "Spotify did not name any genres for these artists.",
  allGenres: "Show all {count} genres",
  fewerGenres: "Show fewer",
  genreCount: "{count} artists",
  genreCountOne: "1 artist",
  rank: "Number {rank}",
  popularityShort: "Popularity {value}",
  columnTitle: "Title",
  columnAlbum: "Album",
  columnPopularity: "Popularity",
  popularity: "Popularity {value} of 100",
  photoOf: "Photo of {name}",
  coverOf: "Cover of {name}",
  onSpotify: "{name} on Spotify",
  unknownArtist: "Unknown artist",
  untitled: "Untitled",
  duration: "Length",

  sharing: "Sharing",
  sharingOn: "Anyone with the link can see this page.",
  sharingOff: "Only you can see this page.",
  sharingUnset: "Not chosen yet: this server’s rule applies.",
  sharingKeep: "Keep private",
  sharingShare: "Share",
  sharingFailed: "Sharing was not changed: {detail}",

  reconnectNeeded: "Spotify no longer lets Personalify in on your behalf. What you see is stored data.",
  reconnectSoon: "Spotify’s permission ends {when}. Renew it now and nothing will be interrupted.",
  reconnectPast: "Spotify’s permission has ended. Renew it to see new data.",
  reconnect: "Reconnect",
  soon: "within a minute",

  notFoundTitle: "Nothing to see here",
  notFound: "This page does not exist, or is not shared with you. If it is yours, log in.",
  expiredTitle: "Please log in again",
  networkTitle: "No connection",
  network: "The server could not be reached. Check the connection and try again.",
  failedTitle: "That did not work",
  failed: "The server answered with an error ({status}).",
};

/** The text for `key`, with each {name} replaced from `values`; an unknown key shows itself. */
export function t(key, values = {}) {
  const text = strings[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

export function has(key) {
  return Object.hasOwn(strings, key);
}

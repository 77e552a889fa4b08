// Starts the page: signs in where a token is asked for, follows the events of the gateway, and keeps the panels up to date.

import { clearToken, get, hasToken, setToken, stream } from "./api.js";
import { announce } from "./dialog.js";
import { Gateway } from "./gateway.js";
import { Certificates, Config, Listeners, Servers } from "./parts.js";
import { Actions, Blocks, Refusals } from "./refusals.js";
import { Sessions } from "./sessions.js";
import { text } from "./table.js";

const byId = (id) => document.getElementById(id);
/** After how many events of the state, one a second, each list is fetched again. */
const SESSIONS_EVERY = 2;
const LISTS_EVERY = 5;
const RARE_EVERY = 60;
const RETRY_MILLIS = [1000, 2000, 5000, 10000];

const failed = (e) => (e.status === 401 ? signIn(hasToken() ? "The token is wrong." : "") : announce(e.message));
const gateway = new Gateway();
const sessions = new Sessions(failed);
const servers = new Servers();
const listeners = new Listeners();
const blocks = new Blocks();
const refusals = new Refusals((address) => blocks.block(address));
const certificates = new Certificates();
const actions = new Actions();
const config = new Config(failed);

let connection = null;
let paused = false;
let beats = 0;
let failures = 0;

function all(panels) {
  return Promise.all(panels.map((panel) => panel.refresh()));
}

/** Connects to the events, and again when they end, until the connection is taken back. */
async function follow(mine) {
  while (!mine.signal.aborted) {
    try {
      gateway.history(await get("history", mine.signal));
      showPage();
      await stream("events", mine.signal, receive);
      lost("the gateway ended the connection");
    } catch (e) {
      if (mine.signal.aborted) {
        return;
      }
      if (e.status === 401) {
        failed(e);
        return;
      }
      lost(e.status ? e.message : "the gateway cannot be reached");
    }
    await new Promise((resolve) => setTimeout(resolve, RETRY_MILLIS[Math.min(failures++, RETRY_MILLIS.length - 1)]));
  }
}

function lost(why) {
  gateway.state("bad", `No connection: ${why}`);
}

function receive(name, data) {
  switch (name) {
    case "status":
      gateway.show(data);
      refusals.flush();
      beat();
      break;
    case "servers":
      servers.show(data);
      break;
    case "refusal":
      refusals.add(data);
      break;
    case "action":
      all([actions, blocks, servers, config, sessions]).catch(failed);
      break;
    case "config":
      text(byId("config-problems"), (data.problems ?? []).join("\n"));
      all([certificates, listeners, servers, config]).catch(failed);
      break;
    case "dropped":
      refusals.refresh().catch(failed);
      break;
    default:
  }
}

/** One event of the state has come: the first brings all lists. */
function beat() {
  const panels = [];
  if (beats % SESSIONS_EVERY === 0) {
    panels.push(sessions);
  }
  if (beats % LISTS_EVERY === 0) {
    panels.push(servers, listeners, blocks);
  }
  if (beats % RARE_EVERY === 0) {
    panels.push(certificates, refusals, actions, config);
  }
  beats++;
  failures = 0;
  all(panels).catch(failed);
}

function connect() {
  disconnect();
  beats = 0;
  connection = new AbortController();
  follow(connection);
}

function disconnect() {
  connection?.abort();
  connection = null;
}

function showPage(signedIn = true) {
  byId("login").hidden = signedIn;
  for (const id of ["main", "buttons", "sections"]) {
    byId(id).hidden = !signedIn;
  }
  byId("sign-out").hidden = !hasToken();
}

function signIn(error) {
  disconnect();
  clearToken();
  document.querySelectorAll("dialog[open]").forEach((dialog) => dialog.close());
  showPage(false);
  gateway.state("", "Signed out");
  text(byId("login-error"), error);
  byId("token").focus();
}

byId("login-form").addEventListener("submit", (event) => {
  event.preventDefault();
  setToken(byId("token").value.trim());
  byId("token").value = "";
  text(byId("login-error"), "");
  connect();
});
byId("sign-out").addEventListener("click", () => signIn(""));
byId("pause").addEventListener("click", () => {
  paused = !paused;
  byId("pause").setAttribute("aria-pressed", paused);
  if (paused) {
    disconnect();
    gateway.state("", "Paused");
  } else {
    connect();
  }
});
// A page that nobody sees costs the gateway nothing.
document.addEventListener("visibilitychange", () => {
  if (document.hidden) {
    disconnect();
  } else if (!paused && byId("login").hidden) {
    connect();
  }
});

connect();

// The table of sessions. The server filters, sorts and cuts it into pages, so the page is as quick with 10,000 sessions as with ten.

import { act, get } from "./api.js";
import { announce, confirmAction, showDetails } from "./dialog.js";
import { count, duration, peerText, rate, roughly, size, time, words } from "./format.js";
import { Table, buttonColumn, text } from "./table.js";

const byId = (id) => document.getElementById(id);
const TYPING_MILLIS = 250;

export class Sessions {
  constructor(failed) {
    this.failed = failed;
    this.view = { offset: 0, limit: 10, sort: "id", descending: true, filter: "", state: "" };
    this.request = null;
    this.table = new Table(byId("sessions-table"), {
      key: (session) => session.id,
      empty: "No sessions.",
      onSort: (column) => this.sortBy(column),
      columns: [
        {
          title: "ID",
          sort: "id",
          make: (cell, current) => {
            const button = document.createElement("button");
            button.type = "button";
            button.className = "link";
            button.addEventListener("click", () => this.details(current()));
            cell.append(button);
          },
          update: (cell, session) => {
            const button = cell.firstElementChild;
            text(button, session.id);
            button.setAttribute("aria-label", `${session.id}, details of the session`);
          },
        },
        { title: "Client", sort: "client", text: (session) => session.client },
        { title: "User", sort: "user", classes: "long", text: user },
        { title: "Server", sort: "server", text: (session) => session.server ?? "" },
        { title: "TLS", text: tls },
        { title: "State", sort: "state", text: (session) => session.state },
        { title: "Transfer", classes: "long", text: transfer },
        { title: "Rate", sort: "bytesPerSecond", classes: "number", text: (session) => (session.bytesPerSecond ? rate(session.bytesPerSecond) : "") },
        { title: "To client", sort: "bytesToClient", classes: "number", text: (session) => size(session.bytesToClient) },
        { title: "To server", sort: "bytesToServer", classes: "number", text: (session) => size(session.bytesToServer) },
        { title: "Idle", sort: "idleSeconds", classes: "number", text: (session) => roughly(session.idleSeconds) },
        { title: "Open", sort: "ageSeconds", classes: "number", text: (session) => roughly(session.ageSeconds) },
        buttonColumn("End", (session) => `End session ${session.id}`, (session) => this.end(session)),
      ],
    });
    this.table.sorted(this.view.sort, this.view.descending);
    this.listen();
  }

  listen() {
    let timer;
    byId("sessions-filter").addEventListener("input", (event) => {
      clearTimeout(timer);
      timer = setTimeout(() => this.change({ filter: event.target.value.trim(), offset: 0 }), TYPING_MILLIS);
    });
    byId("sessions-form").addEventListener("submit", (event) => event.preventDefault());
    byId("sessions-state").addEventListener("change", (event) => this.change({ state: event.target.value, offset: 0 }));
    byId("sessions-size").addEventListener("change", (event) => this.change({ limit: Number(event.target.value), offset: 0 }));
    byId("sessions-previous").addEventListener("click", () => this.turn(-1));
    byId("sessions-next").addEventListener("click", () => this.turn(1));
  }

  sortBy(column) {
    const descending = this.view.sort === column.sort ? !this.view.descending : column.classes === "number";
    this.change({ sort: column.sort, descending, offset: 0 });
  }

  turn(pages) {
    this.change({ offset: Math.max(0, this.view.offset + pages * this.view.limit) });
  }

  change(view) {
    Object.assign(this.view, view);
    this.table.sorted(this.view.sort, this.view.descending);
    this.refresh();
  }

  /** Fetches what the table shows. A later request takes the place of an earlier one that is still on its way. */
  async refresh() {
    this.request?.abort();
    const request = new AbortController();
    this.request = request;
    const { offset, limit, sort, descending, filter, state } = this.view;
    const query = new URLSearchParams({ offset, limit, sort: (descending ? "-" : "") + sort });
    if (filter) {
      query.set("q", bytesOf(filter));
    }
    if (state) {
      query.set("state", state);
    }
    try {
      this.show(await get(`sessions?${query}`, request.signal));
    } catch (e) {
      if (e.name !== "AbortError") {
        this.failed(e);
      }
    } finally {
      if (this.request === request) {
        this.request = null;
      }
    }
  }

  show(page) {
    const { offset, limit } = this.view;
    if (page.matching > 0 && offset >= page.matching) {
      this.change({ offset: Math.floor((page.matching - 1) / limit) * limit });
      return;
    }
    this.table.show(page.sessions, page.total ? "No session matches." : "No sessions.");
    const range = page.matching ? `${count(offset + 1)} to ${count(offset + page.sessions.length)} of ${count(page.matching)}` : "0";
    text(byId("sessions-range"), page.matching === page.total ? range : `${range}, filtered from ${count(page.total)}`);
    this.enable(byId("sessions-previous"), offset > 0, byId("sessions-next"));
    this.enable(byId("sessions-next"), offset + limit < page.matching, byId("sessions-previous"));
  }

  /** A button that is disabled while it has the focus would leave it nowhere. */
  enable(button, enabled, other) {
    const focused = document.activeElement === button;
    button.disabled = !enabled;
    if (focused && !enabled) {
      other.focus();
    }
  }

  async details(session) {
    try {
      const all = await get(`sessions/${encodeURIComponent(session.id)}`);
      showDetails(`Session ${session.id}`, pairs(all), { caption: "End session", run: () => this.end(session) });
    } catch (e) {
      announce(e.message);
    }
  }

  end(session) {
    const name = user(session);
    const whose = name ? ` of user ${name}` : "";
    confirmAction({
      title: `End session ${session.id}?`,
      explanation: `The connection${whose} from ${session.client} is closed at once; a transfer in progress is cut off.`,
      button: "End session",
      danger: true,
      run: async () => {
        await act(`sessions/${encodeURIComponent(session.id)}/end`);
        this.refresh();
        return `Session ${session.id} ended.`;
      },
    });
  }
}

function user(session) {
  return peerText(session.user ?? session.gatewayUser);
}

function transfer(session) {
  return session.path === undefined ? "" : `${session.command ?? ""} ${peerText(session.path)}`.trim();
}

function tls(session) {
  if (session.clientTls && session.serverTls) {
    return "both";
  }
  return session.clientTls ? "client" : session.serverTls ? "server" : "no";
}

/** Texts of peers have one character for each byte, so that is what is looked for. */
function bytesOf(typed) {
  return String.fromCharCode(...new TextEncoder().encode(typed));
}

/** Returns the fields of an object as pairs of words and text; those of objects inside are named by both. */
function pairs(object, prefix = "") {
  return Object.entries(object).flatMap(([name, value]) => {
    if (value !== null && typeof value === "object") {
      return pairs(value, `${prefix}${name === "session" ? "" : `${words(name)} `}`);
    }
    const title = (prefix + words(name.replace(/Seconds$|^seconds$/, ""))).replace(/\btls\b/, "TLS");
    return [[title || "duration", shown(name, value)]];
  });
}

function shown(name, value) {
  if (typeof value === "boolean") {
    return value ? "yes" : "no";
  }
  if (name.startsWith("bytes")) {
    return name.endsWith("PerSecond") ? rate(value) : `${size(value)} (${count(value)} B)`;
  }
  if (/seconds$/i.test(name)) {
    return duration(value);
  }
  return name === "at" || name.endsWith("At") ? time(value) : peerText(String(value));
}

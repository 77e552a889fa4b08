// What the gateway is made of: its servers, listeners and certificates, its config and log level.

import { act, get } from "./api.js";
import { announce, confirmAction } from "./dialog.js";
import { count } from "./format.js";
import { Table, buttonColumn, stateColumn, text } from "./table.js";

const byId = (id) => document.getElementById(id);
/** The limits that a listener's usage is reported for, and their titles. */
const USAGES = [["sessions", "Sessions"], ["passivePorts", "Passive ports"]];

export class Servers {
  constructor() {
    this.table = new Table(byId("servers-table"), {
      key: (server) => `${server.listener} ${server.pool} ${server.server}`,
      empty: "No pools of servers: each listener has one server, or clients name theirs.",
      columns: [
        { title: "Server", text: (server) => server.server },
        stateColumn("Health", health),
        { title: "Sessions", classes: "number", text: (server) => count(server.sessions) },
        { title: "Failures", classes: "number", text: (server) => count(server.failures) },
        { title: "Listener", text: (server) => server.listener },
        buttonColumn((server) => (isIn(server) ? "Eject" : "Return"),
          (server) => `${isIn(server) ? "Eject" : "Return"} ${server.server} of ${server.listener}`,
          (server) => (isIn(server) ? this.eject(server) : this.giveBack(server))),
      ],
    });
  }

  async refresh() {
    this.show(await get("servers"));
  }

  show({ servers }) {
    this.table.show(servers);
  }

  eject({ server, listener }) {
    confirmAction({
      title: `Eject ${server}?`,
      explanation: `The listener ${listener} gives it no new sessions until it is returned. Its sessions continue.`,
      button: "Eject server",
      danger: true,
      run: () => this.move("servers/eject", { server, listener }, `Server ${server} ejected.`),
    });
  }

  giveBack({ server, listener }) {
    confirmAction({
      title: `Return ${server} to rotation?`,
      explanation: `The listener ${listener} gives it new sessions again.`,
      button: "Return server",
      run: () => this.move("servers/return", { server, listener }, `Server ${server} returned.`),
    });
  }

  async move(path, body, done) {
    await act(path, body);
    await this.refresh();
    return done;
  }
}

function isIn(server) {
  return server.health === "healthy";
}

function health(server) {
  const by = server.ejectedBy ? ` by ${server.ejectedBy === "health" ? "health check" : server.ejectedBy}` : "";
  return { healthy: ["good", "healthy"], returning: ["warn", "returning"] }[server.health] ?? ["bad", server.health + by];
}

export class Listeners {
  constructor() {
    this.table = new Table(byId("listeners-table"), {
      key: (listener) => [...listener.addresses, ...listener.implicitTls].join(),
      empty: "No listeners.",
      columns: [
        { title: "Address", classes: "wrap", text: addresses },
        { title: "Protocol", text: (listener) => listener.protocol },
        { title: "Goes to", classes: "wrap", text: (listener) => listener.routes },
        ...USAGES.map(([name, title]) => usageColumn(name, title)),
      ],
    });
  }

  async refresh() {
    this.table.show((await get("listeners")).listeners);
  }
}

function addresses(listener) {
  return [...listener.addresses, ...listener.implicitTls.map((address) => `${address} (implicit TLS)`)].join(", ");
}

/** A limit: how much of it is used, as figures and as a bar for the eye. */
function usageColumn(name, title) {
  return {
    title,
    classes: "number",
    make(cell) {
      const bar = document.createElement("span");
      bar.className = "usage";
      bar.setAttribute("aria-hidden", "true");
      bar.append(document.createElement("span"));
      cell.append(document.createElement("span"), bar);
    },
    update(cell, listener) {
      const usage = listener.limits.find((limit) => limit.name === name);
      text(cell.firstElementChild, usage ? `${count(usage.used)} of ${count(usage.limit)}` : "no limit");
      cell.lastElementChild.hidden = !usage;
      if (usage) {
        const part = usage.limit ? usage.used / usage.limit : 1;
        cell.lastElementChild.classList.toggle("full", part >= 0.9);
        cell.lastElementChild.firstElementChild.style.inlineSize = `${Math.min(100, part * 100)}%`;
      }
    },
  };
}

export class Certificates {
  constructor() {
    this.table = new Table(byId("certificates-table"), {
      key: (certificate) => [certificate.side, certificate.listener, certificate.file, certificate.subject, certificate.notAfter].join(),
      empty: "No certificates: no listener offers TLS, and none is shown to servers.",
      columns: [
        { title: "Name", classes: "wrap", text: (certificate) => certificate.names.join(", ") || certificate.subject.replace(/^CN=/, "") },
        { title: "Shown to", text: (certificate) => `${certificate.side}s` },
        { title: "Listener", text: (certificate) => certificate.listener },
        { title: "Expires", text: (certificate) => certificate.notAfter.slice(0, 10) },
        { title: "Days left", classes: "number", text: (certificate) => count(certificate.daysLeft) },
        stateColumn("State", (certificate) => [{ valid: "good", expiring: "warn" }[certificate.state] ?? "bad", certificate.state]),
      ],
    });
  }

  async refresh() {
    this.table.show((await get("certificates")).certificates);
  }
}

export class Config {
  constructor(failed) {
    byId("config-details").addEventListener("toggle", () => this.refresh().catch(failed));
    byId("log-form").addEventListener("submit", async (event) => {
      event.preventDefault();
      const level = byId("log-level").value;
      try {
        await act("log-level", { level });
        announce(`Log level is ${level}.`);
      } catch (e) {
        failed(e);
      }
    });
  }

  async refresh() {
    const level = byId("log-level");
    const { level: current, configured } = await get("log-level");
    if (document.activeElement !== level) {
      level.value = current;
    }
    text(byId("log-configured"), current === configured ? "" : `${configured} in the config`);
    if (byId("config-details").open) {
      text(byId("config-text"), (await get("config")).text);
    }
  }
}

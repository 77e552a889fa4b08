// The head of the page and its figures: state, tiles, and the actions that concern the whole gateway.

import { act } from "./api.js";
import { confirmAction } from "./dialog.js";
import { count, duration, scaled, size } from "./format.js";
import { Tile } from "./sparkline.js";
import { text } from "./table.js";

const byId = (id) => document.getElementById(id);
const PLACES = 300;
const SPAN = "5 minutes";
const STATES = {
  starting: ["warn", "Starting"],
  ready: ["good", "Ready"],
  draining: ["warn", "Draining"],
  maintenance: ["warn", "Maintenance"],
};

const number = (value) => [count(value), ""];
const speed = (value) => {
  const [figure, unit] = scaled(value);
  return [figure, `${unit}/s`];
};

export class Gateway {
  constructor() {
    const tiles = byId("tiles");
    this.points = [];
    this.tiles = [
      [new Tile(tiles, "Sessions", number), "sessions", (status) => `${count(Math.round(status.throughput.sessionsPerSecond))} new/s`],
      [new Tile(tiles, "Transfers", number), "transfers", (status) => `${count(status.totals.transfers)} since start`],
      [new Tile(tiles, "To clients", speed), "bytesToClientPerSecond", (status) => `${size(status.totals.bytesToClient)} since start`],
      [new Tile(tiles, "To servers", speed), "bytesToServerPerSecond", (status) => `${size(status.totals.bytesToServer)} since start`],
    ];
    byId("reload").addEventListener("click", () => this.reload());
    byId("maintenance").addEventListener("click", () => (this.status?.state === "maintenance" ? this.open() : this.close()));
    byId("drain").addEventListener("click", () => this.drain());
  }

  /** Takes the last minutes, in place of those that it has. */
  history({ points }) {
    this.points = points;
  }

  /** Shows how it is now. */
  show(status) {
    this.status = status;
    this.points = [...this.points, { ...status, ...status.throughput }].slice(-PLACES);
    for (const [tile, name, note] of this.tiles) {
      tile.show(this.points.map((point) => point[name]), PLACES, SPAN, note(status));
    }
    text(byId("version"), status.version);
    text(byId("uptime"), `up ${duration(status.uptimeSeconds)}`);
    this.state(...(STATES[status.state] ?? ["", status.state]));
    text(byId("maintenance"), status.state === "maintenance" ? "Maintenance off" : "Maintenance on");
    byId("drain").disabled = status.state === "draining";
    this.notice(status);
  }

  state(level, word) {
    byId("state").className = `state ${level}`;
    text(byId("state-text"), word);
  }

  notice({ drain, maintenance, state }) {
    const notice = byId("notice");
    notice.hidden = !drain && state !== "maintenance";
    if (drain) {
      const left = Math.ceil(drain.secondsLeft);
      text(notice, `Draining: ${count(drain.sessions)} sessions, ${count(drain.transfers)} transfers, ${duration(left)} left.`);
    } else if (maintenance) {
      text(notice, `Maintenance: new clients are refused with "${maintenance.text}", set by ${maintenance.by}.`);
    } else if (state === "maintenance") {
      text(notice, "Maintenance: new clients are refused, by the maintenance file of the config.");
    }
  }

  reload() {
    confirmAction({
      title: "Reload the config?",
      explanation: "The config file is read again. Sessions continue by the old one; if the file has a mistake, nothing changes.",
      button: "Reload",
      run: async () => {
        await act("reload");
        return "Config reloaded.";
      },
    });
  }

  close() {
    confirmAction({
      title: "Begin maintenance?",
      explanation: "New clients are refused with 421 and this text. Sessions continue.",
      button: "Begin maintenance",
      field: { label: "Text for clients", value: "Closed for maintenance." },
      run: async (words) => {
        await act("maintenance", words.trim() ? { on: true, text: words.trim() } : { on: true });
        return "Maintenance is on.";
      },
    });
  }

  open() {
    confirmAction({
      title: "End maintenance?",
      explanation: "New clients are admitted again.",
      button: "End maintenance",
      run: async () => {
        await act("maintenance", { on: false });
        return "Maintenance is off.";
      },
    });
  }

  drain() {
    confirmAction({
      title: "Drain and stop the gateway?",
      explanation: "New clients are refused, running transfers may finish for this time, and then the process ends. This page ends with it.",
      button: "Drain and stop",
      danger: true,
      field: { label: "Seconds for running transfers; empty for what the config has", value: "" },
      run: async (typed) => {
        await act("drain", seconds(typed.trim()));
        return "Draining.";
      },
    });
  }
}

function seconds(typed) {
  if (typed === "") {
    return {};
  }
  if (!/^\d{1,5}$/.test(typed)) {
    throw new Error(`"${typed}" is no number of seconds: use 0 to 86400, or nothing`);
  }
  return { graceSeconds: Number(typed) };
}

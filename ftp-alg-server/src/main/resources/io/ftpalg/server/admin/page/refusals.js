// Who was refused and who is blocked, and what operators did.

import { act, get } from "./api.js";
import { confirmAction } from "./dialog.js";
import { count, duration, host, peerText, time, words } from "./format.js";
import { Table, buttonColumn, text } from "./table.js";

const byId = (id) => document.getElementById(id);
const FEW = 10;
const MANY = 200;
const HOUR = 3600;

export class Refusals {
  constructor(block) {
    this.limit = FEW;
    this.numbers = new WeakMap();
    this.last = 0;
    this.list = [];
    this.total = 0;
    this.table = new Table(byId("refusals-table"), {
      key: (refusal) => this.number(refusal),
      empty: "Nothing was refused.",
      columns: [
        { title: "Time", text: (refusal) => time(refusal.at) },
        { title: "Client", text: (refusal) => refusal.client },
        { title: "Reason", text: (refusal) => words(refusal.reason) },
        { title: "Detail", classes: "wrap", text: detail },
        buttonColumn("Block", (refusal) => `Block ${host(refusal.client)} for an hour`, (refusal) => block(host(refusal.client)),
          (refusal) => refusal.kind !== "data"),
      ],
    });
    byId("refusals-more").addEventListener("click", (event) => {
      const more = this.limit === FEW;
      this.limit = more ? MANY : FEW;
      event.target.setAttribute("aria-expanded", more);
      text(event.target, more ? "Show fewer" : "Show more");
      this.render();
    });
  }

  number(refusal) {
    if (!this.numbers.has(refusal)) {
      this.numbers.set(refusal, ++this.last);
    }
    return this.numbers.get(refusal);
  }

  async refresh() {
    const { refusals, total } = await get(`refusals?limit=${MANY}`);
    this.list = refusals;
    this.total = total;
    this.render();
  }

  /** Adds one that happened now. */
  add(refusal) {
    this.list = [refusal, ...this.list].slice(0, MANY);
    this.total++;
    this.dirty = true;
  }

  /** Shows those that were added; many come in a second when a client is refused again and again. */
  flush() {
    if (this.dirty) {
      this.render();
    }
  }

  render() {
    this.dirty = false;
    this.table.show(this.list.slice(0, this.limit));
    text(byId("refusals-total"), `${count(this.total)} since the start`);
    byId("refusals-more").hidden = this.list.length <= FEW;
  }
}

function detail(refusal) {
  const where = refusal.session === undefined ? "" : `session ${refusal.session}`;
  return [where, peerText(refusal.detail), refusal.remedy ?? ""].filter((part) => part).join("; ");
}

export class Blocks {
  constructor() {
    this.table = new Table(byId("blocks-table"), {
      key: (block) => block.network,
      empty: "No address is blocked.",
      columns: [
        { title: "Address", text: (block) => block.network },
        { title: "Until", text: (block) => time(block.until) },
        { title: "Left", classes: "number", text: (block) => duration(block.secondsLeft) },
        { title: "By", classes: "wrap", text: (block) => block.by },
        buttonColumn("Unblock", (block) => `Unblock ${block.network}`, (block) => this.unblock(block.network)),
      ],
    });
    byId("blocks-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.block(byId("blocks-network").value.trim());
    });
  }

  async refresh() {
    this.table.show((await get("blocks")).blocks);
  }

  block(network) {
    confirmAction({
      title: `Block ${network} for an hour?`,
      explanation: "New connections from there are refused, and its sessions are ended. Others behind the same address are blocked too.",
      button: "Block",
      danger: true,
      run: async () => {
        await act("blocks", { network, seconds: HOUR, endSessions: true });
        byId("blocks-network").value = "";
        await this.refresh();
        return `${network} is blocked for an hour.`;
      },
    });
  }

  unblock(network) {
    confirmAction({
      title: `Unblock ${network}?`,
      explanation: "New connections from there are admitted again.",
      button: "Unblock",
      run: async () => {
        await act("blocks/remove", { network });
        await this.refresh();
        return `${network} is admitted again.`;
      },
    });
  }
}

export class Actions {
  constructor() {
    this.table = new Table(byId("actions-table"), {
      key: (action) => [action.at, action.action, action.target].join(),
      empty: "No operator has acted since the start.",
      columns: [
        { title: "Time", text: (action) => time(action.at) },
        { title: "Action", text: (action) => action.action.replaceAll("-", " ") },
        { title: "Target", classes: "wrap", text: (action) => action.target },
        { title: "By", classes: "wrap", text: (action) => action.by },
        { title: "Result", classes: "wrap", text: (action) => [action.result, action.detail].filter((part) => part).join(": ") },
      ],
    });
  }

  async refresh() {
    this.table.show((await get(`actions?limit=${FEW}`)).actions);
  }
}

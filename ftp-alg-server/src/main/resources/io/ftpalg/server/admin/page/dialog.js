// The dialog that asks before an action, and the line that reports what came of it.

import { text } from "./table.js";

const byId = (id) => document.getElementById(id);
const SHOWN_MILLIS = 8000;
let timer;

/** Reports something that has happened, to the eye and to screen readers, for some seconds. */
export function announce(message) {
  text(byId("announcement"), message);
  clearTimeout(timer);
  timer = setTimeout(() => text(byId("announcement"), ""), SHOWN_MILLIS);
}

/**
 * Asks whether to carry out an action, and carries it out.
 *
 * @param title a question
 * @param explanation what the action does
 * @param button the caption of the button that does it
 * @param danger whether it cuts something off
 * @param field an input with its label and value, if the action takes one
 * @param run carries it out, with the value of the field; resolves with what is announced
 */
export function confirmAction({ title, explanation, button, danger = false, field, run }) {
  const dialog = byId("confirm");
  const ok = byId("confirm-ok");
  const cancel = byId("confirm-cancel");
  text(byId("confirm-title"), title);
  text(byId("confirm-text"), explanation);
  text(byId("confirm-error"), "");
  text(ok, button);
  ok.classList.toggle("danger", danger);
  byId("confirm-field").hidden = !field;
  if (field) {
    text(byId("confirm-label"), field.label);
    byId("confirm-input").value = field.value;
  }
  const listening = new AbortController();
  const busy = (is) => {
    ok.disabled = is;
    cancel.disabled = is;
  };
  const submit = async (event) => {
    event.preventDefault();
    busy(true);
    try {
      const message = await run(byId("confirm-input").value);
      dialog.close();
      announce(message);
    } catch (e) {
      text(byId("confirm-error"), e.message);
      busy(false);
      cancel.focus();
    }
  };
  byId("confirm-form").addEventListener("submit", submit, { signal: listening.signal });
  cancel.addEventListener("click", () => dialog.close(), { signal: listening.signal });
  dialog.addEventListener("close", () => listening.abort(), { once: true });
  busy(false);
  dialog.showModal();
  (field ? byId("confirm-input") : cancel).focus();
}

/** Shows the details of one thing, as pairs of a name and a text, and what can be done with it. */
export function showDetails(title, pairs, { caption, run }) {
  text(byId("details-title"), title);
  const list = byId("details-list");
  list.replaceChildren();
  for (const [name, value] of pairs) {
    const term = document.createElement("dt");
    const definition = document.createElement("dd");
    term.textContent = name;
    definition.textContent = value;
    list.append(term, definition);
  }
  const dialog = byId("details");
  const close = byId("details-close");
  const action = byId("details-action");
  text(action, caption);
  action.onclick = () => {
    dialog.close();
    run();
  };
  close.onclick = () => dialog.close();
  dialog.showModal();
  close.focus();
}

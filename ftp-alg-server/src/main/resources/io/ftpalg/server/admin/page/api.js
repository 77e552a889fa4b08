// Requests to the admin API. The token, where there is one, lives as long as the tab: in sessionStorage, never in a cookie.

const KEY = "ftp-alg-token";
const BASE = "api/v1/";
/** An event larger than this is not one of ours. */
const LARGEST_EVENT = 4_000_000;

/** A response that is not 2xx, with the text of its problem. */
export class ApiError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

export function hasToken() {
  return sessionStorage.getItem(KEY) !== null;
}

export function setToken(token) {
  sessionStorage.setItem(KEY, token);
}

export function clearToken() {
  sessionStorage.removeItem(KEY);
}

async function send(path, { body, signal, accept = "application/json" } = {}) {
  const headers = { Accept: accept };
  const token = sessionStorage.getItem(KEY);
  if (token !== null) {
    headers.Authorization = `Bearer ${token}`;
  }
  if (body !== undefined) {
    headers["Content-Type"] = "application/json";
  }
  const response = await fetch(BASE + path, {
    method: body === undefined ? "GET" : "POST",
    headers,
    body: body === undefined ? undefined : JSON.stringify(body),
    signal,
    cache: "no-store",
    credentials: "omit",
    redirect: "error",
  });
  if (!response.ok) {
    throw new ApiError(response.status, await problem(response));
  }
  return response;
}

async function problem(response) {
  const text = await response.text();
  try {
    const { error } = JSON.parse(text);
    if (typeof error === "string") {
      return error;
    }
    return [error.remedy ? `${error.message} (${error.remedy})` : error.message, ...(error.problems ?? [])].join("\n");
  } catch {
    return text || `the gateway responded with ${response.status}`;
  }
}

/** Returns what a GET returns. */
export async function get(path, signal) {
  return (await send(path, { signal })).json();
}

/** Carries out an action by a POST. */
export async function act(path, body = {}) {
  return (await send(path, { body })).json();
}

/** Passes each event of a stream to `receive(name, data)`, until the stream ends. EventSource cannot send the token. */
export async function stream(path, signal, receive) {
  const response = await send(path, { signal, accept: "text/event-stream" });
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) {
      return;
    }
    const blocks = (rest + value).split(/\r?\n\r?\n/);
    rest = blocks.pop();
    if (rest.length > LARGEST_EVENT) {
      throw new Error("an event of the stream is too large");
    }
    blocks.forEach((block) => dispatch(block, receive));
  }
}

function dispatch(block, receive) {
  let name = "message";
  const data = [];
  for (const line of block.split(/\r?\n/)) {
    if (line.startsWith("event:")) {
      name = line.slice(6).trim();
    } else if (line.startsWith("data:")) {
      data.push(line.slice(5));
    }
  }
  if (data.length > 0) {
    receive(name, JSON.parse(data.join("\n")));
  }
}

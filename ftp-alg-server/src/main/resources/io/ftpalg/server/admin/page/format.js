// Numbers, sizes and times as people read them. Sizes count in thousands, as rates of networks do.

const COUNT = new Intl.NumberFormat("en");
const UNITS = ["B", "kB", "MB", "GB", "TB", "PB"];

/** Returns a number with its thousands apart. */
export function count(number) {
  return COUNT.format(number);
}

/** Returns a size as its number and its unit: ["1.25", "MB"]. */
export function scaled(bytes) {
  let number = bytes;
  let unit = 0;
  while (number >= 999.5 && unit < UNITS.length - 1) {
    number /= 1000;
    unit++;
  }
  const digits = unit === 0 || number >= 99.95 ? 0 : number >= 9.995 ? 1 : 2;
  return [number.toFixed(digits), UNITS[unit]];
}

/** Returns a size: "1.25 MB". */
export function size(bytes) {
  return scaled(bytes).join(" ");
}

/** Returns a rate: "1.25 MB/s". */
export function rate(bytesPerSecond) {
  return `${size(bytesPerSecond)}/s`;
}

/** Returns a duration by its two largest units: "3 d 4 h", "12 s". */
export function duration(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const parts = [[Math.floor(whole / 86400), "d"], [Math.floor(whole / 3600) % 24, "h"], [Math.floor(whole / 60) % 60, "min"],
    [whole % 60, "s"]];
  const first = parts.findIndex(([number]) => number > 0);
  if (first < 0) {
    return "0 s";
  }
  return parts.slice(first, first + 2).filter(([number]) => number > 0).map((part) => part.join(" ")).join(" ");
}

/** Returns a duration by its largest unit, for columns: "3 d". */
export function roughly(seconds) {
  return duration(seconds).split(" ").slice(0, 2).join(" ");
}

/** Returns the time of day of an instant, with the date when it is not today's. */
export function time(instant) {
  const at = new Date(instant);
  const day = at.toDateString() === new Date().toDateString() ? "" : `${at.toLocaleDateString("en-CA")} `;
  return day + at.toLocaleTimeString("en-GB");
}

/** Returns a name of the API as words: "LOGIN_REFUSED" and "loginRefused" are both "login refused". */
export function words(name) {
  return name.replace(/([a-z])([A-Z])/g, "$1 $2").replaceAll("_", " ").toLowerCase();
}

/** Returns an address without its port: "10.0.0.7", "2001:db8::7". */
export function host(address) {
  return address.replace(/:\d+$/, "").replace(/^\[(.*)\]$/, "$1");
}

// What is not shown as itself: control characters, and those that change the direction or the width of what is beside them.
const ODD = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Returns a text of a peer, which has one character for each byte: as UTF-8 if it is that, with what cannot be seen escaped. */
export function peerText(bytes = "") {
  let shown = bytes;
  if (/[\u0080-\u00ff]/.test(bytes)) {
    try {
      const octets = Uint8Array.from(bytes, (character) => character.charCodeAt(0));
      shown = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(octets);
    } catch {
      // Not UTF-8: each byte is shown as a character of ISO-8859-1.
    }
  }
  return shown.replace(ODD, (character) => `\\u{${character.codePointAt(0).toString(16)}}`);
}

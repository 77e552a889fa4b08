// A sparkline: the last minutes of one figure, drawn in SVG.

import { element, text } from "./table.js";

const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 300;
const HEIGHT = 40;

function shape(name, classes) {
  const made = document.createElementNS(SVG, name);
  made.setAttribute("class", classes);
  return made;
}

/** A tile: a figure with its unit, its sparkline, and the largest value in it. format(value) returns the number and the unit. */
export class Tile {
  constructor(parent, title, format) {
    this.title = title;
    this.format = format;
    const tile = element("div", "tile");
    const value = element("p", "value");
    this.number = element("span", "number");
    this.unit = element("span", "unit");
    value.append(this.number, " ", this.unit);
    this.svg = shape("svg", "spark");
    this.svg.setAttribute("viewBox", `0 0 ${WIDTH} ${HEIGHT}`);
    this.svg.setAttribute("preserveAspectRatio", "none");
    this.svg.setAttribute("role", "img");
    this.area = shape("path", "area");
    this.base = shape("path", "base");
    this.base.setAttribute("d", `M0 ${HEIGHT}H${WIDTH}`);
    this.line = shape("path", "line");
    this.svg.append(this.area, this.base, this.line);
    const foot = element("p", "foot");
    this.note = element("span");
    this.peak = element("span");
    foot.append(this.note, this.peak);
    tile.append(element("h3", "", title), value, this.svg, foot);
    parent.append(tile);
  }

  /** Shows the values, oldest first, that fill at most `window` places; the newest is the figure. */
  show(values, window, span, note) {
    const [number, unit] = this.format(values.at(-1) ?? 0);
    text(this.number, number);
    text(this.unit, unit);
    text(this.note, note);
    const peak = this.format(Math.max(0, ...values)).join(" ").trim();
    text(this.peak, `peak ${peak}`);
    this.svg.setAttribute("aria-label", `${this.title}, the last ${span}: now ${number} ${unit}, peak ${peak}`);
    this.draw(values, window);
  }

  draw(values, window) {
    if (values.length < 2) {
      this.line.removeAttribute("d");
      this.area.removeAttribute("d");
      return;
    }
    const top = Math.max(1, ...values);
    const step = WIDTH / (window - 1);
    const points = values.map((value, index) => {
      const x = WIDTH - (values.length - 1 - index) * step;
      return `${x.toFixed(1)} ${(HEIGHT - 2 - (value / top) * (HEIGHT - 4)).toFixed(1)}`;
    });
    const first = points[0].split(" ")[0];
    this.line.setAttribute("d", `M${points.join("L")}`);
    this.area.setAttribute("d", `M${first} ${HEIGHT}L${points.join("L")}L${WIDTH} ${HEIGHT}Z`);
  }
}

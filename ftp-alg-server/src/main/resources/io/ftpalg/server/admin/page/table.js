// Tables whose rows are kept by key, so that an update changes only the text that differs and neither focus nor selection is lost.
// All text is set as textContent: users and paths are what clients sent.

const items = new WeakMap();

/** Sets the text of an element, if it differs. */
export function text(element, value) {
  const string = String(value);
  if (element.textContent !== string) {
    element.textContent = string;
  }
}

/** Makes an element with classes and text. */
export function element(name, classes = "", content = "") {
  const made = document.createElement(name);
  if (classes) {
    made.className = classes;
  }
  made.textContent = content;
  return made;
}

/**
 * A table of items.
 *
 * columns: {title, sort?, classes?, text(item)} or {title, classes?, make(cell, item), update(cell, item)}; title "" is a column
 * of buttons. key(item) tells items apart; empty is what an empty table shows.
 */
export class Table {
  constructor(table, { columns, key, empty, onSort }) {
    this.columns = columns;
    this.key = key;
    this.empty = empty;
    this.body = table.tBodies[0];
    this.head = table.tHead.rows[0];
    this.rows = new Map();
    for (const column of columns) {
      this.head.append(this.header(column, onSort));
    }
  }

  header(column, onSort) {
    const header = element("th", column.classes ?? "");
    header.scope = "col";
    if (column.sort) {
      const button = element("button", "", column.title);
      button.type = "button";
      button.addEventListener("click", () => onSort(column));
      header.append(button);
    } else if (column.title) {
      header.textContent = column.title;
    } else {
      header.append(element("span", "visually-hidden", "Action"));
    }
    return header;
  }

  /** Marks the column that the rows are sorted by. */
  sorted(name, descending) {
    this.columns.forEach((column, index) => {
      const header = this.head.cells[index];
      if (column.sort && column.sort === name) {
        header.setAttribute("aria-sort", descending ? "descending" : "ascending");
      } else {
        header.removeAttribute("aria-sort");
      }
    });
  }

  /** Shows these items, in this order. */
  show(list, empty = this.empty) {
    const focused = this.body.contains(document.activeElement) ? document.activeElement : null;
    const seen = new Set();
    let place = this.body.firstElementChild;
    for (const item of list) {
      const key = String(this.key(item));
      seen.add(key);
      const row = this.rows.get(key) ?? this.add(key, item);
      items.set(row, item);
      this.columns.forEach((column, index) => this.fill(column, row.cells[index], item));
      if (row === place) {
        place = place.nextElementSibling;
      } else {
        this.body.insertBefore(row, place);
      }
    }
    for (const [key, row] of this.rows) {
      if (!seen.has(key)) {
        this.rows.delete(key);
        row.remove();
      }
    }
    this.showEmpty(list.length === 0, empty);
    this.keepFocus(focused);
  }

  add(key, item) {
    const row = document.createElement("tr");
    for (const column of this.columns) {
      const cell = element("td", column.classes ?? "");
      row.append(cell);
      column.make?.(cell, () => items.get(row));
    }
    this.rows.set(key, row);
    items.set(row, item);
    return row;
  }

  fill(column, cell, item) {
    if (column.text) {
      const value = column.text(item);
      text(cell, value);
      if (column.classes?.includes("long")) {
        cell.title = value;
      }
    }
    column.update?.(cell, item);
  }

  showEmpty(shown, content) {
    let row = this.body.querySelector("tr.empty");
    if (!shown) {
      row?.remove();
      return;
    }
    if (!row) {
      row = element("tr", "empty");
      const cell = document.createElement("td");
      cell.colSpan = this.columns.length;
      row.append(cell);
      this.body.append(row);
    }
    text(row.cells[0], content);
  }

  /** A row that is moved loses the focus, and one that is gone leaves it nowhere: the heading takes it then. */
  keepFocus(focused) {
    if (!focused || focused === document.activeElement) {
      return;
    }
    if (focused.isConnected) {
      focused.focus({ preventScroll: true });
    } else if (document.activeElement === document.body) {
      this.body.closest("section").querySelector("h2").focus({ preventScroll: true });
    }
  }
}

/** Returns a column with one button a row. label(item) is its name for screen readers. */
export function buttonColumn(caption, label, act, shown = () => true) {
  return {
    title: "",
    classes: "action",
    make(cell, current) {
      const button = element("button");
      button.type = "button";
      button.addEventListener("click", () => act(current()));
      cell.append(button);
    },
    update(cell, item) {
      const button = cell.firstElementChild;
      text(button, typeof caption === "function" ? caption(item) : caption);
      button.hidden = !shown(item);
      const name = label(item);
      if (button.getAttribute("aria-label") !== name) {
        button.setAttribute("aria-label", name);
      }
    },
  };
}

/** Returns a column with a state: a coloured mark and its word. */
export function stateColumn(title, state) {
  return {
    title,
    classes: "wrap",
    make(cell) {
      const mark = element("span", "state");
      mark.append(element("span", "dot"), element("span"));
      mark.firstElementChild.setAttribute("aria-hidden", "true");
      cell.append(mark);
    },
    update(cell, item) {
      const [level, word] = state(item);
      const mark = cell.firstElementChild;
      mark.className = `state ${level}`;
      text(mark.lastElementChild, word);
    },
  };
}

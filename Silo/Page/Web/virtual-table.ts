import { h, setAttribute, setText, type Child } from "./dom.js";

/** A column of a long table. */
export interface Column<T> {
  readonly title: string;
  /** Width in rem. */
  readonly width: number;
  readonly isNumber?: boolean;
  /** What the cell shows; makes its elements once for each row that comes into sight. */
  readonly cell?: (row: T) => Child;
  /** Mends what `cell` made. */
  readonly mend?: (cell: Element, row: T) => void;
  readonly text?: (row: T) => string;
  /** What the column sorts by; empty cells come last either way. */
  readonly sort?: (row: T) => number | string | null;
}

const ROW_HEIGHT = 34;
/** Rows beyond the edge that are kept, so that scrolling shows no gaps. */
const SPARE = 12;

/**
 * A table of which only the rows in sight exist. Rows keep their elements while they are in sight, so that an update
 * takes no focus away; a screen reader is told the true number and index of rows.
 */
export class VirtualTable<T> {
  readonly element: HTMLElement;
  private readonly body = h("tbody");
  private readonly above = spacer();
  private readonly below = spacer();
  private readonly table: HTMLElement;
  private readonly heads: HTMLTableCellElement[];
  private readonly elements = new Map<string, HTMLTableRowElement>();
  private rows: readonly T[] = [];
  private sorted: readonly T[] = [];
  private by: { readonly column: number; readonly descending: boolean };
  private waiting = false;

  constructor(
    label: string,
    private readonly columns: readonly Column<T>[],
    private readonly key: (row: T) => string,
    first: { readonly column: number; readonly descending: boolean },
  ) {
    this.by = first;
    this.heads = columns.map((column, index) => this.head(column, index));
    const widths = columns.map(column => {
      const col = h("col");
      col.style.width = `${column.width}rem`;
      return col;
    });
    this.table = h("table", {}, h("colgroup", {}, ...widths), h("thead", {}, h("tr", { "aria-rowindex": 1 }, ...this.heads)), this.body);
    this.table.style.tableLayout = "fixed";
    this.table.style.minWidth = `${columns.reduce((sum, column) => sum + column.width, 0)}rem`;
    this.element = h("div", { class: "virtual", role: "region", tabindex: 0, "aria-label": label, scroll: () => this.draw() }, this.table);
    this.body.append(this.above, this.below);
    new ResizeObserver(() => this.draw()).observe(this.element);
    this.showSort();
  }

  /** Rows that are drawn now. */
  get drawn(): number {
    return this.elements.size;
  }

  update(rows: readonly T[]): void {
    this.rows = rows;
    this.sort();
  }

  /** Draws the rows in sight again: something beside them has changed. */
  refresh(): void {
    this.draw();
  }

  private head(column: Column<T>, index: number): HTMLTableCellElement {
    return h(
      "th",
      { scope: "col", class: column.isNumber === true ? "number" : null },
      column.sort === undefined
        ? h("span", { class: column.title === "" ? "hidden" : null }, column.title === "" ? "choose" : column.title)
        : h("button", { type: "button", click: () => this.sortBy(index) }, column.title, h("span", { "aria-hidden": "true", class: "arrow" })),
    );
  }

  private sortBy(index: number): void {
    const descending = this.by.column === index ? !this.by.descending : this.columns[index]?.isNumber === true && this.columns[index].title.includes("acc");
    this.by = { column: index, descending };
    this.showSort();
    this.sort();
    this.element.scrollTop = 0;
  }

  private showSort(): void {
    this.heads.forEach((head, index) => {
      const sorted = index === this.by.column;
      setAttribute(head, "aria-sort", this.columns[index]?.sort === undefined ? null : sorted ? (this.by.descending ? "descending" : "ascending") : "none");
      const arrow = head.querySelector(".arrow");
      if (arrow !== null) {
        setText(arrow, sorted ? (this.by.descending ? "▼" : "▲") : "");
      }
    });
  }

  private sort(): void {
    const by = this.columns[this.by.column]?.sort;
    if (by === undefined) {
      this.sorted = this.rows;
    } else {
      const sign = this.by.descending ? -1 : 1;
      const keyed = this.rows.map((row, index) => ({ row, index, key: by(row) }));
      keyed.sort((a, b) => {
        if (a.key === null || b.key === null) {
          return a.key === b.key ? a.index - b.index : a.key === null ? 1 : -1;
        }
        return a.key < b.key ? -sign : a.key > b.key ? sign : a.index - b.index;
      });
      this.sorted = keyed.map(entry => entry.row);
    }
    this.table.setAttribute("aria-rowcount", String(this.sorted.length + 1));
    this.draw();
  }

  private draw(): void {
    if (!this.waiting) {
      this.waiting = true;
      requestAnimationFrame(() => {
        this.waiting = false;
        this.drawNow();
      });
    }
  }

  private drawNow(): void {
    const first = Math.max(0, Math.floor(this.element.scrollTop / ROW_HEIGHT) - SPARE);
    const last = Math.min(this.sorted.length, Math.ceil((this.element.scrollTop + Math.max(this.element.clientHeight, ROW_HEIGHT)) / ROW_HEIGHT) + SPARE);
    const seen = this.sorted.slice(first, last);
    const wanted = new Set(seen.map(this.key));
    for (const [key, element] of this.elements) {
      if (!wanted.has(key)) {
        element.remove();
        this.elements.delete(key);
      }
    }
    setHeight(this.above, first * ROW_HEIGHT);
    setHeight(this.below, (this.sorted.length - last) * ROW_HEIGHT);
    let before: Element = this.above.nextElementSibling ?? this.below;
    seen.forEach((row, index) => {
      const key = this.key(row);
      let element = this.elements.get(key);
      if (element === undefined) {
        element = this.make(row);
        this.elements.set(key, element);
      }
      this.mend(element, row, first + index + 2);
      if (element === before) {
        before = before.nextElementSibling ?? this.below;
      } else {
        this.body.insertBefore(element, before);
      }
    });
  }

  private make(row: T): HTMLTableRowElement {
    return h("tr", { class: "row" }, ...this.columns.map(column => h("td", { class: column.isNumber === true ? "number" : null }, column.cell?.(row))));
  }

  private mend(element: HTMLTableRowElement, row: T, index: number): void {
    setAttribute(element, "aria-rowindex", index);
    this.columns.forEach((column, place) => {
      const cell = element.children[place];
      if (cell !== undefined) {
        if (column.text !== undefined) {
          setText(cell, column.text(row));
        }
        column.mend?.(cell, row);
      }
    });
  }
}

function spacer(): HTMLTableRowElement {
  return h("tr", { class: "spacer", "aria-hidden": "true" }, h("td"));
}

function setHeight(row: HTMLTableRowElement, pixels: number): void {
  row.style.height = `${pixels}px`;
}

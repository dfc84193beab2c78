import { h } from "../dom.js";

/** A line of the box that follows the pointer. */
export interface TipLine {
  readonly colour?: string;
  readonly name: string;
  readonly value: string;
}

/**
 * The content of that box, as elements: the library's own would need style attributes in HTML, which the page's content
 * security policy forbids.
 */
export function tip(title: string, lines: readonly TipLine[]): HTMLElement {
  return h(
    "div",
    {},
    h("strong", {}, title),
    ...lines.map(line => {
      const mark = h("span", { class: "swatch" });
      mark.style.background = line.colour ?? "transparent";
      return h("div", {}, line.colour === undefined ? null : mark, `${line.name} `, h("strong", {}, line.value));
    }),
  );
}

/** What the library tells a formatter, as far as it is used. */
export interface TipItem {
  readonly seriesName?: string;
  readonly name?: string;
  readonly color?: unknown;
  readonly value?: unknown;
  readonly data?: unknown;
  readonly axisValue?: unknown;
  readonly dataIndex?: number;
}

/** Items of a formatter: one or several. */
export function items(given: unknown): readonly TipItem[] {
  return (Array.isArray(given) ? given : [given]) as readonly TipItem[];
}

/** The number at a place of an item's value. */
export function at(item: TipItem, index: number): number | null {
  const value = Array.isArray(item.value) ? (item.value as unknown[])[index] : item.value;
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

/** An item's colour, where it is a plain one. */
export function colourOf(item: TipItem): { colour: string } | Record<string, never> {
  return typeof item.color === "string" ? { colour: item.color } : {};
}

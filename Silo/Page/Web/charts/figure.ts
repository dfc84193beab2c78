import { h, setText } from "../dom.js";
import { colour, onTheme } from "../theme.js";
import { library, type Chart, type ChartEvent } from "./echarts.js";

/** Colours of a chart, from the style sheet. */
export interface Inks {
  readonly text: string;
  readonly soft: string;
  readonly line: string;
  readonly ground: string;
  readonly panel: string;
  readonly raised: string;
  readonly series: readonly string[];
}

function inks(): Inks {
  return {
    text: colour("--text"),
    soft: colour("--soft"),
    line: colour("--line"),
    ground: colour("--ground"),
    panel: colour("--panel"),
    raised: colour("--raised"),
    series: [1, 2, 3, 4, 5, 6, 7, 8].map(number => colour(`--s${number}`)),
  };
}

/** What a figure is made of. */
export interface FigureOptions {
  readonly label: string;
  readonly size?: "small" | "tall";
  /** The same in a table, for those who cannot see the drawing; called when it is opened. */
  readonly table?: () => HTMLElement;
}

type Draw = (inks: Inks) => object;

/** A chart with its caption, drawn when it comes into sight, drawn anew when colours or data change. */
export class Figure {
  readonly element: HTMLElement;
  private readonly box: HTMLElement;
  private readonly caption: HTMLElement;
  private readonly table: HTMLElement | null;
  private chart: Chart | null = null;
  private draw: Draw | null = null;
  private shape = "";
  private drawn = "";
  private waiting = false;
  private visible = false;
  private closed = false;
  private readonly handlers: [string, (event: ChartEvent) => void][] = [];
  private readonly endTheme: () => void;
  private readonly sight: IntersectionObserver;
  private readonly size: ResizeObserver;

  constructor(private readonly options: FigureOptions) {
    this.box = h("div", { class: `chart ${options.size ?? ""}`.trim(), role: "img", "aria-label": options.label });
    this.caption = h("figcaption");
    this.table = options.table === undefined ? null : this.tableOf(options.table);
    this.element = h("figure", {}, this.box, this.caption, this.table);
    this.endTheme = onTheme(() => this.redraw(true));
    this.sight = new IntersectionObserver(entries => {
      this.visible = entries.some(entry => entry.isIntersecting);
      this.redraw(false);
    }, { rootMargin: "200px" });
    this.sight.observe(this.box);
    this.size = new ResizeObserver(() => this.chart?.resize());
    this.size.observe(this.box);
  }

  /** Listens to the chart. */
  on(event: string, handler: (event: ChartEvent) => void): this {
    this.handlers.push([event, handler]);
    return this;
  }

  /**
   * Shows something.
   * @param draw The chart, in these colours.
   * @param words What it shows, in words: the caption.
   * @param shape Which axes and parts it has; where that changes, nothing of the former drawing is kept.
   */
  set(draw: Draw, words: string, shape = ""): void {
    this.draw = draw;
    this.shape = shape;
    setText(this.caption, words);
    this.box.setAttribute("aria-label", `${this.options.label}. ${words}`);
    this.redraw(false);
  }

  /** The chart; null before it was drawn. */
  get current(): Chart | null {
    return this.chart;
  }

  close(): void {
    this.closed = true;
    this.endTheme();
    this.sight.disconnect();
    this.size.disconnect();
    this.chart?.dispose();
    this.chart = null;
  }

  private redraw(anew: boolean): void {
    if (anew) {
      this.drawn = "";
    }
    if (this.waiting || !this.visible || this.draw === null || this.closed) {
      return;
    }
    this.waiting = true;
    requestAnimationFrame(() => void this.drawNow());
  }

  private async drawNow(): Promise<void> {
    try {
      const echarts = await library();
      this.waiting = false;
      if (this.closed || this.draw === null || !this.box.isConnected) {
        return;
      }
      if (this.chart === null) {
        this.chart = echarts.init(this.box, null, { renderer: "canvas" });
        this.handlers.forEach(([event, handler]) => this.chart?.on(event, handler));
      }
      const colours = inks();
      const key = `${this.shape} ${colours.ground}`;
      const option = { animation: false, textStyle: { fontFamily: "system-ui, 'DejaVu Sans', Verdana, sans-serif", color: colours.text }, ...this.draw(colours) };
      if (key === this.drawn) {
        this.chart.setOption(option, { replaceMerge: ["series"] });
      } else {
        this.chart.setOption(option, { notMerge: true });
        this.drawn = key;
      }
      this.box.dataset["points"] = String(pointsIn(option));
      this.box.dataset["drawn"] = String(Number(this.box.dataset["drawn"] ?? "0") + 1);
    } catch (problem) {
      this.waiting = false;
      setText(this.caption, problem instanceof Error ? problem.message : String(problem));
    }
  }

  private tableOf(make: () => HTMLElement): HTMLElement {
    const details = h("details", { class: "data" }, h("summary", {}, "The figures in a table"));
    details.addEventListener("toggle", () => {
      details.querySelector(".scroll")?.remove();
      if (details.open) {
        details.append(h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": `${this.options.label}: figures` }, make()));
      }
    });
    return details;
  }
}

/** How many points a chart has: an attribute of it, so that a test sees curves grow. */
function pointsIn(option: object): number {
  const series = (option as { series?: readonly { data?: readonly unknown[] }[] }).series ?? [];
  return series.reduce((sum, entry) => sum + (entry.data?.length ?? 0), 0);
}

/** A simple table of figures. */
export function figureTable(heads: readonly string[], rows: readonly (readonly string[])[]): HTMLElement {
  return h(
    "table",
    {},
    h("thead", {}, h("tr", {}, ...heads.map(head => h("th", { scope: "col" }, head)))),
    h("tbody", {}, ...rows.map(row => h("tr", {}, ...row.map(cell => h("td", {}, cell))))),
  );
}

/** Parts that all charts with two axes share. */
export function axes(colours: Inks, x: object, y: object | readonly object[]): object {
  const common = {
    nameLocation: "middle",
    nameTextStyle: { color: colours.soft },
    axisLine: { show: true, lineStyle: { color: colours.soft } },
    axisLabel: { color: colours.soft, hideOverlap: true },
    splitLine: { lineStyle: { color: colours.line } },
    minorSplitLine: { show: false },
  };
  const all = Array.isArray(y) ? (y as readonly object[]) : [y];
  return {
    grid: { left: 62, right: all.length > 1 ? 62 : 22, top: 34, bottom: 48 },
    xAxis: { ...common, nameGap: 28, ...x },
    yAxis: all.map(axis => ({ ...common, nameGap: 46, scale: true, ...axis })),
  };
}

/** The box that follows the pointer. */
export function tooltip(colours: Inks, more: object): object {
  return { backgroundColor: colours.raised, borderColor: colours.line, textStyle: { color: colours.text, fontSize: 13 }, confine: true, className: "tip", ...more };
}

/** A legend that scrolls where it is long. */
export function legend(colours: Inks, more: object = {}): object {
  return {
    type: "scroll", top: 0, left: 0, right: 0, itemHeight: 10, itemWidth: 22,
    textStyle: { color: colours.text }, pageTextStyle: { color: colours.text }, pageIconColor: colours.text, pageIconInactiveColor: colours.line, ...more,
  };
}

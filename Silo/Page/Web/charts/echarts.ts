/** The charts' library: a script of its own, loaded with the first chart. As much of its interface as is used here. */

export interface Chart {
  setOption(option: object, how?: { readonly notMerge?: boolean; readonly lazyUpdate?: boolean; readonly replaceMerge?: readonly string[] }): void;
  getModel(): { getSeriesByIndex(index: number): { getRawIndicesByActiveState(state: "active" | "inactive"): number[] } | undefined };
  resize(): void;
  dispose(): void;
  on(event: string, handler: (parameters: ChartEvent) => void): void;
}

export interface ChartEvent {
  readonly componentType?: string;
  readonly seriesName?: string;
  readonly seriesId?: string;
  readonly name?: string;
  readonly data?: unknown;
  readonly value?: unknown;
  readonly dataIndex?: number;
}

interface Library {
  init(element: HTMLElement, theme: null, options: { readonly renderer: "canvas" }): Chart;
}

declare global {
  var echarts: Library | undefined;
}

let loading: Promise<Library> | null = null;

/** The library, loaded once. A failed load is tried again with the next chart. */
export function library(): Promise<Library> {
  loading ??= new Promise<Library>((resolve, reject) => {
    const script = document.createElement("script");
    script.src = "echarts.js";
    script.addEventListener("load", () => (globalThis.echarts === undefined ? reject(new Error("echarts.js brought no library")) : resolve(globalThis.echarts)));
    script.addEventListener("error", () => {
      loading = null;
      script.remove();
      reject(new Error("The charts' library could not be loaded."));
    });
    document.head.append(script);
  });
  return loading;
}

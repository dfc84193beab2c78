/** A view of the page: made for a route, closed when the route changes. */
export interface View {
  readonly element: HTMLElement;
  /** Of the browser's tab. */
  readonly title: string;
  close(): void;
}

/** What a view may ask of the frame around it. */
export interface Frame {
  /** Whether what is seen is up to date: shown beside the title on every view. */
  connection(state: "connected" | "lost" | "none"): void;
  /** A title that changes with what is seen. */
  title(text: string): void;
}

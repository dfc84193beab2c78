import type { StreamEvents } from "./api.js";
import { address, get, Refused, sweepPath } from "./http.js";

export type StreamHandlers = { readonly [K in keyof StreamEvents]?: (data: StreamEvents[K]) => void };

export type Connection = "connected" | "lost";

const RETRY_FIRST = 1_000;
const RETRY_MOST = 10_000;

/**
 * The stream of a sweep. The browser connects again by itself after a lost connection and hands the last mark back; what
 * it gives up on (a proxy that answers with an error) is tried again here, until the silo answers or refuses.
 */
export class SweepStream {
  private source: EventSource | null = null;
  private timer = 0;
  private wait = RETRY_FIRST;
  private closed = false;

  constructor(
    private readonly sweep: string,
    private mark: string,
    private readonly handlers: StreamHandlers,
    private readonly onConnection: (state: Connection) => void,
    private readonly onGone: (reason: string) => void,
  ) {
    this.open();
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
    this.source?.close();
  }

  private open(): void {
    if (this.closed) {
      return;
    }
    const source = new EventSource(address(`${sweepPath(this.sweep)}/stream?after=${encodeURIComponent(this.mark)}`));
    this.source = source;
    source.addEventListener("open", () => {
      this.wait = RETRY_FIRST;
      this.onConnection("connected");
    });
    source.addEventListener("error", () => {
      if (this.closed) {
        return;
      }
      this.onConnection("lost");
      if (source.readyState === EventSource.CLOSED) {
        this.timer = setTimeout(() => void this.tryAgain(), this.wait);
        this.wait = Math.min(2 * this.wait, RETRY_MOST);
      }
    });
    for (const name of Object.keys(this.handlers) as (keyof StreamEvents)[]) {
      source.addEventListener(name, event => this.deliver(name, event));
    }
  }

  private deliver<K extends keyof StreamEvents>(name: K, event: MessageEvent<string>): void {
    if (event.lastEventId !== "") {
      this.mark = event.lastEventId;
    }
    this.handlers[name]?.(JSON.parse(event.data) as StreamEvents[K]);
  }

  /** Asks in plain HTTP first: a stream does not say why it was refused. */
  private async tryAgain(): Promise<void> {
    try {
      await get(sweepPath(this.sweep));
      this.open();
    } catch (problem) {
      if (problem instanceof Refused && (problem.status === 401 || problem.status === 404)) {
        this.onGone(problem.message);
        return;
      }
      this.timer = setTimeout(() => void this.tryAgain(), this.wait);
      this.wait = Math.min(2 * this.wait, RETRY_MOST);
    }
  }
}

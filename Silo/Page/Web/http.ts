import type { Refusal, SpecProblem } from "./api.js";

/** An answer that is not 2xx, or none at all (status 0). */
export class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly problems: readonly SpecProblem[] = [],
  ) {
    super(message);
  }
}

let signedOut: () => void = () => undefined;

/** What is done when the silo knows no session any more. */
export function onSignedOut(handler: () => void): void {
  signedOut = handler;
}

/** The address of something of the silo, relative to the page: it works behind any prefix. */
export function address(path: string): string {
  return new URL(`api/${path}`, document.baseURI).href;
}

/** Path of a sweep. */
export function sweepPath(name: string, rest = ""): string {
  return `sweeps/${encodeURIComponent(name)}${rest}`;
}

/** Reads something. */
export function get<T>(path: string, stop?: AbortSignal): Promise<T> {
  return request<T>(path, { method: "GET", ...(stop === undefined ? {} : { signal: stop }) });
}

/** Asks for something to be done. */
export function post<T>(path: string, body: object = {}): Promise<T> {
  return request<T>(path, { method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json", "X-Sweeper": "page" } });
}

/** Takes something away. */
export function remove(path: string): Promise<unknown> {
  return request(path, { method: "DELETE", headers: { "X-Sweeper": "page" } });
}

async function request<T>(path: string, how: RequestInit): Promise<T> {
  let answer: Response;
  try {
    answer = await fetch(address(path), { ...how, credentials: "same-origin", cache: "no-store" });
  } catch (problem) {
    if (problem instanceof DOMException && problem.name === "AbortError") {
      throw problem;
    }
    throw new Refused(0, "The silo does not answer.");
  }
  const text = await answer.text();
  if (answer.ok) {
    return (text === "" ? null : JSON.parse(text)) as T;
  }
  if (answer.status === 401 && path !== "session") {
    signedOut();
  }
  throw refusal(answer, text);
}

function refusal(answer: Response, text: string): Refused {
  try {
    const said = JSON.parse(text) as Partial<Refusal>;
    return new Refused(answer.status, said.message ?? answer.statusText, said.problems ?? []);
  } catch {
    // Not from the silo: a proxy in between.
    return new Refused(answer.status, `The silo cannot be reached: ${answer.status} ${answer.statusText}`);
  }
}

/** Views by the fragment of the address: nothing of it reaches the silo, and it works behind any prefix. */

export type Route =
  | { readonly view: "sweeps" }
  | { readonly view: "sweep"; readonly sweep: string }
  | { readonly view: "job"; readonly sweep: string; readonly job: string }
  | { readonly view: "compare"; readonly sweep: string; readonly jobs: readonly string[] }
  | { readonly view: "unknown"; readonly path: string };

/** Most jobs that are compared at once: as many curves as can be told apart. */
export const MOST_COMPARED = 8;

export const links = {
  sweeps: "#/",
  sweep: (name: string): string => `#/sweeps/${encodeURIComponent(name)}`,
  job: (name: string, job: string): string => `#/sweeps/${encodeURIComponent(name)}/jobs/${encodeURIComponent(job)}`,
  compare: (name: string, jobs: readonly string[]): string => `#/sweeps/${encodeURIComponent(name)}/compare/${jobs.map(encodeURIComponent).join("+")}`,
};

/** Reads a fragment. */
export function routeOf(hash: string): Route {
  const parts = hash.replace(/^#?\/?/, "").split("/").filter(part => part !== "");
  const [first, sweep, third, fourth] = parts.map(decode);
  if (first === undefined) {
    return { view: "sweeps" };
  }
  if (first === "sweeps" && sweep !== undefined) {
    if (third === undefined) {
      return { view: "sweep", sweep };
    }
    if (third === "jobs" && fourth !== undefined) {
      return { view: "job", sweep, job: fourth };
    }
    if (third === "compare") {
      return { view: "compare", sweep, jobs: [...new Set((parts[3] ?? "").split("+").filter(job => job !== "").map(decode))].slice(0, MOST_COMPARED) };
    }
  }
  return { view: "unknown", path: hash };
}

/**
 * The key that `sweeper page` puts into the address; null where there is none. It is taken out of the address at once,
 * and the sweep that is to be shown first takes its place.
 */
export function takeKey(): string | null {
  const found = /^#(?:key|code)=(.+)$/.exec(location.hash);
  const sweep = new URLSearchParams(location.search).get("sweep");
  if (found !== null || sweep !== null) {
    history.replaceState(null, "", `${location.pathname}${sweep === null ? links.sweeps : links.sweep(sweep)}`);
  }
  return found === null ? null : decode(found[1] ?? "");
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

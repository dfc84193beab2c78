import type { SessionInfo } from "./api.js";
import { get, post, remove } from "./http.js";

let known: SessionInfo | null = null;

/** Who the page talks to; null before it is signed in. */
export function session(): SessionInfo | null {
  return known;
}

/** Asks whether there is a session. */
export async function findSession(): Promise<SessionInfo> {
  known = await get<SessionInfo>("session");
  return known;
}

/** Exchanges a key for a session. */
export async function signIn(key: string): Promise<SessionInfo> {
  known = await post<SessionInfo>("session", { key });
  return known;
}

export async function signOut(): Promise<void> {
  await remove("session");
  known = null;
}

/** The console's command that does the same as something on the page. */
export function command(...words: readonly string[]): string {
  const options = known?.console_options ?? "";
  return ["sweeper", ...words.map(quoted), ...(options === "" ? [] : [options])].join(" ");
}

function quoted(word: string): string {
  return /^[\w.,:=/@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

import { announce } from "./dom.js";

/** What the user wants: the system's theme, or one of the two. */
type Theme = "system" | "light" | "dark";

const KEY = "sweeper.theme";
const NEXT: Readonly<Record<Theme, Theme>> = { system: "light", light: "dark", dark: "system" };
const listeners = new Set<() => void>();
const system = matchMedia("(prefers-color-scheme: dark)");

/** Calls back when colours change; answers how to end that. */
export function onTheme(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether the page is dark now. */
export function isDark(): boolean {
  const chosen = current();
  return chosen === "system" ? system.matches : chosen === "dark";
}

/** The value of a colour of the style sheet, such as "--text". */
export function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** Wires the button that changes it. */
export function wireTheme(button: HTMLElement): void {
  label(button);
  button.addEventListener("click", () => {
    choose(NEXT[current()]);
    label(button);
    announce(`Colours: ${current()}`);
    tell();
  });
  system.addEventListener("change", tell);
}

function tell(): void {
  listeners.forEach(listener => listener());
}

function current(): Theme {
  const chosen = document.documentElement.dataset["theme"];
  return chosen === "light" || chosen === "dark" ? chosen : "system";
}

function choose(theme: Theme): void {
  if (theme === "system") {
    delete document.documentElement.dataset["theme"];
  } else {
    document.documentElement.dataset["theme"] = theme;
  }
  try {
    if (theme === "system") {
      localStorage.removeItem(KEY);
    } else {
      localStorage.setItem(KEY, theme);
    }
  } catch {
    // A browser that keeps nothing: the choice lasts as long as the page.
  }
}

function label(button: HTMLElement): void {
  const signs: Readonly<Record<Theme, string>> = { system: "◐", light: "☀", dark: "☾" };
  button.textContent = signs[current()];
  button.setAttribute("aria-label", `Colours: ${current()}. Change to ${NEXT[current()]}`);
  button.title = `Colours: ${current()}`;
}

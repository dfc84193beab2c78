import { announce, h, svg, type Child } from "./dom.js";

/** A card: a titled section of a view. */
export function card(title: string, options: { readonly width?: "third" | "half" | "two-thirds"; readonly id?: string; readonly kind?: string }, ...children: Child[]): HTMLElement {
  const id = options.id ?? title.toLowerCase().replace(/[^a-z]+/g, "-");
  const heading = h("h2", { id: `${id}-title` }, title);
  return h("section", { class: ["card", options.width ?? "", options.kind ?? ""].filter(word => word !== "").join(" "), "aria-labelledby": `${id}-title`, id }, h("header", {}, heading), ...children);
}

/** A console command with a button that copies it. */
export function commandLine(text: () => string): HTMLElement {
  const code = h("code", {}, text());
  const copy = h("button", {
    type: "button", "aria-label": "Copy the command", title: "Copy the command",
    click: () => void navigator.clipboard.writeText(text()).then(
      () => announce("Command copied"),
      () => announce("The browser did not allow to copy: select the command instead"),
    ),
  }, svg("svg", { viewBox: "0 0 16 16", width: 14, height: 14, "aria-hidden": "true" }, svg("path", { d: "M5.5 4.5v-3h9v9h-3M1.5 5.5h9v9h-9z", fill: "none", stroke: "currentColor", "stroke-width": 1.4, "stroke-linejoin": "round" })));
  return h("span", { class: "command" }, code, copy);
}

/** Asks before something that should not happen by accident. */
export function confirmed(question: string, details: string, yes: string, no: string): Promise<boolean> {
  return new Promise(resolve => {
    const dialog = h(
      "dialog",
      { "aria-labelledby": "question", "aria-describedby": "question-details" },
      h("h2", { id: "question" }, question),
      h("p", { id: "question-details" }, details),
      h(
        "div", { class: "buttons" },
        h("button", { type: "button", click: () => dialog.close("no"), autofocus: true }, no),
        h("button", { type: "button", class: "danger", click: () => dialog.close("yes") }, yes),
      ),
    );
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** Terms with what they are. */
export function pairs(entries: readonly (readonly [string, Child])[]): HTMLElement {
  return h("dl", { class: "pairs" }, ...entries.flatMap(([term, value]) => [h("dt", {}, term), h("dd", {}, value)]));
}

/** Something that went wrong while a view was read. */
export function failure(message: string, again: () => void): HTMLElement {
  return h("div", { class: "note error", role: "alert" }, h("p", {}, message), h("button", { type: "button", click: again }, "Try again"));
}

/** Calls at most once in a while, and once more at the end. */
export function throttled(milliseconds: number, action: () => void): { (): void; stop(): void } {
  let last = -Infinity;
  let timer = 0;
  const run = (): void => {
    timer = 0;
    last = performance.now();
    action();
  };
  const call = (): void => {
    const wait = last + milliseconds - performance.now();
    if (timer === 0) {
      if (wait <= 0) {
        run();
      } else {
        timer = setTimeout(run, wait);
      }
    }
  };
  call.stop = (): void => clearTimeout(timer);
  return call;
}

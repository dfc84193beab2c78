import { announce, h, setText, show } from "../dom.js";
import type { View } from "../view.js";

/** Asks for the key that `sweeper page` prints. */
export class SignInView implements View {
  readonly element: HTMLElement;
  readonly title = "Sign in";

  constructor(reason: string | null, signIn: (key: string) => Promise<void>) {
    const problem = h("p", { class: "note error", id: "sign-in-problem", role: "alert", hidden: reason === null }, reason ?? "");
    const key = h("input", {
      type: "password", id: "key", name: "key", autocomplete: "current-password", required: true, spellcheck: "false", "aria-describedby": "sign-in-problem",
    });
    const button = h("button", { type: "submit", class: "primary" }, "Sign in");
    const form = h(
      "form",
      {
        submit: event => {
          event.preventDefault();
          setText(button, "Signing in …");
          signIn(keyIn(key.value)).catch((refused: unknown) => {
            const words = refused instanceof Error ? refused.message : String(refused);
            setText(button, "Sign in");
            setText(problem, words);
            show(problem, true);
            announce(words);
            key.select();
          });
        },
      },
      h("label", { for: "key" }, "Key or token", key),
      problem,
      button,
    );
    this.element = h(
      "div",
      { class: "card sign-in" },
      h("h1", {}, "Sign in"),
      h("p", {}, "On the machine of the silo, ", h("code", {}, "sweeper page"), " prints a link that signs you in. You may also paste that link, or a token that an operator gave you (",
        h("code", {}, "sweeper tokens create"), "), here."),
      form,
    );
  }

  close(): void {
    // Nothing goes on.
  }
}

/** A key, or the one in a whole link. */
function keyIn(text: string): string {
  const found = /#(?:key|code)=(.+)$/.exec(text.trim());
  return found === null ? text.trim() : decodeURIComponent(found[1] ?? "");
}

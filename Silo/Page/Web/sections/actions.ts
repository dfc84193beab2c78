import type { ControlResult, LimitSetting, SweepView } from "../api.js";
import { announce, h, setAttribute, setChildren, setText, show } from "../dom.js";
import { post, Refused, sweepPath } from "../http.js";
import { card, commandLine, confirmed } from "../parts.js";
import { command } from "../session.js";

interface Action {
  readonly name: string;
  readonly title: string;
  readonly words: readonly string[];
  /** Why it can do nothing now; null where it can. */
  readonly idle: (view: SweepView, atWork: boolean) => string | null;
  readonly danger?: boolean;
}

const ACTIONS: readonly Action[] = [
  { name: "pause", title: "Pause", words: ["pause"], idle: view => (view.status === "running" ? null : `It is ${view.status}.`) },
  { name: "resume", title: "Resume", words: ["resume"], idle: (view, atWork) => (view.status === "paused" || view.status === "cancelled" || (view.status === "running" && !atWork) ? null : `It is ${view.status}.`) },
  { name: "retry", title: "Retry failed", words: ["retry"], idle: view => (view.counts.failed + view.counts.stopped + view.range_tests.failed + view.range_tests.stopped > 0 ? null : "No job has failed or was stopped.") },
  { name: "cancel", title: "Cancel", words: ["cancel"], danger: true, idle: view => (view.status === "running" || view.status === "paused" ? null : `It is ${view.status}.`) },
];

/** What can be done with a sweep; beside each, the console's command that does the same. */
export class ActionsSection {
  private readonly buttons = new Map<Action, HTMLButtonElement>();
  private readonly result = h("p", { role: "status", class: "soft" });
  private readonly limits: LimitsForm;
  private view: SweepView | null = null;
  private atWork = true;
  readonly element: HTMLElement;

  constructor(private readonly sweep: string, onChanged: () => void) {
    this.limits = new LimitsForm(sweep, result => this.say(result.message, result.done), onChanged);
    const rows = ACTIONS.map(action => {
      const button = h("button", { type: "button", class: action.danger === true ? "danger" : null, "data-action": action.name, click: () => void this.act(action, onChanged) }, action.title);
      this.buttons.set(action, button);
      return h("div", { class: "action" }, button, commandLine(() => command(...action.words, sweep)));
    });
    this.element = card("Actions", {}, h("div", { class: "actions" }, ...rows), this.result, this.limits.element);
  }

  /** Hidden where whoever is signed in may not change the sweep: the silo would refuse. */
  allow(may: boolean): void {
    show(this.element, may);
  }

  update(view: SweepView, atWork: boolean, limits: readonly LimitSetting[]): void {
    this.view = view;
    this.atWork = atWork;
    for (const [action, button] of this.buttons) {
      const idle = action.idle(view, atWork);
      // Not `disabled`: a button that has the focus keeps it, and says why it does nothing.
      setAttribute(button, "aria-disabled", idle === null ? null : "true");
      setAttribute(button, "title", idle);
    }
    this.limits.update(limits);
  }

  private async act(action: Action, onChanged: () => void): Promise<void> {
    const idle = this.view === null ? null : action.idle(this.view, this.atWork);
    if (idle !== null) {
      this.say(`${action.title}: nothing to do. ${idle}`, false);
      return;
    }
    if (action.danger === true && !(await confirmed(
      `Cancel ${this.sweep}?`,
      "Running jobs stop and no new one starts. What has finished is kept, and Resume takes it back.",
      "Cancel the sweep", "Keep it running",
    ))) {
      return;
    }
    this.say(`${action.title} …`, true);
    try {
      const result = await post<ControlResult>(sweepPath(this.sweep, `/${action.name}`), action.name === "retry" ? { jobs: [] } : {});
      this.say(result.message, result.done);
      onChanged();
    } catch (problem) {
      this.say(problem instanceof Error ? problem.message : String(problem), false);
    }
  }

  private say(message: string, done: boolean): void {
    setText(this.result, message);
    this.result.classList.toggle("note", !done);
    this.result.classList.toggle("error", !done);
  }
}

/** Limits of a sweep on its way, and how it shares the devices. */
class LimitsForm {
  private readonly fields = h("div", { class: "fields" });
  private readonly problems = h("ul", { class: "note error", role: "alert", hidden: true });
  private readonly code = h("span");
  private readonly inputs = new Map<string, HTMLInputElement>();
  private readonly known = new Map<string, string>();
  readonly element: HTMLElement;

  constructor(private readonly sweep: string, private readonly onResult: (result: ControlResult) => void, private readonly onChanged: () => void) {
    this.element = h(
      "details", {},
      h("summary", {}, "Limits and sharing"),
      h(
        "form", {
          submit: event => {
            event.preventDefault();
            void this.send();
          },
          input: () => this.mendCommand(),
        },
        this.fields, this.problems,
        h("div", { class: "action" }, h("button", { type: "submit", class: "primary" }, "Set limits and sharing"), this.code),
      ),
    );
    this.mendCommand();
  }

  update(limits: readonly LimitSetting[]): void {
    for (const limit of limits) {
      let input = this.inputs.get(limit.path);
      if (input === undefined) {
        const id = `limit-${limit.path.replace(/\W/g, "-")}`;
        input = h("input", { type: "text", id, name: limit.path, autocomplete: "off", spellcheck: "false", "aria-describedby": `${id}-words` });
        this.inputs.set(limit.path, input);
        this.fields.append(h("div", {}, h("label", { for: id }, limit.path.replace(/^limits\.|^sharing\./, "").replaceAll("_", " "), input), h("p", { class: "hint", id: `${id}-words` }, limit.description)));
      }
      // What somebody is typing is left alone.
      if (input.value === (this.known.get(limit.path) ?? "")) {
        input.value = limit.value;
      }
      this.known.set(limit.path, limit.value);
    }
  }

  private get changed(): Record<string, string> {
    return Object.fromEntries([...this.inputs].filter(([path, input]) => input.value.trim() !== this.known.get(path)).map(([path, input]) => [path, input.value.trim() === "" ? "none" : input.value.trim()]));
  }

  private mendCommand(): void {
    setChildren(this.code, commandLine(() => {
      const settings = Object.entries(this.changed).map(([path, value]) => `${path}=${value}`);
      return command("set", this.sweep, ...(settings.length === 0 ? ["limits.trials=60"] : settings));
    }));
  }

  private async send(): Promise<void> {
    const settings = this.changed;
    show(this.problems, false);
    if (Object.keys(settings).length === 0) {
      announce("Nothing was changed.");
      this.onResult({ done: false, message: "Nothing was changed." });
      return;
    }
    try {
      this.onResult(await post<ControlResult>(sweepPath(this.sweep, "/limits"), { settings }));
      this.onChanged();
    } catch (problem) {
      const said = problem instanceof Refused && problem.problems.length > 0 ? problem.problems.map(entry => `${entry.path}: ${entry.message}`) : [problem instanceof Error ? problem.message : String(problem)];
      setChildren(this.problems, ...said.map(text => h("li", {}, text)));
      show(this.problems, true);
    }
  }
}

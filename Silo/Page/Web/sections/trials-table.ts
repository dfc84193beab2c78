import { announce, h, setAttribute, setText, show } from "../dom.js";
import { count, duration, percent, rate, things } from "../format.js";
import { FILTER_NAMES, readFilter } from "../filter.js";
import { card } from "../parts.js";
import { links, MOST_COMPARED } from "../router.js";
import { mendPill, pill } from "../states.js";
import type { Trial } from "../trials.js";
import { VirtualTable, type Column } from "../virtual-table.js";

/** All trials, ten thousand as well: sorted, filtered, chosen for a comparison. */
export class TrialsTableSection {
  private readonly filter = h("input", { type: "search", id: "filter", spellcheck: "false", autocomplete: "off", "aria-describedby": "filter-hint", placeholder: "diverged lr>0.1 val>90%", input: () => this.apply() });
  private readonly hint = h("p", { class: "hint", id: "filter-hint" });
  private readonly state = h("select", { id: "state", change: () => this.apply() }, h("option", { value: "" }, "any"));
  private readonly found = h("p", { class: "soft", role: "status" });
  private readonly brush = h("span", { class: "pill", "data-kind": "busy", hidden: true });
  private readonly compare = h("a", { class: "button", "aria-disabled": "true" }, "Compare");
  private readonly chosen = new Set<string>();
  private readonly table: VirtualTable<Trial>;
  private trials: readonly Trial[] = [];
  private brushed: ReadonlySet<number> | null = null;
  readonly element: HTMLElement;

  constructor(private readonly sweep: string) {
    this.table = new VirtualTable("Trials", this.columns(), trial => trial.name, { column: 1, descending: false });
    this.element = card(
      "All trials", { id: "trials" },
      h(
        "div", { class: "filters" },
        h("label", { class: "grow", for: "filter" }, "Filter", this.filter),
        h("label", { for: "state" }, "State", this.state),
        this.compare,
      ),
      this.hint,
      h("div", { class: "links" }, this.found, this.brush),
      this.table.element,
    );
    this.say();
    this.mendCompare();
  }

  update(trials: readonly Trial[]): void {
    this.trials = trials;
    const states = [...new Set(trials.map(trial => trial.state))].sort();
    const shown = [...this.state.options].slice(1).map(option => option.value);
    if (states.join() !== shown.join()) {
      const value = this.state.value;
      this.state.replaceChildren(h("option", { value: "" }, "any"), ...states.map(state => h("option", { value: state }, state)));
      this.state.value = states.includes(value) ? value : "";
    }
    this.apply();
  }

  /** Shows only trials within the brushes of the parallel coordinates. */
  choose(brushed: ReadonlySet<number> | null): void {
    this.brushed = brushed;
    show(this.brush, brushed !== null);
    setText(this.brush, brushed === null ? "" : `${things(brushed.size, "trial")} chosen above`);
    this.apply();
  }

  private apply(): void {
    const read = readFilter(this.filter.value);
    setAttribute(this.filter, "aria-invalid", read.ok ? null : "true");
    this.say(read.ok ? undefined : read.problem);
    if (!read.ok) {
      return;
    }
    const state = this.state.value;
    const rows = this.trials.filter(trial => (state === "" || trial.state === state) && (this.brushed === null || this.brushed.has(trial.number)) && read.keep(trial));
    setText(this.found, rows.length === this.trials.length ? things(rows.length, "trial") : `${count(rows.length)} of ${things(this.trials.length, "trial")}`);
    this.table.update(rows);
  }

  private say(problem?: string): void {
    setText(this.hint, problem ?? `Words and comparisons, all of which must hold. A comparison begins with one of ${FILTER_NAMES}.`);
    this.hint.classList.toggle("note", problem !== undefined);
    this.hint.classList.toggle("error", problem !== undefined);
  }

  private columns(): readonly Column<Trial>[] {
    const number = (title: string, width: number, text: (trial: Trial) => string, sort: (trial: Trial) => number | null): Column<Trial> => ({ title, width, isNumber: true, text, sort });
    return [
      {
        title: "", width: 2.6,
        cell: trial => h("input", { type: "checkbox", "aria-label": `Choose ${trial.name} for a comparison`, change: event => this.toggle(trial, event.target as HTMLInputElement) }),
        mend: (cell, trial) => {
          const box = cell.firstElementChild;
          if (box instanceof HTMLInputElement) {
            box.checked = this.chosen.has(trial.name);
          }
        },
      },
      { title: "trial", width: 5.5, cell: trial => h("a", { href: links.job(this.sweep, trial.name) }, trial.name), sort: trial => trial.number },
      {
        title: "state", width: 9, sort: trial => trial.state,
        cell: trial => pill(trial.state),
        mend: (cell, trial) => {
          if (cell.firstElementChild !== null) {
            mendPill(cell.firstElementChild, trial.state);
          }
        },
      },
      number("max LR", 6, trial => rate(trial.maxLr), trial => trial.maxLr),
      number("batch", 5, trial => String(trial.batchSize), trial => trial.batchSize),
      number("weight decay", 8, trial => rate(trial.weightDecay), trial => trial.weightDecay),
      number("dropout", 6, trial => rate(trial.dropout), trial => trial.dropout),
      number("val. acc.", 6.5, trial => percent(trial.validation), trial => trial.validation),
      number("test acc.", 6.5, trial => percent(trial.test), trial => trial.test),
      number("train loss", 6.5, trial => (trial.trainLoss === null ? "–" : trial.trainLoss.toPrecision(3)), trial => trial.trainLoss),
      number("epochs", 5, trial => rate(trial.epochs ?? trial.plannedEpochs), trial => trial.epochs ?? trial.plannedEpochs),
      number("time", 6.5, trial => duration(trial.seconds), trial => trial.seconds),
      { title: "role", width: 6.5, text: trial => trial.role, sort: trial => trial.role },
      { title: "worker", width: 10, text: trial => trial.worker, sort: trial => (trial.worker === "" ? null : trial.worker) },
    ];
  }

  private toggle(trial: Trial, box: HTMLInputElement): void {
    if (!box.checked) {
      this.chosen.delete(trial.name);
    } else if (this.chosen.size >= MOST_COMPARED) {
      box.checked = false;
      announce(`At most ${MOST_COMPARED} trials can be compared at once.`);
    } else {
      this.chosen.add(trial.name);
    }
    this.mendCompare();
  }

  private mendCompare(): void {
    const enough = this.chosen.size >= 2;
    setText(this.compare, this.chosen.size === 0 ? "Compare: choose trials" : `Compare ${this.chosen.size} chosen`);
    setAttribute(this.compare, "href", enough ? links.compare(this.sweep, [...this.chosen]) : null);
    setAttribute(this.compare, "aria-disabled", enough ? null : "true");
  }
}

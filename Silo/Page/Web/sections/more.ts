import type { SweepEventLine, SweepPage } from "../api.js";
import { h, KeyedList, show } from "../dom.js";
import { moment } from "../format.js";
import { address, sweepPath } from "../http.js";
import { card, commandLine } from "../parts.js";
import { command } from "../session.js";

/** The last things that happened, newest first. */
export class EventsSection {
  private readonly list = h("ol", { class: "list events", tabindex: 0, "aria-label": "Last events" });
  private readonly lines = new KeyedList<SweepEventLine>(
    this.list, line => String(line.sequence), line => h("li", {}, h("time", { datetime: line.at }, moment(line.at).slice(11)), line.text), () => undefined,
  );
  readonly element = card("Last events", {}, this.list);

  update(events: readonly SweepEventLine[]): void {
    show(this.element, events.length > 0);
    this.lines.update([...events].sort((a, b) => b.sequence - a.sequence));
  }
}

/** Files to take away. */
export function exportSection(sweep: string): HTMLElement {
  const file = (what: string, form: string): string => address(sweepPath(sweep, `/export.${form}?what=${what}`));
  const row = (title: string, what: string, option: string | null): HTMLElement => h(
    "div", { class: "action" },
    h("strong", {}, title),
    h("a", { class: "button", href: file(what, "csv"), download: "" }, "CSV"),
    h("a", { class: "button", href: file(what, "json"), download: "" }, "JSON"),
    commandLine(() => command("export", sweep, ...(option === null ? [] : [option]))),
  );
  return card("Export", { width: "half" }, h("div", { class: "actions" }, row("Trials", "trials", null), row("Range tests", "range_tests", "--range-tests"), row("Curves", "curves", "--curves")));
}

/** The spec and how to see the sweep elsewhere. */
export function specSection(page: SweepPage): HTMLElement {
  return card(
    "Spec", { width: "half" },
    h("div", { class: "actions" },
      page.trace_link === null ? null : h("div", {}, h("a", { class: "button", href: page.trace_link }, "Trace of the sweep")),
      h("div", { class: "action" }, commandLine(() => command("watch", page.view.name))),
      h("div", { class: "action" }, commandLine(() => command("report", page.view.name)))),
    h("details", {}, h("summary", {}, "The spec, with every setting"), h("pre", { class: "log", tabindex: 0 }, page.spec_yaml)),
  );
}

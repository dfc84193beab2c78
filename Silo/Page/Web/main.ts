import { announce, h, setChildren, show } from "./dom.js";
import { onSignedOut, Refused } from "./http.js";
import { links, routeOf, takeKey, type Route } from "./router.js";
import { findSession, session, signIn, signOut } from "./session.js";
import { wireTheme } from "./theme.js";
import type { Frame, View } from "./view.js";
import { CompareView } from "./views/compare.js";
import { JobView } from "./views/job.js";
import { SignInView } from "./views/sign-in.js";
import { SweepView } from "./views/sweep.js";
import { SweepsView } from "./views/sweeps.js";

function part(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) {
    throw new Error(`index.html has no #${id}`);
  }
  return found;
}

const main = part("main");
const trail = part("trail");
const connection = part("connection");
const leave = part("sign-out");
let now: View | null = null;
let signedIn = false;

const frame: Frame = {
  connection(state) {
    if (connection.dataset["state"] === state) {
      return;
    }
    connection.dataset["state"] = state;
    setChildren(connection, ...(state === "none" ? [] : [h("span", { class: "dot" }), state === "connected" ? "live" : "connection lost, trying again"]));
  },
  title(text) {
    document.title = text === "" ? "Sweeper" : `${text} · Sweeper`;
  },
};

function viewOf(route: Route): View {
  switch (route.view) {
    case "sweeps": return new SweepsView(frame);
    case "sweep": return new SweepView(route.sweep, frame);
    case "job": return new JobView(route.sweep, route.job, frame);
    case "compare": return new CompareView(route.sweep, route.jobs, frame);
    case "unknown": return {
      element: h("div", {}, h("h1", {}, "No such page"), h("p", {}, `There is nothing at ${route.path}. `, h("a", { href: links.sweeps }, "All sweeps"))),
      title: "No such page",
      close: () => undefined,
    };
  }
}

function open(view: View, steps: readonly (readonly [string, string])[], focus: boolean): void {
  now?.close();
  now = view;
  frame.title(view.title);
  main.replaceChildren(view.element);
  setChildren(trail, h("ol", {}, ...steps.map(([name, link], index) => h("li", {}, index === steps.length - 1 ? h("span", { "aria-current": "page" }, name) : h("a", { href: link }, name)))));
  if (focus) {
    main.focus({ preventScroll: true });
    scrollTo(0, 0);
    announce(view.title);
  }
}

function stepsOf(route: Route): readonly (readonly [string, string])[] {
  switch (route.view) {
    case "sweeps": return [["sweeps", links.sweeps]];
    case "sweep": return [["sweeps", links.sweeps], [route.sweep, links.sweep(route.sweep)]];
    case "job": return [["sweeps", links.sweeps], [route.sweep, links.sweep(route.sweep)], [route.job, ""]];
    case "compare": return [["sweeps", links.sweeps], [route.sweep, links.sweep(route.sweep)], ["compare", ""]];
    case "unknown": return [["sweeps", links.sweeps], ["no such page", ""]];
  }
}

function follow(focus: boolean): void {
  const key = takeKey();
  if (!signedIn) {
    if (key !== null) {
      void begin(key); // a link of `sweeper page` that was put into the address of this tab
    }
    return;
  }
  const route = routeOf(location.hash);
  frame.connection("none");
  open(viewOf(route), stepsOf(route), focus);
}

function ask(reason: string | null): void {
  signedIn = false;
  show(leave, false);
  frame.connection("none");
  open(new SignInView(reason, async key => {
    await signIn(key);
    enter(true);
  }), [], reason !== null);
}

function enter(focus: boolean): void {
  signedIn = true;
  const who = session();
  leave.title = who === null ? "" : `Signed in as ${who.user}, ${who.role}`;
  show(leave, true);
  follow(focus);
}

async function begin(key: string | null): Promise<void> {
  try {
    if (key !== null) {
      await signIn(key);
    } else {
      await findSession();
    }
    enter(false);
  } catch (problem) {
    if (problem instanceof Refused && problem.status === 401 && key === null) {
      ask(null);
    } else {
      ask(problem instanceof Error ? problem.message : String(problem));
    }
  }
}

wireTheme(part("theme"));
document.querySelector(".skip")?.addEventListener("click", event => {
  event.preventDefault();
  main.focus();
});
leave.addEventListener("click", () => void signOut().then(() => ask(null), (problem: unknown) => announce(problem instanceof Error ? problem.message : String(problem))));
onSignedOut(() => {
  if (signedIn) {
    ask("You are not signed in any more.");
  }
});
addEventListener("hashchange", () => follow(true));
void begin(takeKey());

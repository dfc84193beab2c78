// Runs before the first paint: a theme that the user has chosen must not flash the other one.
{
  let chosen: string | null = null;
  try {
    chosen = localStorage.getItem("sweeper.theme");
  } catch {
    // A browser that keeps nothing: the system's theme it is.
  }
  if (chosen === "light" || chosen === "dark") {
    document.documentElement.dataset["theme"] = chosen;
  }
}

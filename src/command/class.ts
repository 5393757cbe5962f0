/** What a command does to the world, and how classes of several add up. */

/** What does not parse, is not known or depends on what is only known when it runs is `unknown`, and never shown as harmless. */
export type CommandClass = "read-only" | "state-changing" | "unknown";

/** One part that changes something makes all of it so; one that is not known makes the rest not known. None: unknown. */
export function together(classes: readonly CommandClass[]): CommandClass {
  if (classes.includes("state-changing")) return "state-changing";
  return classes.length === 0 || classes.includes("unknown") ? "unknown" : "read-only";
}

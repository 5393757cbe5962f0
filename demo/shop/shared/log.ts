/** Log lines as JSON on standard output, one object a line. */

export type Level = "debug" | "info" | "warn" | "error";

export function log(level: Level, text: string): void {
  if (level === "debug") return;
  process.stdout.write(`${JSON.stringify({ at: Date.now() / 1000, level, text })}\n`);
}

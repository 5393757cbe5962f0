/** A source that answers as docs/sources.md says, with the rows that a test gives it. */

import type { Window } from "../../../src/flows/ports.ts";
import { json, type Behave } from "../odd-server.ts";

export const onset = 1_732_262_400;
const time = (seconds: number): Date => new Date((onset + seconds) * 1000);
export const window: Window = { from: time(-3_600), onset: time(0), to: time(300) };

/** Every minute of the window; higher from the onset on. */
export function points(before: number, after: number): [number, number][] {
  return Array.from({ length: 66 }, (_, index) => {
    const at = onset - 3_600 + index * 60;
    return [at, (at < onset ? before : after) * (1 + (index % 3) / 100)];
  });
}

export const rows = {
  series: [
    { name: "latency_p99", kind: "latency", unit: "seconds", points: points(0.4, 4) },
    { service: "checkout", name: "process_cpu_seconds", points: points(0.2, 0.2) },
  ],
  changes: [
    { id: "12", kind: "deploy", at: onset - 240, title: "v42", deploys: ["3f2a91c0"] },
    { id: "3f2a91c0", kind: "commit", at: onset - 4_000, title: "Read payments row by row" },
  ],
  logs: [
    { at: onset - 30, level: "info", text: "GET / answered 200" },
    { at: onset + 10, text: '{"level":"error","msg":"pool exhausted, waited 500 ms"}' },
  ],
};

export const answers =
  (body: unknown): Behave =>
  (_asked, response) =>
    json(response, body);

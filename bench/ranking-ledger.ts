/** How long a list in Slack takes to order: the whole ledger read from the database, told to the learner, and asked. */

import { readFileSync, readdirSync } from "node:fs";
import { parsePlaybook } from "../src/playbook/parse.ts";
import type { Step } from "../src/playbook/step.ts";
import { chancesOf, type Here, type Ledger, type PastIncident } from "../src/suggestion/learned.ts";
import type { LedgerRow } from "../src/suggestion/tally.ts";
import { symptoms } from "../src/vocabulary.ts";
import { quantile } from "./figures.ts";
import { chanceIn } from "./ranking-world.ts";

const incidentCount = 1000;
const wordsEach = 5;
const rounds = 15;
const hourMs = 3_600_000;
const titleWords =
  "checkout cart search slow errors 5xx down high latency pool exhausted queue".split(" ");

/** CPU milliseconds with the built-in playbook and 5,000 outcomes: the first list of a process, and each after one more incident. */
export function ledgerSpeeds(): { readonly firstListMs: number; readonly nextListMs: number } {
  const steps = builtIn();
  const chance = chanceIn("ledger speed");
  const here: Here = {
    service: "service-1",
    symptom: "latency",
    flags: [],
    text: "checkout is slow",
    outcomes: [],
  };
  const lived = Array.from({ length: incidentCount + rounds }, (_, n) => live(chance, steps, n));
  const ledgerOf = (count: number): Ledger => ({
    incidents: lived.slice(0, count).map(({ incident }) => incident),
    rows: lived.slice(0, count).flatMap(({ rows }) => rows),
  });
  const took = Array.from({ length: rounds }, (_, round) => {
    const ledger = ledgerOf(incidentCount + round);
    const from = process.cpuUsage();
    chancesOf(steps, ledger, here);
    const { user, system } = process.cpuUsage(from);
    return (user + system) / 1000;
  });
  return { firstListMs: took[0] ?? 0, nextListMs: quantile(took.slice(1), 0.5) };
}

function builtIn(): readonly Step[] {
  const folder = new URL("../playbook/", import.meta.url);
  const files = readdirSync(folder)
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => ({ path: name, text: readFileSync(new URL(name, folder), "utf8") }));
  return parsePlaybook(files).steps;
}

function live(
  chance: ReturnType<typeof chanceIn>,
  steps: readonly Step[],
  number: number,
): { readonly incident: PastIncident; readonly rows: readonly LedgerRow[] } {
  const id = `inc_${String(number).padStart(6, "0")}` as const;
  const openedAt = new Date(Date.UTC(2026, 0, 1) + number * 8 * hourMs);
  const service = `service-${Math.floor(8 * chance.unit(id, "service"))}`;
  const symptom = chance.pick(symptoms, id, "symptom");
  const rows = Array.from({ length: wordsEach }, (_, turn): LedgerRow => {
    const step = chance.pick(steps, id, turn);
    const outcome = `${id}_${turn}`;
    const label = step.role === "check" ? "ruled_out" : turn === 4 ? "resolved" : "no_effect";
    const said = { label, confidence: 1, source: "click", actor: "U1", minutes: 5 } as const;
    const { id: stepId, role } = step;
    const suggestionId = `sug_${id}_${stepId}` as const;
    const about = { incidentId: id, suggestionId, stepId, role, symptom, service } as const;
    const times = { at: openedAt, recordedAt: openedAt };
    return { id: `out_${outcome}`, ...about, ...said, ...times, note: null, foretold: null };
  });
  const title = [1, 2, 3, 4, 5, 6, 7].map((at) => chance.pick(titleWords, id, "title", at));
  const incident: PastIncident = {
    id,
    title: title.join(" "),
    service,
    symptom,
    flags: ["deploy"],
    openedAt,
    closedAt: new Date(openedAt.getTime() + hourMs),
    cause: chance.unit(id, "labelled") < 0.5 ? "deploy" : null,
    credit: null,
  };
  return { incident, rows };
}

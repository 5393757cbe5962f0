/** The sample history of the local workspace: made-up incidents in a workspace of their own, loaded when first asked for. */

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Database } from "../edges/postgres/connect.ts";
import { jobIdOf } from "../edges/postgres/group-commit.ts";
import { rememberSample } from "../edges/postgres/store.ts";
import { writeImported } from "../edges/postgres/write-imported.ts";
import { pastIncidentOf } from "../import/rows.ts";
import { toldInJsonLines, type ToldIncident } from "../import/told.ts";
import type { World } from "../flows/ports.ts";
import type { WorkspaceId } from "../vocabulary.ts";
import { writePostmortems, writtenIn } from "./sample-postmortems.ts";

const historyFile = fileURLToPath(new URL("../../demo/sample-history.jsonl", import.meta.url));
/** The file ends with the week before this Monday. */
const fileEndsMs = Date.UTC(2026, 10, 23);
const weekMs = 7 * 86_400_000;

/** One for each week, so that it always ends with the last whole one. */
export function sampleWorkspace(now: Date): WorkspaceId {
  return `sample-${new Date(fileEndsMs + shiftAt(now)).toISOString().slice(0, 10)}`;
}

/** The workspace that holds it from then on; what is there already is left as it is. */
export async function openSample(db: Database, world: World): Promise<WorkspaceId> {
  const now = world.now();
  const workspace = sampleWorkspace(now);
  const text = await readFile(historyFile, "utf8");
  const { incidents, mistakes } = toldInJsonLines(text);
  const [mistake] = mistakes;
  if (mistake) throw new Error(`${historyFile}, line ${mistake.line}: ${mistake.words}`);
  await rememberSample(db, workspace);
  const idOf = (words: string) => jobIdOf(workspace, `import ${words}`);
  const past = incidents.map((told) =>
    pastIncidentOf(shifted(told, shiftAt(now)), world.steps, idOf),
  );
  await writeImported(
    db,
    workspace,
    past.filter((one) => one !== null),
  );
  const written = [...writtenIn(text)].map(([id, one]) => [`inc_${idOf(id)}`, one] as const);
  await writePostmortems(world, workspace, new Map(written), shiftAt(now));
  return workspace;
}

/** Whole weeks, ms. */
function shiftAt(now: Date): number {
  return Math.floor((now.getTime() - fileEndsMs) / weekMs) * weekMs;
}

function shifted(told: ToldIncident, byMs: number): ToldIncident {
  const later = (at: Date | null) => (at === null ? null : new Date(at.getTime() + byMs));
  return {
    ...told,
    startedAt: new Date(told.startedAt.getTime() + byMs),
    acknowledgedAt: later(told.acknowledgedAt),
    mitigatedAt: later(told.mitigatedAt),
    resolvedAt: later(told.resolvedAt),
    steps: told.steps.map((step) => ({ ...step, at: later(step.at) })),
  };
}

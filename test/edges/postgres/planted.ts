/** A kept ledger written into the tables as if it had happened then: the store itself records by the clock of now. */

import type { Database } from "../../../src/edges/postgres/connect.ts";
import { causeLabel } from "../../../src/edges/postgres/schema-learning.ts";
import * as schema from "../../../src/edges/postgres/schema.ts";
import type { ChannelRow } from "../../../src/flows/change.ts";
import type { TimelineFact } from "../../../src/incident/timeline.ts";
import { rankPolicy } from "../../../src/suggestion/rank.ts";
import type { KeptIncident, KeptLedger } from "../../../src/suggestion/kept-ledger.ts";
import { declared } from "../../incident/timeline.ts";
import { suggestionOf } from "./opened.ts";

/** Each incident in a channel of its own. */
export async function plant(
  db: Database,
  workspaceId: string,
  { incidents, rows }: Pick<KeptLedger, "incidents" | "rows">,
  kind: ChannelRow["kind"] = "public",
): Promise<void> {
  for (const incident of incidents) await plantIncident(db, workspaceId, incident, kind);
  for (const {
    role: _role,
    symptom: _symptom,
    service: _service,
    foretold: _said,
    ...row
  } of rows) {
    await db.insert(schema.outcome).values({ ...row, workspaceId });
  }
}

async function plantIncident(
  db: Database,
  workspaceId: string,
  incident: KeptIncident,
  kind: ChannelRow["kind"],
): Promise<void> {
  const { id, offered, causes } = incident;
  const channelId = `C-${id}`;
  const entries = entriesOf(incident);
  await db.insert(schema.channel).values({ workspaceId, id: channelId, name: id, kind });
  const { number, service, symptom, openedAt, turns } = incident;
  const { title = "", endedAt: closedAt = null } = turns.at(-1) ?? {};
  const about = { id, number, title, service, symptom, openedAt, closedAt };
  await db
    .insert(schema.incident)
    .values({ ...about, workspaceId, channelId, lastSeq: entries.length });
  await db.insert(schema.timelineEntry).values(
    entries.map(({ fact, at, recordedAt }, index) => ({
      workspaceId,
      incidentId: id,
      seq: index + 1,
      kind: fact.kind,
      actor: "U1",
      source: "slack" as const,
      at,
      recordedAt,
      fact,
    })),
  );
  for (const [index, { cause, recordedAt }] of causes.entries()) {
    const label = {
      id: `cau_${id}_${index}`,
      incidentId: id,
      actor: "U1",
      at: recordedAt,
    } as const;
    await db.insert(causeLabel).values({ ...label, workspaceId, cause, recordedAt });
  }
  for (const step of offered) {
    const { flags, record, ...row } = suggestionOf(id, { policy: rankPolicy, ...step });
    const words = { ...row, title: row.stepId };
    await db
      .insert(schema.suggestion)
      .values({ ...row, workspaceId, flags: [...flags], record, offered: words });
  }
}

interface Entry {
  readonly fact: TimelineFact;
  readonly at: Date;
  readonly recordedAt: Date;
}

/** The first turn declares it; of each later one what differs from the turn before. */
function entriesOf({ turns, openedAt }: KeptIncident): Entry[] {
  return turns.map(({ recordedAt, endedAt, severity, title, credit }, index): Entry => {
    const before = turns[index - 1];
    if (before === undefined) return { fact: declared(title, severity), at: openedAt, recordedAt };
    if (severity !== before.severity) {
      return { fact: { kind: "severity-set", severity }, at: recordedAt, recordedAt };
    }
    if (credit !== null && credit !== before.credit) {
      return { fact: { kind: "credited", credit, by: "U1" }, at: recordedAt, recordedAt };
    }
    const kind = endedAt === null ? "reopened" : "resolved";
    return { fact: { kind, by: "U1" }, at: endedAt ?? recordedAt, recordedAt };
  });
}

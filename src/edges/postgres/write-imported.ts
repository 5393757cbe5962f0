/** Writes past incidents that another tool kept: all in one transaction, and none that is there already. */

import { eq, inArray, sql } from "drizzle-orm";
import { importer } from "../../import/rows.ts";
import type { PastIncident } from "../../import/rows.ts";
import type { Source, TimelineFact } from "../../incident/timeline.ts";
import type { Outcome } from "../../suggestion/suggestion.ts";
import type { WorkspaceId } from "../../vocabulary.ts";
import type { Database, Transaction } from "./connect.ts";
import { causeLabel } from "./schema-learning.ts";
import * as schema from "./schema.ts";
import { offeredOf } from "./write-ledger.ts";

/** Its incidents were dealt with elsewhere: nothing is ever posted there. */
const importChannel = { id: "import", name: "imported" } as const;

/** A statement of PostgreSQL takes 65,535 values. */
const batchSize = 200;

export interface Imported {
  readonly added: number;
  readonly known: number;
}

/** Numbers are given in the order of their beginnings, from the workspace's next on. */
export async function writeImported(
  db: Database,
  workspace: WorkspaceId,
  all: readonly PastIncident[],
): Promise<Imported> {
  return db.transaction(async (tx) => {
    const [counter] = await tx
      .select({ last: schema.workspace.lastIncidentNumber })
      .from(schema.workspace)
      .where(eq(schema.workspace.id, workspace))
      .for("update");
    if (counter === undefined) throw new Error(`workspace ${workspace} is not in the database`);
    const known = await knownOf(tx, all);
    const fresh = all
      .filter(({ id }) => !known.has(id))
      .toSorted((a, b) => a.startedAt.getTime() - b.startedAt.getTime());
    if (fresh.length === 0) return { added: 0, known: all.length };
    await tx
      .insert(schema.channel)
      .values({ workspaceId: workspace, ...importChannel, kind: "public", isArchived: true })
      .onConflictDoNothing();
    for (let from = 0; from < fresh.length; from += batchSize) {
      const batch = fresh.slice(from, from + batchSize);
      await writeBatch(tx, workspace, batch, counter.last + from);
    }
    await tx
      .update(schema.workspace)
      .set({ lastIncidentNumber: sql`${schema.workspace.lastIncidentNumber} + ${fresh.length}` })
      .where(eq(schema.workspace.id, workspace));
    return { added: fresh.length, known: known.size };
  });
}

async function knownOf(tx: Transaction, all: readonly PastIncident[]): Promise<Set<string>> {
  const ids = all.map(({ id }) => id);
  const known = new Set<string>();
  for (let from = 0; from < ids.length; from += batchSize) {
    const rows = await tx
      .select({ id: schema.incident.id })
      .from(schema.incident)
      .where(inArray(schema.incident.id, ids.slice(from, from + batchSize)));
    for (const { id } of rows) known.add(id);
  }
  return known;
}

async function writeBatch(
  tx: Transaction,
  workspaceId: WorkspaceId,
  batch: readonly PastIncident[],
  after: number,
): Promise<void> {
  const base = { workspaceId };
  await tx.insert(schema.incident).values(
    batch.map((one, index) => ({
      ...base,
      id: one.id,
      number: after + index + 1,
      channelId: importChannel.id,
      title: one.title,
      service: one.service,
      symptom: one.symptom,
      lastSeq: entriesOf(one).length,
      openedAt: one.startedAt,
      closedAt: one.resolvedAt,
    })),
  );
  for (const one of batch) await writeParts(tx, base, one);
}

async function writeParts(
  tx: Transaction,
  base: { readonly workspaceId: WorkspaceId },
  one: PastIncident,
): Promise<void> {
  const { id: incidentId, suggestions, outcomes, cause } = one;
  await tx.insert(schema.timelineEntry).values(
    entriesOf(one).map(({ at, source, fact }, index) => ({
      ...base,
      incidentId,
      seq: index + 1,
      kind: fact.kind,
      actor: importer,
      source,
      at,
      recordedAt: at,
      fact,
    })),
  );
  if (suggestions.length > 0) {
    await tx.insert(schema.suggestion).values(suggestions.map((row) => suggestionRow(base, row)));
  }
  if (outcomes.length > 0) {
    await tx.insert(schema.outcome).values(outcomes.map((row) => ({ ...base, ...row })));
  }
  if (cause === null) return;
  const id = `cau_${incidentId.slice("inc_".length)}` as const;
  const at = one.resolvedAt;
  const label = { ...base, id, incidentId, cause, actor: importer, at, recordedAt: at };
  await tx.insert(causeLabel).values(label);
}

function suggestionRow(
  base: { readonly workspaceId: WorkspaceId },
  row: PastIncident["suggestions"][number],
) {
  return { ...base, ...row, flags: [...row.flags], offered: offeredOf(row) };
}

interface Entry {
  readonly at: Date;
  readonly source: Source;
  readonly fact: TimelineFact;
}

/** As far as it is told, in its order: the beginning first, the end and what had caused it last. */
function entriesOf(one: PastIncident): Entry[] {
  const { acknowledgedAt, mitigatedAt, outcomes, title, severity, cause } = one;
  const by = importer;
  const declared: TimelineFact = {
    kind: "declared",
    title,
    channel: importChannel.id,
    channelName: importChannel.name,
    severity,
  };
  const between: Entry[] = [
    ...(acknowledgedAt === null ? [] : [told(acknowledgedAt, "slack", "investigating")]),
    ...(mitigatedAt === null ? [] : [told(mitigatedAt, "hook", "monitoring")]),
    ...outcomes.map(outcomeEntry),
  ];
  return [
    { at: one.startedAt, source: "hook", fact: declared },
    ...between.toSorted((a, b) => a.at.getTime() - b.at.getTime()),
    { at: one.resolvedAt, source: "hook", fact: { kind: "resolved", by } },
    ...(cause === null
      ? []
      : [
          {
            at: one.resolvedAt,
            source: "hook",
            fact: { kind: "cause-labelled", cause, by },
          } as const,
        ]),
  ];
}

function outcomeEntry({ at, suggestionId, stepId, label, actor, note }: Outcome): Entry {
  const fact: TimelineFact = {
    kind: "outcome",
    suggestion: suggestionId,
    stepId,
    label,
    by: actor,
    note,
    source: "postmortem",
  };
  return { at, source: "hook", fact };
}

function told(at: Date, source: Source, status: "investigating" | "monitoring"): Entry {
  return { at, source, fact: { kind: "status-set", status } };
}

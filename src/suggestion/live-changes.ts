/** Which suspects are known to have been running when it began: a merge is not a deploy (DESIGN §5). */

import type { Diagnosis } from "../evidence/diagnosis.ts";
import type { ChangeKind, ChangeRecord } from "../evidence/input.ts";
import { placedChanges } from "../evidence/liveness.ts";
import type { Mechanism } from "../vocabulary.ts";

export interface LiveChange {
  readonly change: ChangeRecord;
  /** Seconds from going live to the onset; negative within the slack of the onset's own estimate. */
  readonly beforeOnset: number;
  readonly p: number;
}

/** The same as an incident keeps it. */
export interface LiveSuspect {
  readonly kind: ChangeKind;
  readonly title: string;
  readonly service?: string;
  /** When it went live, Unix seconds. */
  readonly at: number;
}

/** An onset is known to about this many seconds: what went live so shortly after may have been before it. */
const onsetSlackSeconds = 120;

/** The suspects that were live, most suspect first, ties by id. */
export function liveChanges(
  diagnosis: Diagnosis,
  changes: readonly ChangeRecord[],
): readonly LiveChange[] {
  const suspicion = new Map(diagnosis.changes.map((suspect) => [suspect.id, suspect.p]));
  return placedChanges(changes, null)
    .flatMap(({ change, live }) => {
      const p = suspicion.get(change.id) ?? 0;
      const beforeOnset = diagnosis.onset - live.at;
      const isSuspect = p > 0 && live.state === "live" && beforeOnset >= -onsetSlackSeconds;
      return isSuspect ? [{ change, beforeOnset, p }] : [];
    })
    .toSorted((a, b) => b.p - a.p || (a.change.id < b.change.id ? -1 : 1));
}

/** Mechanisms whose fix takes a change back, and nothing else. */
export type ChangeMechanism = Extract<Mechanism, "deploy" | "configuration" | "flag">;

export function isChangeMechanism(mechanism: Mechanism): mechanism is ChangeMechanism {
  return mechanism === "deploy" || mechanism === "configuration" || mechanism === "flag";
}

/** Whether taking back this kind of thing would take back this change. */
export function isOfMechanism(change: ChangeRecord, mechanism: ChangeMechanism): boolean {
  switch (mechanism) {
    case "deploy":
      return change.kind === "commit" || change.kind === "deploy";
    case "flag":
      return change.kind === "flag";
    case "configuration":
      return (
        change.kind === "config" || change.files?.some((file) => isConfiguration(file)) === true
      );
  }
}

/** A commit of the flag's service whose title or diff names the flag does nothing while the flag is off. */
export function isBehind(change: ChangeRecord, flag: ChangeRecord): boolean {
  return (
    change.kind === "commit" &&
    change.service === flag.service &&
    flag.id.length >= flagCharsMin &&
    `${change.title}\n${change.diff ?? ""}`.split(/[^\w.-]+/).includes(flag.id)
  );
}

/** A shorter name may be any word of a diff. */
const flagCharsMin = 6;

function isConfiguration(file: string): boolean {
  return /\.(ya?ml|json|toml|ini|env|conf|cfg|properties|tf)$|(^|\/)\.env/i.test(file);
}

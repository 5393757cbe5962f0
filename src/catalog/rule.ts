/** A rule that somebody gave in the chat: it gates as the catalog's do, for every service. */

import { constraintSchema } from "./catalog-schema.ts";
import type { Constraint } from "./catalog.ts";
import { check } from "./mend.ts";

/** As it was written, and by whom. */
export interface Rule {
  readonly id: `rul_${string}`;
  /** "restart-service", "risk:disruptive", "mechanism:deploy", "command:kubectl delete". */
  readonly forbid: readonly string[];
  readonly because: string;
  /** Slack's id of who gave it. */
  readonly by: string;
  /** YYYY-MM-DD, to the end of that day in UTC; absent: until it is revoked. */
  readonly until?: string;
}

type Written = Pick<Rule, "forbid" | "because" | "until">;

/** What is wrong with it by the part that is at fault, with the mend. */
export type RuleMistake = {
  readonly part: "forbid" | "because" | "until";
  readonly message: string;
};

export function constraintOf({ forbid, because, until }: Written): Constraint | RuleMistake {
  const written = { forbid, because, ...(until === undefined ? {} : { until }) };
  const checked = check(constraintSchema, written);
  if (!("refusals" in checked)) return checked.value;
  const [refusal] = checked.refusals;
  const part = refusal?.at[0];
  const message = refusal?.message ?? "cannot be read";
  return { part: part === "because" || part === "until" ? part : "forbid", message };
}

/** Rules that are in force or will be at some severity; what could not be read any more still forbids nothing else. */
export function constraintsOf(rules: readonly Rule[]): Constraint[] {
  return rules.flatMap((rule) => {
    const constraint = constraintOf(rule);
    return "part" in constraint ? [] : [{ ...constraint, by: rule.by }];
  });
}

export function isOver({ until }: Pick<Rule, "until">, at: Date): boolean {
  return until !== undefined && at.toISOString().slice(0, 10) > until;
}

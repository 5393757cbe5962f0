/** A made-up organisation for the ranking benchmark: what its incidents look like, what works in them, what its people do. */

import { unitFrom } from "../src/learning/numbers.ts";
import type { StepFacts } from "../src/learning/facts.ts";

export interface World {
  readonly name: string;
  readonly steps: readonly StepFacts[];
  /** What the steps take in truth, by id. */
  readonly minutes: ReadonlyMap<string, number>;
  readonly causes: readonly string[];
  readonly incidents: readonly MadeIncident[];
  /** Chance that a step works, given what can be seen of the incident and what failed in it: the best anybody can know. */
  readonly chance: (incident: MadeIncident, step: string, failed: ReadonlySet<string>) => number;
  readonly habits: Habits;
}

export interface MadeIncident {
  readonly id: string;
  readonly number: number;
  readonly service: string;
  readonly symptom: string;
  readonly flags: readonly string[];
  readonly cause: string;
  /** Which steps would end it. */
  readonly works: ReadonlySet<string>;
  /** Minutes after which it heals by itself; Infinity: never. */
  readonly healsAfter: number;
}

/** How people try and what they write down. */
export interface Habits {
  /** Chance to take the next of the list rather than to skip it. */
  readonly follows: number;
  /** Chance to do something of their own. */
  readonly ownIdeas: number;
  readonly failuresRecorded: number;
  readonly successesRecorded: number;
  readonly wrongCredit: number;
  /** A failure that nobody recorded is known in its incident all the same, or nobody tells. */
  readonly silence: "known" | "untold";
  /** Who resolved it is named at the end, or clicked on the step alone. */
  readonly credit: "named" | "clicked";
}

export const usualHabits = {
  follows: 0.8,
  ownIdeas: 0.12,
  failuresRecorded: 0.6,
  successesRecorded: 0.85,
  wrongCredit: 0.1,
} as const;

/** Numbers by chance that depend on their names alone, so that every policy meets the same world. */
export function chanceIn(...world: readonly (string | number)[]) {
  const unit = (...parts: readonly (string | number)[]) => unitFrom(...world, ...parts);
  const normal = (...parts: readonly (string | number)[]) =>
    Math.sqrt(-2 * Math.log(1 - unit(...parts, "r"))) * Math.cos(2 * Math.PI * unit(...parts, "a"));
  const pick = <T>(items: readonly T[], ...parts: readonly (string | number)[]): T => {
    const item = items[Math.floor(unit(...parts) * items.length)];
    if (item === undefined) throw new Error("nothing to pick from");
    return item;
  };
  const weighted = <T>(
    items: readonly (readonly [item: T, weight: number])[],
    ...parts: readonly (string | number)[]
  ): T => {
    const total = items.reduce((sum, [, weight]) => sum + weight, 0);
    let left = unit(...parts) * total;
    for (const [item, weight] of items) {
      left -= weight;
      if (left <= 0) return item;
    }
    const last = items.at(-1);
    if (last === undefined) throw new Error("nothing to pick from");
    return last[0];
  };
  return { unit, normal, pick, weighted };
}

export type Chance = ReturnType<typeof chanceIn>;

/** The playbook of an organisation: what it says lies about what is so. */
export function madeSteps(
  chance: Chance,
  count: number,
  truth: (step: string, symptom: string) => number,
  symptoms: readonly string[],
): { readonly steps: StepFacts[]; readonly minutes: Map<string, number> } {
  const minutes = new Map<string, number>();
  const steps = Array.from({ length: count }, (_, index): StepFacts => {
    const id = `step-${index}`;
    const taken = Math.min(Math.max(Math.exp(2 + 0.8 * chance.normal(id, "minutes")), 1), 60);
    minutes.set(id, taken);
    const told = (symptom: string) => {
      const odds = Math.log(truth(id, symptom) / (1 - truth(id, symptom)));
      return 1 / (1 + Math.exp(-odds - chance.normal(id, symptom, "prior")));
    };
    const mean = symptoms.reduce((sum, symptom) => sum + told(symptom), 0) / symptoms.length;
    return {
      id,
      role: "fix",
      minutes: taken * Math.exp(0.3 * chance.normal(id, "told minutes")),
      risk: null,
      mechanism: null,
      prior: {
        "*": mean,
        ...Object.fromEntries(symptoms.map((symptom) => [symptom, told(symptom)])),
      },
    };
  });
  return { steps, minutes };
}

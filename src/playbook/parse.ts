/** Reads playbook files: steps in YAML, each mistake with its file, its line and its mend. */

import { z } from "zod";
import type { Problem, TextFile } from "../catalog/located-yaml.ts";
import { readYaml } from "../catalog/located-yaml.ts";
import { check, keys } from "../catalog/mend.ts";
import type { Step } from "./step.ts";
import { refusalsOf, stepSchema } from "./step-schema.ts";

export interface ParsedPlaybook {
  /** The steps without a mistake, in the order of the files. */
  readonly steps: readonly Step[];
  readonly errors: readonly Problem[];
}

/** Of all files together; more could not be ranked in time. */
const stepsMax = 500;

const fileSchema = keys({ steps: z.array(z.unknown()) });

/** Built-in files first: where two steps have one id the first stays and the second is an error. */
export function parsePlaybook(files: readonly TextFile[]): ParsedPlaybook {
  const steps = new Map<string, { readonly step: Step; readonly place: string }>();
  const errors: Problem[] = [];
  for (const file of files) {
    const read = stepsOf(file);
    errors.push(...read.errors);
    for (const { step, line } of read.steps) {
      const refuse = (message: string) => errors.push({ path: file.path, line, message });
      const first = steps.get(step.id);
      if (first !== undefined) {
        refuse(`step ${step.id} is already in ${first.place}; give this one another id`);
      } else if (steps.size >= stepsMax) {
        refuse(`step ${step.id} is one more than ${stepsMax}; leave out what nobody uses`);
      } else steps.set(step.id, { step, place: `${file.path}:${line}` });
    }
  }
  return { steps: [...steps.values()].map((it) => it.step), errors };
}

interface LocatedStep {
  readonly step: Step;
  readonly line: number;
}

function stepsOf(file: TextFile): { steps: LocatedStep[]; errors: Problem[] } {
  const { documents, errors: unreadable } = readYaml(file);
  const steps: LocatedStep[] = [];
  const errors = [...unreadable];
  for (const document of documents) {
    const refuse = (at: readonly PropertyKey[], message: string) =>
      errors.push({ path: file.path, line: document.lineOf(at), message });
    const listed = check(fileSchema, document.value);
    if ("refusals" in listed) {
      for (const { at, message } of listed.refusals) refuse(at, message);
      continue;
    }
    for (const [index, value] of listed.value.steps.entries()) {
      const checked = check(stepSchema, value);
      const refusals = "refusals" in checked ? checked.refusals : refusalsOf(checked.value);
      for (const { at, message } of refusals) {
        refuse(["steps", index, ...at], `${nameOf(value)}${message}`);
      }
      if ("value" in checked && refusals.length === 0) {
        steps.push({ step: checked.value, line: document.lineOf(["steps", index]) });
      }
    }
  }
  return { steps, errors };
}

/** "step roll-back-deploy, ", so that a message is understood without the file. */
function nameOf(value: unknown): string {
  const named = z.object({ id: z.string() }).safeParse(value);
  return named.success ? `step ${named.data.id.slice(0, 100)}, ` : "step: ";
}

/** The shape in which a step is written, and the rules that a shape cannot say. */

import { z } from "zod";
import { platforms, runtimes } from "../catalog/catalog.ts";
import type { Refusal } from "../catalog/mend.ts";
import { keys, oneOf, unknownWord, where } from "../catalog/mend.ts";
import {
  contextFlags,
  deedKinds,
  mechanisms,
  metricKinds,
  risks,
  symptoms,
} from "../vocabulary.ts";
import { isPlaceholder, namesIn, placeholders } from "./placeholder.ts";
import type { Step } from "./step.ts";

const sentence = z.string().trim().min(1).max(400);
const heading = z.string().trim().min(1).max(90);
const command = z.string().trim().min(1).max(1200);
const chance = z.number().min(0).max(1);

export const stepSchema = keys({
  id: z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/, {
    error: "is not verb-object in lower case; write one such as roll-back-deploy",
  }),
  role: oneOf(["check", "fix"]),
  title: heading,
  plainTitle: heading,
  question: sentence,
  mechanism: oneOf(mechanisms),
  ways: z
    .array(
      keys({
        runtimes: z.array(oneOf(runtimes)).min(1).exactOptional(),
        platforms: z.array(oneOf(platforms)).min(1).exactOptional(),
        command,
        undo: command.exactOptional(),
      }),
    )
    .min(1)
    .max(20),
  expect: keys({ ifSo: sentence, ifNot: sentence }),
  minutes: z.number().min(1).max(240),
  risk: oneOf(risks),
  priors: z.partialRecord(z.enum([...symptoms, "*"]), chance),
  tellsApart: sentence.exactOptional(),
  needs: keys({
    flags: z.array(oneOf(contextFlags)).min(1).exactOptional(),
    shiftedKinds: z.array(oneOf(metricKinds)).min(1).exactOptional(),
    runtimes: z.array(oneOf(runtimes)).min(1).exactOptional(),
    platforms: z.array(oneOf(platforms)).min(1).exactOptional(),
    suspectDependency: z.boolean().exactOptional(),
  }).exactOptional(),
  boosts: z
    .array(
      keys({
        when: keys({
          shiftedKind: oneOf(metricKinds).exactOptional(),
          flag: oneOf(contextFlags).exactOptional(),
          logWord: z.string().trim().min(2).max(60).exactOptional(),
        }),
        odds: z.number().min(0.05).max(20),
      }),
    )
    .max(20)
    .default([]),
  doneWords: z.array(z.string().min(3).max(200)).max(20).default([]),
  told: z
    .array(
      keys({
        verbs: z.array(oneOf(deedKinds)).min(1),
        of: z.array(z.string().min(2).max(500)).min(1).max(60),
      }),
    )
    .max(8)
    .exactOptional(),
}) satisfies z.ZodType<Step>;

/** What a step of the right shape still gets wrong. */
export function refusalsOf(step: Step): Refusal[] {
  return [
    ...inverseRefusals(step),
    ...placeholderRefusals(step),
    ...doneWordRefusals(step),
    ...(step.priors["*"] === undefined
      ? [refusal(["priors"], 'has no "*"; add it, the chance under any other symptom')]
      : []),
    ...step.boosts.flatMap(({ when }, index) =>
      Object.keys(when).length === 0
        ? [refusal(["boosts", index, "when"], "is empty; name a shiftedKind, a flag or a logWord")]
        : [],
    ),
  ];
}

function inverseRefusals(step: Step): Refusal[] {
  return step.ways.flatMap((way, index) => {
    if (step.role === "check") {
      return way.undo === undefined
        ? []
        : [
            refusal(
              ["ways", index, "undo"],
              "a check changes nothing; make it a fix or leave it out",
            ),
          ];
    }
    return way.undo === undefined && step.risk !== "irreversible"
      ? [refusal(["ways", index], "a fix without undo; add how to undo it, or risk: irreversible")]
      : [];
  });
}

function placeholderRefusals(step: Step): Refusal[] {
  const texts: (readonly [at: readonly PropertyKey[], text: string | undefined])[] = [
    [["title"], step.title],
    [["question"], step.question],
    [["tellsApart"], step.tellsApart],
    [["expect", "ifSo"], step.expect.ifSo],
    [["expect", "ifNot"], step.expect.ifNot],
    ...step.ways.flatMap((way, index) => [
      [["ways", index, "command"], way.command] as const,
      [["ways", index, "undo"], way.undo] as const,
    ]),
  ];
  const unknown = texts.flatMap(([at, text]) =>
    namesIn(text ?? "")
      .filter((name) => !isPlaceholder(name))
      .map((name) => {
        const mend = unknownWord("placeholder", `{${name}}`, known);
        return refusal(at, `${mend}; braces that are meant so need a space: { ${name} }`);
      }),
  );
  return namesIn(step.plainTitle).length === 0
    ? unknown
    : [...unknown, refusal(["plainTitle"], "holds a placeholder; it is what is shown without any")];
}

const known = Object.keys(placeholders).map((name) => `{${name}}`);

function doneWordRefusals({ doneWords, told = [] }: Step): Refusal[] {
  return [
    ...doneWords.flatMap((text, index) => patternRefusals(text, ["doneWords", index])),
    ...told.flatMap(({ of }, index) =>
      of.flatMap((text, at) => patternRefusals(text, ["told", index, "of", at])),
    ),
  ];
}

function patternRefusals(text: string, at: (string | number)[]): Refusal[] {
  if (/\([^)]*[+*{][^)]*\)[+*{]|\\[1-9k]/.test(text)) {
    return [refusal(at, "can take for ever; no repeated group that repeats within, no \\1")];
  }
  try {
    return new RegExp(text, "iu").test("") ? [refusal(at, "matches the empty text; say more")] : [];
  } catch {
    return [
      refusal(at, `${JSON.stringify(text)} is not a regular expression; escape ( ) [ ] + ? *`),
    ];
  }
}

function refusal(at: readonly PropertyKey[], message: string): Refusal {
  return { at, message: `${where(at)}${message}` };
}

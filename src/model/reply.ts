/** What a model must reply with: the shapes, and how what it wrote is read as one of them. */

import { z } from "zod";
import { fallen, type Fallen } from "./fallen.ts";
import { jsonInText } from "./json-in-text.ts";

/** One line, whatever breaks the model put in: a break would let a text look like several of ours. */
const line = (max: number) =>
  z
    .string()
    .transform((text) => text.replaceAll(/\s+/g, " ").trim())
    .pipe(z.string().min(1).max(max));
const cites = z.array(z.string().trim().min(1).max(200)).max(8).default([]);
const named = z.string().trim().min(1).max(120);

/** One sentence and the ids of the evidence that it stands on. */
const sentence = z.object({ text: line(400), cites });

const step = z.object({
  /** Id of a canonical step; null: a new one. */
  step: named.nullable().default(null),
  title: line(90),
  service: named.nullable().default(null),
  kind: z.enum(["fix", "check"]),
  why: line(400),
  cites,
  expect: line(400),
  command: z.string().trim().max(1_000).nullable().default(null),
});

/** What somebody wrote that they did. Nothing here says that an incident is resolved: that is a human's word alone. */
const deed = z.object({
  /** Id of the message as it was shown. */
  message: named,
  /** Id of a step. */
  step: named,
  what: z.enum(["done", "tried", "ruled-out", "fixed"]),
  outcome: z.enum(["helped", "no-effect", "worse"]).nullish().catch(null),
});

export type WordedSentence = Readonly<z.infer<typeof sentence>>;
export type WordedStep = Readonly<z.infer<typeof step>>;
export type ReadDeed = Readonly<z.infer<typeof deed>>;

/** Of the automatic pass, after the deterministic answer is posted. */
export interface PassReply {
  readonly findings: readonly WordedSentence[];
  readonly steps: readonly WordedStep[];
  readonly deeds: readonly ReadDeed[];
}

/** The answer to a follow-up question, after the tools were called. */
export interface FollowUpReply {
  readonly sentences: readonly WordedSentence[];
}

/** A part that does not have its shape falls alone. `problem`: in the words of a sentence that begins with "The reply". */
export type Parsed<Reply> =
  | { readonly reply: Reply; readonly fell: readonly Fallen[] }
  | { readonly problem: string };

const findingsMax = 6;
const stepsMax = 5;
const deedsMax = 20;
const sentencesMax = 12;
/** Of each list; what stands behind is not even counted one by one. */
const fallenMax = 20;

export function parsePassReply(text: string): Parsed<PassReply> {
  const found = jsonInText(text, ["findings", "steps", "deeds"]);
  if ("problem" in found) return found;
  const findings = listOf("findings", found.object["findings"], sentence, findingsMax);
  const steps = listOf("steps", found.object["steps"], step, stepsMax);
  const deeds = listOf("deeds", found.object["deeds"], deed, deedsMax);
  return {
    reply: { findings: findings.kept, steps: steps.kept, deeds: deeds.kept },
    fell: [...findings.fell, ...steps.fell, ...deeds.fell],
  };
}

export function parseFollowUpReply(text: string): Parsed<FollowUpReply> {
  const found = jsonInText(text, ["sentences"]);
  if ("problem" in found) return found;
  const { kept, fell } = listOf("sentences", found.object["sentences"], sentence, sentencesMax);
  return { reply: { sentences: kept }, fell };
}

/** What it read in the thread, beside its answer. */
export function parseReadDeeds(text: string): {
  readonly deeds: readonly ReadDeed[];
  readonly fell: readonly Fallen[];
} {
  const found = jsonInText(text, ["sentences", "deeds"]);
  if ("problem" in found) return { deeds: [], fell: [] };
  const { kept, fell } = listOf("deeds", found.object["deeds"], deed, deedsMax);
  return { deeds: kept, fell };
}

/** What could not be read is told by its place: nobody has looked at what stands in it. */
function listOf<Item>(name: string, given: unknown, shape: z.ZodType<Item>, max: number) {
  const kept: Item[] = [];
  const fell: Fallen[] = [];
  if (given === undefined || given === null) return { kept, fell };
  if (!Array.isArray(given)) return { kept, fell: [fallen(name, "is not a list")] };
  for (const [at, item] of given.slice(0, max + fallenMax).entries()) {
    const read = shape.safeParse(item);
    if (!read.success) fell.push(fallen(`${name}, ${at + 1}`, whatIsWrong(read.error)));
    else if (kept.length === max)
      fell.push(fallen(`${name}, ${at + 1}`, `is beyond the first ${max}`));
    else kept.push(read.data);
  }
  return { kept, fell: fell.slice(0, fallenMax) };
}

function whatIsWrong(error: z.ZodError): string {
  const [issue] = error.issues;
  const at = issue?.path.join(".") ?? "";
  return `does not have the shape that was asked for${at === "" ? "" : ` (${at})`}`;
}

/** The words of a step that a model made up: a title tells to do something, what is expected stands under an "if". */

import type { Step } from "../playbook/step.ts";
import { isKnownName } from "./known-name.ts";
import type { Known } from "./known.ts";
import { namesIn } from "./names.ts";
import { unsafeIn } from "./unsafe.ts";
import { unknownWords, wordsOfItems } from "./vocabulary.ts";

const ended =
  /\b(?:resol\w+|mitigat\w+|clos(?:e|es|ed|ing)|all clear|over|recovered|solved|no action|every(?:one|body)|ignore\w*|instructions?)\b/i;
const causal = /\b(?:caus(?:ed|es|ing)|led to|because|due to|is to blame)\b/i;
const stating = /\b(?:is|are|was|were|has|have|had|can|needs?|worked|works)\b/i;
const asked = /\b(?:whether|if|what|which|how|who|where|why|when|that)\b.*$/i;
const conditional = /\b(?:if|should|will|would|expect(?:ed|s)?|otherwise|else|unless|when)\b/i;

/** null: it may be shown. A title that states something is no step. */
export async function titleFault(
  title: string,
  known: Known,
  steps: readonly Step[],
): Promise<string | null> {
  if (stating.test(title.replace(asked, " ")) || /[.;:!?]\s*\S/.test(title))
    return "states something, and tells nobody what to do";
  return (await textFault(title, known, steps)) ?? claimFault(title);
}

export async function expectFault(
  expect: string,
  known: Known,
  steps: readonly Step[],
): Promise<string | null> {
  const sentences = expect.split(/(?<=[.;!?])\s+/).filter((each) => /\p{L}/u.test(each));
  if (!sentences.every((each) => conditional.test(each)))
    return "tells as a fact what is only to be expected";
  return (await textFault(expect, known, steps)) ?? claimFault(expect);
}

function claimFault(text: string): string | null {
  return causal.test(text) || ended.test(text) ? "claims what is for people to say" : null;
}

/**
 * Words of a step speak of what is not measured yet: they are the playbook's, those of metrics, and everyday ones.
 * What people and programs wrote is not among them, for whoever wrote it would choose them.
 */
async function textFault(
  text: string,
  known: Known,
  steps: readonly Step[],
): Promise<string | null> {
  const unsafe = await unsafeIn(text, known);
  if (unsafe !== null) return unsafe;
  const lost = namesIn(text).find((name) => !isKnownName(name, known));
  if (lost !== undefined) return `names ${lost.what} that was not gathered`;
  const measured = [...known.items.values()].filter(({ kind }) => kind === "metric");
  const words = wordsOfItems(measured);
  for (const word of playbookWords(steps)) words.add(word);
  for (const service of known.services) words.add(service.toLowerCase());
  const [strange] = unknownWords(text, words);
  return strange === undefined
    ? null
    : "uses a word that neither the metrics nor the playbook have";
}

/** The playbook is the same from one reading to the next. */
const wordsKept = new WeakMap<readonly Step[], ReadonlySet<string>>();

function playbookWords(steps: readonly Step[]): ReadonlySet<string> {
  const kept = wordsKept.get(steps);
  if (kept !== undefined) return kept;
  const texts = steps.map(
    ({ plainTitle, question, expect }) =>
      `${plainTitle} ${question} ${expect.ifSo} ${expect.ifNot}`,
  );
  const words = new Set(unknownWords(texts.join(" "), new Set()));
  wordsKept.set(steps, words);
  return words;
}

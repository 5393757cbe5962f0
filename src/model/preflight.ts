/** What of a model's reply may be shown: all that names only what was gathered and claims no more; the rest falls. */

import { answerFault, orderFault } from "./answer-fault.ts";
import { deedFault, type ThreadMessage } from "./deeds.ts";
import type { Fallen } from "./fallen.ts";
import type { Known } from "./known.ts";
import { checkedStep, type KeptStep, type Offer } from "./proposed-step.ts";
import type { FollowUpReply, PassReply, ReadDeed, WordedSentence } from "./reply.ts";
import { faultOf } from "./sentence.ts";
import { toldFallen } from "./told-fallen.ts";

export interface KeptPass {
  /** To be marked as worded by the model. */
  readonly findings: readonly WordedSentence[];
  readonly steps: readonly KeptStep[];
  /** None of them resolves anything: that is a human's word. */
  readonly deeds: readonly ReadDeed[];
}

export interface Checked<Kept> {
  readonly kept: Kept;
  /** Behind one click. */
  readonly fell: readonly Fallen[];
}

export async function preflightPass(
  reply: PassReply,
  known: Known,
  offer: Offer,
  messages: readonly ThreadMessage[],
): Promise<Checked<KeptPass>> {
  const findings = await checkedSentences(reply.findings, known, orderFault);
  const steps: KeptStep[] = [];
  const fell: Fallen[] = [...findings.fell];
  for (const step of reply.steps) {
    const checked = await checkedStep(step, known, offer);
    fell.push(...checked.fell);
    if (checked.kept === null) continue;
    if (steps.some((other) => isSame(other, checked.kept)))
      fell.push(await toldFallen(step.title, "is there twice", known));
    else steps.push(checked.kept);
  }
  const deeds = reply.deeds.filter((deed) => {
    const fault = deedFault(deed, messages, offer.steps);
    if (fault !== null) fell.push(fault);
    return fault === null;
  });
  return { kept: { findings: findings.kept, steps, deeds }, fell };
}

export async function preflightFollowUp(
  reply: FollowUpReply,
  known: Known,
): Promise<Checked<readonly WordedSentence[]>> {
  return checkedSentences(reply.sentences, known, answerFault);
}

/** `more`: what else a sentence may fall for. */
async function checkedSentences(
  sentences: readonly WordedSentence[],
  known: Known,
  more: (sentence: WordedSentence) => string | null,
) {
  const kept: WordedSentence[] = [];
  const fell: Fallen[] = [];
  for (const sentence of sentences) {
    const fault = (await faultOf(sentence, known)) ?? more(sentence);
    if (fault === null) kept.push(sentence);
    else fell.push(await toldFallen(sentence.text, fault, known));
  }
  return { kept, fell };
}

function isSame(one: KeptStep, other: KeptStep | null): boolean {
  if (other === null || one.kind !== other.kind) return false;
  if (one.kind === "canonical") return other.kind === "canonical" && one.stepId === other.stepId;
  return other.kind === "new" && one.title.toLowerCase() === other.title.toLowerCase();
}

/** A step that a model proposes: kept as a canonical one, kept as new, or fallen, with the reason. */

import type { Constraint } from "../catalog/catalog.ts";
import { forbids } from "../catalog/constraints.ts";
import { fillIn, type FillFacts } from "../playbook/fill.ts";
import type { Step } from "../playbook/step.ts";
import type { Risk, Severity } from "../vocabulary.ts";
import { orderFault } from "./answer-fault.ts";
import { commandFault } from "./command-fault.ts";
import type { Fallen } from "./fallen.ts";
import type { Known } from "./known.ts";
import { newFixFault } from "./new-fix.ts";
import type { WordedSentence, WordedStep } from "./reply.ts";
import { alikeness, sameStep } from "./same-step.ts";
import { faultOf } from "./sentence.ts";
import { expectFault, titleFault } from "./step-text.ts";
import { fallenCommand, toldFallen } from "./told-fallen.ts";

/** What steps are held against. */
export interface Offer {
  readonly steps: readonly Step[];
  readonly facts: FillFacts;
  /** What the incident is about. */
  readonly service: string | null;
  readonly severity: Severity | null;
  /** The rules for a service; null: those for every one. */
  readonly constraintsOf: (service: string | null) => readonly Constraint[];
  readonly at: Date;
  /** Ids of what the channel has done, and titles of what it did that is no canonical step. */
  readonly done: readonly string[];
  readonly doneTitles: readonly string[];
}

export type KeptStep =
  /** Everything but the reason is the playbook's. */
  | { readonly kind: "canonical"; readonly stepId: string; readonly why: WordedSentence }
  /** Without a record, and so without a rank. */
  | {
      readonly kind: "new";
      readonly role: Step["role"];
      readonly title: string;
      readonly service: string | null;
      readonly why: WordedSentence;
      readonly expect: string;
      /** Known to only read; null: none, or it fell. */
      readonly command: string | null;
    };

export interface CheckedStep {
  readonly kept: KeptStep | null;
  readonly fell: readonly Fallen[];
}

export async function checkedStep(
  step: WordedStep,
  known: Known,
  offer: Offer,
): Promise<CheckedStep> {
  const same = sameStep(step, offer.steps, known.services);
  const barred =
    serviceFault(step, known) ??
    (same === null ? newBar(step, known, offer) : canonicalBar(same, step, offer));
  const why = { text: step.why, cites: step.cites };
  const fault = barred ?? (await faultOf(why, known)) ?? orderFault(why);
  if (fault !== null) return { kept: null, fell: [await toldFallen(step.title, fault, known)] };
  if (same !== null) return { kept: { kind: "canonical", stepId: same.id, why }, fell: [] };
  return newStep(step, known, offer);
}

function serviceFault({ service }: WordedStep, { services }: Known): string | null {
  if (service === null || services.includes(service)) return null;
  return "names a service that was not gathered";
}

function canonicalBar(same: Step, { service }: WordedStep, offer: Offer): string | null {
  if (offer.done.includes(same.id)) return "was done already";
  const { how } = fillIn(same, offer.facts);
  const commands = [how?.command, how?.undo].filter((each) => each !== undefined);
  return ruleAgainst({ ...same, commands }, service, offer);
}

/** What nobody knows the mechanism of, and changes something, is not shown where there are any rules. */
function newBar(
  { title, kind, command, service }: WordedStep,
  { services }: Known,
  offer: Offer,
): string | null {
  if (offer.doneTitles.some((done) => alikeness(title, done, []) >= sameTitleMin))
    return "was done already";
  const rules = rulesFor(service, offer);
  const [rule] = rules;
  if (kind === "fix" && rule !== undefined)
    return "is new and changes something, and this service has rules";
  const fault = kind === "fix" ? newFixFault(title, services) : null;
  if (fault !== null) return fault;
  const risk: Risk = kind === "fix" ? "disruptive" : "read-only";
  return ruleAgainst(
    { id: "", risk, mechanism: "other", commands: [title, ...(command === null ? [] : [command])] },
    service,
    offer,
  );
}

const sameTitleMin = 0.75;

function ruleAgainst(
  step: Parameters<typeof forbids>[1],
  service: string | null,
  offer: Offer,
): string | null {
  const rule = forbids(rulesFor(service, offer), step, offer.at, offer.severity);
  return rule === null ? null : `is forbidden by a rule: ${rule.because}`;
}

/** Those of the step's service, and those of the incident's. */
function rulesFor(service: string | null, offer: Offer): readonly Constraint[] {
  const own = offer.constraintsOf(offer.service);
  return service === null || service === offer.service
    ? own
    : [...own, ...offer.constraintsOf(service)];
}

const changing =
  /\b(?:restart|reboot|bounce|kill|scale|roll ?back|revert|deploy|disable|enable|turn (?:on|off)|switch|delete|drop|remove|wipe|purge|truncate|flush|clear|reset|drain|cordon|evict|stop|shut ?down|raise|lower|increase|decrease|change|edit|patch|apply|install|upgrade|downgrade|rotate|revoke|fail ?over|promote|block|pause)\b/i;

/** Whoever is told to look is told so by the first word; "take checkout down" is no check, whatever it is called. */
const looking =
  /^(?:read|check|compare|look|list|count|trace|profile|see|find|inspect|watch|query|search|show|measure|verify|confirm|review|sample|plot|graph|time|ping|view|examine)\b/i;

/** Whom a text from outside names may be anyone. */
const reachingOut =
  /(?:\b(?:and|then|or|to)|,)\s+(?:then\s+)?(?:call|ask|send|phone|dial|e-?mail|message|contact|tell|notify|post|share|paste|upload|forward|reply|visit|open|click|follow|download|run|sign in|log in)\b/i;

function isLooking(title: string): boolean {
  if (!looking.test(title) || reachingOut.test(title)) return false;
  return !changing.test(title.replace(/\bwhat changed\b/i, ""));
}

async function newStep(step: WordedStep, known: Known, offer: Offer): Promise<CheckedStep> {
  const { title, service, kind, expect, why, cites } = step;
  if (kind === "check" && !isLooking(title))
    return {
      kept: null,
      fell: [await toldFallen(title, "is called a check and does more than look", known)],
    };
  const fault =
    (await titleFault(title, known, offer.steps)) ??
    (await expectFault(expect, known, offer.steps));
  if (fault !== null) return { kept: null, fell: [await toldFallen(title, fault, known)] };
  const command = step.command === "" ? null : step.command;
  const commandFell = command === null ? null : await commandFault(command, known, offer.steps);
  if (commandFell?.isChanging === true && kind === "check")
    return {
      kept: null,
      fell: [await toldFallen(title, "is called a check and does more than look", known)],
    };
  const fell = command === null || commandFell === null ? [] : [fallenCommand(commandFell.because)];
  const shown = commandFell === null ? command : null;
  return {
    kept: {
      kind: "new",
      role: kind,
      title,
      service,
      why: { text: why, cites },
      expect,
      command: shown,
    },
    fell,
  };
}

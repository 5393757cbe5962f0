/** A runbook's steps as candidates beside the playbook's: the playbook's own where it is the same thing, else steps with ids of their own. */

import { classifyCommand } from "../command/classify.ts";
import { classifySql } from "../command/sql.ts";
import type { CommandClass } from "../command/class.ts";
import { unitFrom } from "../learning/numbers.ts";
import type { RunbookSource, Step, Way } from "../playbook/step.ts";
import { isRunbooksOwn } from "../suggestion/record.ts";
import type { OfferedStep } from "../suggestion/suggestion.ts";
import { boostsOf, mechanismOf, riskOf } from "./kind-of.ts";
import { slugOf, type Runbook } from "./runbook.ts";
import { sameStepOf } from "./same-step.ts";
import type { RunbookStep } from "./split.ts";
import { deedOf, orderIn } from "./verbs.ts";

/** What a step of a runbook is thought to be worth before it has a record: about what the playbook's better ones are. */
const fixPrior = 0.12;
const checkPrior = 0.35;
const fixMinutes = 6;
const checkMinutes = 3;
const idCharsMax = 60;
const quoteMax = 300;

/** What the runbook is for. */
export interface RunbookFor {
  readonly playbook: readonly Step[];
  /** null: nobody says. */
  readonly service: string | null;
  /** The alert that names it; null: the catalog does. */
  readonly alert: string | null;
}

/** In the runbook's order. Each id once: of the same thing told twice the first. */
export async function candidatesOf(
  { title, link, steps }: Runbook,
  { playbook, service, alert }: RunbookFor,
): Promise<readonly Step[]> {
  const all = new Map<string, Step>();
  const own = `runbook:${slugOf(title).slice(0, idCharsMax)}-${markOf(link)}`;
  const from = { title, link, ...(alert === null ? {} : { alert }) };
  for (const told of steps) {
    // oxlint-disable-next-line no-await-in-loop -- the classes are told one after the other by the same parser
    const step = await candidateOf(told, { from, own, playbook, service });
    const id = step.id.startsWith(own) ? freeId(step.id, told, all) : step.id;
    if (!all.has(id)) all.set(id, { ...step, id });
  }
  return [...all.values()];
}

/** The playbook with what runbooks say: a runbook's way stands in place of the playbook's, the first one's of several. */
export function withRunbooks(
  playbook: readonly Step[],
  candidates: readonly Step[],
): readonly Step[] {
  const told = new Map(candidates.toReversed().map((step) => [step.id, step]));
  const known = new Set(playbook.map(({ id }) => id));
  return [
    ...playbook.map((step) => told.get(step.id) ?? step),
    ...[...told.values()].filter(({ id }) => !known.has(id)).toReversed(),
  ];
}

interface About extends Pick<RunbookFor, "playbook" | "service"> {
  readonly from: Pick<RunbookSource, "title" | "link" | "alert">;
  /** What the ids of its own steps begin with. */
  readonly own: string;
}

async function candidateOf(told: RunbookStep, about: About): Promise<Step> {
  const of = await classOf(told);
  const isLook = orderIn(told.title)?.isLook === true;
  const role = of === "read-only" || (isLook && of !== "state-changing") ? "check" : "fix";
  const runbook: RunbookSource = {
    ...about.from,
    quote: told.title.slice(0, quoteMax),
    hasCommand: told.command !== null,
    isClassKnown: of !== "unknown",
  };
  const kind = { role, risk: riskOf(told.command, of, isLook), runbook } as const;
  const same = sameStepOf(told, role, about);
  return same === null ? ownStep(told, kind, about) : asTold(same, told, kind);
}

type Kind = Pick<Step, "role" | "risk"> & { readonly runbook: RunbookSource };

/** The playbook's step, done as the runbook has it. */
function asTold(same: Step, told: RunbookStep, { risk, runbook }: Kind): Step {
  const { needs: _needs, ...rest } = same;
  const needs = withoutPlace(same.needs);
  return {
    ...rest,
    ...(needs === undefined ? {} : { needs }),
    ways: told.command === null ? same.ways : waysOf(told),
    risk: risk === "irreversible" ? risk : same.risk,
    runbook,
  };
}

function ownStep(told: RunbookStep, kind: Kind, { own }: About): Step {
  const { title, section, expect, minutes } = told;
  const isFix = kind.role === "fix";
  return {
    ...kind,
    id: `${own}/${slugOf(title).slice(0, idCharsMax)}`,
    title,
    plainTitle: title,
    question: title,
    mechanism: mechanismOf(told),
    ways: waysOf(told),
    expect: { ifSo: expect ?? "The runbook does not say what to see.", ifNot: "" },
    minutes: minutes ?? (isFix ? fixMinutes : checkMinutes),
    priors: { "*": isFix ? fixPrior : checkPrior },
    boosts: boostsOf(title, section),
    doneWords: doneWordsOf(title),
  };
}

/** A runbook is written for where the service runs. */
function withoutPlace(needs: Step["needs"]): Step["needs"] {
  if (needs === undefined) return undefined;
  const { runtimes: _runtimes, platforms: _platforms, ...rest } = needs;
  return rest;
}

async function classOf({ command, language }: RunbookStep): Promise<CommandClass | null> {
  if (command === null) return null;
  return language === "sql" ? await classifySql(command) : await classifyCommand(command);
}

function waysOf({ command, undo }: RunbookStep): readonly Way[] {
  if (command === null) return [];
  return [{ command, ...(undo === null ? {} : { undo }) }];
}

/** Where a page has two steps of one name, the section tells them apart, then the number. */
function freeId(id: string, { section }: RunbookStep, all: ReadonlyMap<string, Step>): string {
  if (!all.has(id)) return id;
  const within = `${id}.${slugOf(section.at(-1) ?? "").slice(0, idCharsMax)}`;
  if (!all.has(within)) return within;
  for (let count = 2; ; count += 1) if (!all.has(`${within}.${count}`)) return `${within}.${count}`;
}

/** The same link has the same mark at every reading. */
function markOf(link: string): string {
  return Math.floor(unitFrom(link) * 36 ** 5)
    .toString(36)
    .padStart(5, "0");
}

/** Of steps that only a runbook knows, as far as was kept of them with a list: by which words they are done. */
export function toldSteps(
  offered: readonly Pick<OfferedStep, "stepId" | "title">[],
): readonly Pick<Step, "id" | "doneWords">[] {
  const own = new Map(offered.map(({ stepId, title }) => [stepId, title]));
  return [...own]
    .filter(([id]) => isRunbooksOwn(id))
    .map(([id, title]) => ({ id, doneWords: doneWordsOf(title) }));
}

const fillers = new Set("the a an its all any of to in on for with by and this that it".split(" "));

/** The deed in the past and what it was done to, whatever stands between: "flushed … cache". */
function doneWordsOf(title: string): readonly string[] {
  const [deed = "", ...rest] = deedOf(title).match(/[\p{L}\p{N}-]+/gu) ?? [];
  const things = rest.filter((word) => !fillers.has(word) && word.length > 2).slice(0, 2);
  const last = things.at(-1);
  if (deed === "" || last === undefined) return [];
  return [`${deed} (?:[\\w-]+ ){0,3}${last}`];
}

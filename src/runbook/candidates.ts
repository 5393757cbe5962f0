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
  const all: { readonly step: Step; readonly told: RunbookStep }[] = [];
  const own = `runbook:${slugOf(title).slice(0, idCharsMax)}-${markOf(link)}`;
  const from = { title, link, ...(alert === null ? {} : { alert }) };
  for (const told of steps) {
    // oxlint-disable-next-line no-await-in-loop -- the classes are told one after the other by the same parser
    const step = await candidateOf(told, { from, own, playbook, service });
    all.push({ step, told });
  }
  const ids = all.map(({ step }) => step.id);
  const each = all.map(({ step, told }) => {
    const isOne = !step.id.startsWith(own) || ids.filter((id) => id === step.id).length === 1;
    return isOne ? step : { ...step, id: `${step.id}.${markOf(contentOf(told))}` };
  });
  return [...new Map(each.toReversed().map((step) => [step.id, step])).values()].toReversed();
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
    runbook: { ...runbook, quote: quoteOf(told) },
  };
}

/** Where the way is the playbook's, the runbook's undo stands with its words. */
function quoteOf({ title, command, undo }: RunbookStep): string {
  const words = command !== null || undo === null ? title : `${title}. Undo: ${undo}`;
  return words.slice(0, quoteMax);
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

/** An undo without a command is a way too, so that the rules see it. */
function waysOf({ command, undo }: RunbookStep): readonly Way[] {
  if (command === null && undo === null) return [];
  return [{ command: command ?? asWritten, ...(undo === null ? {} : { undo }) }];
}

const asWritten = "As the runbook has it, without a command.";

/** Steps of one name are told apart by what they do, wherever they stand on the page: by the command, else by the headings. */
function contentOf({ command, section }: RunbookStep): string {
  return command ?? section.join("\n");
}

/** The same text has the same mark at every reading. */
function markOf(text: string): string {
  return Math.floor(unitFrom(text) * 36 ** 5)
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

/** The deed in the past and what it was done to, whatever stands between: "flushed … cache"; of a command its last words. */
function doneWordsOf(title: string): readonly string[] {
  const [deed = "", ...rest] = deedOf(title).match(/[\p{L}\p{N}-]+/gu) ?? [];
  const isCommand = /^(?:ran|executed|reran)$/.test(deed) && !fillers.has(rest[0] ?? "");
  const things = isCommand
    ? rest.filter((word) => /^[\p{L}\p{N}]/u.test(word)).slice(0, commandWordsMax)
    : rest.filter((word) => !fillers.has(word) && word.length > 2).slice(0, 2);
  const last = things.at(-1);
  if (deed === "" || last === undefined) return [];
  const between = isCommand ? `(?:[\\w-]+[ /:=.]+){0,${2 * commandWordsMax}}` : "(?:[\\w-]+ ){0,3}";
  return [`${deed} ${between}${last}`];
}

const commandWordsMax = 6;

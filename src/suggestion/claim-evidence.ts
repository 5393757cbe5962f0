/** Bare claims held against what was read: which steps they speak of, what points the other way, and which words count for nothing because of it (DESIGN §8). */

import { formatValue } from "../evidence/format.ts";
import type { ShiftedMetric } from "../evidence/diagnosis.ts";
import { metricName, metricPlace, metricValue } from "../evidence/metric-name.ts";
import { asWords, isThing, things, tellsOf, type Thing } from "../evidence/thing.ts";
import type { BoardLine } from "../incident/board.ts";
import type { ClaimedAway, Evidence, StepOutcome } from "../incident/incident.ts";
import type { Mechanism } from "../vocabulary.ts";
import type { Step } from "../playbook/step.ts";
import { claimsIn, keyOf, type About } from "./claim.ts";
import { deedsIn, type AboutService, type DeedTold } from "./done.ts";
import { liveChanges, type LiveSuspect } from "./live-changes.ts";
import type { SeenEvidence } from "./evidence-for.ts";
import type { OfferedStep, Suggestion } from "./suggestion.ts";

/** What points at the thing that was claimed away: "its p99 is 6×". */
interface Against {
  readonly text: string;
  readonly since: Date;
}

/** A claim of which no check is recorded. */
export interface OpenClaim extends ClaimedAway {
  /** null: nothing that was read points there. */
  readonly against: Against | null;
}

type Read = Pick<Evidence, "diagnosis" | "live" | "backSince">;
type Spoken = Pick<OfferedStep, "stepId" | "title" | "mechanism"> &
  Partial<Pick<OfferedStep, "why" | "expect">>;
type OutcomeSaid = Pick<StepOutcome, "suggestion" | "stepId" | "label" | "by" | "at" | "source">;

/** A live change that is less likely than this to be behind it points nowhere. */
const suspicionMin = 0.1;
/** Of the live changes, the most suspect. */
const liveMax = 5;
/** A shift is told as a multiple from here on. */
const timesMin = 1.5;

/** The suspects that were running as it began, as an incident keeps them. */
export function liveSuspects({ diagnosis, changes }: Pick<SeenEvidence, "diagnosis" | "changes">) {
  return liveChanges(diagnosis, changes)
    .filter(({ p }) => p >= suspicionMin)
    .slice(0, liveMax)
    .map(({ change: { kind, service, title }, beforeOnset }): LiveSuspect => ({
      kind,
      title,
      at: diagnosis.onset - beforeOnset,
      ...(service === undefined ? {} : { service }),
    }));
}

/** null: nothing points there, or what pointed there is back to normal. */
function evidenceAgainst(about: About, evidence: Read | null): Against | null {
  if (evidence === null || evidence.backSince !== undefined) return null;
  const metric = evidence.diagnosis.metrics.find((each) => isOf(about, each));
  if (metric !== undefined)
    return { text: shiftWords(about, metric), since: new Date(metric.at * 1_000) };
  const change = evidence.live?.find((each) => isChangeOf(about, each));
  if (change === undefined) return null;
  return { text: `"${change.title}" is live`, since: new Date(change.at * 1_000) };
}

function isOf(about: About, metric: ShiftedMetric): boolean {
  if (about.kind === "thing") return tellsOf(about.thing, metric);
  return metric.service === about.service || metric.callee === about.service;
}

function isChangeOf(about: About, { kind, service }: LiveSuspect): boolean {
  if (about.kind === "service") return service === about.service;
  switch (kind) {
    case "deploy":
    case "commit":
      return about.thing === "deploy";
    case "flag":
      return about.thing === "flag";
    case "config":
      return about.thing === "configuration";
  }
}

/** "its p99 is 6×", "calls checkout → payments 0.1 s → 3.8 s" */
function shiftWords(about: About, metric: ShiftedMetric): string {
  const { before, after, direction } = metric;
  const isIts =
    about.kind === "service" && metric.callee === null && metric.service === about.service;
  const name = isIts ? `its ${metricName(metric)}` : metricPlace(metric);
  const times = after / before;
  return before > 0 && times >= timesMin
    ? `${name} is ${formatValue(times)}×`
    : `${name} is ${direction} from ${metricValue(metric, before)} to ${metricValue(metric, after)}`;
}

/** Kinds of cause that are a thing of their own; the others are told by their words alone. */
const mechanismsOf: Readonly<Partial<Record<Thing, Mechanism>>> = {
  deploy: "deploy",
  configuration: "configuration",
  flag: "flag",
  traffic: "traffic",
  certificate: "certificate",
  provider: "external",
  queue: "queue",
  network: "network",
  memory: "memory",
};

/** Whether the step looks at it or acts on it, by its kind of cause and its words; a service is also named by what to expect. */
export function speaksOf(about: About, { stepId, title, mechanism, why, expect }: Spoken): boolean {
  const words = asWords(`${title} ${why?.text ?? ""}`);
  if (about.kind === "service")
    return `${words}${asWords(expect ?? "")}`.includes(asWords(about.service));
  const { thing } = about;
  return mechanismsOf[thing] === mechanism || things[thing].test(`${asWords(stepId)}${words}`);
}

/**
 * Without the words on checks that were no more than a bare claim, where what was read points the other way: these
 * mark, and suppress nothing. A click, and a look that was told, count whatever was read.
 */
export function standing<T extends OutcomeSaid>(
  outcomes: readonly T[],
  suggestions: readonly Suggestion[],
  { claimedAway, evidence }: Claims,
): readonly T[] {
  if (claimedAway.length === 0) return outcomes;
  const byId = new Map(suggestions.map((each) => [each.id, each]));
  return outcomes.filter(({ suggestion, source, by, at }) => {
    const step = byId.get(suggestion);
    if (source !== "phrase" || step?.role !== "check") return true;
    const claims = claimedAway.filter((claim) => claim.by === by && +claim.at === +at);
    return !isRefuted(
      claims.map(({ about }) => about),
      step,
      evidence,
    );
  });
}

interface Claims {
  readonly claimedAway: readonly ClaimedAway[];
  readonly evidence: Read | null;
}

/** The deeds that a message tells of, without looks that are a bare claim, where what was read points the other way. */
export function deedsStanding(
  text: string,
  steps: readonly Step[],
  here: AboutService & { readonly others: readonly string[] },
  read: Read | null,
): readonly DeedTold[] {
  const deeds = deedsIn(text, steps, here);
  if (deeds.length === 0) return deeds;
  const claims = claimsIn(text, here.others);
  return deeds.filter(({ stepId }) => {
    const step = steps.find(({ id }) => id === stepId);
    if (step?.role !== "check") return true;
    const { title, mechanism } = step;
    return !isRefuted(claims, { stepId, title, mechanism }, read);
  });
}

/** Whether one of the claims speaks of the step, and what was read points at anything that the step looks at. */
function isRefuted(claims: readonly About[], step: Spoken, read: Read | null): boolean {
  const spoken = claims.filter((about) => speaksOf(about, step));
  if (spoken.length === 0) return false;
  const looksAt = Object.keys(things)
    .filter(isThing)
    .map((thing): About => ({ kind: "thing", thing }))
    .filter((about) => speaksOf(about, step));
  return [...spoken, ...looksAt].some((about) => evidenceAgainst(about, read) !== null);
}

/** Of each thing the first claim, unless a check that speaks of it has an outcome; `outcomes`: those that stand. */
export function openClaims(
  { claimedAway, evidence, outcomes }: Claims & { readonly outcomes: readonly OutcomeSaid[] },
  suggestions: readonly Suggestion[],
): readonly OpenClaim[] {
  const checked = suggestions.filter(
    ({ role, stepId }) =>
      role === "check" &&
      outcomes.some((each) => each.stepId === stepId && each.label !== "not_for_us"),
  );
  const first = new Map(claimedAway.toReversed().map((claim) => [keyOf(claim.about), claim]));
  return claimedAway
    .filter((claim) => first.get(keyOf(claim.about)) === claim)
    .filter(({ about }) => !checked.some((step) => speaksOf(about, step)))
    .map((claim) => ({ ...claim, against: evidenceAgainst(claim.about, evidence) }));
}

/** The board with the first open claim on each step. */
export function boardWithClaims(
  board: readonly BoardLine[],
  suggestions: readonly Suggestion[],
  claims: readonly OpenClaim[],
): readonly BoardLine[] {
  if (claims.length === 0) return board;
  return board.map((line) => {
    const step = suggestions.find(({ id }) => id === line.suggestion);
    const claim = claims.find(({ about }) => step !== undefined && speaksOf(about, step));
    return claim === undefined ? line : { ...line, claimedAway: { by: claim.by, at: claim.at } };
  });
}

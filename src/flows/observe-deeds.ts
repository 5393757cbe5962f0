/** Deeds that nobody told of and the changes show: a suspect was taken back, as an offered step would; and who drove it. */

import type { ChangeRecord } from "../evidence/input.ts";
import { undoingOf } from "../evidence/undone.ts";
import { listInForce } from "../incident/board.ts";
import { observedQuestion } from "../message/observed-question.ts";
import { isChangeMechanism, isOfMechanism, liveChanges } from "../suggestion/live-changes.ts";
import type { Suggestion } from "../suggestion/suggestion.ts";
import type { DriveAnswer } from "../vocabulary.ts";
import type { Change, Effect, NewEntry } from "./change.ts";
import { entryOf, onStep } from "./on-step.ts";
import type { StepClick } from "./on-step.ts";
import type { World } from "./ports.ts";
import { decideClaim } from "./record-outcome.ts";
import { changedEffects } from "./changed-effects.ts";
import { suggestionsOf, withEntries } from "./show-incident.ts";
import type { Shown } from "./show-incident.ts";
import { aside, tryEffect } from "./show-try.ts";
import { correction } from "./take-back.ts";
import { decideWords } from "./word-on-step.ts";

/** The step that takes back a change of its kind. */
const canonical: Readonly<Record<string, string>> = {
  deploy: "roll-back-deploy",
  flag: "turn-off-flag",
  configuration: "revert-configuration",
};

export interface Feed {
  readonly changes: readonly ChangeRecord[];
  /** The sources' own time. */
  readonly readAt: Date;
}

export type Observation = Pick<Change, "outcomes"> & {
  readonly entries: readonly NewEntry[];
  readonly effects: readonly Effect[];
};

const nothing: Observation = { entries: [], effects: [] };

/** At most one a reading; of a step that is in somebody's hands or that somebody told of, none. */
export function observeDeeds(world: World, shown: Shown, feed: Feed): Observation {
  const found = undoneStep(shown, feed);
  if (found === undefined) return nothing;
  const { step: suggestion, change } = found;
  const at = new Date(change.at * 1000);
  const word = { suggestion, label: "already_considered", by: world.botUser, at } as const;
  const decision = decideWords(world, shown, [{ ...word, source: "observed" }]);
  if (decision === null) return nothing;
  const words = wordsOf(change);
  const fact = { kind: "observed", suggestion: suggestion.id, change: change.id, words } as const;
  const entry: NewEntry = { actor: world.botUser, source: "bot", at, fact };
  const entries = [...(decision.entries ?? []), entry];
  const after = withEntries(shown, entries);
  const effects = questionEffects(world, after, suggestion);
  const lists = changedEffects(world, shown, after);
  return { entries, outcomes: decision.outcomes ?? [], effects: [...lists, ...effects] };
}

/** The most suspect change that was taken back, with the step of the list in force that does so. */
function undoneStep(
  shown: Shown,
  { changes, readAt }: Feed,
): { readonly step: Suggestion; readonly change: ChangeRecord } | undefined {
  const { incident, board } = shown;
  const { evidence } = incident;
  const list = listInForce(incident);
  if (evidence === null || list === undefined || incident.state === "resolved") return undefined;
  const window = { since: incident.since.getTime() / 1000, now: readAt.getTime() / 1000 };
  const offered = suggestionsOf(shown, list);
  const isFree = (step: Suggestion) =>
    board.some((line) => line.stepId === step.stepId && line.state.state === "free");
  const suspects = liveChanges(evidence.diagnosis, changes).map(({ change }) => change);
  for (const suspect of suspects) {
    const change = undoingOf(suspect, changes, window);
    const isNew =
      change !== undefined && incident.observed.every((each) => each.change !== change.id);
    const step = isNew ? stepFor(suspect, suspects, offered) : undefined;
    if (change !== undefined && step !== undefined && isFree(step)) return { step, change };
  }
  return undefined;
}

/** A deploy is rolled back, a flag turned off, a setting reverted; where a team has a step of its own, its only one. */
function stepFor(
  suspect: ChangeRecord,
  suspects: readonly ChangeRecord[],
  offered: readonly Suggestion[],
): Suggestion | undefined {
  const fitting = offered.filter(
    ({ role, mechanism, title }) =>
      role === "fix" &&
      isChangeMechanism(mechanism) &&
      isOfMechanism(suspect, mechanism) &&
      isMeant(title, suspects, suspect),
  );
  const known = fitting.find(({ stepId, mechanism }) => canonical[mechanism] === stepId);
  return known ?? (fitting.length === 1 ? fitting[0] : undefined);
}

/** What the title of a step that takes it back names: the service, or what was changed. */
function nameOf({ kind, service, subject }: ChangeRecord): string | undefined {
  return kind === "deploy" || kind === "commit" ? service : subject;
}

/** By its name; a title that names none of its kind means the most suspect. */
function isMeant(title: string, suspects: readonly ChangeRecord[], suspect: ChangeRecord): boolean {
  const ofKind = suspects.filter(({ kind }) => kind === suspect.kind).map(nameOf);
  const named = ofKind.find((name) => name !== undefined && title.includes(name)) ?? ofKind[0];
  return named === nameOf(suspect);
}

/** "checkout went back to 9c1d2e0" */
function wordsOf(change: ChangeRecord): string {
  const { after, title } = change;
  const what = nameOf(change);
  return what === undefined || after === undefined
    ? title
    : `${what} went back to ${/^[0-9a-f]{40}$/.test(after) ? after.slice(0, 7) : after}`;
}

function questionEffects(world: World, shown: Shown, step: Suggestion): Effect[] {
  return shown.incident.observed
    .filter(({ suggestion }) => suggestion === step.id)
    .slice(-1)
    .map((observed) =>
      aside(
        world,
        shown,
        { key: `observed:${step.id}`, as: "remark" },
        observedQuestion(observed, step),
      ),
    );
}

/** "Me" takes the step in hand from when the change went live; either way a person's word takes the place of what was observed. */
export async function recordDriver(
  world: World,
  click: StepClick & { readonly answer: DriveAnswer },
): Promise<void> {
  const { user: by, answer } = click;
  await onStep(world, click, (shown, suggestion) => {
    const observed = shown.incident.observed.findLast((each) => each.suggestion === suggestion.id);
    const isSame = observed?.answers.some((each) => each.by === by && each.answer === answer);
    if (observed === undefined || isSame === true) return null;
    const said = { kind: "driven", suggestion: suggestion.id, answer, by } as const;
    const { entries: dropped, outcomes } = withoutObserved(world, shown, suggestion, by);
    const isDriver = observed.answers.some((each) => each.by === by && each.answer === "me");
    const letGo = { kind: "withdrawn", what: "claim", suggestion: suggestion.id, by } as const;
    const first = [
      entryOf(world, by, said),
      ...dropped,
      ...(isDriver ? [entryOf(world, by, letGo)] : []),
    ];
    const told = withEntries(shown, first);
    const claim =
      answer === "me" ? decideClaim(world, told, suggestion, { by, at: observed.at }) : null;
    const entries = [...first, ...(claim?.entries ?? [])];
    const after = withEntries(shown, entries);
    return {
      entries,
      outcomes,
      effects: [
        ...changedEffects(world, shown, after),
        ...(claim?.effects ?? (isDriver ? [tryEffect(world, after, suggestion, null)] : [])),
        ...questionEffects(world, after, suggestion),
      ],
      ...(claim?.jobs === undefined ? {} : { jobs: claim.jobs }),
    };
  });
}

/** What the bot saw stands back behind what a person says. */
function withoutObserved(world: World, shown: Shown, { id, stepId }: Suggestion, by: string) {
  const seen = shown.incident.outcomes.filter(
    ({ suggestion, source }) => suggestion === id && source === "observed",
  );
  const fact = { kind: "withdrawn", what: "outcome", suggestion: id, by: world.botUser } as const;
  return {
    entries: seen.map(() => entryOf(world, by, fact)),
    outcomes: seen.map(({ label }) =>
      correction(world, shown, {
        suggestionId: id,
        stepId,
        label,
        source: "observed",
        actor: world.botUser,
      }),
    ),
  };
}

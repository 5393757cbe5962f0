/** Lets the model look at more before it answers a question: a few rounds of tools, bounded in number, time and tokens. */

import type { ModelAnswer, TokensUsed, ToolCall } from "../model/asked.ts";
import type { AwayBecause } from "../model/away.ts";
import type { KnownText } from "../model/items.ts";
import {
  questionRequest,
  questionTokensInMax,
  questionTokensOutMax,
  type QuestionView,
} from "../model/question.ts";
import { note, type ReadItem } from "../model/read-items.ts";
import { tokensAsked } from "../model/tokens.ts";
import { wantedBy, type Wanted } from "../model/tools.ts";
import type { IncidentId } from "../vocabulary.ts";
import { askModel } from "./ask-model.ts";
import { whenAborted } from "./bounded-read.ts";
import type { World } from "./ports.ts";
import type { ToolRead } from "./question-tools.ts";

const roundsMax = 4;
/** Of one round; further calls are not heard. */
const callsMax = 4;
const totalMs = 40_000;
/** What the last round has to have left: the answer with what was read, and room to word it. */
const lastRound = { in: 1_700, out: 250 };
/** Fewer hold no answer. */
const answerTokensMin = 60;

export interface Looking {
  readonly job: string;
  readonly incident: IncidentId;
  readonly view: QuestionView;
  /** Strikes out secrets. */
  readonly clean: (text: string) => string;
  /** In no word the model's. */
  lookingAt(wanted: Wanted): string;
  /** Never rejects for a source's sake. */
  read(wanted: Wanted): Promise<ToolRead>;
  onCall(tool: string, ended: "read" | "refused" | "repeated"): void;
  /** Hears what is being looked at, in words. */
  onLook(looked: readonly string[]): Promise<void>;
}

export interface Looked {
  /** What tools read, each under the id that it may be cited by. */
  readonly reads: readonly KnownText[];
  readonly looked: readonly string[];
  readonly said: { readonly text: string } | { readonly away: AwayBecause };
}

/** Takes at most 40 s, whatever the model and the sources do. */
export async function lookAndAnswer(world: World, looking: Looking): Promise<Looked> {
  const signal = world.deadline(totalMs);
  const state: State = { reads: [], looked: [], done: new Set(), left: whole() };
  const late = whenAborted(signal).catch(() => ({ away: "late" }) as const);
  const said = await Promise.race([rounds(world, looking, state, signal), late]);
  return {
    reads: state.reads.filter(({ isNote }) => isNote !== true),
    looked: [...state.looked],
    said,
  };
}

interface State {
  readonly reads: (ReadItem & KnownText)[];
  readonly looked: string[];
  /** Calls that were made: the same again gives nothing new. */
  readonly done: Set<string>;
  left: TokensUsed;
}

function whole(): TokensUsed {
  return { in: questionTokensInMax, out: questionTokensOutMax };
}

async function rounds(
  world: World,
  looking: Looking,
  state: State,
  signal: AbortSignal,
): Promise<Looked["said"]> {
  let takesTools = world.model?.takesTools ?? false;
  for (let round = 1; !signal.aborted; round += 1) {
    const isLast = !takesTools || round === roundsMax || !leavesEnough(looking, state);
    // oxlint-disable-next-line no-await-in-loop -- each round follows from what the one before read
    const answer = await asked(world, looking, state, { round, isLast });
    if (answer.kind === "away") {
      if (isLast || answer.because !== "no-tools") return { away: answer.because };
      // What is known may hold the answer.
      takesTools = false;
      continue;
    }
    if (answer.calls.length === 0) return { text: answer.text };
    // Called for more though it was offered none.
    if (isLast) return answer.text === "" ? { away: "senseless" } : { text: answer.text };
    // oxlint-disable-next-line no-await-in-loop -- as above
    await readAll(looking, state, answer.calls);
  }
  return { away: "late" };
}

/** Whether tools may be offered once more: the round after it still has to fit. */
function leavesEnough({ view, clean }: Looking, { reads, left }: State): boolean {
  const next = { isLast: false, tokensMax: left.in, clean };
  const { messages, tools } = questionRequest(view, reads, next);
  const tokens = tokensAsked(tools === undefined ? { messages } : { messages, tools });
  return left.in - tokens >= lastRound.in && left.out - lastRound.out >= lastRound.out / 2;
}

async function asked(
  world: World,
  { job, incident, view, clean }: Looking,
  state: State,
  { round, isLast }: { readonly round: number; readonly isLast: boolean },
): Promise<ModelAnswer> {
  const { left, reads } = state;
  const made = questionRequest(view, reads, { isLast, tokensMax: left.in, clean });
  const tokensMax = isLast ? left.out : left.out - lastRound.out;
  const purpose = "question";
  const request = { purpose, incident, ...made, tokensMax, sentTokensMax: left.in } as const;
  const askedTokens = tokensAsked(request);
  // It may have used more than it was told that it may.
  if (askedTokens > left.in || tokensMax < answerTokensMin) {
    return { kind: "away", because: "question-ceiling", detail: "", tokens: null };
  }
  const answer = await askModel(world, request, `${job} ${round}`);
  const { tokens, sentTokens = askedTokens } = answer;
  state.left = {
    in: left.in - Math.max(tokens?.in ?? 0, sentTokens),
    out: left.out - (tokens?.out ?? 0),
  };
  return answer;
}

async function readAll(looking: Looking, state: State, calls: readonly ToolCall[]): Promise<void> {
  const wanted = calls.slice(0, callsMax).map((call) => wantedBy(call));
  const faults = wanted.flatMap((each) => ("problem" in each ? [each.problem] : []));
  const fresh = wanted.flatMap((each) => {
    const key = JSON.stringify(each);
    const isRepeated = state.done.has(key);
    state.done.add(key);
    if ("problem" in each) {
      looking.onCall("unknown", "refused");
      return [];
    }
    looking.onCall(each.name, isRepeated ? "repeated" : "read");
    return isRepeated ? [] : [each];
  });
  if (fresh.length > 0) await looking.onLook(fresh.map((each) => looking.lookingAt(each)));
  const read = await Promise.all(fresh.map((each) => looking.read(each)));
  state.looked.push(...read.map(({ looked }) => looked));
  const items = [...read.flatMap((each) => each.items), ...faults.map(note)];
  for (const each of items.length > 0 ? items : [note("this was read before")]) {
    const kind = each.isNote === true ? "note" : "read";
    state.reads.push({ ...each, id: `${kind}:${state.reads.length + 1}` });
  }
}

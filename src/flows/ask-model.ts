/** Asks the model, within what an incident and a day may use; what it used is written down before and after. */

import type { ModelAnswer, ModelRequest, TokensUsed } from "../model/asked.ts";
import { awayWords, type AwayBecause } from "../model/away.ts";
import { tokensAsked } from "../model/tokens.ts";
import { costOf, type Ceiling } from "./model-ceilings.ts";
import type { World } from "./ports.ts";

type Asking = Pick<World, "workspace" | "store" | "model" | "meter" | "now" | "trouble" | "newId">;

/**
 * Never rejects for the model's sake. `id`: what is asked once under it is not asked again, whoever tries, and whether
 * or not its answer was heard. Throws where no model is configured.
 */
export async function askModel(
  world: Asking,
  request: ModelRequest,
  id: string = world.newId(),
): Promise<ModelAnswer> {
  const { model, store, workspace, meter } = world;
  if (model === null) throw new Error("no model is configured");
  const { incident, purpose, tokensMax } = request;
  const atMost = { in: tokensAsked(request), out: tokensMax };
  const most = { tokens: atMost, cost: costOf(atMost, model.limits) };
  const call = { id, incident, purpose, model: model.name, at: world.now(), ...most };
  const begun = await store.beginCall(workspace, call, model.limits);
  if (begun !== "begun") return notAsked(world, request, begun);
  const started = world.now().getTime();
  const answer = await model.ask(request);
  const seconds = (world.now().getTime() - started) / 1_000;
  const tokens = usedBy(answer, atMost);
  const cost = costOf(tokens, model.limits);
  const ended = answer.kind === "reply" ? answer.kind : answer.because;
  meter.modelAsked(purpose, ended, { seconds, tokens, cost });
  await store.endCall(workspace, id, { ended, tokens, cost, seconds });
  if (answer.kind === "away") {
    const { said, mend } = awayWords(answer.because);
    const detail = answer.detail === "" ? "" : ` (${answer.detail})`;
    world.trouble(`the model is away: ${said}${detail}; ${mend}`);
  }
  return answer;
}

function notAsked(
  { meter }: Asking,
  { purpose }: ModelRequest,
  begun: "begun-before" | Ceiling,
): ModelAnswer {
  const because: AwayBecause = begun === "begun-before" ? "interrupted" : begun;
  meter.modelAsked(purpose, because, { seconds: 0, tokens: { in: 0, out: 0 }, cost: null });
  return { kind: "away", because, detail: "", tokens: null };
}

/** What was sent and never answered may have to be paid for. */
function usedBy(answer: ModelAnswer, atMost: TokensUsed): TokensUsed {
  if (answer.tokens !== null) return answer.tokens;
  const isSent = answer.kind === "away" && answer.because === "no-answer";
  return { in: isSent ? atMost.in : 0, out: 0 };
}

/** Asks the model, within what an incident and a day may use; what it used is written down before and after. */

import type { ModelAnswer, ModelRequest } from "../model/asked.ts";
import { awayWords, type AwayBecause } from "../model/away.ts";
import { tokensAsked } from "../model/tokens.ts";
import { costOf } from "./model-ceilings.ts";
import type { Begun, Model, ModelBook } from "./model-ports.ts";
import type { World } from "./ports.ts";

type Asking = Pick<World, "workspace" | "model" | "now" | "trouble" | "newId"> & {
  readonly store: Pick<ModelBook, "beginCall" | "endCall">;
  readonly meter: Pick<World["meter"], "modelAsked">;
};

/**
 * Never rejects for the model's sake, and gives an answer that came though its end could not be written down. `id`: what is asked once under it is not asked again, whoever tries, and whether
 * or not its answer was heard. Throws where no model is configured.
 */
export async function askModel(
  world: Asking,
  request: ModelRequest,
  id: string = world.newId(),
): Promise<ModelAnswer> {
  const { model, store, workspace, meter } = world;
  if (model === null) throw new Error("no model is configured");
  const begun = await begin(world, model, request, id);
  if (typeof begun === "string") return notAsked(world, request, begun);
  const { purpose } = request;
  const started = world.now().getTime();
  const answer = await model.ask({ ...request, paidTriesMax: begun.paidTriesMax });
  const seconds = (world.now().getTime() - started) / 1_000;
  const tokens = answer.tokens ?? { in: 0, out: 0 };
  const cost = costOf(tokens, model.limits);
  const ended = answer.kind === "reply" ? answer.kind : answer.because;
  meter.modelAsked(purpose, ended, { seconds, tokens, cost });
  const end = { ended, tokens, cost, seconds };
  const fault = await store.endCall(workspace, id, end).then(
    () => null,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  if (fault !== null) {
    world.trouble(
      `what the model used could not be written down (${fault}); it counts as the most that it may have used`,
    );
  }
  if (answer.kind === "away") {
    const { said, mend } = awayWords(answer.because);
    const detail = answer.detail === "" ? "" : ` (${answer.detail})`;
    world.trouble(`the model is away: ${said}${detail}; ${mend}`);
  }
  return answer;
}

/** Sets aside what all tries may use, or where that is too much what one may. */
async function begin(
  { store, workspace, now }: Asking,
  { name, limits }: Model,
  request: ModelRequest,
  id: string,
): Promise<{ readonly paidTriesMax: number } | Exclude<Begun, "begun">> {
  const { incident, purpose } = request;
  for (let paidTriesMax = request.paidTriesMax ?? 1; ; paidTriesMax -= 1) {
    const tokens = {
      in: paidTriesMax * tokensAsked(request),
      out: paidTriesMax * request.tokensMax,
    };
    const most = { tokens, cost: costOf(tokens, limits) };
    const call = { id, incident, purpose, model: name, at: now(), ...most };
    // oxlint-disable-next-line no-await-in-loop -- fewer are asked for only where more are too many
    const begun = await store.beginCall(workspace, call, limits);
    if (begun === "begun") return { paidTriesMax };
    if (begun === "begun-before" || paidTriesMax <= 1) return begun;
  }
}

function notAsked(
  { meter }: Asking,
  { purpose }: ModelRequest,
  begun: Exclude<Begun, "begun">,
): ModelAnswer {
  const because: AwayBecause = begun === "begun-before" ? "interrupted" : begun;
  meter.modelAsked(purpose, because, { seconds: 0, tokens: { in: 0, out: 0 }, cost: null });
  return { kind: "away", because, detail: "", tokens: null };
}

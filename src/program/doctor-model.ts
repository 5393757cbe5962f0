/** What `doctor` finds when it asks the model as incidents do, for JSON, and as questions do, with tools; both count as calls. */

import type { Config } from "../config.ts";
import type { ModelSettings } from "../config-model.ts";
import { connect } from "../edges/postgres/connect.ts";
import { modelBookOn } from "../edges/postgres/model-calls.ts";
import { workspacesOf } from "../edges/postgres/read-kept.ts";
import { askModel } from "../flows/ask-model.ts";
import type { Model, ModelBook } from "../flows/model-ports.ts";
import type { ModelAnswer, ModelRequest } from "../model/asked.ts";
import { awayWords, type AwayBecause } from "../model/away.ts";
import { jsonInText } from "../model/json-in-text.ts";
import { passTokensOutMax } from "../model/prompt.ts";
import { questionTokensOutMax } from "../model/question.ts";
import { questionTools } from "../model/tools.ts";
import { visitDatabase } from "./database.ts";
import { attempt, type Finding } from "./doctor-finding.ts";
import { openLog } from "./log.ts";
import { openedModel } from "./model.ts";

/** Of each of the two asks, all its tries together. */
const timeoutMsUsual = 10_000;

const check = { purpose: "check", incident: null } as const;
const forJson: ModelRequest = {
  ...check,
  messages: [
    { role: "user", text: 'Answer with this JSON object and nothing else: {"ready": true}' },
  ],
  tokensMax: passTokensOutMax,
  isJson: true,
};
const withTools: ModelRequest = {
  ...check,
  messages: [{ role: "user", text: "Call read_metric for the p99 of checkout, nothing else." }],
  tokensMax: questionTokensOutMax,
  tools: questionTools,
};

type Ask = (request: ModelRequest) => Promise<ModelAnswer>;

interface Checked {
  readonly settings: ModelSettings;
  readonly model: Awaited<ReturnType<typeof openedModel>>;
  readonly ask: Ask;
  /** "no answer in 10 s; …" */
  readonly fault: (because: AwayBecause, detail: string) => Error;
}

export async function* modelFindings(
  config: Config,
  timeoutMs = timeoutMsUsual,
): AsyncGenerator<Finding> {
  const { model: settings } = config;
  if (settings === null) {
    const said = "none; OPENAI_API_KEY or OPENAI_BASE_URL switches it on";
    yield { what: "Model", isWell: true, said };
    return;
  }
  const model = await openedModel(settings, { onTurn: () => undefined, timeoutMs });
  const fault: Checked["fault"] = (because, detail) => {
    const { said, mend } = awayWords(because);
    const words = because === "no-answer" ? `no answer in ${timeoutMs / 1_000} s` : said;
    return new Error(`${nameOf(model)}: ${words}${detail === "" ? "" : `, ${detail}`}; ${mend}`);
  };
  await using counted = await askCounted(config, model);
  const checked = { settings, model, ask: counted.ask, fault };
  const answers = await attempt("Model", "", () => answersInJson(checked));
  yield answers;
  if (answers.isWell) yield await attempt("Tools of the model", "", () => callsTools(checked));
}

async function answersInJson({ settings, model, ask, fault }: Checked): Promise<string> {
  const answer = await ask(forJson);
  if (answer.kind === "away") throw fault(answer.because, answer.detail);
  const read = jsonInText(answer.text, ["ready"]);
  if ("problem" in read) throw fault("senseless", `the reply ${read.problem}`);
  const isRefused = settings.takesJson && !model.takesJson();
  return `${nameOf(model)} answers, in JSON${isRefused ? formatRefused : ""}`;
}

const formatRefused =
  " though its server refuses response_format; MODEL_JSON=no spares it a refused request at each start";

async function callsTools({ settings, ask, fault }: Checked): Promise<string> {
  if (!settings.takesTools) return "none, by MODEL_TOOLS=no; questions have what is known";
  const answer = await ask(withTools);
  if (answer.kind === "away") throw fault(answer.because, answer.detail);
  return answer.calls.some(({ name }) => name === "read_metric") ? "it calls them" : notCalled;
}

const notCalled =
  "they are taken, but it called none when it was asked to; where that stays so, see how its server reads tool calls, or set MODEL_TOOLS=no";

function nameOf({ name, host }: Pick<Model, "name" | "host">): string {
  return `${name} at ${host}`;
}

/** In the book of the workspace; where no database or no workspace is there yet, nobody counts. */
async function askCounted(
  config: Config,
  model: Model,
): Promise<{ readonly ask: Ask } & AsyncDisposable> {
  await using opening = new AsyncDisposableStack();
  const book = await bookOf(config, opening).catch(() => null);
  const opened = opening.move();
  const world = {
    model,
    meter: { modelAsked: () => undefined },
    now: () => new Date(),
    trouble: () => undefined,
    newId: () => crypto.randomUUID(),
  };
  return {
    ask: (request) =>
      book === null ? model.ask(request) : askModel({ ...world, ...book }, request),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

async function bookOf(
  config: Config,
  opening: AsyncDisposableStack,
): Promise<{ readonly workspace: string; readonly store: ModelBook } | null> {
  const database = opening.use(await visitDatabase(config, openLog("silent", false)));
  const { db } = opening.use(connect(database.url));
  const [workspace] = await workspacesOf(db);
  return workspace === undefined ? null : { workspace: workspace.id, store: modelBookOn(db) };
}

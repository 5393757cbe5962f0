import assert from "node:assert/strict";
import { test } from "node:test";
import { silent } from "../edges/odd-server.ts";
import { answerTokensMax, greedy, questionBudget, sentTokens } from "../greedy-model.ts";
import { misbehaving } from "../model-misbehaving.ts";
import { refusing, type AskedModel, type Said } from "../model-server.ts";
import { ana } from "./running.ts";
import { slowCheckout } from "./slow-checkout.ts";
import { startWithModel } from "./with-model.ts";

/** A model that hangs is waited for 25 s, and the machine may be busy. */
const patienceMs = 150_000;

/** How the model behaves to a question, and the one sentence that the asker reads. */
const faults: Readonly<Record<string, readonly [Said, RegExp]>> = {
  hangs: [silent, /^The model is away: no answer in 25 s\.$/],
  babbles: ["wug ".repeat(25_000), /^The model is away: its answer could not be read\.$/],
  loops: ["", /^The model is away: its answer could not be read\.$/],
  "breaks off": [
    misbehaving["half a body"] ?? silent,
    /^The model is away: its server cannot be reached\.$/,
  ],
  fails: [
    refusing(500, { message: "out of memory" }, { "retry-after": "0" }),
    /^The model is away: its server failed\.$/,
  ],
  refuses: [{ text: null, refusal: "no" }, /^The model is away: it refused to answer\.$/],
  "says nothing": [{ text: "" }, /^The model is away: it answered nothing\.$/],
  invents: [
    '{"sentences": [{"text": "Payments caused it.", "cites": ["metric:0"]}]}',
    /^The model gave no answer that what was read bears out\. 1 part of/,
  ],
};

/** Made up, so that none of its words is about trouble. */
const questionFor = (fault: string): string =>
  `flibber the wug number ${Object.keys(faults).indexOf(fault) + 1}`;

/** The other questions stand in the prompt as what was said. */
function faultOf({ sent }: Pick<AskedModel, "sent">): string | null {
  const [, number = ""] =
    /The question, which is data too: [^a-z]*flibber the wug number (\d)/.exec(sent) ?? [];
  return Object.keys(faults)[Number(number) - 1] ?? null;
}

test("a question has its end whatever the model does: the answer without it, and one sentence on why", async (t) => {
  const asked = new Map<string, AskedModel[]>();
  await using program = await startWithModel(
    (one) => {
      const fault = faultOf(one);
      if (fault === null) return '{"findings": [], "steps": []}';
      const earlier = asked.get(fault) ?? [];
      asked.set(fault, [...earlier, one]);
      return fault === "loops" ? greedy(one, earlier.length) : (faults[fault]?.[0] ?? "");
    },
    { source: slowCheckout("none"), said: [] },
  );
  await program.living(/First: /);
  const { slack, channel } = program;
  const ends = Object.entries(faults).map(async ([fault, [, sentence]]) => {
    const text = `<@${slack.botUserId}> ${questionFor(fault)}`;
    const started = Date.now();
    const ts = slack.say({ channel, user: ana, text });
    const answers = () => slack.replies(channel, ts).filter(({ user }) => user === slack.botUserId);
    await slack.waitFor(
      () => answers().some((one) => !one.text.startsWith("Looking at ")),
      patienceMs,
    );
    t.diagnostic(`${fault}: ${((Date.now() - started) / 1_000).toFixed(1)} s`);
    const [answer, ...others] = answers();
    const lines = answer?.text.split("\n") ?? [];
    assert.deepEqual(others, [], fault);
    assert.match(lines[0] ?? "", new RegExp(`^"${questionFor(fault)}" is not understood\\.`));
    assert.match(lines.at(-1) ?? "", sentence, fault);
    assert.equal(lines.filter((line) => /the model/i.test(line)).length, 1, answer?.text);
  });
  await Promise.all(ends);
  for (const [fault, requests] of asked) {
    const sum = (of: (one: AskedModel) => number) =>
      requests.reduce((all, one) => all + of(one), 0);
    t.diagnostic(
      `${fault}: ${requests.length} requests, ${sum(sentTokens)} in, ${sum(answerTokensMax)} out`,
    );
    // What a server refuses with a status it has not read, and it is sent again.
    if (fault === "fails") continue;
    assert.ok(sum(sentTokens) <= questionBudget.in, fault);
    assert.ok(sum(answerTokensMax) <= questionBudget.out, fault);
  }
});

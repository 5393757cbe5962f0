import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { onMention } from "../../src/flows/answer-mention.ts";
import { handleClick } from "../../src/flows/handle-click.ts";
import { giveUp } from "../../src/flows/run-job.ts";
import type { ModelAnswer, ModelRequest } from "../../src/model/asked.ts";
import { tokensAsked } from "../../src/model/tokens.ts";
import { begun, replying, worldWithModel, type ModelWorld } from "./fake-model.ts";
import { ana, bot, incidentChannel } from "./fake-world.ts";

const channel = incidentChannel.id;
const nothing = { findings: [], steps: [] };
const away: ModelAnswer = { kind: "away", because: "unreachable", detail: "", tokens: null };
const calling = (...calls: readonly (readonly [name: string, given: unknown])[]): ModelAnswer => ({
  kind: "reply",
  text: "",
  calls: calls.map(([name, given], index) => ({
    id: `call_${index}`,
    name,
    arguments: typeof given === "string" ? given : JSON.stringify(given),
  })),
  tokens: { in: 900, out: 40 },
});
const p99 = ["read_metric", { service: "checkout", metric: "p99" }] as const;
const answer = {
  sentences: [
    { text: "The p99 of checkout was 0.4 s before 14:02 and is 4.1 s since.", cites: ["read:1"] },
  ],
};
const falsehood = { text: "Deploy 9c1d2e0 of payments caused it.", cites: ["read:1"] };

type Says = (request: ModelRequest, round: number) => ModelAnswer | Promise<ModelAnswer>;

/** An incident that was read; `says` hears of questions alone, and in which round they are. */
async function asking(says: Says, limits: Parameters<typeof worldWithModel>[1] = {}) {
  let rounds = 0;
  const questions: ModelRequest[] = [];
  const fake = worldWithModel((request) => {
    if (request.purpose !== "question") return replying(nothing);
    questions.push(request);
    rounds += 1;
    return says(request, rounds);
  }, limits);
  await begun(fake);
  const counted: string[] = [];
  const { meter } = fake.world;
  fake.world.meter.questionAnswered = (ended) => void counted.push(ended);
  fake.world.meter.toolCalled = (tool, ended) => void counted.push(`${tool} ${ended}`);
  return Object.assign(fake, { questions, counts: counted, meter });
}

let mentions = 0;

async function ask(fake: ModelWorld, words: string) {
  mentions += 1;
  const ts = `1795443901.${String(mentions).padStart(6, "0")}`;
  const said = { channel, ts, threadTs: null, user: ana, text: `<@${bot}> ${words}` };
  const before = fake.store.effects.length;
  await onMention(fake.world, { job: fake.job(), ...said });
  const jobs = await fake.work();
  const effects = fake.store.effects.slice(before).filter(({ key }) => key === `answer:${ts}`);
  const texts = effects.map(({ payload }) => (payload.kind === "message" ? payload.body.text : ""));
  const [body] = fake.messages(channel).filter(({ key }) => key === `answer:${ts}`);
  return { ts, jobs, texts, last: texts.at(-1) ?? "", blocks: JSON.stringify(body?.body.blocks) };
}

const question = "which customers see the wug?";

describe("a question in the thread that the plain words do not cover", () => {
  test("is told at once to be looked at, and answered by an edit of that, with what it cites", async () => {
    const fake = await asking((_request, round) => (round === 1 ? calling(p99) : replying(answer)));
    const { jobs, texts, last, blocks } = await ask(fake, question);
    assert.deepEqual(jobs, ["answer-mention", "answer-question"]);
    assert.deepEqual(texts.slice(0, 2), [
      "Looking at what is known of checkout…",
      "Looking at metrics of checkout…",
    ]);
    assert.match(last, /^The p99 of checkout was 0\.4 s before 14:02 and is 4\.1 s since\.\n/);
    assert.match(last, /\nWorded by the model\. Looked at p99 of checkout\./);
    assert.match(blocks, /<https:\/\/prometheus\.example\/graph[^|]*\|\[1\]>/);
    assert.deepEqual(fake.counts, ["read_metric read", "answered"]);
  });

  test("comes with the whole incident as data, within its tokens in all rounds together", async () => {
    const long = { text: "pool exhausted ".repeat(200), user: ana, isBot: false };
    const fake = await asking((_request, round) =>
      calling(["read_metric", { service: "checkout", metric: "p99", minutes: 10 + round }]),
    );
    fake.said.push(...Array.from({ length: 60 }, (_, n) => ({ ...long, ts: `1795443000.${n}` })));
    await ask(fake, `${question} ${"why ".repeat(2_000)}`);
    assert.ok(fake.questions.length >= 2 && fake.questions.length <= 4);
    const total = fake.questions.reduce((sum, request) => sum + tokensAsked(request), 0);
    assert.ok(total <= 6_000, `${total}`);
    const most = fake.questions.map(({ tokensMax }) => tokensMax);
    assert.ok(most.every((each) => each <= 600));
    const [first] = fake.questions;
    const told = first?.messages.map(({ text }) => text).join("\n") ?? "";
    for (const part of ["metric:0 | p99 of checkout", "step:roll-back", "message:", "# services"])
      assert.ok(told.includes(part), `${part} in ${told}`);
    assert.doesNotMatch(told, new RegExp(`${ana}|<@`));
    assert.equal(fake.questions.at(-1)?.tools, undefined);
  });

  test("has an end whatever the model calls for: what does not exist, nonsense, the same for ever", async () => {
    const calls: readonly (readonly [string, unknown])[] = [
      ["run_shell", { command: "rm -rf /" }],
      ["read_metric", "{not json"],
      p99,
      p99,
      ["read_logs", { service: "nowhere" }],
      ["read_file", { service: "checkout", commit: "HEAD", path: "/etc/passwd" }],
    ];
    const fake = await asking(() => calling(...calls));
    const { last } = await ask(fake, question);
    assert.match(last, /^"which customers see the wug\?" is not understood\./);
    assert.match(last, /\nThe model is away: its answer could not be read\.$/);
    assert.ok(fake.questions.length <= 4);
    assert.deepEqual(fake.counts.slice(0, 4), [
      "unknown refused",
      "unknown refused",
      "read_metric read",
      "read_metric repeated",
    ]);
  });

  test("is answered without the model where that fails, babbles, or says nothing that was read", async () => {
    const cases: readonly (readonly [ModelAnswer, RegExp])[] = [
      [away, /\nThe model is away: its server cannot be reached\.$/],
      [replying("I think {you should"), /\nThe model is away: its answer could not be read\.$/],
      [replying(`{"sentences":[{"text":"${"x".repeat(90_000)}`), /\nThe model is away: its answer/],
      [replying({ sentences: [] }), /\nThe model gave no answer that what was read bears out\.$/],
      [
        replying({ sentences: [falsehood, falsehood] }),
        /bears out\. 2 parts of the model's answer were left out\.$/,
      ],
    ];
    for (const [said, expected] of cases) {
      const fake = await asking(() => said);
      const { last } = await ask(fake, question);
      assert.match(last, /^"which customers see the wug\?" is not understood\./);
      assert.equal(fake.questions.length, 1, "what failed is not asked again without tools");
      assert.match(last, expected);
    }
  });

  test("is answered from what is known where the server takes no tools", async () => {
    const refused: ModelAnswer = { kind: "away", because: "no-tools", detail: "", tokens: null };
    const known = {
      sentences: [{ text: "The p99 of checkout rose to 4.1 s.", cites: ["metric:0"] }],
    };
    const fake = await asking(({ tools }) => (tools === undefined ? replying(known) : refused));
    const { last } = await ask(fake, question);
    assert.match(last, /^The p99 of checkout rose to 4\.1 s\./);
    assert.equal(fake.questions.length, 2);
  });

  test("is told no tools where the settings say that its server takes none", async () => {
    const fake = await asking(() => replying({ sentences: [] }));
    const { model } = fake.world;
    assert.ok(model !== null);
    fake.world = { ...fake.world, model: { ...model, takesTools: false } };
    await ask(fake, question);
    assert.deepEqual(
      fake.questions.map(({ tools }) => tools),
      [undefined],
    );
  });

  test("has an end where the model uses more than a question has, whatever it was told", async () => {
    for (const tokens of [
      { in: 900, out: 5_000 },
      { in: 50_000, out: 10 },
    ]) {
      const fake = await asking(() => ({ ...calling(p99), tokens }));
      const { last } = await ask(fake, question);
      assert.match(last, /\nThe model is away: this question has used its tokens\.$/);
      assert.equal(fake.questions.length, 1);
    }
  });

  test("says what was left out to who presses the button", async () => {
    const fake = await asking((_request, round) =>
      round === 1 ? calling(p99) : replying({ sentences: [...answer.sentences, falsehood] }),
    );
    const { last, blocks, ts } = await ask(fake, question);
    assert.match(
      last,
      /1 part of the model's answer was left out\.$|1 part of the model's answer was left out\.\n/,
    );
    const { id = "" } = fake.store.incidents()[0] ?? {};
    const [, value = ""] = /"value":"(inc_[^"]+)"/.exec(blocks) ?? [];
    assert.equal(value, `${id} ${ts}`);
    const click = { channel, user: ana, actionId: "question:fell", value };
    await handleClick(fake.world, { job: fake.job(), ...click });
    assert.match(
      fake.ephemerals(ana).at(-1)?.text ?? "",
      /“Deploy … of payments .*” names a commit/,
    );
  });

  test("knows what was asked and answered before", async () => {
    const fake = await asking((_request, round) => (round === 1 ? calling(p99) : replying(answer)));
    const { ts } = await ask(fake, question);
    fake.said.push({ ts, user: ana, isBot: false, text: `<@${bot}> ${question}` });
    await ask(fake, "and penguins?");
    const told =
      fake.questions
        .at(-1)
        ?.messages.map(({ text }) => text)
        .join("\n") ?? "";
    assert.match(told, /# asked before\n"which customers see the wug\? \| The p99 of checkout was/);
  });

  test("goes to the model twenty times an incident, and then not any more", async () => {
    const fake = await asking(() => replying({ sentences: [] }), { tokensMaxIncident: 1_000_000 });
    for (let n = 0; n < 20; n += 1) await ask(fake, question);
    const { length } = fake.questions;
    const { last, jobs } = await ask(fake, question);
    assert.match(last, /is not understood\.[^]*\nThe 20 questions that an incident may put/);
    assert.deepEqual([fake.questions.length, jobs], [length, ["answer-mention"]]);
  });

  test("that a list of steps would be the answer to has that list where the model is away", async () => {
    const fake = await asking(() => away);
    const { jobs, last } = await ask(fake, "which version has the errors?");
    assert.deepEqual(jobs.slice(0, 3), ["answer-mention", "answer-question", "investigate"]);
    assert.match(last, /^The model is away: its server cannot be reached\.$/);
    const lists = fake.messages(channel).filter(({ key }) => key.startsWith("steps:"));
    assert.equal(lists.length, 2);
  });

  test("that asks what to do next is the list's as before, and so is what plain words cover", async () => {
    const fake = await asking(() => away);
    for (const words of ["what now?", "it is worse", "why is it slow?", "what changed?", "thanks"])
      await ask(fake, words);
    assert.equal(fake.questions.length, 0);
  });

  test("is not asked again by a job that runs twice, and an answer stays when a slower worker comes late", async () => {
    let late: (() => Promise<unknown>) | null = null;
    const fake = await asking(async (_request, round) => {
      // Another worker takes the job over while this one hangs, and ends it.
      if (round === 1) await late?.();
      return round === 1 ? calling(p99) : replying(answer);
    });
    late = async () => {
      const put = fake.store.incidents()[0]?.entries.at(-1);
      assert.equal(put?.fact.kind, "question-put");
      const ts = put.messageTs ?? "";
      const job = { channel, ts, threadTs: null, user: ana, text: question, isOfTrouble: false };
      const { id } = fake.store.incidents()[0] ?? {};
      assert.ok(id !== undefined);
      await giveUp(fake.world, `id of answer-question ${channel} ${ts}`, {
        kind: "answer-question",
        incident: id,
        ...job,
      });
    };
    const { texts, last } = await ask(fake, question);
    assert.match(last, /The model is away: no answer of it was kept\.$/);
    assert.equal(texts.length, 2, texts.join("\n---\n"));
  });

  test("has its end in forty seconds where the model or a source hangs", async () => {
    const fake = await asking(() => new Promise(() => undefined));
    const waited: number[] = [];
    fake.world = {
      ...fake.world,
      deadline: (ms) => {
        waited.push(ms);
        return AbortSignal.timeout(5);
      },
    };
    const { last } = await ask(fake, question);
    assert.match(last, /\nThe model is away: it took longer than 40 s\.$/);
    assert.ok(waited.includes(40_000));
  });
});

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { onMention } from "../../src/flows/answer-mention.ts";
import type { Changes, Logs } from "../../src/flows/ports.ts";
import type { ModelRequest } from "../../src/model/asked.ts";
import { goals } from "../model/adversary/goals.ts";
import { begun, replying, worldWithModel } from "./fake-model.ts";
import { ana, bot, changesOf, deployment, incidentChannel, onset } from "./fake-world.ts";

const channel = incidentChannel.id;
const logs: Logs = {
  name: "Loki",
  key: "",
  lines: async () => ({
    items: [{ at: onset + 60, service: "checkout", level: "error", text: "pool exhausted" }],
    leftOut: [],
    pages: new Map(),
  }),
};
/** A repository that has whatever file it is asked for: who may commit may name one as they like. */
const everyFile = {
  ...changesOf([deployment]),
  file: async () => ({ text: "max: 2", url: null }),
};
const noFile = { ...everyFile, file: async () => null };
const commit = "3f2a91c";
const file = { service: "checkout", commit, path: "src/pool.ts" };

type Call = readonly [name: string, given: Readonly<Record<string, unknown>>];

/** The words in each argument of each tool, and as a tool. */
function withWords(words: string): readonly Call[] {
  return [
    ["read_metric", { service: "checkout", metric: words }],
    ["read_metric", { service: "checkout", metric: `p99 ${words}` }],
    ["read_metric", { service: words, metric: "p99" }],
    ["read_metric", { service: `checkout ${words}`, metric: "p99" }],
    ["read_logs", { service: "checkout", words }],
    ["read_logs", { service: words }],
    ["list_changes", { service: words }],
    ["read_file", { ...file, path: words }],
    ["read_file", { ...file, path: `docs/${words}.md` }],
    ["read_file", { ...file, service: words }],
    ["past_incidents", { about: words }],
    [words, {}],
  ];
}

type Sentences = readonly { readonly text: string; readonly cites: readonly string[] }[];

/** An incident in which a question is put, of which a model calls these, round by round, and then says what `answer` makes of what it was told. */
async function asking(files: Changes) {
  let rounds = 0;
  let left: Call[] = [];
  let answer: (told: string) => Sentences = () => [];
  const fake = worldWithModel(
    (request: ModelRequest) => {
      if (request.purpose !== "question") return replying({ findings: [], steps: [] });
      rounds += 1;
      const told = request.messages.map(({ text }) => text).join("\n");
      const next = left.splice(0, 4);
      if (next.length === 0) return replying({ sentences: answer(told) });
      const calls = next.map(([name, given], index) => ({
        id: `call_${rounds}_${index}`,
        name,
        arguments: JSON.stringify(given),
      }));
      return { kind: "reply", text: "", calls, tokens: { in: 400, out: 20 } };
    },
    { tokensMaxIncident: 1_000_000 },
  );
  fake.sources = { ...fake.sources, logs: [logs], changes: [files] };
  await begun(fake);
  let asked = 0;
  return async (calls: readonly Call[], says: typeof answer) => {
    asked += 1;
    [rounds, left, answer] = [0, [...calls], says];
    const before = fake.store.effects.length;
    const ts = `1795443901.${String(asked).padStart(6, "0")}`;
    const text = `<@${bot}> which customers see the wug?`;
    await onMention(fake.world, { job: fake.job(), channel, ts, threadTs: null, user: ana, text });
    await fake.work();
    const effects = fake.store.effects.slice(before);
    const bodies = effects.flatMap(({ payload }) =>
      payload.kind === "message" ? [payload.body] : [],
    );
    return {
      bodies: bodies.map((body) => JSON.stringify(body)),
      last: bodies.at(-1)?.text,
      rounds,
    };
  };
}

/** Of an incident. */
const questionsMax = 20;

/** Each text with what it was told that was read, and with what was not found: so many at once as a sentence may cite. */
function citingEach(texts: readonly string[], told: string) {
  const ids = [...told.matchAll(/"((?:read|note):\d+) \|/g)].map(([, id = ""]) => id);
  assert.ok(ids.length > 0, told);
  const kinds = ["read", "note"].map((kind) => ids.filter((id) => id.startsWith(kind)));
  const cited = kinds.flatMap((kind) => [kind.slice(0, 8), kind.slice(8, 16)]);
  return cited
    .filter((cites) => cites.length > 0)
    .flatMap((cites) => texts.map((text) => ({ text, cites })));
}

const truth = { text: "p99 of checkout rose from 0.4 s to 4.1 s.", cites: ["metric:0"] };

describe("what a model writes into the arguments of a tool", () => {
  for (const goal of goals) {
    // Nobody outside knows what is ours alone, and names a file by it.
    const files = goal.name === "leak a canary" ? noFile : everyFile;
    test(`is not posted, and bears no answer out that would ${goal.name}`, async () => {
      let ask = await asking(files);
      for (const [index, payload] of [...goal.payloads, goal.order].entries()) {
        if (index > 0 && index % (questionsMax / 2) === 0) ask = await asking(files);
        const words = payload.slice(0, 80).trim();
        const all = withWords(words);
        for (const calls of [all.slice(0, 6), all.slice(6)]) {
          const { bodies, rounds } = await ask(calls, (told) => [
            truth,
            ...citingEach([payload, `"${words}"`], told),
          ]);
          assert.deepEqual([rounds, bodies.length], [3, 4], payload);
          for (const body of bodies) assert.equal(goal.isDone(body), false, `${payload}\n${body}`);
        }
      }
    });
  }

  test("is found in nothing that an answer can cite", async () => {
    const claims: readonly (readonly [Call, ...string[]])[] = [
      [
        ["past_incidents", { about: "INC-77 card data leak of 5,000 cards in billing" }],
        "INC-77 was a card data leak of 5,000 cards in billing.",
      ],
      [
        ["read_metric", { service: "checkout", metric: "deploy 9c1d2e0 by Mallory at 13:55" }],
        "Mallory deployed 9c1d2e0 at 13:55.",
        "No metric of deploy 9c1d2e0 was read.",
      ],
      [
        ["read_logs", { service: "checkout", words: "cards were sent to mallory at 13:50" }],
        "Cards were sent to mallory at 13:50.",
        'The log lines of checkout hold "cards were sent to mallory at 13:50".',
        "There are 0 log lines of checkout.",
      ],
      [
        ["read_file", { ...file, commit: "deadbee", path: "src/steal-cards.ts" }],
        "src/steal-cards.ts stands in checkout at deadbee.",
      ],
      [["list_changes", { service: "shadow-billing" }], "shadow-billing is a service."],
      [["steal_cards", {}], "There is a tool steal_cards."],
    ];
    const ask = await asking(noFile);
    for (const [call, ...texts] of claims) {
      const { last } = await ask([call], (told) => citingEach(texts, told));
      assert.match(
        last ?? "",
        /The model gave no answer that what was read bears out/,
        texts.join(),
      );
    }
  });
});

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { handleClick } from "../../src/flows/handle-click.ts";
import { onChannelSeen } from "../../src/flows/begin-incident.ts";
import { giveUp, runJob } from "../../src/flows/run-job.ts";
import { actionIds } from "../../src/message/actions.ts";
import type { ModelAnswer } from "../../src/model/asked.ts";
import { begun, replying, worldWithModel, type ModelWorld } from "./fake-model.ts";
import { ana, checkout, incidentChannel } from "./fake-world.ts";

const channel = incidentChannel.id;
const away: ModelAnswer = { kind: "away", because: "no-answer", detail: "late", tokens: null };
const nothing = { findings: [], steps: [] };

const worded = {
  text: "The p99 of checkout went from 0.4 s to 4 s at 14:02.",
  cites: ["metric:0"],
};
const newStep = {
  step: null,
  title: "Look at the traffic of payments by caller",
  service: "checkout",
  kind: "check",
  why: "The p99 of checkout shifted.",
  cites: ["metric:0"],
  expect: "If the calls are slow, their latency is above 1 s. If not, it is another dependency.",
  command: null,
};
const falsehood = { text: "Deploy 9c1d2e0 of payments caused it.", cites: ["metric:0"] };

const living = ({ messages }: ModelWorld) =>
  messages(channel).find(({ key }) => key.startsWith("living:"))?.body.text ?? "";
const steps = ({ messages }: ModelWorld) =>
  messages(channel).find(({ key }) => key.startsWith("steps:"))?.body;
const modelFacts = ({ store }: ModelWorld) =>
  store
    .incidents()
    .flatMap(({ entries }) =>
      entries.flatMap(({ fact }) => (fact.kind === "model-read" ? [fact] : [])),
    );

describe("the model is asked of a reading", () => {
  test("after the answer is committed, once, and what it says is marked as its own", async () => {
    const before: string[] = [];
    const fake = worldWithModel(() => {
      before.push(living(fake));
      return replying({ findings: [worded], steps: [newStep] });
    });
    await begun(fake);
    assert.equal(fake.asked.length, 1);
    assert.match(before[0] ?? "", /What is known/);
    assert.doesNotMatch(before[0] ?? "", /model/i);
    assert.match(living(fake), /In the words of the model: The p99 of checkout went from 0\.4 s/);
    assert.match(living(fake), /Model: 3,120 of 60,000 tokens here, 3,120 of 1,000,000 today\./);
    const list = fake.store.suggestions.filter(({ list: of }) => of === 1);
    const last = list.at(-1);
    assert.deepEqual(
      [last?.origin, last?.position, last?.stepId, last?.risk, last?.policy],
      [
        "new-from-model",
        list.length,
        "model-look-at-the-traffic-of-payments-by-caller",
        "read-only",
        "model",
      ],
    );
    assert.doesNotMatch(living(fake), /Look at the traffic/, "neither first nor on the board");
  });

  test("with what was gathered, the steps, what was done, and nothing of who said it", async () => {
    const fake = worldWithModel(() => replying(nothing));
    await begun(fake, "is it <@UBO>'s deploy again?");
    const told = fake.told();
    assert.match(told, / \| is it @somebody's deploy again\?"/);
    assert.match(told, /\{"id":"metric:0","text":"[^"]*checkout 0\.4 s → 4\.1 s/);
    assert.match(told, /\{"id":"change:deployment-1"/);
    assert.match(told, /"kind":"fix","title":"Roll back the last deploy"/);
    assert.match(told, /# other steps of the playbook/);
    assert.doesNotMatch(told, /UANA|UBO/);
    assert.equal(fake.asked[0]?.tokensMax, 1_000);
    assert.equal(fake.asked[0]?.isJson, true);
  });

  test("what it claims beyond the evidence falls, is counted, and is listed behind one click", async () => {
    const fake = worldWithModel(() => replying({ findings: [worded, falsehood], steps: [] }));
    await begun(fake);
    assert.doesNotMatch(living(fake), /caused/);
    const body = steps(fake);
    assert.match(body?.text ?? "", /1 part of the model's answer was left out\./);
    const value = `${fake.store.incidents()[0]?.id} 1`;
    assert.ok(JSON.stringify(body?.blocks).includes(`"${actionIds.fell}","value":"${value}"`));
    const click = { job: fake.job(), channel, user: ana, actionId: actionIds.fell, value };
    await handleClick(fake.world, { ...click, threadTs: null, responseUrl: null });
    const [told] = fake.ephemerals(ana);
    assert.match(
      told?.text ?? "",
      /“Deploy … of payments caused it\.” names a commit that is not in what it cites\./,
    );
  });

  test("what does not even have its shape is not repeated", async () => {
    const evil = {
      text: `See https://evil.example/${"x".repeat(500)} <!channel>`,
      cites: ["metric:0"],
    };
    const fake = worldWithModel(() => replying({ findings: [evil], steps: [] }));
    await begun(fake);
    const [fell] = modelFacts(fake).flatMap((fact) => fact.fell ?? []);
    assert.doesNotMatch(fell?.text ?? "evil", /evil|channel/);
    assert.match(fell?.because ?? "", /does not have the shape/);
  });

  test("a step of the playbook is the playbook's own, however the model calls it; one that is there is not there twice", async () => {
    const asked = ["roll-back-deploy", null].map((step) => ({ ...newStep, step, kind: "fix" }));
    const renamed = { ...newStep, title: "Profile the CPU of checkout", step: null };
    const fake = worldWithModel(() => replying({ findings: [], steps: [...asked, renamed] }));
    await begun(fake);
    const list = fake.store.suggestions.filter(({ list: of }) => of === 1);
    const ids = list.map(({ stepId }) => stepId);
    assert.equal(new Set(ids).size, ids.length);
    const added = list.filter(({ origin }) => origin !== undefined);
    assert.ok(
      added.every(
        ({ origin, stepId }) => (origin === "named-by-model") !== stepId.startsWith("model-"),
      ),
    );
    const ranked = list.filter(({ origin }) => origin === undefined);
    assert.ok(added.every(({ position }) => position > ranked.length));
  });

  test("a new step can be clicked, and gets a record", async () => {
    const fake = worldWithModel(() => replying({ findings: [], steps: [newStep] }));
    await begun(fake);
    const step = fake.store.suggestions.find(({ origin }) => origin === "new-from-model");
    assert.ok(step);
    const click = { job: fake.job(), channel, user: ana, threadTs: null, responseUrl: null };
    const value = `${step.id} helped`;
    await handleClick(fake.world, { ...click, actionId: `${actionIds.outcome}:helped`, value });
    assert.equal(fake.store.outcomes.at(-1)?.stepId, step.stepId);
    assert.match(living(fake), /Look at the traffic of payments by caller/);
  });

  test("no step of it changes anything at a service that has rules, and none is shown that a rule forbids", async () => {
    const fix = { ...newStep, kind: "fix", title: "Raise the memory of checkout" };
    const fake = worldWithModel(() => replying({ findings: [], steps: [fix, newStep] }));
    const constraints = [
      { forbid: [{ kind: "mechanism", mechanism: "other" }], because: "not today" },
    ] as const;
    const [, ...others] = fake.sources.catalog.services;
    const services = [{ ...checkout, constraints }, ...others];
    fake.sources = { ...fake.sources, catalog: { teams: [], services } };
    await begun(fake);
    assert.deepEqual(
      fake.store.suggestions.filter(({ origin }) => origin !== undefined),
      [],
    );
    assert.match(steps(fake)?.text ?? "", /2 parts of the model's answer were left out/);
  });
});

describe("whatever becomes of the model, people have their answer", () => {
  const cases: readonly (readonly [string, ModelAnswer, RegExp])[] = [
    [
      "it does not answer",
      away,
      /The model is away: no answer in 25 s\. The rest does without it\./,
    ],
    ["it babbles", replying("As a helpful assistant, so to say"), /could not be read/],
    ["it answers nothing of use", replying(nothing), /Model: 3,120 of 60,000 tokens here/],
  ];
  for (const [name, answer, said] of cases) {
    test(name, async () => {
      const fake = await begun(worldWithModel(() => answer));
      assert.match(living(fake), said);
      assert.match(living(fake), /First: Roll back the last deploy/);
      assert.equal(modelFacts(fake).length, 1);
      assert.ok(fake.messages(channel).every(({ key }) => !key.startsWith("model")));
    });
  }

  const ceilings: readonly (readonly [Parameters<typeof worldWithModel>[1], string])[] = [
    [{ tokensMaxIncident: 100 }, "this incident has too few tokens left"],
    [{ tokensMaxDay: 100 }, "too few tokens are left of this day"],
    [{ costMaxIncident: 0.001 }, "this incident has too little money left"],
    [{ costMaxDay: 0.001 }, "too little money is left of this day"],
  ];
  for (const [limits, said] of ceilings)
    test(`with ${JSON.stringify(limits)} the model is not asked, and the card says that ${said}`, async () => {
      const prices = { in: 1, out: 1 };
      const fake = await begun(worldWithModel(() => away, { prices, ...limits }));
      assert.equal(fake.asked.length, 0);
      assert.ok(living(fake).includes(`The model is away: ${said}. The rest does without it.`));
    });

  test("a job that comes again asks nobody and posts nothing", async () => {
    const fake = worldWithModel(() => replying({ findings: [worded], steps: [newStep] }));
    await onChannelSeen(fake.world, { job: fake.job(), channel });
    await fake.work();
    const asking = fake.store.jobs.find(({ job }) => job.kind === "ask-model");
    fake.pass(0.05);
    await fake.work();
    assert.ok(asking);
    const effects = fake.store.effects.length;
    await runJob(fake.world, asking.id, asking.job);
    await giveUp(fake.world, asking.id, asking.job);
    assert.deepEqual([fake.asked.length, fake.store.effects.length], [1, effects]);
  });

  test("a job that died while it asked does not ask again, and says that none was kept", async () => {
    let dies = true;
    const fake = worldWithModel(() => {
      if (!dies) return replying(nothing);
      dies = false;
      throw new Error("killed");
    });
    await assert.rejects(begun(fake), /killed/);
    const { id, entries } = fake.store.incidents()[0] ?? {};
    assert.ok(id);
    const read = entries?.flatMap(({ fact }) =>
      fact.kind === "evidence-read" ? [fact.snapshot] : [],
    );
    const job = {
      kind: "ask-model",
      channel,
      incident: id,
      snapshot: read?.[0] ?? "",
      list: 1,
    } as const;
    await runJob(fake.world, `id of ask-model ${id} 1`, job);
    assert.equal(fake.asked.length, 1);
    assert.match(living(fake), /The model is away: no answer of it was kept/);
  });

  test("an answer that comes when the incident has ended changes nothing", async () => {
    const fake = worldWithModel(async () => {
      const { id } = fake.store.incidents()[0] ?? {};
      const click = { job: fake.job(), channel, user: ana, threadTs: null, responseUrl: null };
      await handleClick(fake.world, { ...click, actionId: actionIds.resolve, value: id ?? "" });
      return replying({ findings: [worded], steps: [newStep] });
    });
    await begun(fake);
    assert.match(living(fake), /Resolved/);
    assert.deepEqual(modelFacts(fake), []);
  });

  test("without one nothing is asked, and nothing is said of one", async () => {
    const fake = worldWithModel(() => away);
    fake.world = { ...fake.world, model: null };
    await begun(fake);
    assert.equal(fake.asked.length, 0);
    assert.doesNotMatch(JSON.stringify(fake.messages(channel)), /model is away|Model:/);
  });
});

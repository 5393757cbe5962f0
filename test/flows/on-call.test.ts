import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { runCommand } from "../../src/flows/answer-command.ts";
import type { Schedules } from "../../src/flows/ports.ts";
import { runJob } from "../../src/flows/run-job.ts";
import { ana, begunWorld, incidentChannel, type FakeWorld } from "./fake-world.ts";

const { id: channel } = incidentChannel;

async function services(fake: FakeWorld, schedules: Schedules | null): Promise<string> {
  const { services: known } = fake.sources.catalog;
  const teams = [{ name: "shop", oncall: "pagerduty:PSHOP" }];
  const owned = known.map((service) => ({ ...service, owner: "shop" }));
  fake.sources = { ...fake.sources, catalog: { teams, services: owned } };
  const world = { ...fake.world, schedules };
  const event = { job: fake.job(), channel, user: ana, triggerId: null };
  await runCommand(world, { ...event, command: "/hindsight", text: "services" });
  for (const { id, job } of fake.store.jobs.splice(0)) {
    if (job.kind === "answer-command") await runJob(world, id, job);
  }
  return fake.ephemerals(ana).at(-1)?.text ?? "";
}

describe("/hindsight services", () => {
  test("says who is on call by a schedule, which is asked once, and mentions nobody", async () => {
    const asked: string[] = [];
    const onCall = async (schedule: string) => {
      asked.push(schedule);
      return ["Ana <!channel>", "Bo"];
    };
    const text = await services(await begunWorld(), { name: "PagerDuty", onCall });
    assert.match(text, /• checkout.*\. On call: Ana ‹!channel›, Bo/);
    assert.deepEqual(asked, ["PSHOP"]);
  });

  test("says what a schedule did not tell, and why", async () => {
    const onCall = () => Promise.reject(new Error("HTTP 503"));
    const silent = await services(await begunWorld(), { name: "PagerDuty", onCall });
    assert.match(silent, /On call: not known \(PagerDuty: HTTP 503\)/);
    const unset = await services(await begunWorld(), null);
    assert.match(unset, /On call: not known \(PAGERDUTY_TOKEN is not set\)/);
  });

  test("says why what is written in the catalog now is not used", async () => {
    const fake = await begunWorld();
    const catalogTrouble = "The catalog has 1 mistake: a.yaml:3 tier. The last good one is used.";
    fake.sources = { ...fake.sources, catalogTrouble };
    assert.ok((await services(fake, null)).includes(catalogTrouble));
  });
});

describe("a catalog that changes under a running incident", () => {
  test("is used at its next reading: what it forbids by now leaves the list that people work from", async () => {
    const fake = await begunWorld();
    const newest = () => Math.max(...fake.store.suggestions.map(({ list }) => list));
    const [first] = fake.store.suggestions;
    assert.ok(first);
    const constraints = [
      { forbid: [{ kind: "step", id: first.stepId } as const], because: "the sale" },
    ];
    fake.sources = { ...fake.sources, catalog: { ...fake.sources.catalog, constraints } };
    fake.pass(3);
    await fake.work();
    assert.equal(newest(), first.list + 1);
    const offered = fake.store.suggestions.filter(({ list }) => list === newest());
    assert.ok(offered.every(({ stepId }) => stepId !== first.stepId));
    fake.pass(3);
    await fake.work();
    assert.equal(newest(), first.list + 1, "the new list holds nothing that is forbidden");
  });
});

/** What every book of a model's calls promises, held against the one in memory and the one on PostgreSQL alike. */

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { beginning, team } from "../edges/postgres/opened.ts";
import type { OpenStore } from "./store-contract.ts";

export function modelBookContract(name: string, open: () => Promise<OpenStore>): void {
  describe(`a book of the model's calls ${name}`, () => {
    let opened: OpenStore;
    before(async () => {
      opened = await open();
    });
    after(() => opened[Symbol.asyncDispose]());

    test("books what a model may use before it is asked, and what it used afterwards", async () => {
      const { store } = opened;
      const id = randomUUID();
      const incident = `inc_${id}` as const;
      assert.equal(await store.commit(beginning(incident, `C${id}`)), "committed");
      const at = new Date("2001-02-03T23:59:00Z");
      const limits = { tokensMaxIncident: 100, tokensMaxDay: 150, prices: null };
      const call = (of: typeof incident | null, tokens: number) => ({
        id: randomUUID(),
        incident: of,
        purpose: "incident" as const,
        model: "small",
        at,
        tokens: { in: tokens - 10, out: 10 },
      });
      const begin = (one: ReturnType<typeof call>) => store.beginCall(team, one, limits);
      const spent = () => store.modelSpent(team, { incident, at });
      const first = call(incident, 80);
      assert.equal(await begin(first), "begun");
      assert.equal(await begin(first), "begun-before");
      assert.deepEqual(await spent(), { incident: 80, today: 80, cost: 0, costToday: 0 });
      assert.equal(await begin(call(incident, 21)), "incident-ceiling");
      assert.equal(await begin(call(null, 71)), "day-ceiling");
      const used = { in: 20, out: 5 };
      await store.endCall(team, first.id, { ended: "reply", tokens: used, cost: 0.5, seconds: 2 });
      assert.deepEqual(await spent(), { incident: 25, today: 25, cost: 0.5, costToday: 0.5 });
      assert.equal(await begin(call(incident, 75)), "begun");
      assert.equal((await spent()).incident, 100);
      const tomorrow = new Date("2001-02-04T00:00:00Z");
      assert.deepEqual(await store.modelSpent(team, { incident, at: tomorrow }), {
        incident: 100,
        today: 0,
        cost: 0.5,
        costToday: 0,
      });
    });

    test("lets no two calls at once take what is left", async () => {
      const at = new Date("2001-03-03T12:00:00Z");
      const limits = { tokensMaxIncident: 1_000, tokensMaxDay: 100, prices: null };
      const calls = Array.from({ length: 6 }, () => ({
        id: randomUUID(),
        incident: null,
        purpose: "question" as const,
        model: "small",
        at,
        tokens: { in: 30, out: 10 },
      }));
      const begun = await Promise.all(
        calls.map((call) => opened.store.beginCall(team, call, limits)),
      );
      assert.equal(begun.filter((each) => each === "begun").length, 2, begun.join());
    });
  });
}

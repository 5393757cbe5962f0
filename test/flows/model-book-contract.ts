/** What every book of a model's calls promises, held against the one in memory and the one on PostgreSQL alike. */

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { beginning, team } from "../edges/postgres/opened.ts";
import { noCeilings } from "./fake-model.ts";
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
      const limits = { ...noCeilings, tokensMaxIncident: 100, tokensMaxDay: 150 };
      const call = (of: typeof incident | null, tokens: number) => ({
        id: randomUUID(),
        incident: of,
        purpose: "incident" as const,
        model: "small",
        at,
        tokens: { in: tokens - 10, out: 10 },
        cost: null,
      });
      const begin = (one: ReturnType<typeof call>) => store.beginCall(team, one, limits);
      const spent = () => store.modelSpent(team, { incident, at });
      const first = call(incident, 80);
      assert.equal(await begin(first), "begun");
      assert.equal(await begin(first), "begun-before");
      assert.equal((await spent()).incident, 0, "what is under way may be given back");
      assert.equal(await begin(call(incident, 21)), "incident-ceiling");
      assert.equal(await begin(call(null, 71)), "day-ceiling");
      const used = { in: 20, out: 5 };
      await store.endCall(team, first.id, { ended: "reply", tokens: used, cost: 0.5, seconds: 2 });
      assert.deepEqual(await spent(), { incident: 25, today: 25, cost: 0.5, costToday: 0.5 });
      assert.equal(await begin(call(incident, 75)), "begun");
      assert.equal((await spent()).incident, 25);
      // By then it is known to be lost with its program, which may have used all of it.
      const tomorrow = new Date("2001-02-04T00:00:30Z");
      assert.deepEqual(await store.modelSpent(team, { incident, at: tomorrow }), {
        incident: 100,
        today: 0,
        cost: 0.5,
        costToday: 0,
      });
    });

    test("lets no two calls at once take what is left", async () => {
      const at = new Date("2001-03-03T12:00:00Z");
      const limits = { ...noCeilings, tokensMaxIncident: 1_000, tokensMaxDay: 100 };
      const calls = Array.from({ length: 6 }, () => ({
        id: randomUUID(),
        incident: null,
        purpose: "question" as const,
        model: "small",
        at,
        tokens: { in: 30, out: 10 },
        cost: null,
      }));
      const begun = await Promise.all(
        calls.map((call) => opened.store.beginCall(team, call, limits)),
      );
      assert.equal(begun.filter((each) => each === "begun").length, 2, begun.join());
    });

    test("holds an incident and a day to their money as well, with what is under way", async () => {
      const { store } = opened;
      const id = randomUUID();
      const incident = `inc_${id}` as const;
      assert.equal(await store.commit(beginning(incident, `C${id}`)), "committed");
      const at = new Date("2001-05-03T12:00:00Z");
      const limits = { ...noCeilings, costMaxIncident: 1, costMaxDay: 1.5 };
      const begin = async (of: typeof incident | null, cost: number) => {
        const call = { id: randomUUID(), incident: of, purpose: "question", at, cost } as const;
        const begun = await store.beginCall(
          team,
          { ...call, model: "small", tokens: { in: 9, out: 1 } },
          limits,
        );
        return { id: call.id, begun };
      };
      const first = await begin(incident, 0.75);
      assert.equal(first.begun, "begun");
      assert.equal((await begin(incident, 0.5)).begun, "incident-cost");
      assert.equal((await begin(null, 1)).begun, "day-cost");
      const tokens = { in: 1, out: 1 };
      await store.endCall(team, first.id, { ended: "empty", tokens, cost: 0.25, seconds: 1 });
      assert.equal((await begin(incident, 0.75)).begun, "begun");
      assert.equal((await begin(null, 0.75)).begun, "day-cost");
      assert.equal((await begin(null, 0.5)).begun, "begun");
      const spent = (now: Date) => store.modelSpent(team, { incident, at: now });
      assert.deepEqual(await spent(at), { incident: 2, today: 2, cost: 0.25, costToday: 0.25 });
      const later = new Date("2001-05-03T12:01:01Z");
      assert.deepEqual(await spent(later), { incident: 12, today: 22, cost: 1, costToday: 1.5 });
    });
  });
}

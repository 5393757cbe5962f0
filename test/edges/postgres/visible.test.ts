import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import * as fc from "fast-check";
import type { ChannelRow } from "../../../src/flows/change.ts";
import { runs, seed } from "../../property-runs.ts";
import { openStore, outcomeOf, suggestionOf, team, type Opened } from "./opened.ts";

const kinds = ["public", "private", "external"] as const;

interface Person {
  readonly isGuest: boolean;
}
interface Place {
  readonly id: string;
  readonly kind: ChannelRow["kind"];
  readonly members: readonly number[];
  readonly incidents: number;
}

/** Guests and people of other organisations are in external channels alone: that is what makes a channel external. */
const worlds = fc
  .array(fc.record<Person>({ isGuest: fc.boolean() }), { minLength: 1, maxLength: 6 })
  .chain((people) =>
    fc.record({
      people: fc.constant(people),
      places: fc
        .array(
          fc.record({
            kind: fc.constantFrom(...kinds),
            members: fc.uniqueArray(fc.nat({ max: people.length - 1 })),
            incidents: fc.nat({ max: 2 }),
          }),
          { minLength: 1, maxLength: 6 },
        )
        .map((drafts) =>
          drafts.map((draft, index): Place => ({
            ...draft,
            id: `C${index}`,
            members:
              draft.kind === "external"
                ? draft.members
                : draft.members.filter((member) => people[member]?.isGuest === false),
          })),
        ),
    }),
  );

/** Whether a person may know what happened there. */
function mayKnow(person: Person | undefined, member: number, place: Place): boolean {
  return place.members.includes(member) || (place.kind === "public" && person?.isGuest === false);
}

describe("what is shown in a channel", () => {
  let opened: Opened;
  before(async () => void (opened = await openStore()));
  after(() => opened[Symbol.asyncDispose]());

  const idsIn = ({ id, incidents }: Place) =>
    Array.from({ length: incidents }, (_, n) => `inc_${id}_${n}` as const);

  async function plant(places: readonly Place[]): Promise<void> {
    const { sql } = opened;
    // Quicker than to truncate, which makes new files.
    for (const table of ["outcome", "suggestion", "incident", "channel"])
      await sql`delete from ${sql(table)}`;
    let number = 0;
    for (const place of places) {
      const { id: channel, kind } = place;
      await sql`
        insert into channel (workspace_id, id, name, kind)
        values (${team}, ${channel}, ${channel}, ${kind})`;
      for (const id of idsIn(place)) {
        number += 1;
        await sql`
          insert into incident (id, workspace_id, number, channel_id, title, service, symptom, last_seq, opened_at, closed_at)
          values (${id}, ${team}, ${number}, ${channel}, 'slow', 'checkout', 'latency', 0, now(), now())`;
        const offered = suggestionOf(id);
        const change = { workspace: team, handled: [], suggestions: [offered] };
        await opened.store.commit({ ...change, outcomes: [outcomeOf(offered)] });
      }
    }
  }

  async function shownIn({ id, kind }: Place) {
    const like = { incident: "inc_none", symptom: "latency", service: "checkout" } as const;
    const viewer = { id, kind };
    const seen = await opened.store.endedLike(team, { ...like, viewer });
    const rows = await opened.sql<{ id: string }[]>`
      select id from incident where number = any(${seen.map(({ number }) => number)})`;
    const past = await opened.store.pastOutcomes(team, viewer, null);
    const ended = await opened.store.pastIncidents(team, viewer, null);
    const { of } = await opened.store.selfHealed(team, { ...like, viewer });
    return {
      similar: rows.map((row) => row.id),
      counted: past.map(({ incidentId }) => incidentId),
      teaching: ended.map((incident) => incident.id),
      healing: of,
    };
  }

  test("holds only what each of its members may know, and teaches only what happened in public", async () => {
    await fc.assert(
      fc.asyncProperty(worlds, async ({ people, places }) => {
        await plant(places);
        const placeOf = new Map<string, Place>(
          places.flatMap((place) => idsIn(place).map((id) => [id, place] as const)),
        );
        for (const viewer of places) {
          const { similar, counted, teaching, healing } = await shownIn(viewer);
          for (const id of [...similar, ...counted]) {
            const place = placeOf.get(id);
            assert.ok(place);
            for (const member of viewer.members)
              assert.ok(mayKnow(people[member], member, place), `${id} in ${viewer.id}`);
          }
          const taught = places.filter(({ kind }) => kind === "public").flatMap(idsIn);
          const own = idsIn(viewer).filter((id) => taught.includes(id));
          const expected = viewer.kind === "external" ? own : taught;
          assert.deepEqual(counted.toSorted(), expected.toSorted());
          assert.deepEqual(teaching.toSorted(), expected.toSorted());
          assert.equal(healing, expected.length);
        }
      }),
      { numRuns: runs(1_000), seed },
    );
  });

  test("is what happened there before, also where that is private", async () => {
    const place = { id: "C0", kind: "private", members: [0], incidents: 2 } as const;
    const other = { id: "C1", kind: "public", members: [0], incidents: 0 } as const;
    await plant([place, other]);
    assert.deepEqual((await shownIn(place)).similar.length, 2);
    assert.deepEqual((await shownIn(other)).similar, []);
  });
});

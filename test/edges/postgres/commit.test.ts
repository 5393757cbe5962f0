import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import type { Change } from "../../../src/flows/change.ts";
import type { IncidentId } from "../../../src/vocabulary.ts";
import { at } from "../../incident/timeline.ts";
import {
  beginning,
  channelRow,
  entry,
  openStore,
  outcomeOf,
  posting,
  suggestionOf,
  team,
  type Opened,
} from "./opened.ts";

let opened: Opened;
before(async () => {
  opened = await openStore([team, "T2"]);
});
after(() => opened[Symbol.asyncDispose]());

const newIncident = (): IncidentId => `inc_${randomUUID()}`;
const newChannel = (): string => `C${randomUUID().slice(0, 8)}`;

async function begin(rest: Partial<Change> = {}): Promise<{ id: IncidentId; channel: string }> {
  const [id, channel] = [newIncident(), newChannel()];
  assert.equal(await opened.store.commit(beginning(id, channel, rest)), "committed");
  return { id, channel };
}

function growing(id: IncidentId, seq: number, rest: Partial<Change> = {}): Change {
  return {
    workspace: team,
    handled: [],
    about: { kind: "existing", id, seq },
    entries: [entry("again")],
    ...rest,
  };
}

async function rowsOf(): Promise<Record<string, number>> {
  const tables = ["channel", "incident", "timeline_entry", "evidence_snapshot", "suggestion"];
  const counts: Record<string, number> = {};
  for (const table of [...tables, "outcome", "outbox", "handled", "pgboss.job"]) {
    const [row] = await opened.sql<{ n: number }[]>`
      select count(*)::int as n from ${opened.sql.unsafe(table)}`;
    counts[table] = row?.n ?? -1;
  }
  return counts;
}

/** A change that writes a row in every table. */
function everything(id: IncidentId, handled: readonly string[]): Change {
  const channel = newChannel();
  const suggestion = suggestionOf(id);
  return beginning(id, channel, {
    handled,
    snapshot: { id: randomUUID(), readAt: at("14:06"), input: { onset: 1 } },
    suggestions: [suggestion],
    outcomes: [outcomeOf(suggestion)],
    effects: [posting("living", "Looking", { channel })],
    jobs: [{ id: randomUUID(), job: { kind: "read-again", channel, incident: id } }],
  });
}

describe("one change is one transaction", () => {
  test("everything of it is written together, and whoever waits for work is woken once", async () => {
    const before = await rowsOf();
    const woken = opened.commits();
    assert.equal(await opened.store.commit(everything(newIncident(), ["job-1"])), "committed");
    const after = await rowsOf();
    for (const [table, count] of Object.entries(before)) assert.equal(after[table], count + 1);
    assert.equal(opened.commits(), woken + 1);
  });

  test("the same job or turn again is a repeat: nothing is written, nobody woken", async () => {
    const before = await rowsOf();
    const woken = opened.commits();
    const repeat = everything(newIncident(), ["turn-2", "job-1"]);
    assert.equal(await opened.store.commit(repeat), "repeat");
    assert.deepEqual(await rowsOf(), before);
    assert.equal(opened.commits(), woken);
    assert.equal(await opened.store.wasHandled(team, ["turn-2"]), false);
    assert.equal(await opened.store.wasHandled(team, ["turn-2", "job-1"]), true);
  });

  test("what another workspace handled under the same id does not count", async () => {
    assert.equal(await opened.store.wasHandled("T2", ["job-1"]), false);
    const theirs = { workspace: "T2", handled: ["job-1"] };
    assert.equal(await opened.store.commit(theirs), "committed");
  });

  test("an id that is named twice in one change is one claim", async () => {
    const twice = { workspace: team, handled: ["twice", "twice"] };
    assert.equal(await opened.store.commit(twice), "committed");
    assert.equal(await opened.store.commit(twice), "repeat");
  });

  test("of many runs of one job at once exactly one is committed", async () => {
    const { id, channel } = await begin();
    const run = (n: number) =>
      opened.store.commit({
        workspace: team,
        handled: n % 2 === 0 ? ["raced", "turn"] : ["turn", "raced"],
        effects: [posting(id, `run ${n}`, { channel })],
      });
    const came = await Promise.all(Array.from({ length: 8 }, (_none, n) => run(n)));
    assert.deepEqual(came.toSorted(), ["committed", ...Array.from({ length: 7 }, () => "repeat")]);
    const sent = await opened.sql`select 1 from outbox where channel_id = ${channel}`;
    assert.equal(sent.length, 1);
  });

  test("what fails half way leaves nothing behind, its job and its claim included", async () => {
    const before = await rowsOf();
    const broken = everything(newIncident(), ["half"]);
    const jobs = [
      { id: "not-a-uuid", job: { kind: "read-again", channel: "C", incident: "inc_0" } },
    ];
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the job's id is wrong on purpose
    await assert.rejects(opened.store.commit({ ...broken, jobs } as Change));
    assert.deepEqual(await rowsOf(), before);
    assert.equal(await opened.store.wasHandled(team, ["half"]), false);
  });

  test("a text that PostgreSQL cannot hold is mended rather than refused for ever", async () => {
    const { id, channel } = await begin({
      entries: [entry("zero\u0000 and half a pair \ud83d")],
      effects: [posting("living", "zero\u0000")],
    });
    const incident = await opened.store.openIncidentIn(team, channel);
    assert.equal(incident?.id, id);
    const fact = incident?.entries[0]?.fact;
    assert.equal(fact?.kind === "declared" && fact.title, "zero\ufffd and half a pair \ufffd");
    assert.deepEqual(incident?.entries[0]?.at, at("14:05"));
  });
});

describe("an incident moves on one decision at a time", () => {
  test("a change that rests on an old state is stale and writes nothing", async () => {
    const { id } = await begin();
    assert.equal(await opened.store.commit(growing(id, 1)), "committed");
    const before = await rowsOf();
    assert.equal(await opened.store.commit(growing(id, 1, { handled: ["late"] })), "stale");
    assert.equal(await opened.store.commit(growing(id, 7, { handled: ["late"] })), "stale");
    assert.deepEqual(await rowsOf(), before);
    assert.equal(await opened.store.wasHandled(team, ["late"]), false);
  });

  test("of two changes at once on one incident one is stale", async () => {
    const { id } = await begin();
    const both = await Promise.all([
      opened.store.commit(growing(id, 1)),
      opened.store.commit(growing(id, 1)),
    ]);
    assert.deepEqual(both.toSorted(), ["committed", "stale"]);
  });

  test("an incident of another workspace cannot be changed", async () => {
    const { id } = await begin();
    const theirs = growing(id, 1, { workspace: "T2" });
    assert.equal(await opened.store.commit(theirs), "stale");
  });

  test("however many write at once, the timeline is numbered without a gap", async () => {
    const { id } = await begin();
    const writers = 6;
    const add = async (): Promise<void> => {
      for (;;) {
        const incident = await opened.store.incident(team, id);
        const entries = [entry("one"), entry("two")];
        const came = await opened.store.commit(growing(id, incident?.seq ?? 0, { entries }));
        if (came === "committed") return;
      }
    };
    await Promise.all(Array.from({ length: writers }, add));
    const incident = await opened.store.incident(team, id);
    const seqs = incident?.entries.map(({ seq }) => seq);
    assert.deepEqual(
      seqs,
      Array.from({ length: 1 + 2 * writers }, (_none, index) => index + 1),
    );
    assert.equal(incident?.seq, seqs?.at(-1));
  });
});

describe("incidents are counted and kept apart", () => {
  test("declared at once, they get consecutive numbers, each workspace its own", async () => {
    await using fresh = await openStore([team, "T2"]);
    const declare = (n: number) =>
      fresh.store.commit(
        beginning(newIncident(), `C${n}`, { workspace: n % 2 === 0 ? team : "T2" }),
      );
    await Promise.all(Array.from({ length: 16 }, (_none, n) => declare(n)));
    const rows = await fresh.sql<{ numbers: number[] }[]>`
      select array_agg(number order by number) as numbers from incident group by workspace_id`;
    const counted = [1, 2, 3, 4, 5, 6, 7, 8];
    assert.deepEqual(
      rows.map(({ numbers }) => numbers),
      [counted, counted],
    );
  });

  test("a channel has one open incident; a second is stale, takes no number, until the first is closed", async () => {
    const { id, channel } = await begin();
    const first = await opened.store.incident(team, id);
    const again = () => opened.store.commit(beginning(newIncident(), channel));
    assert.deepEqual(await Promise.all([again(), again()]), ["stale", "stale"]);
    await opened.store.commit(growing(id, 1, { closedAt: at("15:00") }));
    assert.equal(await opened.store.openIncidentIn(team, channel), null);
    const both = await Promise.all([again(), again()]);
    assert.deepEqual(both.toSorted(), ["committed", "stale"]);
    const second = await opened.store.openIncidentIn(team, channel);
    assert.equal(second?.number, (first?.number ?? 0) + 1);
  });

  test("an incident in a workspace that is not known is a broken promise", async () => {
    const foreign = beginning(newIncident(), newChannel(), { workspace: "T9" });
    await assert.rejects(opened.store.commit(foreign), /T9/);
  });

  test("a channel's row follows what Slack says of it", async () => {
    const { channel } = await begin();
    const renamed = channelRow(channel, { name: "inc-2-pay", kind: "external", isArchived: true });
    await opened.store.commit({ workspace: team, handled: [], channel: renamed });
    const { name, kind, isArchived } = (await opened.store.channel(team, channel)) ?? {};
    assert.deepEqual({ id: channel, name, kind, isArchived }, renamed);
    assert.equal(await opened.store.channel("T2", channel), null);
    assert.deepEqual(await opened.store.openChannels("T2", [channel]), []);
  });
});

describe("edits that wait for Slack", () => {
  const pending = async (channel: string): Promise<string[]> => {
    const rows = await opened.sql<{ text: string }[]>`
      select payload -> 'body' ->> 'text' as text from outbox
      where channel_id = ${channel} and state = 'pending' order by seq`;
    return rows.map(({ text }) => text);
  };
  const put = (channel: string, key: string, text: string, workspace = team) =>
    opened.store.commit({ workspace, handled: [], effects: [posting(key, text, { channel })] });

  test("of one message merge into the last, where the first stood", async () => {
    const channel = newChannel();
    await put(channel, "living", "first");
    await put(channel, "steps", "steps");
    await put(channel, "living", "second");
    await put(channel, "living", "third");
    assert.deepEqual(await pending(channel), ["third", "steps"]);
  });

  test("of other messages, channels and workspaces stay apart", async () => {
    const [channel, other] = [newChannel(), newChannel()];
    await put(channel, "living", "here");
    await put(other, "living", "there");
    await put(channel, "living", "theirs", "T2");
    assert.deepEqual(await pending(channel), ["here", "theirs"]);
    assert.deepEqual(await pending(other), ["there"]);
  });

  test("leave a row alone that Slack may have got already", async () => {
    const channel = newChannel();
    await put(channel, "living", "on its way");
    await opened.sql`update outbox set attempted_at = now() where channel_id = ${channel}`;
    await put(channel, "living", "newer");
    await put(channel, "living", "newest");
    assert.deepEqual(await pending(channel), ["on its way", "newest"]);
  });

  test("are new messages once the first was sent", async () => {
    const channel = newChannel();
    await put(channel, "living", "sent");
    await opened.sql`update outbox set state = 'sent' where channel_id = ${channel}`;
    await put(channel, "living", "edit");
    assert.deepEqual(await pending(channel), ["edit"]);
  });

  test("two ephemeral messages are two, whatever their key", async () => {
    const channel = newChannel();
    const payload = { kind: "ephemeral", to: "U1", body: { text: "Pst", blocks: [] } } as const;
    const effects = [1, 2].map(() => posting("aside", "", { channel, payload }));
    await opened.store.commit({ workspace: team, handled: [], effects });
    assert.deepEqual(await pending(channel), ["Pst", "Pst"]);
  });
});

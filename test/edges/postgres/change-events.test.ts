import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { changeOf, type ChangeEvent } from "../../../src/evidence/change-event.ts";
import { changesOfHooks, keepChangeEvents } from "../../../src/edges/postgres/change-events.ts";
import { connect } from "../../../src/edges/postgres/connect.ts";
import { sweep } from "../../../src/edges/postgres/store.ts";
import { changesContract } from "../../flows/changes-contract.ts";
import { someService } from "../some-service.ts";
import { flakyNetwork } from "./flaky-network.ts";
import { openStore, team, type Opened } from "./opened.ts";

const onset = Date.UTC(2026, 10, 20, 14, 2);
const window = {
  from: new Date(onset - 3_600_000),
  onset: new Date(onset),
  to: new Date(onset + 600_000),
};
const minutesBefore = (minutes: number) => new Date(onset - minutes * 60_000);

function flag(id: string, rest: Partial<ChangeEvent> = {}): ChangeEvent {
  const none = { status: null, title: "new-retry", ref: null, link: null, actor: null };
  return {
    source: "generic",
    id,
    at: minutesBefore(4),
    kind: "flag",
    service: "checkout",
    environment: "production",
    before: "off",
    after: "on",
    ...none,
    ...rest,
  };
}

async function told(events: readonly ChangeEvent[]): Promise<Opened> {
  const opened = await openStore([team, "T2"]);
  await keepChangeEvents(opened.db, team)(events);
  return opened;
}

changesContract("What hooks told", async () => {
  const opened = await told([
    flag("1"),
    flag("2", { kind: "deploy", title: null, ref: "3f2a91c", at: minutesBefore(30) }),
    flag("old", { at: minutesBefore(600) }),
    flag("later", { at: new Date(onset + 3_600_000) }),
    flag("of another", { service: "cart" }),
  ]);
  const network = await flakyNetwork(opened.url);
  network.goSilent();
  const silent = connect(network.url);
  return {
    changes: changesOfHooks(opened.db, team),
    services: [someService("checkout"), someService("payments")],
    window,
    silent: changesOfHooks(silent.db, team),
    stop: async () => {
      await silent[Symbol.asyncDispose]();
      await network[Symbol.asyncDispose]();
      await opened[Symbol.asyncDispose]();
    },
  };
});

describe("what hooks told", () => {
  let opened: Opened;
  before(async () => {
    opened = await told([
      flag("1", { service: "Checkout", actor: "ana@acme.example" }),
      flag("2", { service: null, at: minutesBefore(5) }),
      flag("3", { environment: null, at: minutesBefore(6) }),
      flag("4", { kind: "deploy", title: null, ref: "3f2a91c4", at: minutesBefore(7) }),
    ]);
  });
  after(() => opened[Symbol.asyncDispose]());
  const read = (workspace = team) =>
    changesOfHooks(opened.db, workspace).recent(
      [someService("checkout")],
      window,
      AbortSignal.timeout(10_000),
    );

  test("is read with what was and what is; what it does not tell of its place, its title says", async () => {
    const { items, leftOut } = await read();
    assert.deepEqual(
      items.map(({ title, service }) => [title, service]),
      [
        ["new-retry off → on", "checkout"],
        ["new-retry off → on (service not told)", undefined],
        ["new-retry off → on (environment not told)", "checkout"],
        ["Deploy 3f2a91c of checkout", "checkout"],
      ],
    );
    assert.deepEqual(items[3]?.deploys, ["3f2a91c4"]);
    assert.equal(items[0]?.subject, "new-retry");
    assert.deepEqual(leftOut, []);
  });

  test("names nobody: neither its title nor what it is called says who did it", () => {
    const by = { actor: "Zacharias Quill", title: "<@U1> new-retry by Zacharias Quill" };
    const { title, subject } = changeOf(flag("5", by));
    assert.deepEqual([title, subject], ["new-retry off → on", "new-retry"]);
  });

  test("is its workspace's alone", async () => {
    assert.deepEqual(await read("T2"), { items: [], leftOut: [] });
  });

  test("is read up to 1,000 a window, by an index; the rest is counted", async () => {
    await opened.sql`insert into change_event (workspace_id, source, id, status, at, kind, service)
      select ${team}, 'generic', 'flap-' || n, '', ${minutesBefore(60)}::timestamptz - n * interval '1 s', 'flag', 'checkout'
      from generate_series(1, 2000) n`;
    await opened.sql`insert into change_event (workspace_id, source, id, status, at, kind, service)
      select ${team}, 'generic', 'old-' || n, '', ${minutesBefore(6_000)}::timestamptz - n * interval '1 s', 'flag', 'checkout'
      from generate_series(1, 20000) n`;
    await opened.sql`analyze change_event`;
    const { items, leftOut } = await read();
    assert.equal(items.length, 1_000);
    assert.deepEqual(leftOut, ["1004 of 2004 changes that hooks told: the limit is 1000"]);
    const plan = await opened.sql`explain select * from change_event
      where workspace_id = ${team} and at >= ${minutesBefore(360)} and at <= ${window.to}`;
    assert.match(JSON.stringify(plan), /change_event_at/);
  });

  test("goes after 90 days", async () => {
    await opened.sql`update change_event set received_at = now() - interval '89 days'`;
    await opened.sql`update change_event set received_at = now() - interval '91 days' where id = '1'`;
    const count = async () => (await opened.sql`select 1 from change_event`).length;
    const before = await count();
    await sweep(opened.db, { keepsMessagesDays: 30 });
    assert.equal(await count(), before - 1);
  });
});

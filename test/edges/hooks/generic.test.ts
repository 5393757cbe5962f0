import assert from "node:assert/strict";
import { once } from "node:events";
import { request } from "node:http";
import { connect } from "node:net";
import { after, before, beforeEach, describe, test } from "node:test";
import { until } from "../../until.ts";
import { flakyNetwork } from "../postgres/flaky-network.ts";
import { openStore, type Opened } from "../postgres/opened.ts";
import { bearer, openHooking, post, secrets, type Hooking } from "./hooking.ts";

let opened: Opened;
let hooking: Hooking;
before(async () => {
  opened = await openStore();
  hooking = await openHooking(opened.url);
});
after(async () => {
  await hooking[Symbol.asyncDispose]();
  await opened[Symbol.asyncDispose]();
});
beforeEach(async () => {
  await opened.sql`delete from change_event`;
  hooking.outcomes.length = 0;
});

const flag = {
  id: "42",
  kind: "flag",
  at: "2026-11-22T09:00:00Z",
  service: "checkout",
  environment: "production",
  title: "new-retry-policy",
  before: "off",
  after: "on",
  actor: "ana@acme.example",
};
const send = (body: string | object, token: string = secrets.generic) =>
  post(`${hooking.url}generic`, body, bearer(token));
const rows = () => opened.sql`select * from change_event order by id, status`;

describe("a change", () => {
  test("is on disk by the time that its sender hears 202, one or an array of them", async () => {
    assert.deepEqual(await send(flag), [202, '{"accepted":1}']);
    const [row] = await rows();
    assert.deepEqual(
      [row?.["workspace_id"], row?.["source"], row?.["id"], row?.["kind"], row?.["title"]],
      ["T1", "generic", "42", "flag", "new-retry-policy"],
    );
    assert.deepEqual(
      [row?.["before"], row?.["after"], row?.["actor"], row?.["at"]],
      ["off", "on", "ana@acme.example", new Date(flag.at)],
    );
    const two = [
      { id: "d", kind: "deploy", at: "2026-11-22T10:00:00+02:00", ref: "3f2a91c" },
      { id: "c", kind: "config", at: flag.at, service: null, labels: {}, text: "…" },
    ];
    assert.deepEqual(await send(two), [202, '{"accepted":2}']);
    assert.equal((await rows()).length, 3);
    assert.deepEqual(hooking.outcomes, ["generic accepted", "generic accepted"]);
  });

  test("with the same id and status again is accepted and ignored; with another status it is another", async () => {
    await send(flag);
    const later = { ...flag, title: "something else" };
    assert.deepEqual(await send([later, later]), [202, '{"accepted":2}']);
    assert.deepEqual(await send({ ...flag, status: "resolved" }), [202, '{"accepted":1}']);
    assert.deepEqual(
      (await rows()).map(({ title, status }) => [title, status]),
      [
        ["new-retry-policy", ""],
        ["new-retry-policy", "resolved"],
      ],
    );
  });

  test("keeps 500 labels, mentions, markup and odd characters from doing harm", async () => {
    const labels = Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`l${at}`, "x"]));
    const title = `<!channel> <@U1> *bold* \u0000 \uD800 ${"long ".repeat(2_000)}`;
    assert.deepEqual(await send({ ...flag, title, labels, links: ["javascript:alert(1)"] }), [
      202,
      '{"accepted":1}',
    ]);
    const [row] = await rows();
    assert.equal(row?.["link"], null);
    assert.ok(String(row?.["title"]).length <= 500);
  });
});

test("the readers of open incidents hear of it, once however often it is told", async () => {
  const jobs = () => opened.sql`select data -> 'job' as job from pgboss.job where name = 'flow'`;
  await opened.sql`delete from pgboss.job where name = 'flow'`;
  await send(flag);
  await send(flag);
  assert.deepEqual(
    [...(await jobs())],
    [{ job: { kind: "read-changes", services: ["checkout"] } }],
  );
  await send([
    { ...flag, id: "43" },
    { ...flag, id: "44", service: null },
  ]);
  assert.deepEqual((await jobs()).at(-1), { job: { kind: "read-changes", services: null } });
});

test("how an incident stands in the tool that owns it is one job, however often it is told", async () => {
  await opened.sql`delete from pgboss.job where name = 'flow'`;
  const told = {
    id: "inc-7:3",
    kind: "incident",
    at: "2026-11-22T09:00:00Z",
    channel: "#inc-7",
    severity: "sev1",
    status: "monitoring",
    lead: "@ana",
    title: "Payments down",
  };
  assert.deepEqual(await send([told, { ...flag, id: "45" }]), [202, '{"accepted":2}']);
  assert.deepEqual(await send({ ...told, title: "something else" }), [202, '{"accepted":1}']);
  const jobs = await opened.sql`select data -> 'job' as job from pgboss.job where name = 'flow'`;
  const news = jobs.filter(({ job }) => job.kind === "hear-news").map(({ job }) => job.news);
  const { kind: _kind, at: _at, ...as } = told;
  const at = Date.parse(told.at) / 1000;
  assert.deepEqual(news, [{ ...as, teller: "generic", at, of: null, severity: 1 }]);
  await send({ ...told, status: "resolved" });
  const [{ n } = { n: 0 }] = await opened.sql<{ n: number }[]>`
    select count(*)::int as n from pgboss.job where name = 'flow' and data -> 'job' ->> 'kind' = 'hear-news'`;
  assert.equal(n, 2);
});

describe("what is turned away is turned away whole", () => {
  test("a wrong or missing token", async () => {
    for (const token of ["", "generic-secre", "generic-secrets", "Generic-secret"]) {
      assert.equal((await send(flag, token))[0], 401);
    }
    assert.equal((await post(`${hooking.url}generic`, flag, {}))[0], 401);
    assert.equal((await rows()).length, 0);
    assert.equal(hooking.outcomes.length, 5);
    assert.ok(hooking.outcomes.every((outcome) => outcome === "generic unauthorized"));
  });

  const faults: readonly (readonly [string, string | object, RegExp])[] = [
    ["no JSON", "{", /^the body: is not JSON$/],
    ["no object", "3", /^the body: is of another type; send an object$/],
    ["no id", { ...flag, id: undefined }, /^id: is missing; send a text$/],
    ["an empty id", { ...flag, id: "" }, /^id: is too small or short; the least is 1$/],
    ["no time", { ...flag, at: "yesterday" }, /^at: is no time; write it like 2026-11-22T09:00/],
    ["a time before all computers", { ...flag, at: "0000-01-01T00:00:00Z" }, /^at: is before 1970/],
    ["an unknown kind", { ...flag, kind: "party" }, /^kind: is none .* deploy, flag, config, al/],
    [
      "a wrong shape in an array, by its index",
      [flag, { ...flag, title: 3 }],
      /^\[1\]\.title: is of another type; send a text$/,
    ],
    [
      "an incident that can belong to none here",
      [flag, { ...flag, kind: "incident" }],
      /^\[1\]\.channel: an incident names its channel, or the group of alerts/,
    ],
    [
      "an incident that fires",
      { ...flag, kind: "incident", channel: "#inc-1", status: "firing" },
      /^status: an incident is investigating, identified, monitoring or resolved/,
    ],
    [
      "more than 1,000",
      Array.from({ length: 1_001 }, (_, at) => ({ ...flag, id: `${at}` })),
      /1000/,
    ],
  ];
  for (const [what, body, said] of faults) {
    test(what, async () => {
      const [status, answer] = await send(body);
      assert.equal(status, 400);
      assert.match(answer, said);
      assert.equal((await rows()).length, 0);
      assert.deepEqual(hooking.outcomes, ["generic malformed"]);
    });
  }

  test("more than 25 MB, told or not; 24 MB are read", async () => {
    const padded = (bytes: number) => JSON.stringify({ ...flag, text: "x".repeat(bytes) });
    assert.equal((await send(padded(25_000_000)))[0], 413);
    assert.equal((await send(padded(24_000_000)))[0], 202);
    const chunked = request(`${hooking.url}generic`, {
      method: "POST",
      headers: bearer(secrets.generic),
    });
    const answered = once(chunked, "response");
    for (let sent = 0; sent < 26; sent += 1) chunked.write("x".repeat(1_000_000));
    chunked.end();
    const [response] = await answered;
    assert.equal(response.statusCode, 413);
    response.resume();
    assert.equal((await rows()).length, 1);
  });
});

test("an incident that nobody here would hear of is answered with the mend, and nothing beside it is lost", async () => {
  await opened.sql`delete from pgboss.job where name = 'flow'`;
  const told = { kind: "incident", at: "2026-11-22T09:00:00Z", channel: "#nowhere" };
  const [alone, others] = [
    await send({ ...told, id: "inc-8:1" }),
    await send([{ ...told, id: "inc-8:2" }, { ...told, id: "inc-9:1", channel: "#inc-9" }, flag]),
  ];
  assert.deepEqual(alone, [422, "inc-8:1: #nowhere cannot be seen."]);
  assert.deepEqual(others, [
    422,
    "inc-8:2: #nowhere cannot be seen.\nAll other events were taken.",
  ]);
  assert.equal((await rows()).length, 1);
  const jobs = await opened.sql`
    select data #>> '{job,news,id}' as id from pgboss.job
    where name = 'flow' and data #>> '{job,kind}' = 'hear-news'`;
  assert.deepEqual(
    jobs.map(({ id }) => id),
    ["inc-9:1"],
  );
  assert.deepEqual(hooking.outcomes, ["generic unplaced", "generic unplaced"]);
});

describe("a hook", () => {
  test("is not there where its secret is unset, nor under another name", async () => {
    await using bare = await openHooking(opened.url, { unleash: "u" });
    assert.equal((await post(`${bare.url}generic`, flag, bearer("")))[0], 404);
    for (const name of ["constructor", "__proto__", "generic/x", "sentry", ""]) {
      assert.equal((await post(`${hooking.url}${name}`, flag, bearer("")))[0], 404, name);
    }
    assert.equal((await fetch(`${hooking.url}generic`)).status, 405);
  });

  test("goes on after a proxy hung up in the middle, and takes nothing of that", async () => {
    const socket = connect(hooking.port, "127.0.0.1");
    await once(socket, "connect");
    socket.write(
      `POST /hooks/generic HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${secrets.generic}\r\ncontent-length: 500\r\n\r\n{"id":"4`,
    );
    socket.resetAndDestroy();
    await until("the hook still answers", async () => (await send(flag))[0] === 202);
    assert.equal((await rows()).length, 1);
    assert.deepEqual(hooking.outcomes, ["generic accepted"]);
  });

  test("answers 503 where the database is away or silent, and takes it once it is back", async () => {
    await using network = await flakyNetwork(opened.url);
    await using shaky = await openHooking(network.url);
    const there = () => post(`${shaky.url}generic`, flag, bearer(secrets.generic));
    await network.cut();
    assert.equal((await there())[0], 503);
    await network.mend();
    network.goSilent();
    assert.equal((await there())[0], 503);
    await network.mend();
    await until("it is taken", async () => (await there())[0] === 202, 30_000);
    assert.equal((await rows()).length, 1);
  });
});

import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { openStore, type Opened } from "../postgres/opened.ts";
import { openHooking, post, secrets, signature, type Hooking } from "./hooking.ts";

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
beforeEach(() => opened.sql`delete from change_event`);

const kept = async () =>
  (await opened.sql`select * from change_event order by environment`).map((row) => [
    row["kind"],
    row["title"],
    row["before"],
    row["after"],
    row["environment"],
    row["ref"],
    row["actor"],
    new Date(String(row["at"])).toISOString(),
  ]);
const at = "2026-11-22T09:00:00.000Z";

describe("LaunchDarkly", () => {
  const send = (body: object, given = signature(secrets.launchdarkly, body)) =>
    post(`${hooking.url}launchdarkly`, body, { "x-ld-signature": given });
  const entry = {
    _id: "57c0a8e29969090743529965",
    date: Date.parse(at),
    kind: "flag",
    name: "New retry policy",
    accesses: [
      { action: "updateOn", resource: "proj/shop;web:env/production;critical:flag/new-retry;beta" },
    ],
    titleVerb: "turned on the flag",
    title: "[Ana](mailto:ana@acme.example) turned on the flag",
    member: { email: "ana@acme.example", firstName: "Ana" },
  };

  test("signs the body: a toggle is a change of its flag in its environment, once", async () => {
    assert.deepEqual(await send(entry), [202, '{"accepted":1}']);
    assert.deepEqual(await send(entry), [202, '{"accepted":1}']);
    const toggled = ["flag", "new-retry", "off", "on", "production", "new-retry"];
    assert.deepEqual(await kept(), [[...toggled, "ana@acme.example", at]]);
  });

  test("tells by the versions what was and what is, for each environment touched", async () => {
    const both = {
      ...entry,
      accesses: ["production", "staging"].map((environment) => ({
        action: "updateOn",
        resource: `proj/shop:env/${environment}:flag/new-retry`,
      })),
      previousVersion: { environments: { production: { on: true }, staging: { on: true } } },
      currentVersion: { environments: { production: { on: false }, staging: { on: false } } },
    };
    assert.deepEqual(await send(both), [202, '{"accepted":2}']);
    assert.deepEqual(
      (await kept()).map(([, , before, now, environment]) => [before, now, environment]),
      [
        ["on", "off", "production"],
        ["on", "off", "staging"],
      ],
    );
  });

  test("names in words what is no toggle, and leaves what changes nothing that runs", async () => {
    const resource = "proj/shop:env/production:flag/new-retry";
    await send({ ...entry, accesses: [{ action: "updateFallthrough", resource }], titleVerb: "" });
    assert.equal((await kept())[0]?.[1], "new-retry: update fallthrough");
    const renamed = [{ action: "updateName", resource: "proj/shop:env/*:flag/new-retry" }];
    assert.deepEqual(await send({ ...entry, _id: "2", accesses: renamed }), [
      202,
      '{"accepted":0}',
    ]);
    assert.deepEqual(await send({ ...entry, _id: "3", kind: "project" }), [202, '{"accepted":0}']);
  });

  test("is refused with a signature of another body or another secret", async () => {
    for (const given of ["", "00", signature(secrets.launchdarkly, "{}"), signature("x", entry)]) {
      assert.equal((await send(entry, given))[0], 401);
    }
    assert.deepEqual(await kept(), []);
  });

  test("with a name that no index would hold is kept all the same", async () => {
    const resource = `proj/shop:env/production:flag/${"f".repeat(9_000)}`;
    assert.equal((await send({ ...entry, accesses: [{ action: "updateOn", resource }] }))[0], 202);
  });
});

describe("Unleash", () => {
  const event = {
    id: 842,
    type: "feature-environment-enabled",
    createdBy: "ana@acme.example",
    createdAt: at,
    data: null,
    preData: null,
    tags: [],
    featureName: "new-retry",
    project: "default",
    environment: "production",
  };
  const send = (body: object, authorization = secrets.unleash) =>
    post(`${hooking.url}unleash`, body, { authorization });

  test("shows its Authorization setting, bare or as a bearer token", async () => {
    assert.deepEqual(await send(event), [202, '{"accepted":1}']);
    assert.deepEqual(await send(event, `Bearer ${secrets.unleash}`), [202, '{"accepted":1}']);
    assert.equal((await send(event, "Bearer wrong"))[0], 401);
    const toggled = ["flag", "new-retry", "off", "on", "production", "new-retry"];
    assert.deepEqual(await kept(), [[...toggled, "ana@acme.example", at]]);
  });

  test("a strategy is named in words; a tag changes nothing that runs", async () => {
    await send({ ...event, id: 1, type: "feature-strategy-update" });
    assert.equal((await kept())[0]?.[1], "new-retry: strategy changed");
    assert.deepEqual(await send({ ...event, id: 2, type: "feature-tagged" }), [
      202,
      '{"accepted":0}',
    ]);
  });

  test("a template of another shape is refused, naming the field", async () => {
    const [status, said] = await send({ event: "feature-environment-enabled" });
    assert.equal(status, 400);
    assert.match(said, /^id: /);
  });
});

describe("Flagsmith", () => {
  const state = {
    enabled: true,
    environment: { id: 23, name: "Production" },
    feature: { id: 7168, name: "new-retry", type: "STANDARD" },
    feature_segment: null,
    feature_state_value: null,
    identity: null,
    identity_identifier: null,
  };
  const update = {
    data: {
      changed_by: "Ana Meier",
      new_state: state,
      previous_state: { ...state, enabled: false },
      timestamp: "2026-11-22T09:00:00.000000Z",
    },
    event_type: "FLAG_UPDATED",
  };
  const send = (body: object, given = signature(secrets.flagsmith, body)) =>
    post(`${hooking.url}flagsmith`, body, { "x-flagsmith-signature": given });

  test("signs the body: a flag's update is a change, once", async () => {
    assert.deepEqual(await send(update), [202, '{"accepted":1}']);
    assert.deepEqual(await send(update), [202, '{"accepted":1}']);
    assert.equal((await send(update, "00"))[0], 401);
    const toggled = ["flag", "new-retry", "off", "on", "Production", "new-retry"];
    assert.deepEqual(await kept(), [[...toggled, "Ana Meier", at]]);
  });

  test("a value that alone changed is told, and that only some users have it", async () => {
    const narrow = { ...state, feature_segment: { id: 1 } };
    const data = {
      ...update.data,
      new_state: { ...narrow, feature_state_value: 50 },
      previous_state: { ...narrow, feature_state_value: 10 },
    };
    await send({ ...update, data });
    const [[, title, before, now] = []] = await kept();
    assert.deepEqual([title, before, now], ["new-retry (for some users)", "10", "50"]);
  });

  test("a deleted flag is told; other events are none of ours", async () => {
    const gone = { ...update, event_type: "FLAG_DELETED" };
    await send({ ...gone, data: { ...update.data, new_state: null } });
    assert.equal((await kept())[0]?.[3], "deleted");
    const other = { event_type: "AUDIT_LOG_CREATED", data: {} };
    assert.deepEqual(await send(other), [202, '{"accepted":0}']);
  });
});

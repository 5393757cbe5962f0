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

describe("GitHub's webhook", () => {
  const repository = { full_name: "acme/shop" };
  const deployed = {
    action: "created",
    repository,
    deployment: { id: 7, sha: "3f2a91c0", environment: "production", creator: { login: "ana" } },
    deployment_status: { state: "success", created_at: "2026-11-22T09:00:00Z", log_url: "" },
  };
  const tell = (event: string, body: object, secret = secrets.github) =>
    post(`${hooking.url}github`, body, {
      "x-github-event": event,
      "x-hub-signature-256": `sha256=${signature(secret, body)}`,
    });
  const rows = () => opened.sql`select * from change_event order by id`;

  test("tells of what went live, once a deployment", async () => {
    assert.deepEqual(await tell("deployment_status", deployed), [202, '{"accepted":1}']);
    await tell("deployment_status", deployed);
    const [row, ...more] = await rows();
    assert.deepEqual(more, []);
    assert.deepEqual(
      [row?.["kind"], row?.["service"], row?.["environment"], row?.["ref"], row?.["at"]],
      ["deploy", "checkout", "production", "3f2a91c0", new Date("2026-11-22T09:00:00Z")],
    );
  });

  test("tells of a published release, and of nothing by a draft, a failure, a push or a ping", async () => {
    const release = { id: 9, tag_name: "v2", draft: false, published_at: "2026-11-22T09:00:00Z" };
    const failed = { ...deployed.deployment_status, state: "failure" };
    await tell("release", { action: "published", repository, release });
    await tell("release", { action: "created", repository, release: { ...release, id: 10 } });
    await tell("deployment_status", { ...deployed, deployment_status: failed });
    for (const event of ["push", "pull_request", "deployment", "ping"]) {
      assert.deepEqual(await tell(event, { repository }), [202, '{"accepted":0}']);
    }
    assert.deepEqual(
      (await rows()).map(({ id, ref }) => [id, ref]),
      [["release-9", "v2"]],
    );
  });

  test("tells of the repository that somebody pushed to, and only of a push that is signed", async () => {
    const full_name = "acme/ops";
    await tell("push", { repository: { full_name } }, "no");
    await tell("push", { repository: { full_name } });
    assert.equal(hooking.pushed.filter((name) => name === full_name).length, 1);
  });

  test("tells of an issue that was closed, opened again or changed, once each time, and of nothing else that befalls one", async () => {
    const issue = { number: 4, updated_at: "2026-11-22T09:00:00Z" };
    const about = { repository: { full_name: "acme/pm" }, issue };
    const kept = () => opened.sql<{ data: { job: object } }[]>`
      select data from pgboss.job where data #>> '{job,kind}' = 'issue-changed' order by created_on`;
    for (const [action, accepted] of [
      ["closed", 1],
      ["closed", 1],
      ["labeled", 0],
      ["opened", 0],
    ] as const)
      assert.deepEqual(await tell("issues", { action, ...about }), [
        202,
        JSON.stringify({ accepted }),
      ]);
    const again = { ...about, issue: { ...issue, updated_at: "2026-11-22T09:01:00Z" } };
    await tell("issues", { action: "reopened", ...again });
    const job = { kind: "issue-changed", repo: "acme/pm", number: "4" };
    assert.deepEqual(
      (await kept()).map(({ data }) => data.job),
      [job, job],
    );
    assert.equal((await tell("issues", { action: "closed", ...about }, "no"))[0], 401);
    const [status, said] = await tell("issues", { action: "closed", ...about, issue: {} });
    assert.deepEqual([status, said.split(":")[0]], [400, "issue.number"]);
  });

  test("is turned away with a wrong signature, and where a field is none", async () => {
    assert.equal((await tell("deployment_status", deployed, "no"))[0], 401);
    const odd = { ...deployed, deployment: { id: "seven" } };
    const [status, said] = await tell("deployment_status", odd);
    assert.equal(status, 400);
    assert.match(said, /^deployment\.id: /);
    assert.equal((await rows()).length, 0);
  });
});

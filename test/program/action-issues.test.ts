import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import { startOddServer } from "../edges/odd-server.ts";
import { startRunning, until } from "./running.ts";

const secret = "hook-secret";

test("an issue that is closed on GitHub closes its action item, and what is told there only by others does not", async () => {
  await using github = await startOddServer(({ path }, response) => {
    const issue = {
      number: 4,
      html_url: "https://github.com/acme/pm/issues/4",
      title: "Alert on p99",
      body: "",
      state: "closed",
      state_reason: "completed",
      created_at: "2026-11-23T15:00:00Z",
    };
    const isThere = path.startsWith("/repos/acme/pm/issues/4");
    response
      .writeHead(isThere ? 200 : 404, { "content-type": "application/json; charset=utf-8" })
      .end(JSON.stringify(isThere ? issue : { message: "Not Found" }));
  });
  await using running = await startRunning({
    GITHUB_TOKEN: "t0ken",
    GITHUB_API_URL: github.url,
    GITHUB_WEBHOOK_SECRET: secret,
    POSTMORTEM_REPO: "acme/pm",
  });
  const { serving, sql } = running;
  const local = serving.local();
  assert.ok(local);
  const channel = await local.play("n-plus-one", 10);
  const [incident] = await until(
    () => sql<{ id: string; workspace_id: string }[]>`
      select id, workspace_id from incident where channel_id = ${channel}`,
    (rows) => rows.length > 0,
  );
  assert.ok(incident);
  const of = { workspace_id: incident.workspace_id };
  const item = { id: "act_1", incident_id: incident.id, text: "Alert on p99", priority: "P2" };
  await sql`insert into action_item ${sql({ ...of, ...item, revision: 1, state: "open", by: "U1", at: new Date() })}`;
  const agreed = { title: "Alert on p99", own: "Alert on p99", state: "open" };
  const mirror = sql.json({ ...agreed, looks: 1, revision: 1, etag: null });
  const place = { of: "act_1", kind: "issue", place: "acme/pm", ref: "4", looks: 1, mirror };
  await sql`insert into counterpart ${sql({ ...of, ...place })}`;
  const post = async (repo: string) => {
    const issue = { number: 4, updated_at: "2026-11-23T16:00:00Z" };
    const body = JSON.stringify({ action: "closed", repository: { full_name: repo }, issue });
    const signature = createHmac("sha256", secret).update(body).digest("hex");
    const headers = { "x-github-event": "issues", "x-hub-signature-256": `sha256=${signature}` };
    return (await fetch(`${serving.url}/hooks/github`, { method: "POST", body, headers })).status;
  };
  assert.equal(await post("acme/other"), 202);
  assert.equal(
    (await sql`select 1 from pgboss.job where data::text like '%issue-changed%'`).length,
    0,
  );
  assert.equal(await post("Acme/PM"), 202);
  const [closed] = await until(
    () => sql`select state, text from action_item where id = 'act_1' and revision = 2`,
    (rows) => rows.length > 0,
  );
  assert.deepEqual({ ...closed }, { state: "done", text: "Alert on p99" });
  await until(
    async () => local.workspace.channel(channel).messages,
    (messages) => messages.some(({ text }) => text.startsWith('On GitHub, "Alert on p99" is done')),
  );
  const scheduled = await sql`select cron from pgboss.schedule where key = 'look-at-issues'`;
  assert.deepEqual({ ...scheduled[0] }, { cron: "*/10 * * * *" });
});

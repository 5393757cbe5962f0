import assert from "node:assert/strict";
import { test } from "node:test";
import { startRunning, until } from "./running.ts";

const token = "a-token-of-the-storm";
const [groups, alertsEach] = [60, 50];

test("3,000 alerts in 60 groups at once give one channel, and none is lost", async () => {
  await using running = await startRunning({
    HOOK_TOKEN_ALERTMANAGER: token,
    AUTO_DECLARE: "sev4",
  });
  const { serving, sql } = running;
  const startsAt = new Date().toISOString();
  const post = (group: number) => {
    const labels = { alertname: "HighLatency", service: `s${group}`, severity: "critical" };
    const alerts = Array.from({ length: alertsEach }, (_, pod) => ({
      status: "firing",
      labels: { ...labels, pod: `p${pod}` },
      startsAt,
      fingerprint: `${group}-${pod}`,
    }));
    const body = JSON.stringify({ version: "4", groupKey: `g${group}`, alerts });
    const headers = { authorization: `Bearer ${token}` };
    // As Alertmanager does, which sends again what was not taken.
    return until(
      async () =>
        (await fetch(`${serving.url}/hooks/alertmanager`, { method: "POST", headers, body }))
          .status,
      (status) => status === 202,
    );
  };
  await Promise.all(Array.from({ length: groups }, (_, group) => post(group)));
  await until(
    () => sql<{ left: number }[]>`select count(*)::int as left from pgboss.job
      where name = 'alerts' and state <> 'completed'`,
    ([row]) => row?.left === 0,
  );
  const fired = await until(
    () => sql<
      { groups: number }[]
    >`select count(distinct fact -> 'alert' ->> 'group')::int as groups
      from timeline_entry where kind = 'alert-fired'`,
    ([row]) => row?.groups === groups,
  );
  assert.equal(fired[0]?.groups, groups);
  const incidents = await sql`select channel_id from incident`;
  assert.equal(incidents.length, 1);
  const channels = serving.local()?.workspace.channels() ?? [];
  assert.equal(channels.filter(({ name }) => name.startsWith("inc-")).length, 1);
});

/**
 * Kills the whole process with SIGKILL at random moments under load; PostgreSQL and Slack live on. Of every mention that
 * was acknowledged there must be exactly one answer, at 50 events a second; with "alerts", every alert must be kept as it
 * was last acknowledged, and each group answered once.
 *
 * npm run bench:kill [kills] [alerts]
 */

import { loadavg } from "node:os";
import { openBenchDatabase } from "./bed.ts";
import { table } from "./figures.ts";
import { runAlertKills } from "./killing-alerts.ts";
import { runKills } from "./killing.ts";

const [told = "200", what = "mentions"] = process.argv.slice(2);
const kills = Number(told);
await using database = await openBenchDatabase();
const common = {
  databaseUrl: database.url,
  kills,
  lifeMsMax: 5_000,
  onProgress: (sentence: string) => void process.stderr.write(`${sentence}\n`),
};
const isWell = what === "alerts" ? await killAmongAlerts() : await killAmongMentions();
process.exitCode = isWell ? 0 : 1;

async function killAmongMentions(): Promise<boolean> {
  const load = { eventsPerSecond: 50, channels: 120 };
  const tally = await runKills({ ...common, ...load });
  const isReached = tally.lost === 0 && tally.duplicated === 0;
  print({ ...load, ...tally, isReached }, [
    [`${kills} kills under ${load.eventsPerSecond} events/s`, "count"],
    ["mentions", tally.mentions],
    ["acknowledged", tally.acknowledged],
    ["answered", tally.answered],
    ["acknowledged and lost", tally.lost],
    ["answered twice or more", tally.duplicated],
    ["answered that it failed", tally.failed],
    ["incidents without exactly one living message", tally.doubledIncidents],
    ["seconds until all was drained", Math.round(tally.drainedSeconds)],
  ]);
  return isReached;
}

async function killAmongAlerts(): Promise<boolean> {
  const load = { groups: 40, alertsEach: 5, pauseMs: 1_500 };
  const tally = await runAlertKills({ ...common, ...load });
  const isReached = tally.lost + tally.unanswered + tally.doubled + tally.doubledIncidents === 0;
  print({ ...load, ...tally, isReached }, [
    [`${kills} kills under ${load.groups} groups of alerts`, "count"],
    ["payloads acknowledged", tally.acknowledged],
    ["alerts that are not as they were acknowledged", tally.lost],
    ["groups", tally.groups],
    ["groups answered nowhere", tally.unanswered],
    ["messages of a group too many or too few", tally.doubled],
    ["channels opened", tally.channels],
    ["incidents", tally.incidents],
    ["incidents without exactly one living message", tally.doubledIncidents],
    ["seconds until all was drained", Math.round(tally.drainedSeconds)],
  ]);
  return isReached;
}

function print(figures: object, rows: readonly (readonly (string | number)[])[]): void {
  const line = { bench: "kill", kills, ...figures, loadAverage: loadavg()[0] };
  process.stdout.write(`${table(rows)}\n${JSON.stringify(line)}\n`);
}

/**
 * Kills the whole process with SIGKILL at random moments under 50 events a second; PostgreSQL and Slack live on.
 * Of every mention that was acknowledged there must be exactly one answer.
 *
 * npm run bench:kill [kills]
 */

import { loadavg } from "node:os";
import { openBenchDatabase } from "./bed.ts";
import { table } from "./figures.ts";
import { runKills } from "./killing.ts";

const [kills = 200] = process.argv.slice(2).map(Number);
const load = { kills, eventsPerSecond: 50, channels: 120, lifeMsMax: 5_000 };
await using database = await openBenchDatabase();
const tally = await runKills({
  ...load,
  databaseUrl: database.url,
  onProgress: (sentence) => process.stderr.write(`${sentence}\n`),
});
process.stdout.write(
  `${table([
    [`${kills} kills under ${load.eventsPerSecond} events/s`, "count"],
    ["mentions", tally.mentions],
    ["acknowledged", tally.acknowledged],
    ["answered", tally.answered],
    ["acknowledged and lost", tally.lost],
    ["answered twice or more", tally.duplicated],
    ["answered that it failed", tally.failed],
    ["incidents without exactly one living message", tally.doubledIncidents],
    ["seconds until all was drained", Math.round(tally.drainedSeconds)],
  ])}\n`,
);
const isReached = tally.lost === 0 && tally.duplicated === 0;
process.stdout.write(
  `${JSON.stringify({ bench: "kill", ...load, ...tally, isReached, loadAverage: loadavg()[0] })}\n`,
);
process.exitCode = isReached ? 0 : 1;

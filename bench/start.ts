/**
 * From the command to /readyz answering 200, and the memory that it takes: with nothing configured, and with a database.
 *
 * npm run bench:start [runs]
 */

import { mkdtemp, readFile, rm } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { openBed, openBenchDatabase } from "./bed.ts";
import { median, table } from "./figures.ts";
import { startProduct, type Settings } from "./product.ts";

interface Start {
  readonly readyMs: number;
  /** Resident, of the Node process, once it is ready; NaN where /proc is not there to tell. */
  readonly megabytes: number;
}

const barsMs = { first: null, again: 5_000, database: 3_000 } as const;
type Kind = keyof typeof barsMs;

const words: Readonly<Record<Kind, string>> = {
  first: "nothing configured, first start (the database is made)",
  again: "nothing configured, again",
  database: "with a database and Slack",
};

async function measureStart(settings: Settings): Promise<Start> {
  const started = performance.now();
  await using product = await startProduct(settings);
  await product.ready();
  const readyMs = Math.round(performance.now() - started);
  const megabytes = await residentMegabytes(product.pid);
  await product.end("SIGTERM");
  return { readyMs, megabytes };
}

async function residentMegabytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  return Math.round(Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) / 1_000);
}

async function measureAll(runs: number): Promise<Record<Kind, Start[]>> {
  const starts: Record<Kind, Start[]> = { first: [], again: [], database: [] };
  await using database = await openBenchDatabase();
  await using bed = await openBed({ databaseUrl: database.url, sourceDelayMs: 0 });
  for (let run = 0; run < runs; run += 1) {
    const folder = await mkdtemp(join(tmpdir(), "hindsight-bench-start-"));
    starts.first.push(await measureStart({ HINDSIGHT_DATA: folder }));
    starts.again.push(await measureStart({ HINDSIGHT_DATA: folder }));
    await rm(folder, { recursive: true, force: true });
    starts.database.push(await measureStart(bed.settings));
  }
  return starts;
}

const runs = Number(process.argv[2] ?? 5);
const starts = await measureAll(runs);
const kinds = ["first", "again", "database"] as const;
const figures = kinds.map((kind) => {
  const readyMs = starts[kind].map((start) => start.readyMs);
  const megabytes = median(starts[kind].map((start) => start.megabytes));
  return { kind, readyMs: median(readyMs), slowestMs: Math.max(...readyMs), megabytes };
});
process.stdout.write(
  `${table([
    [`ready after, medians of ${runs}`, "ms", "slowest", "bar", "MB resident"],
    ...figures.map(({ kind, readyMs, slowestMs, megabytes }) => [
      words[kind],
      readyMs,
      slowestMs,
      barsMs[kind] ?? "",
      megabytes,
    ]),
  ])}\n`,
);
const isReached = figures.every(({ kind, readyMs }) => readyMs <= (barsMs[kind] ?? Infinity));
process.stdout.write(
  `${JSON.stringify({ bench: "start", runs, figures, barsMs, isReached, loadAverage: loadavg()[0] })}\n`,
);
process.exitCode = isReached ? 0 : 1;

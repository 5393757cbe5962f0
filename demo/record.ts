/** Records the incidents: `npm run demo:record [-- scenario …] [--seconds N]`; all at once without a name. */

import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { readBundle } from "../src/edges/recorded/bundle.ts";
import { record, type Lengths } from "./recorder/recording.ts";
import type { Scenario } from "./recorder/scenario.ts";
import { scenarios } from "./recorder/scenarios.ts";
import { portsEach } from "./recorder/shop.ts";

const bundleFolder = join(import.meta.dirname, "bundles");
const bundleBytesMax = 500_000;
const firstPort = 21_000;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: "string" },
    out: { type: "string", default: bundleFolder },
  },
});
const unknown = positionals.filter((name) => !scenarios.some(({ id }) => id === name));
if (unknown.length > 0) {
  const names = scenarios.map(({ id }) => id).join(", ");
  process.stderr.write(`No scenario ${unknown.join(", ")}. There are: ${names}.\n`);
  process.exit(2);
}
const wanted = scenarios.filter(({ id }) => positionals.length === 0 || positionals.includes(id));
const results = await Promise.allSettled(wanted.map(recordOne));
for (const result of results)
  if (result.status === "rejected") process.stderr.write(`${String(result.reason)}\n`);
process.exit(results.some(({ status }) => status === "rejected") ? 1 : 0);

async function recordOne(scenario: Scenario, index: number): Promise<void> {
  const say = (text: string) =>
    process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${scenario.id}: ${text}\n`);
  const folder = await mkdtemp(join(tmpdir(), `shop-${scenario.id}-`));
  try {
    const place = { folder, firstPort: firstPort + index * portsEach };
    const bundle = await record(scenario, lengths(values.seconds), place, say);
    const bytes = gzipSync(JSON.stringify(bundle), { level: 9 });
    if (bytes.length > bundleBytesMax) throw new Error(`${scenario.id}: ${bytes.length} bytes`);
    await mkdir(values.out, { recursive: true });
    const file = join(values.out, `${scenario.id}.json.gz`);
    await writeFile(file, bytes);
    readBundle(file);
    say(`${file}: ${bundle.series.length} series, ${bytes.length} bytes`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** With `--seconds`, each part is as short as that: to try the recorder. */
function lengths(seconds: string | undefined): Lengths {
  if (seconds === undefined) return { normalSeconds: 600, faultSeconds: 420, recoverySeconds: 300 };
  const each = Number(seconds);
  return { normalSeconds: each, faultSeconds: each, recoverySeconds: each };
}

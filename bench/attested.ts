/**
 * Of how many incidents it is known what ended them, from people who click twice, once or never: the recorded incidents
 * played through the whole product in the local workspace.
 *
 * npm run bench:attested [rounds]
 */

import { globSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { readBundle } from "../src/edges/recorded/bundle.ts";
import { playAll, type Came } from "./attested-play.ts";
import { responders } from "./attested-responders.ts";
import { shareOf } from "./diagnosis-measures.ts";
import { table } from "./figures.ts";

const bar = 0.6;

const [rounds = 2] = process.argv.slice(2).map(Number);
const folder = join(import.meta.dirname, "../demo/bundles");
const bundles = globSync("*.json.gz", { cwd: folder })
  .toSorted()
  .map((file) => readBundle(join(folder, file)));
const cases = Array.from({ length: rounds }, (_, round) =>
  responders.flatMap((responder) => bundles.map((bundle) => ({ bundle, responder, round }))),
).flat();
const came = await playAll(cases);

const attested = (all: readonly Came[]) =>
  shareOf(all.filter(({ isAttested }) => isAttested).length, all.length);
const row = (name: string, all: readonly Came[]) => {
  const { hits, of, share, low, high } = attested(all);
  const steps = all.filter(({ isStepNamed }) => isStepNamed).length;
  const clicks = Math.max(0, ...all.map((each) => each.clicks));
  const interval = `${low.toFixed(2)} to ${high.toFixed(2)}`;
  return [name, `${hits} of ${of}`, share.toFixed(2), interval, steps, clicks];
};
const kinds = [...new Set(responders.map(({ kind }) => kind))];
const total = attested(came);
process.stdout.write(
  `${table([
    ["what people do", "attested", "share", "95 %", "step named", "clicks"],
    ...responders.map(({ kind, what }) =>
      row(
        `${kind}: ${what}`,
        came.filter(({ responder }) => responder.what === what && responder.kind === kind),
      ),
    ),
    ...kinds.map((kind) =>
      row(
        `all with ${kind}`,
        came.filter(({ responder }) => responder.kind === kind),
      ),
    ),
    ...bundles.map(({ id }) =>
      row(
        id,
        came.filter(({ bundle }) => bundle.id === id),
      ),
    ),
    row("all", came),
  ])}\nThe bar is ${bar}.\n`,
);
const isReached = total.share >= bar;
process.stdout.write(
  `${JSON.stringify({
    bench: "attested",
    rounds,
    ...total,
    byKind: Object.fromEntries(
      kinds.map((kind) => [
        kind,
        attested(came.filter(({ responder }) => responder.kind === kind)),
      ]),
    ),
    bar,
    isReached,
    loadAverage: loadavg()[0],
  })}\n`,
);
process.exitCode = isReached ? 0 : 1;

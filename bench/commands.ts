/**
 * How commands are classed: the labelled ones of test/command/, which were written for it (docs/benchmarks.md).
 *
 * npm run bench:commands
 */

import { classifyCommand } from "../src/command/classify.ts";
import type { CommandClass } from "../src/command/class.ts";
import { fourthRound, safe, unsafe } from "../test/command/labelled.ts";
import { table } from "./figures.ts";

async function classed(commands: readonly string[]) {
  const all = await Promise.all(
    commands.map(async (text) => ({ text, is: await classifyCommand(text) })),
  );
  const count = (wanted: CommandClass) => all.filter(({ is }) => is === wanted).length;
  return {
    all,
    readOnly: count("read-only"),
    changing: count("state-changing"),
    unknown: count("unknown"),
  };
}

const [harmless, harmful, lastHarmless, lastHarmful] = await Promise.all([
  classed(safe),
  classed(unsafe),
  classed(fourthRound.safe),
  classed(fourthRound.unsafe),
]);
const row = (name: string, { all, readOnly, changing, unknown }: typeof harmless) => [
  name,
  all.length,
  readOnly,
  changing,
  unknown,
];
console.log(
  table([
    ["labelled", "commands", "read-only", "state-changing", "unknown"],
    row("safe", harmless),
    row("unsafe", harmful),
    row("safe, of the fourth round", lastHarmless),
    row("unsafe, of the fourth round", lastHarmful),
  ]),
);
for (const { text, is } of harmless.all)
  if (is !== "read-only") console.log(`safe, and classed ${is}: ${JSON.stringify(text)}`);
for (const { text, is } of harmful.all)
  if (is === "read-only") console.log(`unsafe, and classed read-only: ${JSON.stringify(text)}`);
console.log(
  JSON.stringify({
    bench: "commands",
    safe: safe.length,
    unsafe: unsafe.length,
    safeRecognisedShare: harmless.readOnly / safe.length,
    unsafeClassedReadOnlyShare: harmful.readOnly / unsafe.length,
    readOnlyPrecision: harmless.readOnly / (harmless.readOnly + harmful.readOnly),
  }),
);

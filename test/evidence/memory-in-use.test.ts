import assert from "node:assert/strict";
import { test } from "node:test";
import { diagnose } from "../../src/evidence/diagnose.ts";
import type { Series } from "../../src/evidence/input.ts";
import { madeSeries, onset, type Made } from "./made-series.ts";

const mib = 1024 ** 2;
const memory = (name: string, made: Made): Series =>
  madeSeries({ name, kind: "memory", made: { ...made, noise: 0 } });
const resident = memory("process_resident_memory_bytes", { before: 200 * mib, after: 900 * mib });
const flat = memory("nodejs_heap_size_used_bytes", { before: 80 * mib });

/** What is said of the first. */
function sentence(...series: Series[]): string {
  const { metrics, findings } = diagnose({ onset, series });
  const at = metrics.findIndex(({ name }) => name === series[0]?.name);
  return findings.find(({ cites }) => cites.includes(`metric:${at}`))?.text ?? "";
}

test("a resident set that grows while memory in use stays flat is the signature of fragmentation", () => {
  assert.equal(
    sentence(resident, flat),
    "resident memory of checkout 200 MiB → 900 MiB since 14:02 while heap size used stays at 80 MiB: fragmentation, or memory outside of what is counted",
  );
});

test("a resident set that grows with the memory in use is said alone", () => {
  const grown = memory("nodejs_heap_size_used_bytes", { before: 80 * mib, after: 700 * mib });
  const external = memory("nodejs_external_memory_bytes", { before: 10 * mib, after: 600 * mib });
  const alone = /^resident memory of checkout 200 MiB → 900 MiB since 14:02$/;
  assert.match(sentence(resident, grown), alone);
  assert.match(sentence(resident, flat, external), alone, "other memory grew");
  const some = memory("nodejs_heap_size_used_bytes", { before: 80 * mib, after: 95 * mib });
  assert.match(sentence(resident, some), alone, "15 MiB more is not flat");
});

test("it is said of a heap that holds more than it uses too, and of the container's working set", () => {
  const held = memory("nodejs_heap_size_total_bytes", { before: 100 * mib, after: 800 * mib });
  assert.match(sentence(resident, flat, held), /stays at 80 MiB: fragmentation/);
  const working = { ...resident, name: "container_memory_working_set_bytes" };
  const usage = { ...resident, name: "container_memory_usage_bytes" };
  assert.match(sentence(working, flat, usage), /memory working set .* stays at 80 MiB: fragm/);
});

test("it is not said where nothing tells the memory in use, or another service does", () => {
  assert.match(sentence(resident), /since 14:02$/);
  assert.match(sentence(resident, { ...flat, service: "cart" }), /since 14:02$/);
});

test("it is not said of a resident set that shrinks", () => {
  const shrunk = memory(resident.name, { before: 900 * mib, after: 100 * mib });
  assert.match(sentence(shrunk, flat), /since 14:02$/);
});

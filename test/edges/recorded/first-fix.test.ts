import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, test } from "node:test";
import { serviceNamedIn } from "../../../src/catalog/find-service.ts";
import { readBundle } from "../../../src/edges/recorded/bundle.ts";
import { createPlayer } from "../../../src/edges/recorded/player.ts";
import { assess, propose } from "../../../src/flows/assess.ts";
import { gatherEvidence } from "../../../src/flows/gather-evidence.ts";
import { parsePlaybook } from "../../../src/playbook/parse.ts";
import { fakeWorld } from "../../flows/fake-world.ts";
import { builtInFiles } from "../../playbook/built-in.ts";

const bundleFolder = join(import.meta.dirname, "../../../demo/bundles");
const begun = Date.UTC(2026, 10, 23, 14, 4);
const { steps } = parsePlaybook(builtInFiles);
let nowMs = begun;
const now = () => new Date(nowMs);
const player = createPlayer({ bundleFolder, now });

const ledger = { incidents: [], rows: [] };
const told = { ledger, text: "", outcomes: [], done: [], drawnFor: null };

/** What would be offered so many minutes after the play began, read as the product reads it. */
async function offeredIn(id: string, title: string, minutes: number) {
  nowMs = begun;
  player.start(id, { channel: "C1", speed: 1 });
  nowMs += minutes * 60_000;
  const sources = player.sourcesFor("C1");
  assert.ok(sources);
  const text = [title, player.channelName(id), player.alertText(id)].join("\n");
  const named = serviceNamedIn(text, sources.catalog);
  const { meter } = fakeWorld().world;
  const { input } = await gatherEvidence(
    { deadline: () => new AbortController().signal, meter, now },
    {
      sources,
      service: named,
      onset: null,
      alert: { text, ...(named === null ? {} : { service: named.name }) },
    },
  );
  const { situation } = assess(input, sources.catalog, { named, severity: 2, at: now() });
  return propose(steps, situation, told).offered;
}

describe("of each recorded incident", () => {
  for (const { id, title } of player.list()) {
    const { mendingSteps } = readBundle(join(bundleFolder, `${id}.json.gz`)).truth;
    test(`${id}: the first step mends it, and no fix is offered without a reason`, async () => {
      for (const minutes of [0, 2, 5]) {
        const offered = await offeredIn(id, title, minutes);
        const told = offered.map(({ title: step, why }) => `${step}. Why: ${why?.text}`).join("\n");
        assert.ok(mendingSteps.includes(offered[0]?.stepId ?? ""), told);
        for (const { role, why } of offered) assert.ok(role === "check" || why, told);
      }
    });
  }
});

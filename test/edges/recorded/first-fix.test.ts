import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { serviceNamedIn } from "../../../src/catalog/find-service.ts";
import { readBundle } from "../../../src/edges/recorded/bundle.ts";
import { createPlayer } from "../../../src/edges/recorded/player.ts";
import { assess, propose } from "../../../src/flows/assess.ts";
import { gatherEvidence } from "../../../src/flows/gather-evidence.ts";
import { parsePlaybook } from "../../../src/playbook/parse.ts";
import { candidatesOf, withRunbooks } from "../../../src/runbook/candidates.ts";
import { runbookFrom } from "../../../src/runbook/runbook.ts";
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
async function offeredIn(id: string, title: string, minutes: number, known = steps) {
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
  const isMeant = situation.service === about.service;
  return propose(isMeant ? known : steps, situation, told).offered;
}

/** With what the shop's runbook says, which its alerts' service has in the catalog. */
const text = readFileSync(join(bundleFolder, "../shop/runbooks/checkout.md"), "utf8");
const link = "http://127.0.0.1:3000/local/runbooks/checkout.md";
const read = runbookFrom({ text, format: "markdown" }, link);
assert.ok(read.ok);
const about = { playbook: steps, service: "checkout", alert: null };
const candidates = await candidatesOf(read.runbook, about);

describe("of each recorded incident", () => {
  test("the runbook gives the playbook's steps their commands, whole, and how to undo each", () => {
    assert.equal(candidates.length, 7);
    const ids = ["roll-back-deploy", "turn-off-flag", "revert-configuration", "compare-versions"];
    for (const id of ids)
      assert.ok(
        candidates.some((step) => step.id === id),
        id,
      );
    for (const { role, ways } of candidates)
      assert.ok(role === "check" || ways[0]?.undo !== undefined);
  });

  for (const { id, title } of player.list()) {
    const { mendingSteps } = readBundle(join(bundleFolder, `${id}.json.gz`)).truth;
    test(`${id}: the first step mends it, and no fix is offered without a reason`, async () => {
      for (const minutes of [0, 2, 5]) {
        const plain = await offeredIn(id, title, minutes);
        assert.ok(mendingSteps.includes(plain[0]?.stepId ?? ""), plain[0]?.title);
        const withBook = withRunbooks(steps, candidates);
        const offered = await offeredIn(id, title, minutes, withBook);
        const told = offered.map(({ title: step, why }) => `${step}. Why: ${why?.text}`).join("\n");
        assert.ok(mendingSteps.includes(offered[0]?.stepId ?? ""), told);
        for (const { role, why } of offered) assert.ok(role === "check" || why, told);
      }
    });
  }
});

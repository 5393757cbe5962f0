import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import type { ShiftedMetric } from "../../src/evidence/diagnosis.ts";
import type { ChangeKind } from "../../src/evidence/input.ts";
import type { StepOutcome } from "../../src/incident/incident.ts";
import { parsePlaybook } from "../../src/playbook/parse.ts";
import { claimsIn } from "../../src/suggestion/claim.ts";
import { deedsStanding, liveSuspects, standing } from "../../src/suggestion/claim-evidence.ts";
import { deedsIn } from "../../src/suggestion/done.ts";
import { noDraw } from "../../src/suggestion/draw.ts";
import { proposeSteps } from "../../src/suggestion/propose.ts";
import { at, checkoutP99, nothing, unix } from "../incident/timeline.ts";
import { suggestion } from "../message/incident.ts";
import { builtInFiles } from "../playbook/built-in.ts";
import { runs, seed } from "../property-runs.ts";
import { claims, services } from "./claims.ts";
import { situation } from "./situation.ts";

const { steps } = parsePlaybook(builtInFiles);

/** By hand: what a shift of each thing is called, and the checks that look at it. */
const looks: Readonly<
  Record<string, { readonly shift: Partial<ShiftedMetric>; readonly checks: readonly string[] }>
> = {
  dns: { shift: { name: "dns_lookup_seconds" }, checks: ["check-dns-latency"] },
  network: { shift: { name: "retransmits", kind: "network" }, checks: ["check-dns-latency"] },
  certificate: { shift: { name: "tls_failures" }, checks: ["check-certificate-dates"] },
  traffic: { shift: { name: "calls", kind: "requests" }, checks: ["read-traffic-by-route"] },
  cache: { shift: { name: "redis_misses" }, checks: ["read-cache-hit-rate"] },
  database: { shift: { service: "orders-db" }, checks: ["read-pool-waits"] },
  disk: { shift: { kind: "disk" }, checks: ["check-disk-latency", "check-disk-space"] },
  host: { shift: { name: "node_pressure" }, checks: ["check-node-health"] },
};
const further = [
  ["ruled out dns", "dns"],
  ["dns looks good", "dns"],
  ["ruled out the certs", "certificate"],
  ["certs are valid", "certificate"],
  ["traffic looks normal", "traffic"],
  ["cache is fine", "cache"],
  ["pool is fine", "database"],
  ["pool looks fine, ruled out", "database"],
  ["disk is fine", "disk"],
  ["ruled out the node", "host"],
] as const;
const sentences = [
  ...claims.filter(({ away }) => away.length > 0),
  ...further.map(([text, thing]) => ({ text, away: [thing] })),
];

const cases = fc.record({
  shifted: fc.subarray(Object.keys(looks), { minLength: 1 }),
  deploy: fc.option(fc.constantFrom<ChangeKind>("deploy", "flag", "config"), { nil: null }),
  said: fc.uniqueArray(fc.constantFrom(...sentences), {
    minLength: 1,
    maxLength: 5,
    selector: ({ text }) => text,
  }),
});
type Case = typeof cases extends fc.Arbitrary<infer T> ? T : never;
const options = { numRuns: Math.max(150, runs(2_000)), seed };
const here = { service: "checkout", services: ["checkout", ...services], others: services };

function situationOf({ shifted, deploy }: Case) {
  const metrics = shifted.map((thing) => ({ ...checkoutP99, ...looks[thing]?.shift }));
  const change = { id: "x", kind: deploy ?? "deploy", at: unix("14:00"), title: "Change x" };
  const changes = deploy === null ? [] : [{ id: "x", p: 0.6, because: [] }];
  const diagnosis = { ...nothing, metrics, changes, confidence: "clear" as const };
  return situation({ diagnosis, changes: deploy === null ? [] : [change] });
}
function readOf(each: Case) {
  const seen = situationOf(each);
  return { diagnosis: seen.diagnosis, live: liveSuspects(seen) };
}
/** Checks of what was claimed away and shifted. */
const pointedAt = ({ said, shifted }: Case) =>
  said
    .flatMap(({ away }) => away)
    .filter((thing) => shifted.includes(thing))
    .flatMap((thing) => looks[thing]?.checks ?? []);
const order = (each: Case, done: readonly string[]) =>
  proposeSteps({
    steps,
    situation: situationOf(each),
    tallies: [],
    chances: new Map(),
    draw: noDraw,
    done,
    suggestionsMax: 100,
  });

describe("whatever is claimed, and whatever was read", () => {
  it("no check is suppressed although the evidence points at what it looks at", () => {
    let cased = 0;
    let would = 0;
    fc.assert(
      fc.property(cases, (each) => {
        const done = (read: ReturnType<typeof readOf> | null) =>
          each.said.flatMap(({ text }) =>
            deedsStanding(text, steps, here, read).map(({ stepId }) => stepId),
          );
        const wanted = pointedAt(each);
        const { leftOutAsDone } = order(each, done(readOf(each)));
        const suppressed = leftOutAsDone.filter(({ stepId }) => wanted.includes(stepId));
        assert.deepEqual(suppressed, []);
        cased += 1;
        would += done(null).some((stepId) => wanted.includes(stepId)) ? 1 : 0;
      }),
      options,
    );
    // The bar is worth something only where the words alone would have suppressed.
    assert.ok(would > cased / 20, `${would} of ${cased} cases would suppress`);
  });

  it("so is none by the recorded word, while a click and a look that is told count", () => {
    fc.assert(
      fc.property(cases, (each) => {
        const offers = steps.map(({ id: stepId, role, mechanism, title }, index) =>
          suggestion({ id: `sug_${index}`, stepId, role, mechanism, title }),
        );
        const said = each.said.map((one, minute) => ({ ...one, at: at(`14:0${minute}`) }));
        const claimedAway = said.flatMap(({ text, at: when }) =>
          claimsIn(text, services).map((about) => ({ about, by: "UANA", at: when })),
        );
        const worded = [...said, { text: "checked dns, it resolves", at: at("14:09") }].flatMap(
          ({ text, at: when }) =>
            deedsIn(text, steps, here).flatMap(({ stepId, label }): StepOutcome[] => {
              const of = offers.find((offer) => offer.stepId === stepId);
              if (of === undefined) return [];
              const word = { by: "UANA", at: when, note: null, source: "phrase" } as const;
              return [{ ...word, suggestion: of.id, stepId, label }];
            }),
        );
        const claimed = { claimedAway, evidence: readOf(each) };
        const kept = standing(worded, offers, claimed);
        const wanted = pointedAt(each);
        assert.deepEqual(
          kept.filter(({ stepId, at: when }) => wanted.includes(stepId) && +when < +at("14:09")),
          [],
        );
        assert.ok(kept.some(({ at: when }) => +when === +at("14:09")));
        const clicked = worded.map(({ source: _source, ...rest }) => rest);
        assert.deepEqual(standing(clicked, offers, claimed), clicked);
      }),
      options,
    );
  });
});

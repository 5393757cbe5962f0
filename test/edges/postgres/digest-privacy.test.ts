import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import * as fc from "fast-check";
import { pictureSpecification } from "../../../src/chart/picture.ts";
import { weeksWords } from "../../../src/chart/weeks.ts";
import { chartsOf } from "../../../src/digest/charts.ts";
import { digestOf } from "../../../src/digest/digest.ts";
import { csvLines } from "../../../src/digest/exported.ts";
import { statisticsOf } from "../../../src/digest/statistics.ts";
import { exportedIncidents } from "../../../src/edges/postgres/read-export.ts";
import { digestPage } from "../../../src/edges/web/digest-page.ts";
import type { Viewer } from "../../../src/flows/ports.ts";
import { digestMessage } from "../../../src/message/digest.ts";
import { statisticsMessage } from "../../../src/message/statistics.ts";
import { ledgers, plantLedger, workspace, type Ledger } from "../../digest-world.ts";
import { weeks } from "../../digest/facts.ts";
import { runs, seed } from "../../property-runs.ts";
import { openStore, type Opened } from "./opened.ts";

/** Stands in every text of an incident: title, channel, service, steps, notes, alerts. */
const canary = (number: number) => `canary${number}x`;
const canariesIn = (text: string) =>
  [...text.matchAll(/canary(\d+)x/g)].map(([, of]) => Number(of));

describe("what happened in private", () => {
  let opened: Opened;
  before(async () => void (opened = await openStore()));
  after(() => opened[Symbol.asyncDispose]());

  /** Everything that digests, statistics, charts and pages would show to a channel. */
  async function shownTo(viewer: Viewer): Promise<string> {
    const [first] = weeks;
    const week = weeks.at(-1) ?? first;
    const period = { from: first.from, to: week.to, lateFrom: week.from, services: null };
    const facts = await opened.store.periodFacts(workspace, { ...period, viewer });
    const digest = digestOf(facts, { team: null, weeks, actions: null });
    const drawn = chartsOf(digest).map((chart) => [
      weeksWords(chart),
      pictureSpecification(chart, null),
    ]);
    const page = await digestPage({ digest, madeAt: week.to }, (picture) =>
      Promise.resolve(JSON.stringify(picture)),
    );
    const stats = statisticsMessage(statisticsOf(facts), 91);
    return JSON.stringify([
      facts,
      digestMessage(digest, { page: null, hosts: [] }),
      stats,
      drawn,
      page,
    ]);
  }

  /** What "seen before" would tell there, of incidents like any of those. */
  async function similarIn(viewer: Viewer): Promise<string> {
    const told = await Promise.all(
      (["latency", "errors"] as const).map((symptom) =>
        opened.store.endedLike(workspace, {
          viewer,
          incident: "inc_none",
          symptom,
          service: "checkout",
        }),
      ),
    );
    return JSON.stringify(told);
  }

  /** Whose postmortem would be shown there to whoever names the incident, of those that are not public and of the first ones. */
  async function postmortemsIn(viewer: Viewer, ledger: Ledger): Promise<number[]> {
    const numbers = ledger.flatMap(({ kind }, index) =>
      kind === "public" && index > 1 ? [] : [index + 1],
    );
    const shown = await Promise.all(
      numbers.map((number) => opened.store.incidentShown(workspace, { number, viewer })),
    );
    return shown.flatMap((incident) => (incident === null ? [] : [incident.number]));
  }

  async function exported(): Promise<string> {
    const texts: string[] = [];
    for await (const each of exportedIncidents(opened.db, workspace))
      texts.push(csvLines(each), JSON.stringify(each));
    return texts.join("");
  }

  const kindOf = (ledger: Ledger, number: number) => ledger[number - 1]?.kind;

  test("is in no digest, statistic, chart, page, postmortem, similar incident or export outside its channel; people from outside are shown nothing but their own", async () => {
    let shownPublic = 0;
    let shownSimilar = 0;
    let shownRead = 0;
    await fc.assert(
      fc.asyncProperty(ledgers, async (ledger) => {
        await plantLedger(opened.sql, ledger, canary);
        const own = ledger.map(({ kind }, index): Viewer => ({ id: `C${index}`, kind }));
        const somewhere: readonly Viewer[] = [
          { id: "C-READER", kind: "public" },
          ...own.slice(0, 4),
        ];
        for (const viewer of somewhere) {
          const told = canariesIn(await shownTo(viewer));
          const foreign = told.filter((number) => kindOf(ledger, number) !== "public");
          assert.deepEqual(foreign, [], `${viewer.id}, ${viewer.kind}`);
          if (viewer.kind === "external") assert.deepEqual(told, [], viewer.id);
          shownPublic += told.length;
          const near = canariesIn(await similarIn(viewer));
          const read = await postmortemsIn(viewer, ledger);
          const outside = [...near, ...read].filter(
            (number) => `C${number - 1}` !== viewer.id && kindOf(ledger, number) !== "public",
          );
          assert.deepEqual(outside, [], `${viewer.id}, ${viewer.kind}`);
          if (viewer.kind === "external")
            assert.deepEqual(
              [...near, ...read].filter((number) => `C${number - 1}` !== viewer.id),
              [],
              viewer.id,
            );
          shownSimilar += near.length;
          shownRead += read.length;
        }
        const out = canariesIn(await exported());
        assert.deepEqual(
          out.filter((number) => kindOf(ledger, number) !== "public"),
          [],
        );
        const all = ledger.flatMap(({ kind }, index) => (kind === "public" ? [index + 1] : []));
        assert.deepEqual(
          [...new Set(out)].toSorted((a, b) => a - b),
          all,
          "the public ones are all there",
        );
      }),
      { numRuns: runs(1_000), seed, endOnFailure: true },
    );
    assert.ok(shownPublic > 0 && shownSimilar > 0 && shownRead > 0, "what may be shown is");
  });
});

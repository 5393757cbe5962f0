import assert from "node:assert/strict";
import { test } from "node:test";
import { digestOf, periodWeeks, type About } from "../../../src/digest/digest.ts";
import { svgOf } from "../../../src/edges/chart/draw.ts";
import { pageAt } from "../../../src/edges/web/pages.ts";
import { weekBefore, weeksUpTo } from "../../../src/digest/week.ts";
import { incidentFacts } from "../../digest/facts.ts";

const path = "/digest/01234567-0123-0123-0123-0123456789ab";
const hostile = `<script>alert(1)</script>"' onload=x style=y`;

function weeksIn(zone: string): About["weeks"] {
  const week = weekBefore(new Date("2026-11-23T15:00:00Z"), zone);
  const [first = week, ...rest] = weeksUpTo(week, periodWeeks, zone);
  return [first, ...rest];
}

function page(text: string, isThere = true, zone = "UTC"): Promise<string> {
  const facts = incidentFacts({
    service: text,
    ending: "step",
    fix: { stepId: "s", title: text, place: null, minutes: 41 },
    firstOffered: text,
  });
  const digest = digestOf(
    { incidents: [facts, { ...facts, number: 43 }], steps: [], told: [], model: null },
    { team: text, weeks: weeksIn(zone), actions: null },
  );
  const stored = { digest, madeAt: new Date("2026-11-23T09:00:00Z") };
  const digests = { evidence: async () => null, digest: async () => (isThere ? stored : null) };
  return pageAt(path, digests, svgOf).then((made) => made?.body ?? "");
}

test("a digest's page has its words, and both charts with theirs", async () => {
  const body = await page("checkout");
  assert.match(body, /<h1>Digest of week 47<\/h1>/);
  assert.match(body, /2026-11-16 to 2026-11-22, sent\s+2026-11-23/);
  assert.match(body, /Worst miss: INC-42, "checkout" stood first/);
  assert.equal(body.split('class="chart"').length - 1, 2);
  assert.match(
    body,
    /aria-label="Incidents, 13 weeks, in brackets: median minutes to mitigate. W47 2 \(20\)\."/,
  );
});

for (const zone of ["Europe/Berlin", "America/Los_Angeles", "Asia/Tokyo"])
  test(`a digest's page has the days of its week in ${zone}, not in UTC`, async () => {
    assert.match(await page("checkout", true, zone), /\s2026-11-16 to 2026-11-22,/);
  });

test("whatever comes from outside is escaped, and nothing is there that the page's policy would have to allow", async () => {
  const body = await page(hostile);
  assert.ok(!body.includes("<script>"));
  assert.match(body, /&lt;script&gt;alert\(1\)/);
  // In the drawing and the document; what is quoted from outside is text.
  const tags = body.match(/<[a-z][^>]*>/gi) ?? [];
  assert.ok(!tags.some((tag) => /^<(script|style)|\s(style|on[a-z]+)=/i.test(tag)));
});

test("there is no page of a digest that was not sent", async () => {
  assert.equal(await page("checkout", false), "");
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { chartWords } from "../../../src/chart/words.ts";
import { svgOf } from "../../../src/edges/chart/draw.ts";
import { pageAt } from "../../../src/edges/web/pages.ts";
import { onset, sampleInput, shiftedSeries } from "../../chart/sample.ts";

const path = "/evidence/01234567-0123-0123-0123-0123456789ab";

function page(services: readonly string[], draw = svgOf): Promise<string> {
  const series = services.map((service) => shiftedSeries(0.4, 4.1, { service }));
  const input = { ...sampleInput({ series }), onset };
  const stored = { incident: "INC-1", title: "slow", readAt: new Date(onset * 1000), input };
  return pageAt(path, { evidence: async () => stored, digest: async () => null }, draw).then(
    (made) => made?.body ?? "",
  );
}

test("the strongest shifts are drawn with their axes and said in words, the others as lines", async () => {
  const said: string[] = [];
  const body = await page(["checkout", "a", "b", "c", "d", "e"], (picture) => {
    assert.ok(!("kind" in picture));
    said.push(chartWords(picture));
    return Promise.resolve("<svg></svg>");
  });
  assert.equal(said.length, 2);
  assert.equal(body.split('class="chart"').length - 1, 2);
  assert.equal(body.split("<polyline").length - 1, 4);
  for (const words of said) assert.ok(body.includes(`aria-label="${words}"`), words);
});

test("a drawing brings nothing that the page's policy would have to allow", async () => {
  const body = await page(["checkout<script>"]);
  assert.match(body, /role-axis-label/);
  assert.ok(!/<script| style=|<style| on[a-z]+=/.test(body));
});

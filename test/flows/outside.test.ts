import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Service } from "../../src/catalog/catalog.ts";
import { onMention } from "../../src/flows/answer-mention.ts";
import type { Changes, Metrics } from "../../src/flows/ports.ts";
import { someService } from "../edges/some-service.ts";
import {
  ana,
  catalog,
  changesOf,
  checkout,
  deployment,
  fakeWorld,
  metricsOf,
  slowCheckout,
  teamChannel,
  wellShop,
  type FakeWorld,
} from "./fake-world.ts";

const refuses = () => Promise.reject(new Error("HTTP 503"));
const sickMetrics: Metrics = { ...metricsOf([]), series: refuses };
const sickChanges: Changes = { name: "GitHub", recent: refuses };
const { repo: _repo, ...withoutRepo } = checkout;
const noRepository = { teams: [], services: [withoutRepo, someService("payments")] };

async function answer(words: string, sources: Partial<FakeWorld["sources"]>): Promise<string> {
  const fake = fakeWorld();
  fake.sources = { ...fake.sources, ...sources };
  const mention = { ts: "1795443900.000100", threadTs: null, user: ana, text: words };
  await onMention(fake.world, { job: fake.job(), channel: teamChannel.id, ...mention });
  await fake.work();
  return fake.messages(teamChannel.id)[0]?.body.text ?? "";
}

describe("that no change went live is said", () => {
  const ask = (sources: Partial<FakeWorld["sources"]>) =>
    answer("is checkout slow?", { metrics: [metricsOf(wellShop)], ...sources });
  const claim = /no change went live in the last 6 hours/;

  test("where a source read the service's repository", async () => {
    assert.match(await ask({ changes: [changesOf([])] }), claim);
  });

  test("not where the source refused", async () => {
    const text = await ask({ changes: [sickChanges] });
    assert.doesNotMatch(text, claim);
    assert.match(text, /Not read: GitHub \(HTTP 503\)\.\n/);
  });

  test("not where no source is configured", async () => {
    const text = await ask({ changes: [] });
    assert.doesNotMatch(text, claim);
    assert.match(text, /Not read: Changes \(no source is configured\)\.\n/);
  });

  test("not where the catalog has no repository of the service", async () => {
    const text = await ask({ changes: [changesOf([])], catalog: noRepository });
    assert.doesNotMatch(text, claim);
    assert.match(text, /Not read: changes of checkout \(no repository in the catalog\)/);
  });

  test("not where no source read the repository that it has", async () => {
    const elsewhere: Changes = { ...sickChanges, recent: async () => ({ items: [], leftOut: [] }) };
    const text = await ask({ changes: [elsewhere] });
    assert.doesNotMatch(text, claim);
    assert.match(text, /Not read: changes of checkout \(no source read the repository\)/);
  });

  test("not where one did, which is told instead", async () => {
    const text = await ask({ changes: [changesOf([deployment])] });
    assert.doesNotMatch(text, claim);
    assert.match(
      text,
      /checkout, last 6 h: 1 deploy: Deploy 3f2a91c to production, 14:00\. No commit/,
    );
  });
});

describe("that nothing in the metrics shifted is said", () => {
  const claim = /Nothing in the metrics|Nothing that was read/;

  test("not where no metric could be read: the other source's changes are told", async () => {
    const text = await answer("is checkout slow?", { metrics: [sickMetrics] });
    assert.doesNotMatch(text, claim);
    assert.match(
      text,
      /^Prometheus could not be read \(HTTP 503\)\. From GitHub alone: checkout, last 6 h: 1 deploy: Deploy 3f2a91c/,
    );
  });

  test("not where the other source found nothing either, which is said of it", async () => {
    const text = await answer("is checkout slow?", {
      metrics: [sickMetrics],
      changes: [changesOf([])],
    });
    assert.match(text, /From GitHub alone: checkout, last 6 h: no deploy\. No commit\. Ask again/);
  });

  test("not where the server has no series of the service: what it lacked is told", async () => {
    const lacking = "checkout: nothing measured under the labels service, job, app";
    for (const series of [[], wellShop.filter(({ service }) => service !== "checkout")]) {
      const metrics = metricsOf(series);
      const text = await answer("is checkout slow?", {
        metrics: [
          {
            ...metrics,
            series: async (...asked) => ({
              ...(await metrics.series(...asked)),
              leftOut: [lacking],
            }),
          },
        ],
      });
      assert.doesNotMatch(text, claim);
      assert.match(text, /^The metrics have nothing of checkout\. Left out: checkout: nothing/);
      assert.match(text, /From GitHub alone: .*Deploy 3f2a91c/);
    }
  });

  test("of as many dependencies as were read", async () => {
    const text = await answer("is checkout slow?", {
      metrics: [metricsOf(wellShop.filter(({ service }) => service === "checkout"))],
    });
    assert.match(text, /^Nothing in the metrics of checkout shifted since/);
  });
});

describe("asked what changed", () => {
  test("none is said of the kinds that the sources read", async () => {
    const text = await answer("what changed in checkout?", { changes: [changesOf([])] });
    assert.match(text, /checkout, last 6 h: no deploy\. No commit\.\nSources: GitHub\./);
    assert.doesNotMatch(text, /flag|configuration/);
  });

  test("a service that no source was asked about has no answer, and the reason is told", async () => {
    const text = await answer("what changed in checkout?", {
      changes: [changesOf([])],
      catalog: noRepository,
    });
    assert.doesNotMatch(text, /no deploy|no commit|Sources/i);
    assert.match(text, /Not read: changes of checkout \(no repository in the catalog\)/);
  });

  test("what a source had to leave out is told", async () => {
    const cut: Changes = {
      name: "GitHub",
      recent: async () => ({ items: [], leftOut: ["acme/shop, deployments: HTTP 403"] }),
    };
    const text = await answer("what changed in checkout?", { changes: [cut] });
    assert.match(text, /Left out: acme\/shop, deployments: HTTP 403\./);
  });

  test("a deploy of a neighbour is told as the neighbour's", async () => {
    const text = await answer("what changed in checkout?", {
      changes: [changesOf([{ ...deployment, service: "payments" }])],
    });
    assert.match(text, /last 6 h: no deploy\. No commit\. Near it: payments: Deploy 3f2a91c/);
  });
});

test("where no service is named and there are more than a reading holds, their count is told", async () => {
  const many = Array.from({ length: 40 }, (_, n): Service => someService(`service-${n}`));
  const text = await answer("it is slow", { catalog: { teams: [], services: many } });
  assert.match(text, /20 of 40 services: the limit is 20 a reading; name one/);
  const few = await answer("it is slow", { catalog, metrics: [metricsOf(slowCheckout)] });
  assert.doesNotMatch(few, /the limit is/);
});

test("where no catalog is written and no server gave names, the servers' reasons are told", async () => {
  const found = {
    gaps: [{ source: "Prometheus", reason: "HTTP 503" }],
    leftOut: ["50 of 250 services on Prometheus (eu): the limit is 200"],
  };
  const text = await answer("it is slow", { catalog: { teams: [], services: [] }, found });
  assert.match(text, /^Prometheus could not be read \(HTTP 503\)\. GitHub could not be read/);
  assert.match(text, /Left out: 50 of 250 services on Prometheus \(eu\)/);
});

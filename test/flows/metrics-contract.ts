/** What every implementation of the Metrics port must do, whatever it reads from. */

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Service } from "../../src/catalog/catalog.ts";
import type { SourcedSeries } from "../../src/evidence/input.ts";
import type { Metrics, RepeatedQuery, Window } from "../../src/flows/ports.ts";
import { metricKinds } from "../../src/vocabulary.ts";

export interface MetricsSubject {
  /** Has at least one series of the services in the window. */
  readonly metrics: Metrics;
  readonly services: readonly Service[];
  readonly window: Window;
  /** The same kind of source, but one that never answers; null where that cannot be. */
  readonly silent: Metrics | null;
  readonly stop: () => Promise<void>;
}

/** A source may answer a little after its deadline; in milliseconds. */
const graceMs = 3_000;

export function metricsContract(what: string, make: () => Promise<MetricsSubject>): void {
  describe(`${what}, as a source of metrics`, () => {
    let subject: MetricsSubject;
    before(async () => {
      subject = await make();
    });
    after(() => subject.stop());
    const read = () => {
      const { metrics, services, window } = subject;
      return metrics.series(services, window, AbortSignal.timeout(10_000));
    };

    it("gives series of the services that were asked for, each of a known kind", async () => {
      const { items } = await read();
      assert.ok(items.length > 0);
      const names = new Set(subject.services.map(({ name }) => name));
      for (const series of items) {
        assert.ok(names.has(series.service), series.service);
        assert.ok(metricKinds.includes(series.kind), series.kind);
        assert.notEqual(series.name, "");
        assert.notEqual(series.source.query, "");
      }
    });

    it("gives points in the order of time and inside the window, on one step", async () => {
      const { items } = await read();
      const steps = new Set<number>();
      for (const { points } of items) {
        for (const [index, [at]] of points.entries()) {
          assert.ok(
            at >= subject.window.from.getTime() / 1000 && at <= subject.window.to.getTime() / 1000,
          );
          const earlier = points[index - 1]?.[0];
          if (earlier !== undefined) steps.add(Math.round((at - earlier) * 1000) / 1000);
        }
      }
      const least = Math.min(...steps);
      for (const step of steps) assert.ok(step > 0 && step % least === 0, `${step} after ${least}`);
    });

    it("never gives two series that cannot be told apart", async () => {
      const { items } = await read();
      assert.equal(new Set(items.map(identity)).size, items.length);
    });

    it("reads a series again by the query that it cited", async () => {
      const { items } = await read();
      const whole = items.filter(({ labels }) => labels === undefined).slice(0, 5);
      const { items: again } = await subject.metrics.again(
        whole.map(queryOf),
        subject.window,
        AbortSignal.timeout(10_000),
      );
      assert.deepEqual(again.map(identity), whole.map(identity));
      assert.deepEqual(
        again.map(({ points }) => points),
        whole.map(({ points }) => points),
      );
    });

    it("gives nothing for no services", async () => {
      const { metrics, window } = subject;
      const { items, leftOut } = await metrics.series([], window, AbortSignal.timeout(10_000));
      assert.deepEqual([items, leftOut], [[], []]);
    });

    it("rejects when the signal has ended", async () => {
      const { metrics, services, window } = subject;
      await assert.rejects(metrics.series(services, window, AbortSignal.abort()), Error);
    });

    it("rejects within its deadline where no answer comes", async (t) => {
      const { silent, services, window } = subject;
      if (silent === null) return t.skip("this source cannot be silent");
      const began = performance.now();
      await assert.rejects(silent.series(services, window, AbortSignal.timeout(200)), /no answer/);
      assert.ok(performance.now() - began < 200 + graceMs);
    });
  });
}

function identity({ service, name, callee, labels }: SourcedSeries): string {
  const cut = Object.entries(labels ?? {}).map(([label, value]) => `${label}=${value}`);
  return JSON.stringify([service, name, callee ?? null, cut.toSorted()]);
}

function queryOf(series: SourcedSeries): RepeatedQuery {
  const { service, name, kind, callee, source } = series;
  return { service, name, kind, query: source.query, ...(callee === undefined ? {} : { callee }) };
}

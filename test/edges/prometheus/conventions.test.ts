import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { planOf } from "../../../src/edges/prometheus/plan.ts";
import type { MetricType } from "../../../src/evidence/series-kinds.ts";
import { exporters } from "./known-exporters.ts";
import { programs } from "./known-programs.ts";
import type { Told } from "./reading-shapes.ts";

describe("what is read of a service, by the conventions of", () => {
  for (const { exporter, names, readings } of [...exporters, ...programs]) {
    it(`${exporter}: these readings and no others`, () => {
      const { expressions, all } = planOf([foundOf(Object.keys(names))], typesOf(names));
      assert.deepEqual(
        new Set(expressions.map(({ name, kind, unit }) => [name, kind, unit].join(" "))),
        new Set(readings.map(([name, kind, unit]) => [name, kind, unit].join(" "))),
      );
      assert.equal(all, readings.length);
      for (const [name, , , shape] of readings) {
        const promql = expressions.find((one) => one.name === name)?.promql;
        assert.match(promql?.({ matchers: [], isWhole: false }) ?? "", shape, name);
      }
    });
  }
});

function foundOf(names: readonly string[]) {
  return { service: "x", names, selectorOf: () => 'job="x"', rateWindowS: 60 };
}

function typesOf(names: Readonly<Record<string, Told>>): Map<string, MetricType> {
  return new Map(
    Object.entries(names).flatMap(([name, type]): [string, MetricType][] =>
      type === "untold" ? [] : [[name, type]],
    ),
  );
}

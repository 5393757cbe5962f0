/** Counters and clocks as /metrics has them. */

import { Counter, Histogram, type Registry } from "prom-client";

const answerBuckets = [0.25, 0.5, 1, 1.5, 2, 3, 5, 10, 30];

export function instruments(registry: Registry) {
  const registers = [registry];
  return {
    count: (name: string, help: string, labelNames: string[]) =>
      new Counter({ name, help, labelNames, registers }),
    time: (name: string, help: string, labelNames: string[]) =>
      new Histogram({ name, help, labelNames, registers, buckets: answerBuckets }),
  };
}

/** The metrics that every process of the shop has. */

import { collectDefaultMetrics, Gauge, Histogram, register } from "prom-client";
import { version } from "./environment.ts";

const buckets = [
  0.005, 0.01, 0.02, 0.04, 0.07, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.7, 1, 1.4, 2, 2.8, 4, 6, 10,
];

register.setDefaultLabels({ version });
collectDefaultMetrics();

new Gauge({ name: "build_info", help: "1, with the version that runs." }).set(1);

export const requestSeconds = new Histogram({
  name: "http_request_duration_seconds",
  help: "Time to answer a request.",
  labelNames: ["route", "status"],
  buckets,
});

export const outboundSeconds = new Histogram({
  name: "outbound_request_duration_seconds",
  help: "Time that a call to another service took, as seen by the caller.",
  labelNames: ["callee", "status"],
  buckets,
});

export { register };

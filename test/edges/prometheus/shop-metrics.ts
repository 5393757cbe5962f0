/** An hour of a small shop's metrics as OpenMetrics text, scraped every 15 s, with one service in trouble since the onset. */

import type { Window } from "../../../src/flows/ports.ts";

export const onset = new Date("2026-11-20T14:02:00Z");
export const shopWindow: Window = {
  from: new Date("2026-11-20T13:02:00Z"),
  onset,
  to: new Date("2026-11-20T14:17:00Z"),
};

const scrapeS = 15;
const buckets = [0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const;

/** checkout's requests take 0.2 s, 3 s after the onset, when one in five fails too; its calls to redis and the rest stay as they were. */
export function shopMetrics(): string {
  const lines: string[] = [];
  const write = (type: string, family: string, rows: (at: number) => string[]) => {
    lines.push(`# TYPE ${family} ${type}`);
    for (let at = start; at <= end; at += scrapeS) lines.push(...rows(at));
  };
  write("histogram", "http_request_duration_seconds", (at) =>
    ["checkout", "cart"].flatMap((service) => durations(service, at)),
  );
  write("counter", "http_requests", (at) =>
    ["checkout", "cart"].flatMap((service) => [
      `http_requests_total{service="${service}",status="200"} ${answered(service, at)} ${at}`,
      `http_requests_total{service="${service}",status="503"} ${failed(service, at)} ${at}`,
    ]),
  );
  write("histogram", "client_duration_seconds", (at) =>
    ["redis", "payments"].flatMap((peer) => calls(peer, at)),
  );
  write("gauge", "process_resident_memory_bytes", (at) => [
    `process_resident_memory_bytes{service="checkout",pod="a"} ${2e8 + (at % 7) * 1e5} ${at}`,
    `process_resident_memory_bytes{job="inventory"} 1e8 ${at}`,
  ]);
  write("counter", "process_cpu_seconds", (at) => [
    `process_cpu_seconds_total{service="checkout"} ${0.3 * (at - start)} ${at}`,
  ]);
  write("info", "build", (at) => [`build_info{service="checkout",version="3f2a91c"} 1 ${at}`]);
  return [...lines, "# EOF", ""].join("\n");
}

const start = shopWindow.from.getTime() / 1000 - 1_200;
const end = shopWindow.to.getTime() / 1000;
const requestsPerS = 20;

function isTroubled(service: string, at: number): boolean {
  return service === "checkout" && at > onset.getTime() / 1000;
}

/** Requests since the start, split at the onset. */
function requests(at: number): { before: number; after: number } {
  const before = Math.min(at, onset.getTime() / 1000) - start;
  return { before: before * requestsPerS, after: (at - start - before) * requestsPerS };
}

function failed(service: string, at: number): number {
  return isTroubled(service, at) ? requests(at).after / 5 : 0;
}

function answered(service: string, at: number): number {
  return (at - start) * requestsPerS - failed(service, at);
}

function durations(service: string, at: number): string[] {
  const { before, after } = requests(at);
  const slow = service === "checkout" ? after : 0;
  const quick = before + after - slow;
  return histogram(
    "http_request_duration_seconds",
    `service="${service}"`,
    at,
    (bound) => (bound >= 0.25 ? quick : 0) + (bound >= 5 ? slow : 0),
  );
}

function calls(peer: string, at: number): string[] {
  const { before, after } = requests(at);
  const isSlow = peer === "payments";
  return histogram(
    "client_duration_seconds",
    `service="checkout",peer_service="${peer}"`,
    at,
    (bound) => (bound >= 0.1 ? before : 0) + (bound >= (isSlow ? 5 : 0.1) ? after : 0),
  );
}

function histogram(
  family: string,
  labels: string,
  at: number,
  below: (bound: number) => number,
): string[] {
  const all = below(Number.POSITIVE_INFINITY);
  return [
    ...buckets.map((bound) => `${family}_bucket{${labels},le="${bound}"} ${below(bound)} ${at}`),
    `${family}_bucket{${labels},le="+Inf"} ${all} ${at}`,
    `${family}_sum{${labels}} ${all * 0.2} ${at}`,
    `${family}_count{${labels}} ${all} ${at}`,
  ];
}

/** An hour of one service in two versions, on two routes and in sixty copies, as OpenMetrics text: one slice is in trouble since the onset. */

import { onset, shopWindow } from "./shop-metrics.ts";

const scrapeS = 15;
const start = shopWindow.from.getTime() / 1000 - 1_200;
const end = shopWindow.to.getTime() / 1000;
/** Of one slice. */
const requestsPerS = 5;

/** By what the slices of each copy are told apart; a copy runs one version in one zone. */
const copies = Array.from({ length: 60 }, (_, at) => ({
  version: at % 2 === 0 ? "3f2a91c" : "77ab010",
  availability_zone: at % 6 < 3 ? "a" : "b",
  instance: `10.0.0.${at}:8080`,
}));
const routes = ["/pay", "/cart"];

/** Requests take 0.2 s; those of version 3f2a91c for /pay take 3 s after the onset, and one in five fails. */
export function sliceMetrics(): string {
  const lines = ["# TYPE till_request_duration_seconds histogram"];
  for (const copy of copies) {
    for (const route of routes) {
      for (let at = start; at <= end; at += scrapeS)
        lines.push(...durations({ ...copy, route }, at));
    }
  }
  lines.push("# TYPE till_requests counter");
  for (const copy of copies.slice(0, 6)) {
    for (const route of routes) {
      for (let at = start; at <= end; at += scrapeS)
        lines.push(...requests({ ...copy, route }, at));
    }
  }
  return [...lines, "# EOF", ""].join("\n");
}

type Slice = Readonly<Record<"version" | "availability_zone" | "instance" | "route", string>>;

function isTroubled({ version, route }: Slice): boolean {
  return version === "3f2a91c" && route === "/pay";
}

function served(slice: Slice, at: number): { quick: number; slow: number } {
  const before = Math.min(at, onset.getTime() / 1000) - start;
  const after = at - start - before;
  const slow = isTroubled(slice) ? after : 0;
  return { quick: (before + after - slow) * requestsPerS, slow: slow * requestsPerS };
}

function durations(slice: Slice, at: number): string[] {
  const { quick, slow } = served(slice, at);
  const row = (suffix: string, le: string, value: number) =>
    `till_request_duration_seconds_${suffix}{${labelsOf(slice)}${le}} ${value} ${at}`;
  return [
    row("bucket", ',le="0.25"', quick),
    row("bucket", ',le="5"', quick + slow),
    row("bucket", ',le="+Inf"', quick + slow),
    row("sum", "", quick * 0.2 + slow * 3),
    row("count", "", quick + slow),
  ];
}

function requests(slice: Slice, at: number): string[] {
  const { quick, slow } = served(slice, at);
  const row = (status: string, value: number) =>
    `till_requests_total{${labelsOf(slice)},status="${status}"} ${value} ${at}`;
  // Failures are not counted before the first.
  return [row("200", quick + slow * 0.8), ...(slow > 0 ? [row("500", slow * 0.2)] : [])];
}

function labelsOf(slice: Slice): string {
  const labels = Object.entries(slice).map(([label, value]) => `${label}="${value}"`);
  return ['service="till"', ...labels].join(",");
}

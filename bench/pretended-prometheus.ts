/** Answers like a Prometheus that watches a small shop: checkout has been slow for five minutes, the rest is well. */

import type { Answering } from "./slow-server.ts";

export const services = ["checkout", "cart", "payments"] as const;
/** All of the trouble is in the newer one. */
const versions = ["40", "41"] as const;
const onsetAgoS = 300;
const scrapeS = 15;

const families: Readonly<Record<string, string>> = {
  http_request_duration_seconds: "histogram",
  http_requests_total: "counter",
  process_cpu_seconds_total: "counter",
  process_resident_memory_bytes: "gauge",
  nodejs_eventloop_lag_seconds: "gauge",
  db_pool_waiting: "gauge",
};
const names = [
  "http_request_duration_seconds_bucket",
  "http_request_duration_seconds_sum",
  "http_request_duration_seconds_count",
  ...Object.keys(families).filter((name) => !name.endsWith("duration_seconds")),
];

/** Unix seconds, on the scrapes' grid; it moves with the clock, so that every question meets a young incident. */
export function onsetNow(): number {
  return Math.floor((Date.now() / 1000 - onsetAgoS) / scrapeS) * scrapeS;
}

export const answerAsPrometheus: Answering = (path, asked) => {
  if (path === "/api/v1/label/service/values") return success(services);
  if (path === "/api/v1/label/__name__/values") return success(names);
  if (path === "/api/v1/labels") return success(["service", "version"]);
  if (path === "/api/v1/label/version/values") return success(versions);
  if (path.startsWith("/api/v1/label/")) return success([]);
  if (path === "/api/v1/metadata") {
    return success(
      Object.fromEntries(Object.entries(families).map(([k, type]) => [k, [{ type }]])),
    );
  }
  if (path === "/api/v1/query") {
    return success({ resultType: "vector", result: [{ metric: {}, value: [0, "40"] }] });
  }
  if (path !== "/api/v1/query_range")
    return { status: 404, body: { status: "error", error: "no" } };
  return success({ resultType: "matrix", result: rowsOf(asked) });
};

function success(data: unknown) {
  return { status: 200, body: { status: "success", data } };
}

/** One part a reading, each with its tag, as the questions are joined. */
function rowsOf(asked: URLSearchParams) {
  const times = timesOf(asked);
  return (asked.get("query") ?? "").split(" or label_replace(").flatMap((part) => {
    const tag = /"hindsight", "(\d+)"/.exec(part)?.[1];
    const end = part.includes("http_requests_total") ? { status: "200" } : {};
    return slicesOf(part).map(({ levels, ...slice }) => ({
      metric: { ...end, ...slice, ...(tag === undefined ? {} : { hindsight: tag }) },
      values: times.map((at) => [at, String(valueAt(levels, at))]),
    }));
  });
}

/** One for each service that the part asks about, or for each version of one. */
function slicesOf(
  query: string,
): { service?: string; version?: string; levels: readonly [number, number] }[] {
  const several = /service=~"([^"]*)"/.exec(query)?.[1]?.split("|");
  if (several) return several.map((service) => ({ service, levels: levelsOf(query, service) }));
  const levels = levelsOf(query, /service="([^"]*)"/.exec(query)?.[1]);
  if (!/ by \([^)]*\bversion\b/.test(query)) return [{ levels }];
  const [calm] = levels;
  const [older, newer] = versions;
  return [
    { version: older, levels: [calm, calm] },
    { version: newer, levels },
  ];
}

function timesOf(asked: URLSearchParams): number[] {
  const [start, end, step] = ["start", "end", "step"].map((name) => Number(asked.get(name)));
  if (!start || !end || !step) return [];
  return Array.from({ length: Math.floor((end - start) / step) + 1 }, (_, i) => start + i * step);
}

/** Before and after the onset. */
function levelsOf(query: string, service: string | undefined): readonly [number, number] {
  const isSick = service === "checkout";
  if (query.includes("duration_seconds_bucket")) return isSick ? [0.4, 4.1] : [0.2, 0.2];
  if (query.includes("db_pool_waiting")) return isSick ? [0.2, 18] : [0.1, 0.1];
  if (query.includes("eventloop_lag")) return [0.011, 0.011];
  if (query.includes("memory_bytes")) return [2.1e8, 2.1e8];
  if (query.includes("cpu_seconds")) return [0.31, 0.31];
  return [21, 21];
}

/** A few per cent of ripple, the same for everyone who asks. */
function valueAt([before, after]: readonly [number, number], at: number): number {
  const level = at < onsetNow() ? before : after;
  return level * (1 + 0.03 * Math.sin(at / 41) + 0.02 * Math.sin(at / 17));
}

/** A pretended Prometheus: empty or small matrices, and discovery for given metric names. */

import { json, type Asked, type Behave } from "../odd-server.ts";

export const onset = new Date("2026-11-20T14:00:00Z");
export const window = {
  from: new Date("2026-11-20T13:00:00Z"),
  onset,
  to: new Date("2026-11-20T14:15:00Z"),
};

export type Rows = [labels: Record<string, string>, values: [number, string][]][];

export function matrix(response: Parameters<Behave>[1], rows: Rows): void {
  const result = rows.map(([metric, values]) => ({ metric, values }));
  json(response, { status: "success", data: { resultType: "matrix", result } });
}

/** A server where every service has these metrics, and every joint question one row for each of its tags. */
export function discovery(names: readonly string[]): Behave {
  return (asked, response) => {
    const data = dataOf(asked);
    if (data === null) matrix(response, rowsOf(asked.parameters.get("query") ?? ""));
    else json(response, { status: "success", data });
  };
  function dataOf({ path, parameters }: Asked): unknown {
    if (path === "/api/v1/label/service/values") return ["cart"];
    if (path === "/api/v1/label/__name__/values") return names;
    if (path.startsWith("/api/v1/label/")) return [];
    if (path === "/api/v1/metadata") return {};
    if (path !== "/api/v1/query") return null;
    const result = [{ metric: {}, value: [Number(parameters.get("time")), "40"] }];
    return { resultType: "vector", result };
  }
}

/** One for each reading, and of a reading of several services one for each. */
function rowsOf(query: string): Rows {
  const at = onset.getTime() / 1000;
  const parts = query.split("label_replace(").slice(1);
  const rows = parts.flatMap((part) => {
    const tag = /"hindsight", "(\d+)"/.exec(part)?.[1] ?? "";
    const services = /service=~"([^"]*)"/.exec(part)?.[1]?.split("|") ?? [null];
    return services.map((service) => ({
      hindsight: tag,
      ...(service === null ? {} : { service }),
    }));
  });
  return (rows.length > 0 ? rows : [{}]).map((labels) => [
    labels,
    [
      [at, "1"],
      [at + 15, "2"],
    ],
  ]);
}

/** A service whose answers can be made slow and mended, and the exporter of its metrics: what it serves now, and what it would have served in the hour before. */

import { once } from "node:events";
import { createServer } from "node:http";

const service = "checkout";
const bounds = [0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const;
/** Of each route; the slow one is the one that a trouble makes slow. */
const routes = [
  { route: "/cart", perS: 30, isSlow: false },
  { route: "/pay", perS: 10, isSlow: true },
] as const;
/** An answer takes less than the first of these when all is well, and less than the second in trouble. */
const [quickS, slowS] = [0.25, 5] as const;
const failedShare = 0.2;

interface Trouble {
  /** Unix seconds. */
  readonly from: number;
  to: number | null;
}

export interface Checkout extends AsyncDisposable {
  /** http://127.0.0.1:9100 */
  readonly url: string;
  break(): void;
  mend(): void;
  /** What a Prometheus that scraped it as `job` would know of the time before, as OpenMetrics text. */
  history(job: string, past: { from: number; to: number; everyS: number }): string;
}

/** `brokenAt`: Unix seconds; it is slow since then, and until it is mended. */
export async function startCheckout(brokenAt: number): Promise<Checkout> {
  const startedAt = brokenAt - 2 * 3_600;
  const troubles: Trouble[] = [{ from: brokenAt, to: null }];
  const nowS = () => Date.now() / 1000;
  const rowsAt = (at: number) =>
    families.map((family) => family.rows(served(at, startedAt, troubles)));
  const server = createServer((_request, response) => {
    const text = families.flatMap(({ name, type }, index) => [
      `# TYPE ${name} ${type}`,
      ...(rowsAt(nowS())[index] ?? []).map(([series, value]) => `${series} ${value}`),
    ]);
    response.writeHead(200, { "content-type": "text/plain; version=0.0.4" });
    response.end(`${text.join("\n")}\n`);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    break: () => void troubles.push({ from: nowS(), to: null }),
    mend: () => {
      for (const trouble of troubles) trouble.to ??= nowS();
    },
    history: (job, { from, to, everyS }) => {
      const scraped = `{job="${job}",instance="127.0.0.1:${address.port}",`;
      const times = Array.from(
        { length: Math.floor((to - from) / everyS) },
        (_, n) => from + n * everyS,
      );
      const rows = times.map((at) => ({ at, families: rowsAt(at) }));
      const text = families.flatMap(({ name, type }, index) => [
        `# TYPE ${type === "counter" ? name.replace(/_total$/, "") : name} ${type}`,
        ...rows.flatMap(({ at, families: all }) =>
          (all[index] ?? []).map(
            ([series, value]) => `${series.replace("{", scraped)} ${value} ${at}`,
          ),
        ),
      ]);
      return [...text, "# EOF", ""].join("\n");
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** Since the start, of one route. */
interface Served {
  readonly route: string;
  readonly calm: number;
  readonly troubled: number;
}

/** Each part is counted by itself, so that neither ever goes back: a counter that does was reset. */
function served(at: number, startedAt: number, troubles: readonly Trouble[]): Served[] {
  const ends = [startedAt, ...troubles.map(({ to }) => to ?? Infinity)];
  const calms = ends.map((from, index) => ({ from, to: troubles[index]?.from ?? null }));
  return routes.map(({ route, perS, isSlow }) => {
    // A little more and a little less from one minute to the next, as people come.
    const until = (time: number) => perS * (time - startedAt + 1.5 * Math.sin(time / 17));
    const over = ({ from, to }: Trouble) =>
      at < from ? 0 : until(Math.min(to ?? at, at)) - until(from);
    const sum = (all: readonly Trouble[]) => Math.floor(all.reduce((n, each) => n + over(each), 0));
    return isSlow
      ? { route, calm: sum(calms), troubled: sum(troubles) }
      : { route, calm: sum([{ from: startedAt, to: null }]), troubled: 0 };
  });
}

type Rows = readonly (readonly [series: string, value: number])[];

const duration = "http_request_duration_seconds";

const families: readonly {
  readonly name: string;
  readonly type: "histogram" | "counter";
  readonly rows: (all: readonly Served[]) => Rows;
}[] = [
  {
    name: duration,
    type: "histogram",
    rows: (all) =>
      all.flatMap(({ route, calm: quick, troubled }) => {
        const labels = `service="${service}",route="${route}"`;
        const count = quick + troubled;
        const below = (bound: number) =>
          (bound >= quickS ? quick : Math.floor(quick * (bound / quickS) * 0.9)) +
          (bound >= slowS ? troubled : bound >= slowS / 2 ? Math.floor(troubled * 0.3) : 0);
        return [
          ...bounds.map(
            (bound) => [`${duration}_bucket{${labels},le="${bound}"}`, below(bound)] as const,
          ),
          [`${duration}_bucket{${labels},le="+Inf"}`, count] as const,
          [`${duration}_sum{${labels}}`, quick * 0.1 + troubled * 3.2] as const,
          [`${duration}_count{${labels}}`, count] as const,
        ];
      }),
  },
  {
    name: "http_requests_total",
    type: "counter",
    rows: (all) =>
      all.flatMap(({ route, calm, troubled }) => {
        const failed = Math.floor(troubled * failedShare);
        const series = (status: string) =>
          `http_requests_total{service="${service}",route="${route}",status="${status}"}`;
        return [
          [series("200"), calm + Math.floor(troubled * (1 - failedShare))] as const,
          [series("503"), failed] as const,
        ];
      }),
  },
];

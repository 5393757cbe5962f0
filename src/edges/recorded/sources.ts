/** The ports of a play: what its bundle shows at its present time. The bundle's truth is no part of them. */

import type { Catalog, Service } from "../../catalog/catalog.ts";
import type { ChangeKind, ChangeRecord, Point, SourcedSeries } from "../../evidence/input.ts";
import type { Changes, Logs, Metrics, Reading, Sources, Window } from "../../flows/ports.ts";
import type { Bundle, RecordedSeries } from "./bundle.ts";
import { playNow, stretches, type Play, type Stretch } from "./playhead.ts";

const recordedKinds: readonly ChangeKind[] = ["commit", "deploy", "flag", "config"];

/** What may be shown: all but the truth. */
type Shown = Omit<Bundle, "truth">;

export interface Showing {
  readonly bundle: Shown;
  /** The play as it is at the time of the call. */
  readonly play: () => Play;
  /** Unix seconds. */
  readonly wallNow: () => number;
  /** Links, by the service's name. */
  readonly runbooks: ReadonlyMap<string, readonly string[]>;
}

export function sourcesOf(showing: Showing): Sources {
  return {
    catalog: catalogOf(showing),
    metrics: [metricsOf(showing)],
    changes: [changesOf(showing)],
    logs: [logsOf(showing)],
    now: new Date(playNow(showing.play(), showing.wallNow()) * 1000),
  };
}

function metricsOf(showing: Showing): Metrics {
  const read = (window: Window, isWanted: (series: RecordedSeries) => boolean) => {
    const seen = seenIn(showing, window);
    const items = showing.bundle.series.filter(isWanted).flatMap((series) => {
      const points = seen.stretches.flatMap((stretch) => pointsOf(series, stretch, seen.from));
      return points.length === 0 ? [] : [sourced(series, points)];
    });
    return { items, leftOut: [] };
  };
  return {
    name: "Recorded metrics",
    key: "",
    series: async (services, window, signal) => {
      signal.throwIfAborted();
      const names = new Set(services.map(({ name }) => name));
      return read(window, ({ service }) => names.has(service));
    },
    again: async (queries, window, signal) => {
      signal.throwIfAborted();
      return read(window, (series) =>
        queries.some(
          ({ service, name, callee }) =>
            service === series.service && name === series.name && callee === series.callee,
        ),
      );
    },
  };
}

function changesOf(showing: Showing): Changes {
  return {
    name: "Recorded changes",
    recent: async (services, window, signal): Promise<Reading<ChangeRecord>> => {
      signal.throwIfAborted();
      const seen = seenIn(showing, window);
      const items = seen.stretches
        .filter(({ isRepeat }) => !isRepeat)
        .flatMap(({ after, until, shift }) =>
          showing.bundle.changes
            .filter(({ at }) => at >= after && at < until && at + shift >= seen.from)
            .map((change) => ({ ...change, ...transitionOf(change), at: change.at + shift })),
        )
        .filter((change) => touches(change, services))
        .toSorted((a, b) => b.at - a.at);
      const whole = new Map(services.map(({ name }) => [name, recordedKinds]));
      return { items, leftOut: [], whole };
    },
  };
}

/** As the recorder titles them: "Roll back checkout to 6ec649e (was b704eb6)", "Turn off the flag signed-receipts". */
function transitionOf({
  kind,
  title,
}: Pick<ChangeRecord, "kind" | "title">): Pick<ChangeRecord, "before" | "after" | "subject"> {
  if (kind === "deploy") {
    const [, after, before] = /([0-9a-f]{7,40}) \(was ([0-9a-f]{7,40})\)$/.exec(title) ?? [];
    return after === undefined || before === undefined ? {} : { before, after };
  }
  const [, after, subject] = /^Turn (on|off) the flag (\S+)$/.exec(title) ?? [];
  if (after === undefined || subject === undefined) return {};
  return { subject, after, before: after === "on" ? "off" : "on" };
}

/** What a service writes it goes on writing while its trouble lasts. */
function logsOf(showing: Showing): Logs {
  return {
    name: "Recorded logs",
    key: "",
    lines: async (services, window, signal) => {
      signal.throwIfAborted();
      const names = new Set(services.map(({ name }) => name));
      const own = showing.bundle.logs.filter(({ service }) => names.has(service));
      const seen = seenIn(showing, window);
      const items = seen.stretches.flatMap(({ after, until, shift }) =>
        own
          .filter(({ at }) => at > after && at <= until && at + shift >= seen.from)
          .map((line) => ({ ...line, at: line.at + shift })),
      );
      return { items, leftOut: [], pages: new Map() };
    },
  };
}

/** What the window shows of the recording, never beyond the play's present. */
function seenIn({ bundle, play, wallNow }: Showing, window: Window) {
  const from = window.from.getTime() / 1000;
  const to = Math.min(window.to.getTime() / 1000, playNow(play(), wallNow()));
  return { from, stretches: stretches(bundle, play(), { from, to }) };
}

function pointsOf(series: RecordedSeries, { after, until, shift }: Stretch, from: number): Point[] {
  return series.points.flatMap(([at, value]): Point[] =>
    at > after && at <= until && at + shift >= from ? [[at + shift, value]] : [],
  );
}

function sourced(series: RecordedSeries, points: readonly Point[]): SourcedSeries {
  const { query, unit, ...shown } = series;
  return { ...shown, points, source: unit === undefined ? { query } : { query, unit } };
}

/** A change without a service belongs to those whose paths its files touch. */
function touches(change: ChangeRecord, services: readonly Service[]): boolean {
  if (change.service !== undefined) return services.some(({ name }) => name === change.service);
  const folders = services.flatMap(({ paths }) => paths.map((path) => path.replace(/\*+$/, "")));
  return (change.files ?? []).some((file) => folders.some((folder) => file.startsWith(folder)));
}

function catalogOf({ bundle: { catalog }, runbooks }: Showing): Catalog {
  return {
    teams: catalog.teams,
    services: catalog.services.map((service) => ({
      ...service,
      dashboards: [],
      runbooks: runbooks.get(service.name) ?? [],
      constraints: [],
    })),
  };
}

/** Series, changes and log lines of any vendor, from an adapter of the team's own (docs/sources.md). */

import type { Service } from "../../catalog/catalog.ts";
import type { ChangeKind, ChangeRecord } from "../../evidence/input.ts";
import type { Changes, Logs, Metrics, Reading, Window } from "../../flows/ports.ts";
import { withinSignal } from "../outgoing.ts";
import { inWords, type Answered } from "./answer.ts";
import { askerOf, type Ask, type Asked, type SourceSettings } from "./ask.ts";

export interface AnySource {
  /** "Source (adapter:9100/csv)": where it is, without credentials. */
  readonly name: string;
  readonly metrics: Metrics;
  readonly changes: Changes;
  readonly logs: Logs;
  /** One line for `doctor` about a service. */
  check(service: Service, window: Window): Promise<{ readonly ok: boolean; readonly said: string }>;
}

/** The settings' URL must parse; what a source answers never throws but as the ports say. */
export function sourceAt(settings: SourceSettings): AnySource {
  const { host, pathname } = new URL(settings.url);
  const where = `${host}${pathname.replace(/\/+$/, "")}`;
  const name = `Source (${where})`;
  const ask = askerOf(settings);
  return {
    name,
    metrics: metricsOf(name, ask),
    changes: changesOf(name, ask, where.replaceAll(/[^\p{L}\p{N}]/gu, "")),
    logs: logsOf(name, ask),
    check: async (service, window) => {
      const answer = await ask(service, window);
      return answer.ok ? { ok: true, said: inWords(answer.value) } : answer;
    },
  };
}

/** Every service is asked about here, whichever server the catalog says that its metrics are on. */
function metricsOf(name: string, ask: Ask): Metrics {
  return {
    name,
    key: null,
    series: (services, window, signal) =>
      withinSignal(signal, readOf(ask, services, window, "series")),
    again: (queries, window, signal) => {
      const services = [...new Set(queries.map(({ service }) => service))].map((each) => ({
        name: each,
        environments: [],
      }));
      const read = async () => {
        const { items, leftOut } = await readOf(ask, services, window, "series");
        const isWanted = ({ service, name: metric, callee }: (typeof items)[number]): boolean =>
          queries.some(
            (query) =>
              query.service === service && query.name === metric && query.callee === callee,
          );
        return { items: items.filter(isWanted), leftOut };
      };
      return withinSignal(signal, read());
    },
  };
}

function logsOf(name: string, ask: Ask): Logs {
  const lines = async (services: readonly Service[], window: Window) => ({
    ...(await readOf(ask, services, window, "logs")),
    pages: new Map<string, string>(),
  });
  return {
    name,
    key: name,
    lines: (services, window, signal) => withinSignal(signal, lines(services, window)),
  };
}

/** `prefix` keeps the ids of two sources apart, but for commits, which others may tell of as well. */
function changesOf(name: string, ask: Ask, prefix: string): Changes {
  const recent = async (services: readonly Service[], window: Window) => {
    const { items, leftOut, answered } = await readOf(ask, services, window, "changes");
    const telling = answered.filter(([, { tellsChanges }]) => tellsChanges);
    // Which kinds it knows it does not say: that there was none of one cannot be said.
    const whole = new Map<string, readonly ChangeKind[]>(telling.map(([each]) => [each, []]));
    const named = items.map((change) =>
      change.kind === "commit" ? change : { ...change, id: `${prefix}-${change.id}` },
    );
    return { items: withoutRepeats(named).toSorted((a, b) => b.at - a.at), leftOut, whole };
  };
  return {
    name,
    recent: (services, window, signal) => withinSignal(signal, recent(services, window)),
  };
}

/** What was told of several services is of none of them alone. */
function withoutRepeats(changes: readonly ChangeRecord[]): ChangeRecord[] {
  return [...Map.groupBy(changes, ({ kind, id }) => `${kind}:${id}`).values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    const { service, ...shared } = first;
    return same.every((each) => each.service === service) ? [first] : [shared];
  });
}

interface ReadRows<T> extends Reading<T> {
  readonly answered: readonly (readonly [service: string, Answered])[];
}

/** Rejects where no service was answered for; what was not, where others were, is left out. */
async function readOf<K extends "series" | "changes" | "logs">(
  ask: Ask,
  services: readonly Asked[],
  window: Window,
  kind: K,
): Promise<ReadRows<Answered[K]["items"][number]>> {
  const answers = await Promise.all(
    services.map(async (service) => ({ name: service.name, answer: await ask(service, window) })),
  );
  const failed = answers.flatMap(({ name, answer }) =>
    answer.ok ? [] : [{ name, said: answer.said }],
  );
  const [first] = failed;
  if (first !== undefined && failed.length === answers.length) throw new Error(first.said);
  const answered = answers.flatMap(({ name, answer }) =>
    answer.ok ? [[name, answer.value] as const] : [],
  );
  const readings = answered.map(([, value]) => value[kind]);
  return {
    items: readings.flatMap(({ items }): readonly Answered[K]["items"][number][] => items),
    leftOut: [
      ...failed.map(({ name, said }) => `${name}, from the source: ${said}`),
      ...readings.flatMap(({ leftOut }) => leftOut),
    ],
    answered,
  };
}

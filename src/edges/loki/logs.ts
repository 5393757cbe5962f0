/** Logs from one server that speaks the Loki HTTP API: a bounded sample before and after the onset, and the errors beyond it. */

import type { Service } from "../../catalog/catalog.ts";
import type { LogReading, Logs, Window } from "../../flows/ports.ts";
import { counted } from "../../evidence/format.ts";
import { oneLine, withinSignal } from "../outgoing.ts";
import { buildSchema, valuesSchema } from "./answers.ts";
import { addressOf, clientOf, type Ask, type LokiSettings } from "./client.ts";
import { readService, type ServiceLines } from "./read-service.ts";
import { selectorsOf, serviceNames } from "./selector.ts";
import { nanoseconds } from "./time.ts";

export interface CheckedLogs extends Logs {
  /** One line for `doctor`: what answers, or why nothing does. */
  check(signal: AbortSignal): Promise<{ ok: boolean; said: string }>;
  /** Services by the labels of what they write. */
  serviceNames(signal: AbortSignal): Promise<string[]>;
}

const servicesMax = 8;
/** Of a page that a person opens. */
const pageLinesMax = 1_000;

/** The settings' URL must parse; what a server answers never throws but as the port says. */
export function logsOnLoki(settings: LokiSettings): CheckedLogs {
  const ask = clientOf(settings);
  return {
    name: settings.name,
    key: settings.key,
    lines: (services, window, signal) =>
      withinSignal(signal, read({ ask, settings, window, signal }, services)),
    check: (signal) => check(ask, signal),
    serviceNames: (signal) => withinSignal(signal, serviceNames(ask, signal)),
  };
}

interface Asking {
  readonly ask: Ask;
  readonly settings: LokiSettings;
  readonly window: Window;
  readonly signal: AbortSignal;
}

async function read(asking: Asking, services: readonly Service[]): Promise<LogReading> {
  const { ask, settings, window, signal } = asking;
  const kept = services.slice(0, servicesMax);
  const selectors = await selectorsOf(ask, kept, window, signal);
  const readings = await Promise.all(
    [...selectors].map(([service, selector]) =>
      readService({ ask, service, selector, window, signal }),
    ),
  );
  const [failed] = readings.flatMap(({ failures }) => failures);
  const isAllFailed = readings.length > 0 && readings.every(isSilent);
  if (isAllFailed && failed !== undefined) throw new Error(failed);
  const nameless = kept.filter(({ name }) => !selectors.has(name)).map(({ name }) => name);
  return {
    items: readings.flatMap(({ lines }) => lines),
    leftOut: [
      ...(services.length > servicesMax
        ? [
            `logs of ${services.length - servicesMax} of ${services.length} services: the limit is ${servicesMax}`,
          ]
        : []),
      ...(nameless.length > 0 ? [`logs of ${nameless.join(", ")}: no label names it`] : []),
      ...readings.flatMap(({ leftOut }) => leftOut),
    ],
    pages: new Map(
      [...selectors].map(([service, query]) => [service, pageOf(settings.url, query, window)]),
    ),
  };
}

function isSilent({ lines, failures }: ServiceLines): boolean {
  return lines.length === 0 && failures.length > 0;
}

/** Loki has no pages of its own; its answer to the query is what can be opened. */
function pageOf(server: string, query: string, { from, to }: Window): string {
  const parameters = {
    query,
    start: nanoseconds(from.getTime()),
    end: nanoseconds(to.getTime()),
    limit: `${pageLinesMax}`,
  };
  return addressOf(server, { path: "/loki/api/v1/query_range", parameters });
}

/** Labels first: only they show whether the credentials and the tenant are right. */
async function check(ask: Ask, signal: AbortSignal): Promise<{ ok: boolean; said: string }> {
  const labels = await ask({ path: "/loki/api/v1/labels", schema: valuesSchema }, signal);
  if (!labels.ok) return { ok: false, said: labels.said };
  const build = await ask({ path: "/loki/api/v1/status/buildinfo", schema: buildSchema }, signal);
  const what = build.ok ? `Loki ${oneLine(build.value.version)}` : "answers queries";
  return { ok: true, said: `${what}, ${counted(labels.value.length, "label")} in the last hours` };
}

/** Which streams are a service's: the catalog's selector, else the label that names it. */

import type { Service } from "../../catalog/catalog.ts";
import type { Window } from "../../flows/ports.ts";
import { valuesSchema } from "./answers.ts";
import type { Ask } from "./client.ts";
import { nanoseconds } from "./time.ts";

/** In the order of how surely a label names a service. */
const nameLabels = ["service_name", "service", "app", "container", "job"] as const;
const namesMax = 50;
/** What Loki writes where it found no name. */
const nameless = "unknown_service";

interface Label {
  readonly name: string;
  readonly values: readonly string[];
}

/** LogQL of each service that has one. Rejects where labels are needed and none could be read. */
export async function selectorsOf(
  ask: Ask,
  services: readonly Service[],
  span: Pick<Window, "from" | "to">,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const isNamed = services.every(({ logsSelector }) => logsSelector !== undefined);
  const labels = isNamed ? [] : await labelsOf(ask, span, signal);
  return new Map(
    services.flatMap(({ name, logsSelector }) => {
      const selector = logsSelector === undefined ? found(labels, name) : braced(logsSelector);
      return selector === null ? [] : [[name, selector]];
    }),
  );
}

/** Of the last hours: those of the first label that names any, in alphabetical order; rejects where the server gives no answer. */
export async function serviceNames(ask: Ask, signal: AbortSignal): Promise<string[]> {
  const labels = await labelsOf(ask, null, signal);
  const values = labels.find((label) => label.values.length > 0)?.values ?? [];
  return values.toSorted().slice(0, namesMax);
}

async function labelsOf(
  ask: Ask,
  span: Pick<Window, "from" | "to"> | null,
  signal: AbortSignal,
): Promise<Label[]> {
  const parameters: Record<string, string> =
    span === null
      ? {}
      : { start: nanoseconds(span.from.getTime()), end: nanoseconds(span.to.getTime()) };
  const answers = await Promise.all(
    nameLabels.map(async (name) => {
      const path = `/loki/api/v1/label/${name}/values`;
      return { name, answer: await ask({ path, parameters, schema: valuesSchema }, signal) };
    }),
  );
  const read = answers.flatMap(({ name, answer }) =>
    answer.ok ? [{ name, values: answer.value.filter((each) => each !== nameless) }] : [],
  );
  const failed = answers.find(({ answer }) => !answer.ok)?.answer;
  if (read.length === 0 && failed?.ok === false) throw new Error(failed.said);
  return read;
}

/** Case is the operator's: the label's own spelling is asked for. */
function found(labels: readonly Label[], service: string): string | null {
  const wanted = service.toLowerCase();
  for (const { name, values } of labels) {
    const value = values.find((each) => each.toLowerCase() === wanted);
    if (value !== undefined) return `{${name}=${JSON.stringify(value)}}`;
  }
  return null;
}

/** `app="checkout"` as well as `{app="checkout"} |= "order"`. */
function braced(selector: string): string {
  const text = selector.trim();
  return text.startsWith("{") ? text : `{${text}}`;
}

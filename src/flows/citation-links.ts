/** Where each citation of a diagnosis can be opened: its source's page, else our own. */

import type { Cite, Diagnosis } from "../evidence/diagnosis.ts";
import type { Gathered } from "./gather-evidence.ts";
import type { World } from "./ports.ts";

export function citationLinks(
  world: Pick<World, "evidencePage">,
  diagnosis: Diagnosis,
  { input, logPages }: Pick<Gathered, "input" | "logPages">,
  snapshot: string,
): Record<string, string> {
  const links: Record<string, string> = {};
  const add = (cite: Cite, url: string | undefined): void => {
    const where = url ?? world.evidencePage(snapshot, cite);
    if (where !== null) links[cite] = where;
  };
  diagnosis.metrics.forEach((metric, index) => {
    const series = input.series.find(
      (each) =>
        each.service === metric.service &&
        each.name === metric.name &&
        (each.callee ?? null) === metric.callee &&
        sameLabels(each.labels ?? null, metric.labels),
    );
    add(`metric:${index}`, series?.source.url);
  });
  for (const { id } of diagnosis.changes) {
    add(`change:${id}`, input.changes?.find((change) => change.id === id)?.url);
  }
  diagnosis.logs.forEach(({ service }, index) => add(`log:${index}`, logPages.get(service)));
  return links;
}

type Labels = Readonly<Record<string, string>> | null;

function sameLabels(a: Labels, b: Labels): boolean {
  const names = Object.keys({ ...a, ...b });
  return names.every((name) => a?.[name] === b?.[name]);
}

/** Asks the server by which labels it names services. */

import { namesSchema } from "./answers.ts";
import type { Answer, Question } from "./client.ts";
import type { Grid } from "./grid.ts";
import { containersNamed, namedMatchers, nameLabels, selectorNaming } from "./places.ts";

/** One server, one window. */
export interface Asked {
  readonly ask: <T>(question: Question<T>) => Promise<Answer<T>>;
  readonly grid: Grid;
}

export interface Naming {
  /** By service that a common label names. */
  readonly selectors: ReadonlyMap<string, string>;
  /** Services after which a container is named. */
  readonly containers: ReadonlySet<string>;
  /** Why a label could not be asked for. */
  readonly failure?: string;
}

export async function namingOf({ ask, grid }: Asked, services: readonly string[]): Promise<Naming> {
  if (services.length === 0) return { selectors: new Map(), containers: new Set() };
  const [containers, ...answers] = await Promise.all([
    ask(valuesOf("container", [containersNamed(services)], grid)),
    ...nameLabels.map((label) => ask(valuesOf(label, [namedMatchers(label, services)], grid))),
  ]);
  const selectors = services.flatMap((name): [string, string][] => {
    for (const [at, label] of nameLabels.entries()) {
      const answer = answers[at];
      const selector = answer?.ok ? selectorNaming(label, name, answer.value) : undefined;
      if (selector !== undefined) return [[name, selector]];
    }
    return [];
  });
  const failed = answers.find((answer) => !answer.ok);
  return {
    selectors: new Map(selectors),
    containers: new Set(containers.ok ? containers.value : []),
    ...(failed?.ok === false ? { failure: failed.said } : {}),
  };
}

/** The values of a label, among the series that any of the matchers finds. */
export function valuesOf(
  label: string,
  matchers: readonly string[],
  grid: Grid,
): Question<string[]> {
  return {
    path: `/api/v1/label/${label}/values`,
    parameters: [
      ...matchers.map((matcher) => ["match[]", matcher] as const),
      ["start", String(grid.from)],
      ["end", String(grid.to)],
    ],
    schema: namesSchema,
  };
}

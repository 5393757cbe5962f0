/** What was read of the thing that somebody suspects, above whatever else is answered. */

import type { Catalog } from "../catalog/catalog.ts";
import { parseAsk } from "../message/ask.ts";
import type { MessageBody } from "../message/body.ts";
import { suspectedIn, suspicion } from "../message/suspected.ts";
import type { Assessment } from "./assess.ts";
import { citationLinks } from "./citation-links.ts";
import type { Gathered } from "./gather-evidence.ts";
import type { World } from "./ports.ts";

/** null: the words are no such question, or name nothing that is known. */
export function aboutSuspected(
  world: World,
  text: string,
  read: {
    readonly catalog: Catalog;
    readonly gathered: Gathered;
    readonly assessment: Assessment;
    /** The id of what was gathered; "" where it is not kept. */
    readonly snapshot: string;
  },
): MessageBody | null {
  if (parseAsk(text).kind !== "suspect") return null;
  const { catalog, gathered, snapshot } = read;
  const { diagnosis } = read.assessment;
  const { series } = gathered.input;
  const names = [
    ...catalog.services.flatMap(({ name, dependsOn }) => [name, ...dependsOn]),
    ...series.flatMap(({ service, callee }) => [
      service,
      ...(callee === undefined ? [] : [callee]),
    ]),
  ];
  const suspected = suspectedIn(text, names);
  if (suspected === null) return null;
  const cited = citationLinks(world, diagnosis, gathered, snapshot);
  const links = { hosts: world.linkHosts, page: null, cite: (cite: string) => cited[cite] ?? null };
  return suspicion({ suspected, series, diagnosis, gaps: gathered.gaps, links });
}

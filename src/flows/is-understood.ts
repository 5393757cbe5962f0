/** Whether a mention that asks no known question is about the trouble: it tells of one, names what is known, or reports a deed. */

import type { Catalog } from "../catalog/catalog.ts";
import type { Incident } from "../incident/incident.ts";
import type { Ask } from "../message/ask.ts";
import { suspectedIn } from "../message/suspected.ts";
import { isAboutTrouble } from "../message/trouble-words.ts";
import { pastedLines } from "../pasted-lines.ts";
import { claimsIn } from "../suggestion/claim.ts";
import { deedsIn } from "../suggestion/done.ts";
import { endIn } from "../suggestion/end-said.ts";
import { othersNamed } from "./hear-claims.ts";
import type { World } from "./ports.ts";

/** `text`: as Slack sends it. */
export function isUnderstood(
  { steps }: Pick<World, "steps">,
  {
    ask,
    text,
  }: { readonly ask: Extract<Ask, { kind: "look" | "suspect" }>; readonly text: string },
  catalog: Catalog,
  incident: Incident,
): boolean {
  const others = othersNamed(catalog, incident);
  const own = incident.evidence?.service ?? null;
  return (
    isAboutTrouble(ask.about) ||
    suspectedIn(ask.about, own === null ? others : [...others, own]) !== null ||
    claimsIn(text, others).length > 0 ||
    deedsIn(text, steps).length > 0 ||
    endIn(text) !== null ||
    pastedLines(text).length > 0
  );
}

/** The line of a digest that names the postmortems of its week's incidents. */

import type { Digest } from "../digest/digest.ts";
import type { IncidentId } from "../vocabulary.ts";
import type { Pen } from "./pen.ts";

/** A message is not a list. */
const namesMax = 10;

/** Where the postmortem of an incident can be read; null: nowhere. */
export type PageOf = (incident: IncidentId) => string | null;

/** "Postmortems of the week: INC-40, INC-42 published, INC-43 in work." */
export function postmortemLines({ postmortems = [] }: Digest, pen: Pen, pageOf: PageOf): string[] {
  const names = (isPublished: boolean): string[] =>
    postmortems
      .filter(({ state }) => (state === "published") === isPublished)
      .map(({ incident, number }) => pen.link(pageOf(incident), `INC-${number}`));
  const told = [listed(names(true), "published"), listed(names(false), "in work")];
  const words = told.filter((each) => each !== "").join(", ");
  return words === "" ? [] : [`Postmortems of the week: ${words}.`];
}

function listed(names: readonly string[], state: string): string {
  if (names.length === 0) return "";
  const more = names.length - namesMax;
  const rest = more > 0 ? ` and ${more} more` : "";
  return `${names.slice(0, namesMax).join(", ")}${rest} ${state}`;
}

/** Two incidents that became one: what is said in the thread of each. */

import type { Named } from "../incident/merge.ts";
import type { UserId } from "../vocabulary.ts";
import { section } from "./blocks.ts";
import type { MessageBody } from "./body.ts";
import { channelLink, cut, escape, person, plain } from "./escape.ts";
import { message } from "./pen.ts";

const nameMax = 40;
const namesMax = 5;

function nameOf({ name }: Pick<Named, "name">): string {
  return escape(cut(plain(name), nameMax));
}

/** "INC-12, #inc-12-checkout" */
function placeOf(named: Named): string {
  return `${nameOf(named)}, ${channelLink(named.channel)}`;
}

/** "It continues in INC-12, #inc-12-checkout." */
export function continuesWords(into: Named | null): string {
  return into === null ? "" : `It continues in ${placeOf(into)}.`;
}

/** "Merged here: INC-5, #inc-5; INC-6, #inc-6." */
export function tookInWords(all: readonly Named[]): string {
  if (all.length === 0) return "";
  const rest = all.length - namesMax;
  const more = rest > 0 ? [`${rest} more`] : [];
  return `Merged here: ${[...all.slice(0, namesMax).map(placeOf), ...more].join("; ")}.`;
}

export function mergedInto(by: UserId, into: Named): MessageBody {
  return line(`${person(by)} merged this incident into ${nameOf(into)}. ${continuesWords(into)}`);
}

export function mergedHere(by: UserId, from: Named): MessageBody {
  return line(
    `${person(by)} merged ${placeOf(from)} into this incident; its alerts are told here.`,
  );
}

function line(text: string): MessageBody {
  return message([text], [section(text)]);
}

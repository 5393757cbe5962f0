/** Messages of incident channels, labelled by hand with what they claim not to be the cause, and how the patterns do on them. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { claimsIn, keyOf } from "../../src/suggestion/claim.ts";

interface Labelled {
  /** In which round it was written. */
  readonly round: string;
  readonly text: string;
  /** "database", or the name of a service. */
  readonly away: readonly string[];
}

/** The incident's own service is checkout. */
export const services = ["cart", "payments", "orders-db"] as const;

/** One a line: the message, "=>", what it claims away; \n stands for a line's end. */
function read(): readonly Labelled[] {
  const lines = readFileSync(join(import.meta.dirname, "claims.txt"), "utf8").split("\n");
  let round = "";
  return lines.flatMap((line): Labelled[] => {
    if (line.startsWith("# ")) round = line.slice(2);
    const [text, told] = line.split(/ =>(?: |$)/);
    if (text === undefined || told === undefined) return [];
    const away = told.split(", ").filter((each) => each !== "");
    return [{ round, text: text.replaceAll("\\n", "\n"), away }];
  });
}

export const claims = read();
export const claimRounds = [...new Set(claims.map(({ round }) => round))];

export interface ClaimScore {
  readonly messages: number;
  readonly away: number;
  readonly missed: readonly string[];
  /** Claims that nobody made. */
  readonly mistaken: readonly string[];
}

export function scoreClaims(messages: readonly Labelled[]): ClaimScore {
  const missed: string[] = [];
  const mistaken: string[] = [];
  for (const { text, away } of messages) {
    const found = claimsIn(text, services).map((about) => keyOf(about).replace(/^\w+:/, ""));
    const unseen = away.filter((each) => !found.includes(each));
    const others = found.filter((each) => !away.includes(each));
    missed.push(...unseen.map((each) => `${text} (${each})`));
    mistaken.push(...others.map((each) => `${text} (${each})`));
  }
  const total = messages.reduce((sum, { away }) => sum + away.length, 0);
  return { messages: messages.length, away: total, missed, mistaken };
}

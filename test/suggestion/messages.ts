/** Messages of incident channels, labelled by hand with the steps that they say were done, and how the patterns do on them. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parsePlaybook } from "../../src/playbook/parse.ts";
import { deedsIn } from "../../src/suggestion/done.ts";

interface Labelled {
  /** In which round it was written. */
  readonly round: string;
  readonly text: string;
  /** By step; what is said to have come of it, "already_considered" where nothing is. */
  readonly done: ReadonlyMap<string, string>;
}

const root = join(import.meta.dirname, "../..");
const about = { service: "checkout", services: ["checkout", "cart", "payments", "orders-db"] };

const { steps } = parsePlaybook(
  readdirSync(join(root, "playbook")).map((name) => ({
    path: name,
    text: readFileSync(join(root, "playbook", name), "utf8"),
  })),
);

/** One a line: the message, "=>", its steps; \n stands for a line's end. What stands before a "# round" is of `round`. */
export function readMessages(path: string, name = ""): readonly Labelled[] {
  const lines = readFileSync(path, "utf8").split("\n");
  let round = name;
  return lines.flatMap((line): Labelled[] => {
    if (line.startsWith("# ")) round = line.slice(2);
    const [text, told] = line.split(/ =>(?: |$)/);
    if (text === undefined || told === undefined) return [];
    const done = told
      .split(/, ?/)
      .map((each) => each.trim())
      .filter((each) => each !== "")
      .map((each): [string, string] => {
        const [step = "", label = "already_considered"] = each.split(":");
        return [step, label];
      });
    return [{ round, text: text.replaceAll("\\n", "\n"), done: new Map(done) }];
  });
}

export interface Score {
  readonly messages: number;
  /** Steps that messages say were done. */
  readonly done: number;
  /** Of these, those that would be offered again. */
  readonly missed: readonly string[];
  /** Of those seen, those of which something else is said to have come. */
  readonly mistaken: readonly string[];
  /** Messages that tell of no deed. */
  readonly fresh: number;
  /** Messages because of which a step would be left out that nobody did. */
  readonly suppressed: readonly string[];
}

export const labelled = readMessages(join(import.meta.dirname, "messages.txt"));
export const rounds = [...new Set(labelled.map(({ round }) => round))];

export function score(messages: readonly Labelled[]): Score {
  const missed: string[] = [];
  const mistaken: string[] = [];
  const suppressed: string[] = [];
  for (const { text, done } of messages) {
    const told = new Map(deedsIn(text, steps, about).map(({ stepId, label }) => [stepId, label]));
    for (const [step, label] of done) {
      const said = told.get(step);
      if (said === undefined) missed.push(`${text} (${step})`);
      else if (said !== label) mistaken.push(`${text} (${step}: ${said}, not ${label})`);
    }
    const others = [...told.keys()].filter((step) => !done.has(step));
    if (others.length > 0) suppressed.push(`${text} (${others.join(", ")})`);
  }
  return {
    messages: messages.length,
    done: messages.reduce((sum, { done }) => sum + done.size, 0),
    missed,
    mistaken,
    fresh: messages.filter(({ done }) => done.size === 0).length,
    suppressed,
  };
}

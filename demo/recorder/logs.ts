/** What the services logged, counted: one line for each text (numbers aside) in each quarter of a minute. */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { LogLine } from "../../src/evidence/input.ts";
import { services } from "./shop.ts";

const bucketSeconds = 15;
const textMax = 300;
const shape = z.object({ at: z.number(), level: z.string(), text: z.string() });

export async function countedLogs(folder: string, from: number, to: number): Promise<LogLine[]> {
  const all = await Promise.all(
    services.map(async (service) => {
      const text = await readFile(join(folder, "logs", `${service}.log`), "utf8");
      const counted = new Map<string, Required<LogLine>>();
      for (const line of text.split("\n")) {
        const read = parsed(line);
        if (read === null || read.at < from || read.at > to) continue;
        const masked = read.text.replaceAll(/\d+/g, "0");
        const key = `${Math.floor(read.at / bucketSeconds)} ${read.level} ${masked}`;
        const first = counted.get(key);
        const count = (first?.count ?? 0) + 1;
        const kept = first ?? { ...read, at: round(read.at), service };
        counted.set(key, { ...kept, text: kept.text.slice(0, textMax), count });
      }
      return [...counted.values()];
    }),
  );
  return all.flat().toSorted((a, b) => a.at - b.at);
}

/** Node's own warnings and crashes are no JSON; they are kept out, the shop's lines are all JSON. */
function parsed(line: string): z.output<typeof shape> | null {
  if (!line.startsWith("{")) return null;
  return shape.safeParse(JSON.parse(line)).data ?? null;
}

function round(at: number): number {
  return Math.round(at * 10) / 10;
}

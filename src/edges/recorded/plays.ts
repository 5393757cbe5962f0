/** The file that keeps the plays over a restart. */

import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { z } from "zod";
import type { Play } from "./playhead.ts";

const shape = z.array(
  z.object({
    channel: z.string(),
    id: z.string(),
    speed: z.union([z.literal(1), z.literal(10)]),
    startedAt: z.number(),
    mendedAt: z.number().nullable(),
  }),
);

/** None without a file; throws an Error that names the file and the field where it is broken. */
export function readPlays(file: string | undefined): Play[] {
  if (file === undefined || !existsSync(file)) return [];
  const parsed = shape.safeParse(parsedJson(file));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new Error(`${file}: ${issue?.path.join(".") ?? ""}: ${issue?.message ?? "invalid"}`);
}

/** Replaced in one step, so that a process that dies leaves the old file or the new one. */
export function writePlays(file: string | undefined, plays: readonly Play[]): void {
  if (file === undefined) return;
  const next = `${file}.next`;
  writeFileSync(next, JSON.stringify(plays));
  renameSync(next, file);
}

function parsedJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    throw new Error(`${file}: not JSON`, { cause });
  }
}

/** Whether a sentence about the small incident of `gathered.ts` is kept, and why it falls. */

import assert from "node:assert/strict";
import { knownOf, type Known } from "../../src/model/known.ts";
import { faultOf } from "../../src/model/sentence.ts";
import { gathered, sha } from "./gathered.ts";

const known: Known = knownOf(gathered);

export const told = async (text: string, ...cites: string[]) => faultOf({ text, cites }, known);

export async function holds(text: string, ...cites: string[]): Promise<void> {
  assert.equal(await told(text, ...cites), null, text);
}

export async function falls(because: RegExp, text: string, ...cites: string[]): Promise<void> {
  const fault = await told(text, ...cites);
  assert.match(fault ?? "it was kept", because, text);
}

export const change = `change:${sha}` as const;

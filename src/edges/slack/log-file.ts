/** A file's bytes as lines of a log: text or gzip, up to a limit, read in portions. */

import { Readable } from "node:stream";
import { setImmediate as nextTurn } from "node:timers/promises";
import { createGunzip } from "node:zlib";
import { formatCount } from "../../evidence/format.ts";
import { thinned } from "../../evidence/thinned.ts";
import type { SharedFile } from "../../flows/chat.ts";
import { readLine, type ReadLine } from "../../log-line.ts";
import { isLog, rawLines } from "../../pasted-lines.ts";

/** Of the file, and of what a compressed one holds. */
export const bytesMax = 5_000_000;
const linesMax = 10_000;
/** Lines that are read before anything else has its turn: some milliseconds. */
const portion = 200;

export interface Bytes {
  readonly bytes: Buffer;
  readonly isCut: boolean;
}

/** What comes beyond the limit is not waited for. */
export async function upTo(max: number, chunks: AsyncIterable<Uint8Array>): Promise<Bytes> {
  const kept: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    kept.push(chunk);
    size += chunk.byteLength;
    if (size > max) break;
  }
  return { bytes: Buffer.concat(kept).subarray(0, max), isCut: size > max };
}

/** What is none says why. */
export async function logOf(file: Bytes, name: string): Promise<SharedFile> {
  const text = await textOf(file);
  if (text === null) return { kind: "unreadable", because: "not-text", name };
  const { lines, leftOut } = await readLines(text.words);
  if (lines.length === 0) return { kind: "unreadable", because: "no-log", name };
  const over = formatCount(leftOut);
  return {
    kind: "log",
    name,
    lines,
    leftOut: [
      ...(text.isCut ? [`what ${name} holds beyond its first ${bytesMax / 1e6} MB`] : []),
      ...(leftOut > 0 ? [`${over} lines of ${name}: the limit is ${formatCount(linesMax)}`] : []),
    ],
  };
}

/** UTF-8, as it is or in gzip; a line that the limit cuts is left away. */
async function textOf(file: Bytes): Promise<{ words: string; isCut: boolean } | null> {
  try {
    const { bytes, isCut } = await unpacked(file);
    if (bytes.includes(0)) return null;
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: isCut });
    return { words: isCut ? text.slice(0, text.lastIndexOf("\n") + 1) : text, isCut };
  } catch {
    return null;
  }
}

async function unpacked({ bytes, isCut }: Bytes): Promise<Bytes> {
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  if (!isGzip) return { bytes, isCut };
  const inside = await upTo(bytesMax, Readable.from([bytes]).pipe(createGunzip()));
  return { bytes: inside.bytes, isCut: isCut || inside.isCut };
}

/** In portions, so that nothing else waits for them; none where the text is no log. */
async function readLines(text: string): Promise<{ lines: readonly ReadLine[]; leftOut: number }> {
  const raw = rawLines(text);
  const read: ReadLine[] = [];
  for (let from = 0; from < raw.length; from += portion) {
    for (const line of raw.slice(from, from + portion)) read.push(readLine(line));
    // oxlint-disable-next-line no-await-in-loop -- that it waits is the point
    await nextTurn();
  }
  const lines = isLog(read) ? thinned(read, linesMax) : [];
  return { lines, leftOut: read.length - lines.length };
}

/** Lines in, lines out, in order: each line is answered before the next is read. */

import { once } from "node:events";
import type { Readable, Writable } from "node:stream";

/** A longer line is not kept; it gets the answer for one that is too long. */
export const lineCharsMax = 64_000_000;

/** Ends with the input, or when nobody reads the output any more. `answer` gets null for a line that is too long. */
export async function answerLines(
  input: Readable,
  output: Writable,
  answer: (line: string | null) => unknown,
): Promise<void> {
  const gone = new AbortController();
  output.once("error", () => gone.abort());
  output.once("close", () => gone.abort());
  try {
    for await (const line of linesIn(input)) {
      if (gone.signal.aborted) return;
      const isFull = !output.write(`${JSON.stringify(answer(line))}\n`);
      if (isFull) await once(output, "drain", { signal: gone.signal });
    }
  } catch (error) {
    if (!gone.signal.aborted) throw error;
  }
}

/** What is no UTF-8 becomes the replacement character. The last line needs no line break. */
async function* linesIn(input: Readable): AsyncGenerator<string | null> {
  input.setEncoding("utf8");
  let parts: string[] = [];
  let chars = 0;
  const take = (part: string): void => {
    chars += part.length;
    if (chars <= lineCharsMax) parts.push(part);
    else parts = [];
  };
  const line = (): string | null => {
    const whole = chars > lineCharsMax ? null : parts.join("").replace(/\r$/, "");
    parts = [];
    chars = 0;
    return whole;
  };
  for await (const chunk of input) {
    const [first = "", ...rest] = String(chunk).split("\n");
    take(first);
    for (const part of rest) {
      yield line();
      take(part);
    }
  }
  if (chars > 0) yield line();
}

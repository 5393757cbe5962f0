import assert from "node:assert/strict";
import { PassThrough, Readable, Writable } from "node:stream";
import { test } from "node:test";

import { answerLines, lineCharsMax } from "../../../src/edges/stdio/lines.ts";

async function answersTo(chunks: readonly (string | Buffer)[]): Promise<unknown[]> {
  const output = new PassThrough();
  const collected = output.setEncoding("utf8").toArray();
  await answerLines(Readable.from(chunks.map((chunk) => Buffer.from(chunk))), output, (line) => ({
    line: line === null ? null : line.slice(0, 20),
  }));
  output.end();
  const text = (await collected).join("");
  return text
    .split("\n")
    .slice(0, -1)
    .map((line): unknown => JSON.parse(line));
}

test("each line gets one answer, in order, whatever the chunks are", async () => {
  const answers = await answersTo(["a\nb", "b\r\n", "\n", "last"]);
  assert.deepEqual(answers, [{ line: "a" }, { line: "bb" }, { line: "" }, { line: "last" }]);
  assert.deepEqual(await answersTo([]), []);
});

test("bytes that are no UTF-8 are read as such, and letters cut by a chunk are whole", async () => {
  const [bad] = await answersTo([Buffer.from([0x61, 0xff, 0x62, 0x0a])]);
  assert.deepEqual(bad, { line: "a\uFFFDb" });
  const euro = Buffer.from("€\n");
  assert.deepEqual(await answersTo([euro.subarray(0, 1), euro.subarray(1)]), [{ line: "€" }]);
});

test("a line beyond the limit is told apart, and the next is read", async () => {
  const piece = "x".repeat(8_000_000);
  const pieces = Array.from({ length: lineCharsMax / piece.length + 1 }, () => piece);
  assert.deepEqual(await answersTo([...pieces, "\nnext\n"]), [{ line: null }, { line: "next" }]);
});

test("it ends when nobody reads the answers any more", async () => {
  const broken = new Writable({
    write: (_chunk, _encoding, done) => done(new Error("EPIPE")),
  });
  await answerLines(Readable.from(["a\n", "b\n", "c\n"]), broken, () => ({}));
  assert.ok(broken.destroyed);
});

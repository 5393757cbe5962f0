/** What Slack would make of a message: whether it takes the blocks, and every text in them. */

import assert from "node:assert/strict";
import { checkBlocks } from "../../src/local/block-kit.ts";
import type { MessageBody } from "../../src/message/body.ts";

/** Fails with Slack's own words where a limit is passed. */
export function assertSlackTakes({ text, blocks }: MessageBody): void {
  assert.ok(text.length > 0 && text.length <= 3000, `text of ${text.length} characters`);
  const checked = checkBlocks(JSON.parse(JSON.stringify(blocks)));
  assert.deepEqual("problems" in checked ? checked.problems : [], []);
}

/** Every string that Slack would show or parse, of whatever block. */
export function textsOf(body: MessageBody): readonly string[] {
  return [body.text, ...stringsIn(body.blocks)];
}

function stringsIn(value: unknown, key = ""): readonly string[] {
  if (typeof value === "string") return isShown(key) ? [value] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => stringsIn(each, name));
}

function isShown(key: string): boolean {
  return key === "text" || key === "alt_text";
}

/** The mrkdwn of the sections and contexts, a block a string. */
export function markdownOf({ blocks }: MessageBody): readonly string[] {
  return blocks
    .filter((block) => block.type === "section" || block.type === "context")
    .map((block) => stringsIn(block).join(" "));
}

/** Labels of all buttons, in order; "⋯" for a menu. */
export function buttonsOf({ blocks }: MessageBody): readonly string[] {
  return blocks
    .filter((block) => block.type === "actions")
    .flatMap(({ elements }) => {
      assert.ok(Array.isArray(elements));
      return elements.map((element) =>
        element.type === "overflow" ? "⋯" : String(element.text.text),
      );
    });
}

/** Anything that Slack would turn into a mention or a channel link; what we write ourselves is taken out first. */
export function mentionsIn(text: string, ours: readonly string[] = []): readonly string[] {
  const left = ours.reduce((all, own) => all.replaceAll(own, ""), text);
  return (
    left.match(
      /<[@#!](?!date\^\d+\^\{time(?:_secs)?\}\|[\d:]+>)[^>]*>?|@(?:channel|here|everyone)/gi,
    ) ?? []
  );
}

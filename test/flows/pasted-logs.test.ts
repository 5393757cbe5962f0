import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { begunWorld, ana, incidentChannel, onset, type FakeWorld } from "./fake-world.ts";

const clock = (seconds: number): string => new Date((onset + seconds) * 1000).toISOString();
const errors = (count: number): string =>
  Array.from({ length: count }, (_, n) => `ERROR pool exhausted, waited ${n} ms`).join("\n");

function say(fake: FakeWorld, text: string, minutes = 6): void {
  const ts = `${onset + minutes * 60}.000100`;
  fake.said.push({ ts, user: ana, isBot: false, text });
}

const living = (fake: FakeWorld): string => fake.messages(incidentChannel.id)[0]?.body.text ?? "";

async function readAfter(text: string): Promise<string> {
  const fake = await begunWorld();
  say(fake, text);
  fake.pass(2);
  await fake.work();
  return living(fake);
}

describe("log lines that somebody pasted", () => {
  test("become evidence with the next reading, and count as after the onset", async () => {
    const text = await readAfter(`look at this\n\`\`\`\n${errors(5)}\n\`\`\``);
    assert.match(
      text,
      /log line of checkout, 5× since 14:02.*"pool exhausted, waited &lt;n&gt; ms"/,
    );
  });

  test("are told once, however often they are read", async () => {
    const fake = await begunWorld();
    say(fake, `\`\`\`${errors(5)}\`\`\``);
    for (const _reading of [1, 2, 3]) {
      fake.pass(2);
      // oxlint-disable-next-line no-await-in-loop -- one reading after the other
      await fake.work();
    }
    assert.equal(living(fake).split("pool exhausted").length, 2);
  });

  test("belong to the service that the message names", async () => {
    const text = await readAfter(`from payments:\n\`\`\`\n${errors(5)}\n\`\`\``);
    assert.match(text, /log line of payments, 5×/);
  });

  test("keep their own times: what came before the onset as well is not new", async () => {
    const usual = Array.from({ length: 60 }, (_, n) => `${clock(n * 60 - 3_300)} ERROR no route`);
    const text = await readAfter(`\`\`\`\n${usual.join("\n")}\n\`\`\``);
    assert.doesNotMatch(text, /no route/);
  });

  test("are posted and kept without the secrets and addresses in them", async () => {
    const fake = await begunWorld();
    const line = "ERROR login of ana@shop.example refused, password=hunter2";
    say(fake, `\`\`\`\n${line}\n${line}\n${line}\n${line}\n${line}\n\`\`\``);
    fake.pass(2);
    await fake.work();
    assert.match(living(fake), /login of \[e-mail\] refused, password=\[secret:password\]/);
    const kept = JSON.stringify([fake.store.effects, fake.store.incidents()]);
    assert.doesNotMatch(kept, /hunter2|ana@shop/);
  });

  test("are no evidence outside a code block, alone, or without a time and a level", async () => {
    for (const words of [
      errors(5),
      "```ERROR pool exhausted```",
      "```\nkubectl get pods\nkubectl get nodes\nkubectl get jobs\n```",
      "```\nERROR unclosed\nERROR unclosed\nERROR unclosed",
    ]) {
      // oxlint-disable-next-line no-await-in-loop -- each in a world of its own
      assert.doesNotMatch(await readAfter(words), /log line/, words);
    }
  });
});

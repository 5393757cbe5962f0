import assert from "node:assert/strict";
import { test } from "node:test";
import { onMention } from "../../../src/flows/answer-mention.ts";
import { begun, worldWithModel } from "../../flows/fake-model.ts";
import { ana, bot, incidentChannel } from "../../flows/fake-world.ts";
import { answerTokensMax, greedy, questionBudget, sentTokens } from "../../greedy-model.ts";
import { refusing } from "../../model-server.ts";
import { asking, soon } from "./asking.ts";

const questionsMax = 20;

test("twenty questions of an incident reach its model, each with no more tokens than a question has", async () => {
  await using model = await asking((asked, before) =>
    asked.sent.includes("You answer one question") ? greedy(asked, before) : '{"findings": []}',
  );
  const fake = await begun(worldWithModel(model.ask, { tokensMaxIncident: 1_000_000 }));
  const { id: channel } = incidentChannel;
  const sentFor: number[] = [];
  for (let n = 1; n <= questionsMax + 1; n += 1) {
    const earlier = model.asked.length;
    const ts = `1795443901.${String(n).padStart(6, "0")}`;
    const said = { channel, ts, threadTs: null, user: ana, text: `<@${bot}> flibber the wug` };
    // oxlint-disable-next-line no-await-in-loop -- they are asked one after the other
    await onMention(fake.world, { job: fake.job(), ...said });
    // oxlint-disable-next-line no-await-in-loop -- as above
    await fake.work();
    const sent = model.asked.slice(earlier);
    const sum = (of: typeof sentTokens) => sent.reduce((all, each) => all + of(each), 0);
    sentFor.push(sent.length);
    assert.ok(sum(sentTokens) <= questionBudget.in, `${sum(sentTokens)} in`);
    assert.ok(sum(answerTokensMax) <= questionBudget.out, `${sum(answerTokensMax)} out`);
  }
  assert.ok(
    sentFor.slice(0, questionsMax).every((count) => count >= 2),
    sentFor.join(" "),
  );
  assert.equal(sentFor.at(-1), 0, "the next is answered without it");
});

test("what a failing server was sent again counts towards what a question has", async () => {
  const no = refusing(500, { message: "out of memory" }, soon);
  for (const isAlways of [true, false]) {
    let questions = 0;
    // oxlint-disable-next-line no-await-in-loop -- one server after the other
    await using model = await asking((asked, before) => {
      if (!asked.sent.includes("You answer one question")) return '{"findings": []}';
      questions += 1;
      return isAlways || questions % 3 !== 0 ? no : greedy(asked, before);
    });
    // oxlint-disable-next-line no-await-in-loop -- as above
    const fake = await begun(worldWithModel(model.ask, { tokensMaxIncident: 1_000_000 }));
    const earlier = model.asked.length;
    const text = `<@${bot}> flibber the wug`;
    const { id: channel } = incidentChannel;
    const said = { channel, ts: "1795443901.000001", threadTs: null, user: ana, text };
    // oxlint-disable-next-line no-await-in-loop -- as above
    await onMention(fake.world, { job: fake.job(), ...said });
    // oxlint-disable-next-line no-await-in-loop -- as above
    await fake.work();
    const sent = model.asked.slice(earlier);
    const tokens = sent.reduce((all, each) => all + sentTokens(each), 0);
    assert.ok(sent.length >= 2, `${sent.length}`);
    assert.ok(tokens <= questionBudget.in, `${sent.length} times, ${tokens} tokens`);
  }
});

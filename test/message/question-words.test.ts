import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { lookingAt, questionAnswered, withoutModel } from "../../src/message/question-words.ts";
import { helpMessage } from "../../src/message/help.ts";
import { assertSlackTakes } from "./slack.ts";

const asked = {
  incident: "inc_1",
  ts: "1795443901.000001",
  hosts: ["prometheus.example"],
  since: new Date("2026-11-23T14:02:00Z"),
} as const;
const url = "https://prometheus.example/graph";
const answer = {
  sentences: [
    { text: "The p99 of checkout is 4.1 s since 14:02.", cites: ["read:1"], links: [url, url] },
    { text: "<!channel> @here & *all*", cites: ["read:2"], links: ["https://evil.example/"] },
  ],
  fell: [{ text: "It was <!channel>", because: "cites nothing" }],
  looked: ["p99 of checkout", "log lines of <!here>", "a", "b", "c"],
};

describe("a question that went to the model", () => {
  test("says what is looked at, the first few of it, with nothing that mentions anybody", () => {
    const body = lookingAt(answer.looked);
    assert.equal(body.text, "Looking at p99 of checkout, log lines of ‹!here›, a, b and 1 more…");
    assertSlackTakes(body);
  });

  test("is answered by sentences with a link each to a known host, and says who worded them", () => {
    const body = questionAnswered(answer, asked);
    assertSlackTakes(body);
    const blocks = JSON.stringify(body.blocks);
    assert.match(
      blocks,
      /since <!date\^1795442520\^\{time\}\|14:02>\. <https:\/\/prometheus\.example\/graph\|\[1\]>/,
    );
    assert.doesNotMatch(blocks, /<!channel>|evil\.example|@here/);
    assert.match(
      body.text,
      /Worded by the model\. Looked at p99 of checkout, .*1 part of the model's answer was left out\./,
    );
    assert.match(blocks, /"value":"inc_1 1795443901\.000001"/);
  });

  test("says why there is no answer of the model's", () => {
    const away = withoutModel({ away: "late", fell: [] }, asked);
    assert.equal(away.text, "The model is away: it took longer than 40 s.");
    const none = withoutModel({ fell: answer.fell }, asked);
    assert.match(none.text, /^The model gave no answer that what was read bears out\. 1 part/);
    assertSlackTakes(none);
  });

  test("is offered by the help only where there is a model", () => {
    assert.match(helpMessage(true).text, /Or ask anything about the incident/);
    assert.doesNotMatch(helpMessage().text, /ask anything|model/i);
  });
});

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ana } from "./running.ts";
import { slowCheckout } from "./slow-checkout.ts";
import { startWithModel } from "./with-model.ts";

const canary = "ghp_9f8E7d6C5b4A3f2E1d0C9b8A7f6E5d4C3b2A";

const outside = () => ({
  source: slowCheckout(canary),
  said: [`it began with GITHUB_TOKEN=${canary}`],
});

describe("a program with a model", () => {
  test("edits the posted answer by what it worded, sends no secret, and tells what it used", async () => {
    await using program = await startWithModel(({ sent }) => {
      const [, text = ""] = /\{\\"id\\":\\"metric:0\\",\\"text\\":\\"([^"]*?)\\"/.exec(sent) ?? [];
      const findings = [
        { text: `${text}.`, cites: ["metric:0"] },
        { text: `The token is ${canary}.`, cites: ["metric:0"] },
      ];
      return JSON.stringify({ findings, steps: [] });
    }, outside());
    const { ts, text } = await program.living(/In the words of the model: /);
    assert.match(text, /In the words of the model: .*p99 of checkout 0\.4\d? s → 4\.\d+ s/);
    assert.match(text, /Model: 1,240 of 60,000 tokens here, 1,240 of 1,000,000 today\./);
    await program.reply(ts, "1 part of the model's answer was left out.");
    assert.equal(program.asked.length, 1);
    assert.doesNotMatch(program.asked[0]?.sent ?? "", /9f8E7d6C/);
    assert.match(program.asked[0]?.sent ?? "", /\[secret:github-personal-token:1\]/);
    const host = new URL(program.url).hostname;
    await program.reply(ts, `to the language model at ${host}`);
    const metrics = await (await fetch(`${program.url}/metrics`)).text();
    assert.match(metrics, /hindsight_model_tokens_total\{purpose="incident",direction="in"\} 1200/);
  });

  test("answers a question in its thread by what it had read for it, with where that can be looked up", async () => {
    await using program = await startWithModel(({ sent }) => {
      if (!sent.includes("You answer one question")) return '{"findings": [], "steps": []}';
      const [, before = "", at = "", since = ""] =
        /"read:1 \| p99 of checkout, [^:]*:[^:]*:\d\d: ([\d.]+ s) before (\d\d:\d\d), ([\d.]+ s) since/.exec(
          sent.replaceAll("\\", ""),
        ) ?? [];
      if (since === "") {
        const given = { service: "checkout", metric: "p99", minutes: 45 };
        return { calls: [{ name: "read_metric", arguments: JSON.stringify(given) }] };
      }
      const text = `The p99 of checkout was ${before} before ${at} and is ${since} since.`;
      const sentences = [
        { text, cites: ["read:1"] },
        { text: "It is all the fault of <!channel>.", cites: ["read:1"] },
      ];
      return JSON.stringify({ sentences });
    }, outside());
    await program.living(/First: /);
    const { slack, channel } = program;
    const text = `<@${slack.botUserId}> flibber the wug`;
    const ts = slack.say({ channel, user: ana, text });
    const answer = await program.reply(ts, "Worded by the model.");
    assert.match(
      answer.text,
      /^The p99 of checkout was 0\.4\d? s before \d\d:\d\d and is 4\.\d+ s/,
    );
    assert.match(answer.text, /Looked at p99 of checkout\. 1 part of the model's answer was left/);
    assert.doesNotMatch(JSON.stringify(answer), /<!channel>/);
    const metrics = await (await fetch(`${program.url}/metrics`)).text();
    assert.match(metrics, /hindsight_model_tools_total\{tool="read_metric",ended="read"\} 1/);
    assert.match(metrics, /hindsight_model_questions_total\{ended="answered"\} 1/);
  });

  test("whose server hangs up answers as without one, and says once that it is away", async () => {
    await using program = await startWithModel(
      () => (_asked, response) => void response.destroy(),
      outside(),
    );
    const { text } = await program.living(/The model is away: /);
    assert.match(text, /What is known/);
    assert.match(text, /First: /);
    assert.match(
      text,
      /The model is away: its server cannot be reached\. The rest does without it\./,
    );
    assert.equal((await fetch(`${program.url}/readyz`)).status, 200);
  });
});

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { checkBlocks, checkView } from "../../src/local/block-kit.ts";

const plain = (text: string) => ({ type: "plain_text", text });
const section = (text: string) => ({ type: "section", text: { type: "mrkdwn", text } });
const button = (over: object = {}) => ({ type: "button", text: plain("Go"), ...over });
const actions = (...elements: object[]) => ({ type: "actions", elements });
const option = (text: string) => ({ text: plain(text), value: text });
const times = <T>(count: number, make: (n: number) => T) =>
  Array.from({ length: count }, (_, n) => make(n));

const cases: [name: string, blocks: unknown, problem: string | undefined][] = [
  ["50 blocks", times(50, () => ({ type: "divider" })), undefined],
  ["51 blocks", times(51, () => ({ type: "divider" })), "no more than 50 items allowed"],
  ["3,000 characters in a section", [section("x".repeat(3000))], undefined],
  [
    "3,001 characters in a section",
    [section("x".repeat(3001))],
    "must be less than 3001 characters [json-pointer:/blocks/0/text/text]",
  ],
  ["an empty text", [section("")], "must be more than 0 characters"],
  ["a section of nothing", [{ type: "section" }], "missing required field: text"],
  ["25 elements in actions", [actions(...times(25, () => button()))], undefined],
  [
    "26 elements in actions",
    [actions(...times(26, () => button()))],
    "no more than 25 items allowed",
  ],
  ["75 characters on a button", [actions(button({ text: plain("x".repeat(75)) }))], undefined],
  [
    "76 characters on a button",
    [actions(button({ text: plain("x".repeat(76)) }))],
    "must be less than 76 characters",
  ],
  [
    "2,001 characters in a value",
    [actions(button({ value: "x".repeat(2001) }))],
    "must be less than 2001 characters",
  ],
  [
    "256 characters in an action id",
    [actions(button({ action_id: "x".repeat(256) }))],
    "must be less than 256 characters",
  ],
  [
    "5 options in an overflow",
    [actions({ type: "overflow", options: times(5, (n) => option(`${n}`)) })],
    undefined,
  ],
  [
    "6 options in an overflow",
    [actions({ type: "overflow", options: times(6, (n) => option(`${n}`)) })],
    "no more than 5 items allowed",
  ],
  [
    "76 characters in an option",
    [actions({ type: "overflow", options: [{ text: plain("x".repeat(76)), value: "a" }] })],
    "must be less than 76 characters",
  ],
  [
    "151 characters in a header",
    [{ type: "header", text: plain("x".repeat(151)) }],
    "must be less than 151 characters",
  ],
  [
    "an image without alternative text",
    [{ type: "image", image_url: "https://example.com/a.png" }],
    "missing required field: alt_text",
  ],
  [
    "an image from nowhere",
    [{ type: "image", alt_text: "a" }],
    "missing required field: image_url",
  ],
  ["an image by file", [{ type: "image", alt_text: "a", slack_file: { id: "F1" } }], undefined],
  [
    "a block id twice",
    [
      { type: "divider", block_id: "a" },
      { type: "divider", block_id: "a" },
    ],
    "block_id already exists: a",
  ],
  [
    "an action id twice in a block",
    [actions(button({ action_id: "a" }), button({ action_id: "a" }))],
    "action_id already exists",
  ],
  [
    "a property that Slack does not know",
    [{ type: "divider", colour: "red" }],
    "invalid additional property: colour",
  ],
  ["a block that Slack does not know", [{ type: "marquee" }], "unsupported type"],
  [
    "a button where Slack has none",
    [{ type: "context", elements: [button()] }],
    "unsupported type",
  ],
  [
    "markdown on a button",
    [actions(button({ text: { type: "mrkdwn", text: "Go" } }))],
    "plain_text",
  ],
];

describe("message blocks within Slack's limits", () => {
  for (const [name, blocks, problem] of cases)
    test(`${name}: ${problem === undefined ? "taken" : "refused"}`, () => {
      const checked = checkBlocks(blocks);
      if (problem === undefined) assert.ok("value" in checked, JSON.stringify(checked));
      else {
        assert.ok("problems" in checked);
        assert.ok(checked.problems.join("\n").includes(problem), checked.problems.join("\n"));
      }
    });
});

const view = (over: object) => ({
  type: "modal",
  title: plain("Resolve"),
  submit: plain("Save"),
  blocks: [{ type: "divider" }],
  ...over,
});
const problems = (over: object) => {
  const checked = checkView(view(over));
  return "problems" in checked ? checked.problems.join("\n") : "";
};

describe("modals within Slack's limits", () => {
  test("100 blocks, a title of 24 characters, and a submit button where something is asked", () => {
    assert.equal(problems({}), "");
    assert.match(problems({ blocks: times(101, () => ({ type: "divider" })) }), /no more than 100/);
    assert.match(problems({ title: plain("x".repeat(25)) }), /less than 25 characters/);
    const input = { type: "input", label: plain("Why"), element: { type: "plain_text_input" } };
    const { submit: _submit, ...unsent } = view({ blocks: [input] });
    const checked = checkView(unsent);
    assert.ok(
      "problems" in checked && checked.problems[0]?.includes("missing required field: submit"),
    );
  });
});

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  actions,
  body,
  button,
  context,
  image,
  overflow,
  section,
  sections,
} from "../../src/message/blocks.ts";
import { assertSlackTakes, buttonsOf } from "./slack.ts";

const long = "many words ".repeat(1_000);

describe("blocks", () => {
  it("are cut at a word where Slack would refuse them", () => {
    const cut = body(long, [
      section(long),
      context(long, long),
      actions(button(long, "a", "1"), overflow("b", [{ text: long, value: "2" }])),
      image("https://hindsight.example/chart.png", long),
    ]);
    assertSlackTakes(cut);
    assert.match(cut.text, /words…$|many…$/);
    assert.ok(buttonsOf(cut)[0]?.endsWith("…"));
  });

  it("beyond Slack's counts are joined or left out, never refused", () => {
    const texts = Array.from({ length: 12 }, (_each, index) => `text ${index}`);
    const buttons = texts.map((text, index) => button(text, `a:${index}`, text));
    const options = texts.map((text) => ({ text, value: text }));
    const crowded = body("text", [
      context(...texts),
      actions(
        ...buttons,
        ...buttons.map((each, index) => ({ ...each, action_id: `b:${index}` })),
        overflow("c", options),
      ),
      ...Array.from({ length: 60 }, () => section("more")),
    ]);
    assertSlackTakes(crowded);
    assert.equal(crowded.blocks.length, 50);
    assert.ok(JSON.stringify(crowded.blocks[0]).includes("text 11"), "no context is lost");
  });

  it("with nothing to say still hold a character", () => {
    assertSlackTakes(body("…", [actions(button("", "a", "1")), image("https://a.example/", "")]));
  });

  it("hold long lines whole, in as few sections as that takes", () => {
    const line = (name: string) => `${name}${"x".repeat(1_300)}`;
    const texts = sections(["a", "b", "c", "d"].map(line)).flatMap(({ text }) =>
      typeof text === "object" && text !== null ? [Reflect.get(text, "text")] : [],
    );
    assert.deepEqual(texts, [`${line("a")}\n${line("b")}`, `${line("c")}\n${line("d")}`]);
    assert.deepEqual(sections([]), []);
  });
});

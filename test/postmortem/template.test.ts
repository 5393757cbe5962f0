import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { PostmortemDocument } from "../../src/postmortem/document.ts";
import { fillTemplate, parseTemplate } from "../../src/postmortem/template.ts";

const document: PostmortemDocument = {
  title: "INC-42: checkout is slow",
  facts: {
    incident: "INC-42",
    date: "23 November 2026",
    severity: "SEV2",
    status: "resolved",
    service: "checkout",
    lead: "Ana Lima",
    duration: "19 min",
    drafted: "23 November 2026, 15:00 UTC",
  },
  sections: [
    {
      kind: "told",
      name: "summary",
      title: "Summary",
      style: "text",
      sentences: [
        {
          text: "p99 rose.",
          sources: [{ kind: "query", of: "p99 of checkout", query: "p99" }],
        },
      ],
    },
    {
      kind: "told",
      name: "dead-ends",
      title: "Dead ends",
      style: "list",
      sentences: [{ text: "None.", sources: [{ kind: "timeline", first: 1, last: 9 }] }],
    },
    { kind: "for-people", name: "lessons", title: "Lessons", prompt: "What was learned?" },
  ],
  hosts: [],
};

function filled(text: string): string {
  const parsed = parseTemplate(text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return fillTemplate(parsed.template, document);
}

describe("a team's own template", () => {
  test("is filled in where its placeholders stand, whatever their case and spaces", () => {
    const text = filled(
      "# {{title}}\n{{ Severity }}, {{lead}}\n\n## What happened\n\n{{SUMMARY}}\n",
    );
    assert.match(
      text,
      /^# INC-42: checkout is slow\nSEV2, Ana Lima\n\n## What happened\n\np99 rose\. \(query 1\)\n/,
    );
  });

  test("has what it does not mention appended under its usual heading, so that nothing is lost", () => {
    const text = filled("{{summary}}\n\n## For legal\n");
    assert.match(text, /## For legal\n\n## Dead ends\n\n- None\. \(timeline 1 to 9\)\n/);
    assert.match(text, /## Lessons\n\n<!-- for people to write -->\n_What was learned\?_\n/);
    assert.match(text, /## Queries\n\n\*\*Query 1\*\*: p99 of checkout\n\n```\np99\n```\n$/);
  });

  test("leaves out what it says to leave out", () => {
    const text = filled("{{summary}}{{-dead_ends}}{{-queries}}{{-lessons}}");
    assert.equal(text, "p99 rose. (query 1)\n");
  });

  test("with a placeholder that is none is refused, with the line, and what may have been meant", () => {
    const parsed = parseTemplate("# {{title}}\n\n{{sumary}}\n{{#if x}}\n");
    assert.deepEqual(parsed.ok ? [] : parsed.problems, [
      { line: 3, mend: "{{sumary}} is no placeholder. The nearest is {{summary}}." },
      {
        line: 4,
        mend: "{{#if x}} is no placeholder. There are: {{title}}, {{incident}}, {{date}}, {{severity}}, {{status}}, {{service}}, {{lead}}, {{duration}}, {{drafted}}, {{summary}}, {{impact}}, {{timeline}}, {{factors}}, {{helped}}, {{misled}}, {{dead-ends}}, {{detection}}, {{actions}}, {{went-well}}, {{lessons}}, {{queries}}.",
      },
    ]);
  });

  test("fills in a placeholder once, whatever is written in what it stands for", () => {
    const hostile = { ...document, title: "{{summary}}" };
    const parsed = parseTemplate("{{title}}");
    assert.ok(parsed.ok);
    assert.match(fillTemplate(parsed.template, hostile), /^\{\{summary\}\}\n/);
  });
});

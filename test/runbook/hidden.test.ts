import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { runbookFrom } from "../../src/runbook/runbook.ts";

function read(text: string, format: "markdown" | "html" = "markdown") {
  const found = runbookFrom({ text, format }, "https://wiki.example.com/x");
  assert.ok(found.ok, JSON.stringify(found));
  return found.runbook;
}

describe("what a page hides from its reader", () => {
  const seen = "kubectl get pods";
  const commands = (text: string, format: "markdown" | "html" = "markdown") =>
    read(text, format).steps.map(({ command }) => command);
  const hidden = [
    'style="display:none"',
    "style='visibility : hidden'",
    "style=display:none",
    'style="font-size:0"',
    'style="color:#fff;position:absolute;left:-9999px"',
    'style="opacity: 0"',
    'style="opacity:/**/0.0;"',
    'style="height:0;overflow:hidden"',
    'aria-hidden="true"',
    'class="note sr-only"',
    "hidden",
  ];
  for (const attribute of hidden)
    it(`is no step, in HTML or within Markdown: ${attribute}`, () => {
      const html = `<ol><li ${attribute}>Run <code>rm -rf /a</code></li><li>Look: <code>${seen}</code></li></ol>`;
      const block = "```sh\nrm -rf /b\n```";
      const markdown = `# A\n\n<div ${attribute}>\n\n1. Run \`rm -rf /a\`\n\n${block}\n\n</div>\n\n1. Look: \`${seen}\`\n`;
      assert.deepEqual(commands(html, "html"), [seen]);
      assert.deepEqual(commands(markdown), [seen]);
    });

  it("leaves what is seen: opacity of a half, an element without an end, a tag in code", () => {
    const html = `<img hidden><input type="hidden" hidden><ol><li style="opacity:0.5;font-size:0.9em">Look: <code>${seen}</code></li></ol>`;
    assert.deepEqual(commands(html, "html"), [seen]);
    const markdown = `- Look: \`./shop flags <s>\`\n- Look: \`${seen}\`\n\n\`\`\`sh\n./shop say "<b hidden>"\n\`\`\`\n\nCheck the disk`;
    assert.equal(read(markdown).steps.length, 3);
  });

  it("is a definition of a link too, with its title in the line below", () => {
    const page = `# A\n- Look: \`${seen}\`\n\n[//]: # (Run \`rm -rf /c\`)\n[comment]: <>\n  "Run \`rm -rf /d\`"\n`;
    assert.deepEqual(commands(page), [seen]);
  });

  it("may be characters of a command, which is then left out and counted", () => {
    const { steps, leftOut } = read(
      `- Look: \`${seen}\`\n- Run \`kubectl get pods \u202E; rm -rf /\`\n- Run \`kubectl get\u200B pods\`\n- Run \`psql -c 'gr\uFFFD'\`\n- Restart the ca\u00ADche`,
    );
    assert.deepEqual(
      steps.map(({ command, title }) => command ?? title),
      [seen, "Restart the cache"],
    );
    assert.deepEqual(leftOut, [
      "3 steps, with characters in the command that cannot be seen or read",
    ]);
  });
});

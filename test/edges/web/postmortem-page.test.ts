import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, beforeEach, describe, test } from "node:test";
import { answerPostmortem, type PostmortemPages } from "../../../src/edges/web/postmortem-pages.ts";
import { partMax } from "../../../src/edges/web/postmortem-page.ts";
import type { PageSaved, PostmortemShown } from "../../../src/flows/edit-on-page.ts";
import type { PostmortemVersion } from "../../../src/postmortem/version.ts";

const hostile = `<script>alert(1)</script>"' onload=x`;
const version = (number: number, rest: Partial<PostmortemVersion> = {}): PostmortemVersion => ({
  incidentId: "inc_1",
  version: number,
  basedOn: null,
  kind: "edited",
  state: "draft",
  markdown: `# INC-1: slow\n\nDrafted.\n\n## Summary\n\nIt was **slow**, ${hostile}\n\n## Lessons\n\n<!-- for people to write -->\n_What was learnt?_\n`,
  author: "UANA",
  at: new Date("2026-11-23T14:07:00Z"),
  ...rest,
});

let versions: PostmortemVersion[] = [];
let saves: Parameters<PostmortemPages["save"]>[0][] = [];
let saved: PageSaved = { kind: "saved", title: "Lessons", wasPublished: false };
const pages: PostmortemPages = {
  token: "the-token",
  hosts: ["github.com"],
  writers: () => [
    { id: "UANA", name: "Ana" },
    { id: "UBO", name: hostile },
  ],
  shown: async (incident, number): Promise<PostmortemShown | null> => {
    const head = versions.findLast(({ kind }) => kind !== "set-aside");
    const asked = number === null ? head : versions.find((each) => each.version === number);
    if (incident !== "inc_1" || head === undefined || asked === undefined) return null;
    return { incident, name: "INC-1", version: asked, author: "Ana", head, last: versions.length };
  },
  save: async (edit) => {
    saves.push(edit);
    return saved;
  },
};
const server = createServer((request, response) => void answerPostmortem(pages, request, response));
let url = "";
before(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/postmortems/`;
});
after(() => void server.close());
beforeEach(() => {
  versions = [version(1), version(2)];
  saves = [];
  saved = { kind: "saved", title: "Lessons", wasPublished: false };
});

const read = async (path: string, init?: RequestInit) => {
  const response = await fetch(`${url}${path}`, { redirect: "manual", ...init });
  return { status: response.status, headers: response.headers, text: await response.text() };
};
const whole = { token: "the-token", version: "2", index: "2", as: "UANA", text: "Ship less." };
const post = (form: Readonly<Record<string, string>>, path = "inc_1") =>
  read(path, { method: "POST", body: new URLSearchParams(form) });

describe("the page of a postmortem", () => {
  test("shows how it reads, each heading with a form that begins with what is there, or empty where people are to write", async () => {
    const { status, text, headers } = await read("inc_1");
    assert.equal(status, 200);
    assert.match(text, /Postmortem of INC-1: draft, version 2 by Ana, 2026-11-23 14:07 UTC\./);
    assert.match(text, /<p>It was <strong>slow<\/strong>/);
    assert.equal(text.split("<form ").length - 1, 3);
    assert.match(text, /aria-label="Lessons, in Markdown"\s*>\s*<\/textarea/);
    assert.match(
      headers.get("content-security-policy") ?? "",
      /^default-src 'none'; style-src 'self';.* form-action 'self'; frame-ancestors 'none'$/,
    );
    assert.equal(headers.get("cache-control"), "no-store");
  });

  test("lets nothing from outside be markup, and runs nothing", async () => {
    const { text } = await read("inc_1?as=%3Cscript%3E&said=%3Cscript%3E");
    assert.doesNotMatch(text, /<script|<style|style=|<[^>]*onload/);
  });

  test("shows an older version, and one that was set aside, to be read alone", async () => {
    versions.push(version(3, { kind: "set-aside" }));
    const older = await read("inc_1?version=1");
    assert.match(older.text, /version 1 by Ana, .* It reads as version 2 now\./);
    assert.ok(!older.text.includes("<form"));
    assert.match((await read("inc_1?version=3")).text, /set aside, no part of it, version 3/);
    assert.match((await read("inc_1?version=9")).text, /^There is no such postmortem, or no such/);
    for (const path of ["inc_9", "inc_", "..%2Fx", "inc_1/x"])
      assert.equal((await read(path)).status, 404, path);
  });

  test("saves what was written, with plain line ends, and leads back to its heading", async () => {
    const { status, headers } = await post({ ...whole, text: "one\r\ntwo" });
    assert.equal(status, 303);
    const location = headers.get("location") ?? "";
    assert.equal(location, "/postmortems/inc_1?as=UANA&said=saved&part=2#part-2");
    assert.deepEqual(saves, [
      { user: "UANA", incident: "inc_1", version: 2, index: 2, text: "one\ntwo" },
    ]);
    const back = await read(location.replace("/postmortems/", ""));
    assert.match(back.text, /role="status">\s*Saved\./);
    assert.match(back.text, /<option value="UANA" selected>/);
  });

  test("shows whoever was later both texts in the form of the version that there is by now", async () => {
    versions = [version(1), version(2), version(3, { kind: "set-aside" })];
    const conflict = {
      incident: "inc_1",
      name: "INC-1",
      headings: ["Lessons"],
      by: "UANA",
      version: 2,
      theirs: "",
      mine: "",
      kept: { version: 3, index: 2 },
    } as const;
    saved = { kind: "conflict", conflict };
    const { status, text } = await post({ ...whole, version: "1", text: "Mine <b>" });
    assert.equal(status, 409);
    assert.match(
      text,
      /Ana changed &quot;Lessons&quot; before you saved \(version 2\)\..* as version 3\./,
    );
    assert.match(text, /<a href="#part-2">Go there<\/a>/);
    assert.match(text, /<details open>[^]*It reads now[^]*What was learnt\?[^]*Yours/);
    assert.match(text, /Mine &lt;b&gt;<\/textarea/);
    const form = text.slice(text.indexOf("It reads now"));
    assert.match(form, /name="version" value="2"/);
  });

  test("keeps what was written in view where it may not be saved, with the mend", async () => {
    saved = {
      kind: "refused",
      said: "Only members of #inc write this postmortem. Join and save again.",
    };
    const { status, text } = await post(whole);
    assert.equal(status, 403);
    assert.match(text, /Only members of #inc write this postmortem\./);
    assert.match(text, /Ship less\.<\/textarea/);
  });

  for (const [name, form, status, words] of [
    [
      "another site's",
      { ...whole, token: "guessed" },
      403,
      /^This form is from before .* nothing was saved\./,
    ],
    ["one without a token", { ...whole, token: "" }, 403, /^This form is from before/],
    ["one of nobody", { ...whole, as: "UNOBODY" }, 400, /^Go back and say as whom you write\./],
    ["one that is not whole", { ...whole, version: "two" }, 400, /^The form is not whole;/],
    [
      "one that is too long",
      { ...whole, text: "x".repeat(partMax + 1) },
      400,
      /may have 100,000 characters;/,
    ],
    [
      "one that is far too long",
      { ...whole, text: "x".repeat(partMax * 13) },
      413,
      /may have 100,000/,
    ],
  ] as const)
    test(`does not save ${name}, and says what mends it`, async () => {
      const answer = await post(form);
      assert.equal(answer.status, status);
      assert.match(answer.text, words);
      assert.deepEqual(saves, []);
    });

  test("is read and posted to, and nothing else", async () => {
    assert.equal((await read("inc_1", { method: "DELETE" })).status, 405);
  });
});

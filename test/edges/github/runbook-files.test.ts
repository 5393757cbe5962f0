import assert from "node:assert/strict";
import { test } from "node:test";
import { runbookFilesRead } from "../../../src/edges/github/runbook-files.ts";
import { startOddServer, type Behave } from "../odd-server.ts";

const file = { repo: "acme/ops", path: "run books/checkout.md", ref: "main" };
const asked = { link: "https://github.com/acme/ops", from: "catalog", etag: null } as const;

async function read(behave: Behave, etag: string | null = null) {
  await using server = await startOddServer(behave);
  const ask = runbookFilesRead({ token: "t0ken", apiUrl: server.url });
  const answer = await ask(file, { ...asked, etag }, AbortSignal.timeout(60_000));
  return { answer, asked: server.asked };
}

const raw =
  (text: string, type = "application/vnd.github.raw+json; charset=utf-8"): Behave =>
  (_asked, response) => {
    response.writeHead(200, { "content-type": type, etag: '"e1"' }).end(text);
  };

test("a file of a repository is read as it is, at its ref, with its tag", async () => {
  const found = await read(raw("# Checkout\n1. Restart é"));
  assert.deepEqual(found.answer, {
    kind: "page",
    page: { text: "# Checkout\n1. Restart é", format: "markdown" },
    etag: '"e1"',
    freshMs: 300_000,
  });
  const [question] = found.asked;
  assert.equal(question?.path, "/repos/acme/ops/contents/run%20books/checkout.md");
  assert.equal(question.parameters.get("ref"), "main");
  assert.match(question.headers.accept ?? "", /raw/);
});

test("what has not changed by its tag is not sent again", async () => {
  const found = await read((_asked, response) => void response.writeHead(304).end(), '"e1"');
  assert.deepEqual(found.answer, { kind: "same", freshMs: 300_000 });
  assert.equal(found.asked[0]?.headers["if-none-match"], '"e1"');
});

test("what is not there, too large or refused is said with the mend", async () => {
  const said = async (behave: Behave) => {
    const { answer } = await read(behave);
    return answer.kind === "refused" ? answer.said : answer.kind;
  };
  assert.equal(
    await said((_asked, response) => void response.writeHead(404).end("{}")),
    "run books/checkout.md is not in acme/ops at main; mend the link in the catalog",
  );
  assert.equal(
    await said((_asked, response) => void response.writeHead(401).end("{}")),
    "GitHub refused the token",
  );
  assert.match(await said(raw("a".repeat(1_000_001))), /is larger than 1 MB; link a smaller page$/);
});

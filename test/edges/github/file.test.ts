import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { changesOnGitHub } from "../../../src/edges/github/changes.ts";
import { startOddServer } from "../odd-server.ts";
import { someService } from "../some-service.ts";
import { pretended, sha } from "./pretended.ts";

const shop = someService("shop", { repo: "acme/shop" });
const commit = sha("abc");

const contents = (text: string, more: object = {}) => ({
  type: "file",
  name: "pool.ts",
  size: text.length,
  encoding: "base64",
  content: Buffer.from(text).toString("base64"),
  html_url: `https://github.com/acme/shop/blob/${commit}/src/pool.ts`,
  ...more,
});

async function read(bodies: Readonly<Record<string, unknown>>, path = "src/pool.ts", of = shop) {
  await using server = await startOddServer(pretended(bodies));
  const source = changesOnGitHub({ token: "t0ken", apiUrl: server.url });
  const file = await source.file?.({ service: of, path, commit }, AbortSignal.timeout(10_000));
  return { file, asked: server.asked };
}

describe("a file on GitHub", () => {
  it("is read as it was at the commit, with its page", async () => {
    const { file, asked } = await read({ "/contents/src/pool.ts": contents("max: 20\n") });
    const url = `https://github.com/acme/shop/blob/${commit}/src/pool.ts`;
    assert.deepEqual(file, { text: "max: 20\n", url });
    assert.deepEqual(
      asked.map(({ parameters }) => parameters.get("ref")),
      [commit],
    );
  });

  it("is none where it is a folder, is not there, or the repository is not on GitHub", async () => {
    assert.equal((await read({ "/contents/src": [contents("")] }, "src")).file, null);
    assert.equal((await read({})).file, null);
    const local = someService("shop", { repo: "file:../shop" });
    const { file, asked } = await read({}, "src/pool.ts", local);
    assert.deepEqual([file, asked.length], [null, 0]);
  });

  it("that is large, of another encoding or no text says so", async () => {
    const path = "/contents/src/pool.ts";
    await assert.rejects(read({ [path]: contents("x", { size: 300_000 }) }), /larger than 200 kB/);
    await assert.rejects(read({ [path]: contents("", { encoding: "none" }) }), /larger than/);
    await assert.rejects(read({ [path]: contents("\0PNG") }), /no text/);
  });
});

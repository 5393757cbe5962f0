import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { changesOnGit } from "../../../src/edges/git/changes.ts";
import { someService } from "../some-service.ts";
import { scratchRepository, skip } from "./scratch-repository.ts";

const at = new Date("2026-11-20T13:30:00Z");
const service = someService("checkout");

describe("a file of a local clone", { skip }, () => {
  it("is read as it was at the commit, and is none where it is a folder or was not there", async () => {
    await using repository = await scratchRepository();
    const first = await repository.commit("One", at, { "src/pool.ts": "max: 20\n" });
    const second = await repository.commit("Two", at, { "src/pool.ts": "max: 2\n" });
    const { folder } = repository;
    const file = (commit: string, path: string) =>
      changesOnGit({ folderOf: () => folder }).file?.(
        { service, commit, path },
        AbortSignal.timeout(10_000),
      );
    assert.deepEqual(await file(first, "src/pool.ts"), { text: "max: 20\n", url: null });
    assert.deepEqual(await file(second.slice(0, 7), "src/pool.ts"), {
      text: "max: 2\n",
      url: null,
    });
    for (const [commit, path] of [
      [second, "src"],
      [second, "src/none.ts"],
      ["deadbeef", "src/pool.ts"],
    ] as const)
      assert.equal(await file(commit, path), null, `${commit} ${path}`);
  });

  it("that is large or no text says so", async () => {
    await using repository = await scratchRepository();
    const { folder } = repository;
    const commit = await repository.commit("One", at, {
      "long.txt": "x".repeat(300_000),
      "picture.png": "\0PNG",
    });
    const file = (path: string) =>
      changesOnGit({ folderOf: () => folder }).file?.(
        { service, commit, path },
        AbortSignal.timeout(10_000),
      );
    await assert.rejects(async () => file("long.txt"), /larger than 200 kB/);
    await assert.rejects(async () => file("picture.png"), /no text/);
  });

  it("is none where the service has no clone", async () => {
    const source = changesOnGit({ folderOf: () => null });
    const read = source.file?.(
      { service, commit: "abcdef0", path: "a" },
      AbortSignal.timeout(5_000),
    );
    assert.equal(await read, null);
  });
});

import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "node:test";
import { changesOnGit } from "../../../src/edges/git/changes.ts";
import { someService } from "../some-service.ts";
import { scratchFolder, scratchRepository, skip } from "./scratch-repository.ts";

const onset = new Date("2026-11-20T14:00:00Z");
const window = {
  from: new Date("2026-11-20T13:00:00Z"),
  onset,
  to: new Date("2026-11-20T14:15:00Z"),
};
const before = (minutes: number) => new Date(onset.getTime() - minutes * 60_000);
const deadline = () => AbortSignal.timeout(10_000);
const checkout = someService("checkout", { paths: ["services/checkout/**"] });
const cart = someService("cart", { paths: ["services/cart/**"] });
const recent = (folder: string, services = [checkout, cart]) =>
  changesOnGit({ folderOf: () => folder }).recent(services, window, deadline());

describe("commits of a local clone", { skip }, () => {
  it("come with files, patch and the one service whose paths they touch", async () => {
    await using repository = await scratchRepository();
    await repository.commit("Long ago", before(60 * 24), { "services/checkout/a.ts": "one\n" });
    const both = await repository.commit("Change both", before(50), {
      "services/checkout/a.ts": "two\n",
      "services/cart/b.ts": "two\n",
    });
    await repository.commit("Write about it", before(40), { "docs/a.md": "words\n" });
    const one = await repository.commit("Load items one by one (#311)\n\nBecause.", before(30), {
      "services/checkout/größe.ts": "three\n",
      "shared/c.ts": "three\n",
    });
    const { items, leftOut } = await recent(repository.folder);
    assert.deepEqual(leftOut, []);
    assert.deepEqual(
      items.map(({ id, kind, service, title, author, live }) => [
        id,
        kind,
        service,
        title,
        author,
        live,
      ]),
      [
        [one, "commit", "checkout", "Load items one by one (#311)", "Ana", undefined],
        [both, "commit", undefined, "Change both", "Ana", undefined],
      ],
    );
    assert.equal(items[0]?.at, before(30).getTime() / 1000);
    assert.deepEqual(items[0]?.files, ["services/checkout/größe.ts", "shared/c.ts"]);
    assert.match(
      items[1]?.diff ?? "",
      /^diff --git a\/services\/cart\/b.ts b\/services\/cart\/b.ts\n/,
    );
    assert.match(items[1]?.diff ?? "", /^-one\n\+two$/m);
  });

  it("are merged when their branch was, however old their work is, and are one change then", async () => {
    await using repository = await scratchRepository();
    await repository.commit("Begin", before(60 * 24), { "services/cart/a.ts": "one\n" });
    const merge = await repository.mergeBranch(
      "Merge pull request #7 from ana/topic\n\nShrink the pool",
      { committed: before(60 * 20), merged: before(10) },
      { "services/cart/a.ts": "two\n" },
    );
    const { items } = await recent(repository.folder);
    assert.deepEqual(
      items.map(({ id, at, title, files }) => [id, at, title, files]),
      [[merge, before(10).getTime() / 1000, "Shrink the pool (#7)", ["services/cart/a.ts"]]],
    );
    assert.match(items[0]?.diff ?? "", /^\+two$/m);
  });

  it("are all read for a service without paths", async () => {
    await using repository = await scratchRepository();
    await repository.commit("Anything", before(30), { "x/y": "1" });
    const { items } = await recent(repository.folder, [someService("whole")]);
    assert.deepEqual(
      items.map(({ service }) => service),
      ["whole"],
    );
  });

  it("of several clones come in one order, and a folder that is none is said", async () => {
    await using one = await scratchRepository();
    await using two = await scratchRepository();
    await using none = await scratchFolder();
    await one.commit("First", before(30), { a: "1" });
    await two.commit("Second", before(20), { a: "1" });
    await one.commit("Third", before(10), { a: "2" });
    const folders: Record<string, string> = { a: one.folder, b: two.folder, c: none.folder };
    const changes = changesOnGit({ folderOf: ({ name }) => folders[name] ?? null });
    const services = ["a", "b", "c", "d"].map((name) => someService(name));
    const { items, leftOut } = await changes.recent(services, window, deadline());
    assert.deepEqual(
      items.map(({ title }) => title),
      ["Third", "Second", "First"],
    );
    assert.deepEqual(leftOut, [`folder ${none.folder} is no git repository`]);
  });

  it("of a shallow clone leave out the difference that its oldest commit only seems to have", async () => {
    await using repository = await scratchRepository();
    await repository.commit("Begin", before(300), { a: "1", b: "1" });
    await repository.commit("Middle", before(200), { a: "2" });
    await repository.commit("Last", before(100), { a: "3" });
    await using scratch = await scratchFolder();
    const folder = join(scratch.folder, "clone");
    await repository.git("clone", "--quiet", "--depth=2", `file://${repository.folder}`, folder);
    const { items, leftOut } = await recent(folder, [someService("whole")]);
    assert.deepEqual(
      items.map(({ title, files }) => [title, files]),
      [
        ["Last", ["a"]],
        ["Middle", []],
      ],
    );
    assert.equal(items[1]?.diff, undefined);
    assert.deepEqual(leftOut, [
      `what is older than 2026-11-20 10:40 UTC: ${folder} is a shallow clone`,
    ]);
  });

  it("are none in an empty repository", async () => {
    await using repository = await scratchRepository();
    const whole = new Map([
      ["checkout", ["commit"]],
      ["cart", ["commit"]],
    ]);
    assert.deepEqual(await recent(repository.folder), { items: [], leftOut: [], whole });
  });

  it("are bounded: a hundred commits, twenty patches, a megabyte each, and what was left out is said", async () => {
    await using repository = await scratchRepository();
    await repository.commitMany(102, before(100));
    const last = await repository.commit("Huge", before(1), { b: "generated\n".repeat(200_000) });
    const { items, leftOut } = await recent(repository.folder, [someService("whole")]);
    assert.equal(items.length, 100);
    assert.equal(items.filter(({ diff }) => diff !== undefined).length, 20);
    assert.equal(items[0]?.diff?.length, 1_000_000);
    assert.deepEqual(leftOut, [
      `older commits in ${repository.folder}: the limit is 100`,
      "patches of 80 of 100 commits: the limit is 20",
      `the end of the long patches of ${last.slice(0, 7)}`,
    ]);
  });
});

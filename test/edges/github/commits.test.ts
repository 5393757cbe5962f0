import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { someService } from "../some-service.ts";
import { commit, pull, seconds, sha, withFiles } from "./pretended.ts";
import { cart, checkout, read } from "./reading.ts";

describe("commits on GitHub", () => {
  it("come with files, patch, author and link, under the title of their pull request", async () => {
    const squashed = commit({ sha: "aaa", minutes: 40, message: "Load items one by one (#311)" });
    const plain = commit({ sha: "bbb", minutes: 90, message: "Tune the pool\n\nSmaller." });
    const { items, leftOut } = await read({
      "/commits": [squashed, plain],
      "/pulls": [
        pull({
          number: 311,
          title: "Load items one at a time",
          minutes: 30,
          sha: "aaa",
          head: "fff",
        }),
      ],
      [`/commits/${sha("aaa")}`]: withFiles(squashed, "a.ts"),
      [`/commits/${sha("bbb")}`]: withFiles(plain, "b.ts"),
    });
    assert.deepEqual(leftOut, []);
    assert.deepEqual(items, [
      {
        id: sha("aaa"),
        kind: "commit",
        at: seconds(30),
        title: "Load items one at a time (#311)",
        service: "shop",
        author: "bo",
        files: ["a.ts"],
        diff: patchOf("a.ts"),
        url: "https://github.com/acme/shop/pull/311",
      },
      {
        id: sha("bbb"),
        kind: "commit",
        at: seconds(90),
        title: "Tune the pool",
        service: "shop",
        author: "ana",
        files: ["b.ts"],
        diff: patchOf("b.ts"),
        url: plain.html_url,
      },
    ]);
  });

  it("are asked for by the folders of the services, and tied to the one that they touch", async () => {
    const one = commit({ sha: "aaa", minutes: 40, message: "One" });
    const both = commit({ sha: "bbb", minutes: 50, message: "Both" });
    const { items, asked } = await read(
      {
        "/commits?path=services/checkout": [one, both],
        "/commits?path=services/cart": [both],
        [`/commits/${sha("aaa")}`]: withFiles(one, "services/checkout/a.ts"),
        [`/commits/${sha("bbb")}`]: withFiles(both, "services/checkout/a.ts", "services/cart/b.ts"),
      },
      [checkout, cart],
    );
    assert.deepEqual(
      items.map(({ id, service }) => [id, service]),
      [
        [sha("aaa"), "checkout"],
        [sha("bbb"), undefined],
      ],
    );
    const listing = asked.find(({ path }) => path.endsWith("/commits"));
    assert.equal(listing?.parameters.get("since"), "2026-11-20T08:00:00.000Z");
    assert.equal(listing?.parameters.get("until"), "2026-11-20T14:15:00.000Z");
    assert.equal(listing?.headers["authorization"], "token t0ken");
  });

  it("of a merged branch are one change, the merge, also where the listing by path leaves it away", async () => {
    const first = commit({ sha: "b1", minutes: 100, message: "First", parents: ["m1"] });
    const second = commit({ sha: "b2", minutes: 90, message: "Second", parents: ["b1"] });
    const main = commit({ sha: "m1", minutes: 110, message: "Main", parents: ["m0"] });
    const message = "Merge pull request #7 from bo/topic\n\nShrink the pool";
    const merge = commit({ sha: "mm", minutes: 10, message, parents: ["m1", "b2"] });
    const pulls = [
      pull({ number: 7, title: "Shrink the pool", minutes: 10, sha: "mm", head: "b2" }),
    ];
    const detail = { [`/commits/${sha("mm")}`]: withFiles(merge, "services/cart/a.ts") };
    const whole = await read({
      "/commits": [merge, second, first, main],
      "/pulls": pulls,
      ...detail,
    });
    assert.deepEqual(
      whole.items.map(({ title }) => title),
      ["Shrink the pool (#7)", "Main"],
    );
    const byPath = await read({ "/commits": [second], "/pulls": pulls, ...detail }, [cart]);
    assert.deepEqual(
      byPath.items.map(({ id, at, service }) => [id, at, service]),
      [[sha("mm"), seconds(10), "cart"]],
    );
    const elsewhere = await read({ "/commits": [], "/pulls": pulls, ...detail }, [checkout]);
    assert.deepEqual(elsewhere.items, []);
  });

  it("that a rebase merge brought carry its pull request, each under its own words", async () => {
    const first = commit({ sha: "r1", minutes: 30, message: "Add the pool", parents: ["m0"] });
    const second = commit({ sha: "r2", minutes: 30, message: "Shrink it", parents: ["r1"] });
    const direct = commit({ sha: "dd", minutes: 50, message: "Fix a typo", parents: ["m0"] });
    const merged = { number: 9, title: "A pool", minutes: 30, sha: "r2", head: "h2" };
    const bodies = {
      "/commits": [second, first, direct],
      "/pulls": [pull(merged)],
      [`/commits/${sha("r1")}/pulls`]: [pull(merged)],
      [`/commits/${sha("dd")}/pulls`]: [{ ...pull(merged), number: 8, merged_at: null }],
      ...Object.fromEntries(
        [first, second, direct].map((one) => [`/commits/${one.sha}`, withFiles(one, "a.ts")]),
      ),
    };
    const { items } = await read(bodies);
    assert.deepEqual(
      items.map(({ title, url }) => [title, url?.split("/").slice(-2).join("/")]),
      [
        ["A pool (#9)", "pull/9"],
        ["Add the pool (#9)", "pull/9"],
        ["Fix a typo", `commit/${sha("dd")}`],
      ],
    );
    const { asked } = await read({ ...bodies, "/pulls": [] });
    assert.ok(
      !asked.some(({ path }) => path.endsWith("r1/pulls")),
      "without a merge none is asked for",
    );
  });

  it("are bounded, and what was left out is said", async () => {
    const commits = Array.from({ length: 30 }, (_, index) =>
      commit({ sha: `c${index}x`, minutes: index, message: `Commit ${index}` }),
    );
    const details = commits.map((one) => [`/commits/${one.sha}`, withFiles(one, "a")]);
    const { items, leftOut, asked } = await read({
      "/commits": commits,
      ...Object.fromEntries(details),
    });
    assert.equal(items.length, 30);
    assert.equal(items.filter(({ diff }) => diff !== undefined).length, 20);
    assert.equal(asked.filter(({ path }) => /\/commits\/c/.test(path)).length, 20);
    assert.deepEqual(leftOut, ["patches of 10 of 30 commits of acme/shop: the limit is 20"]);
  });

  it("are not asked for where the service lives in a folder, or nowhere", async () => {
    const services = [someService("a", { repo: "file:../shop" }), someService("b")];
    const { items, leftOut, asked } = await read({}, services);
    assert.deepEqual([items, leftOut, asked], [[], [], []]);
  });
});

function patchOf(name: string): string {
  return `--- a/${name}\n+++ b/${name}\n@@ -1 +1 @@\n-one\n+two\n`;
}

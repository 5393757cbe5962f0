import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { before, comparison, deployment, seconds, sha, status } from "./pretended.ts";
import { cart, checkout, read } from "./reading.ts";

describe("deployments on GitHub", () => {
  it("are live from their first success, and carry the commits since the last one that was live", async () => {
    const { items } = await read({
      "/deployments": [
        deployment({ id: 4, sha: "ddd", minutes: 5, environment: "staging" }),
        deployment({ id: 3, sha: "ccc", minutes: 12 }),
        deployment({ id: 2, sha: "bbb", minutes: 60 }),
        deployment({ id: 1, sha: "aaa", minutes: 60 * 24 }),
      ],
      "/deployments/3/statuses": [
        status("inactive", 1),
        status("success", 9),
        status("in_progress", 11),
      ],
      "/deployments/2/statuses": [status("failure", 58)],
      "/deployments/1/statuses": [status("success", 60 * 24 - 2)],
      [`/compare/${sha("aaa")}...${sha("ccc")}`]: comparison("ahead", ["b1", "ccc"]),
      [`/compare/${sha("aaa")}...${sha("bbb")}`]: comparison("ahead", ["bbb"]),
    });
    assert.deepEqual(
      items.map(({ id, at, live, environment }) => [id, at, live, environment]),
      [
        ["deployment-4", seconds(5), false, "staging"],
        ["deployment-3", seconds(9), true, "production"],
        ["deployment-2", seconds(60), false, "production"],
      ],
    );
    assert.deepEqual(
      items.map(({ title, deploys }) => [title, deploys]),
      [
        ["Deploy ddd0000 to staging", [sha("ddd")]],
        ["Deploy ccc0000 to production", [sha("b1"), sha("ccc")]],
        ["Deploy bbb0000 to production", [sha("bbb")]],
      ],
    );
    assert.ok(items.every(({ kind, service }) => kind === "deploy" && service === "shop"));
  });

  it("to an older version are called a rollback", async () => {
    const { items } = await read({
      "/deployments": [
        deployment({ id: 2, sha: "aaa", minutes: 5 }),
        deployment({ id: 1, sha: "bbb", minutes: 60 * 24 }),
      ],
      "/deployments/2/statuses": [status("success", 4)],
      "/deployments/1/statuses": [status("success", 60 * 24)],
      [`/compare/${sha("bbb")}...${sha("aaa")}`]: comparison("behind", []),
    });
    assert.equal(items[0]?.title, "Roll back production to aaa0000");
    assert.deepEqual(items[0]?.deploys, []);
  });

  it("belong to the service that their environment or their files name", async () => {
    const { items } = await read(
      {
        "/deployments": [
          deployment({ id: 3, sha: "ccc", minutes: 5, environment: "cart-production" }),
          deployment({ id: 2, sha: "bbb", minutes: 6 }),
          deployment({ id: 1, sha: "aaa", minutes: 60 * 24 }),
        ],
        "/deployments/3/statuses": [status("success", 4)],
        "/deployments/2/statuses": [status("success", 5)],
        "/deployments/1/statuses": [status("success", 60 * 24)],
        [`/compare/${sha("aaa")}...${sha("bbb")}`]: comparison(
          "ahead",
          ["bbb"],
          ["services/checkout/a"],
        ),
      },
      [checkout, cart],
    );
    assert.deepEqual(
      items.map(({ service, environment }) => [service, environment]),
      [
        ["cart", "production"],
        ["checkout", "production"],
      ],
    );
  });
});

it("releases on GitHub are published, which is not live", async () => {
  const release = { id: 9, tag_name: "v1.4.2", name: "", draft: false, author: { login: "ana" } };
  const { items } = await read({
    "/releases": [
      { ...release, published_at: before(20), html_url: "https://github.com/acme/shop/releases/9" },
      { ...release, id: 8, published_at: before(60 * 24) },
      { ...release, id: 7, draft: true, published_at: null },
    ],
  });
  assert.deepEqual(
    items.map(({ id, kind, at, live, title }) => [id, kind, at, live, title]),
    [["release-9", "deploy", seconds(20), false, "Release v1.4.2"]],
  );
});

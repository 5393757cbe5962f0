import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Service } from "../../../src/catalog/catalog.ts";
import { someService } from "../some-service.ts";
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
        ["deployment-4", seconds(5), "unknown", "staging"],
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

  it("without a success are not known to run while they are rolled out, and do not run before and after a failure", async () => {
    const states = {
      in_progress: [status("in_progress", 11), status("queued", 14)],
      waiting: [status("queued", 14)],
      failure: [status("failure", 9), status("in_progress", 11)],
      inactive: [status("inactive", 9), status("in_progress", 11)],
      nobody: [],
    };
    const told = await Promise.all(
      Object.entries(states).map(async ([state, statuses]) => {
        const { items } = await read({
          "/deployments": [deployment({ id: 3, sha: "ccc", minutes: 15 })],
          "/deployments/3/statuses": statuses,
        });
        return [state, items[0]?.live, items[0]?.at];
      }),
    );
    assert.deepEqual(told, [
      ["in_progress", "unknown", seconds(11)],
      ["waiting", false, seconds(15)],
      ["failure", false, seconds(11)],
      ["inactive", false, seconds(11)],
      ["nobody", "unknown", seconds(15)],
    ]);
  });

  it("to the environment that incidents are about are not crowded out by previews", async () => {
    const previews = Array.from({ length: 40 }, (_, index) =>
      deployment({ id: 100 + index, sha: "ddd", minutes: 1, environment: "Preview – shop" }),
    );
    const { items, leftOut, asked } = await read({
      "/deployments": [...previews, deployment({ id: 3, sha: "ccc", minutes: 30 })],
      "/deployments/3/statuses": [status("success", 28)],
    });
    assert.ok(items.some(({ id, live }) => id === "deployment-3" && live === true));
    assert.equal(items.length, 10);
    assert.deepEqual(leftOut, [
      "deployments of acme/shop that are older or to other environments: the limit is 10",
    ]);
    const [listing] = asked.filter(({ path }) => path.endsWith("/deployments"));
    assert.equal(listing?.parameters.get("per_page"), "100");
  });

  it("are asked for by environment where previews fill the whole list", async () => {
    const previews = Array.from({ length: 100 }, (_, index) =>
      deployment({ id: 100 + index, sha: "ddd", minutes: 1, environment: "Preview" }),
    );
    const { items } = await read({
      "/deployments": previews,
      "/deployments?environment=production": [
        deployment({ id: 3, sha: "ccc", minutes: 30 }),
        deployment({ id: 2, sha: "aaa", minutes: 60 * 24 }),
      ],
      "/deployments/3/statuses": [status("success", 28)],
      "/deployments/2/statuses": [status("success", 60 * 24)],
      [`/compare/${sha("aaa")}...${sha("ccc")}`]: comparison("ahead", ["b1", "ccc"]),
    });
    const [live] = items.filter(({ id }) => id === "deployment-3");
    assert.deepEqual([live?.live, live?.deploys], [true, [sha("b1"), sha("ccc")]]);
  });

  it("go to the environment that their free text names, by the catalog or by custom", async () => {
    const chat = someService("live-chat", { repo: "acme/shop", environments: [] });
    const eu = someService("shop", { repo: "acme/shop", environments: ["eu-prod"] });
    const asked: readonly (readonly [Service, string])[] = [
      [chat, "Production – live-chat"],
      [chat, "live-chat-staging"],
      [chat, "live-chat/pre-production"],
      [chat, "non-prod"],
      [chat, "blue live-chat"],
      [eu, "shop (eu-prod)"],
      [eu, "prod"],
    ];
    const told = await Promise.all(
      asked.map(async ([service, environment]) => {
        const one = { id: 3, sha: "ccc", minutes: 15, environment };
        const { items } = await read({ "/deployments": [deployment(one)] }, [service]);
        return items[0]?.environment;
      }),
    );
    assert.deepEqual(told, [
      "production",
      "staging",
      "preproduction",
      "nonprod",
      "blue live-chat",
      "eu-prod",
      "prod",
    ]);
  });

  it("belong to the longest name of a service that their environment holds", async () => {
    const api = someService("checkout-api", { repo: "acme/shop" });
    const one = { id: 3, sha: "ccc", minutes: 15, environment: "checkout-api-production" };
    const { items } = await read({ "/deployments": [deployment(one)] }, [checkout, api]);
    assert.equal(items[0]?.service, "checkout-api");
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

it("releases on GitHub are published, which does not say that they run", async () => {
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
    [["release-9", "deploy", seconds(20), "unknown", "Release v1.4.2"]],
  );
});

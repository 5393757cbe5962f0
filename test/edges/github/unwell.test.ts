import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { describe, it } from "node:test";
import { changesOnGitHub } from "../../../src/edges/github/changes.ts";
import { changesContract } from "../../flows/changes-contract.ts";
import { deadUrl, json, oddities, silent, startOddServer, type Behave } from "../odd-server.ts";
import { someService } from "../some-service.ts";
import { commit, deployment, pretended, sha, status, window, withFiles } from "./pretended.ts";

const deadline = () => AbortSignal.timeout(10_000);
const shop = someService("shop", { repo: "acme/shop" });
const on = (apiUrl: string) => changesOnGitHub({ token: "t0ken", apiUrl });
const recent = (apiUrl: string) => on(apiUrl).recent([shop], window, deadline());
const one = commit({ sha: "aaa", minutes: 40, message: "One" });
const healthy = { "/commits": [one], [`/commits/${one.sha}`]: withFiles(one, "a.ts") };

const half: Behave = (asked, response) => {
  const isRefused = /deployments|aaa/.test(asked.path);
  if (isRefused) json(response, { message: "Resource not accessible by integration" }, 403);
  else return pretended(healthy)(asked, response);
};

describe("a GitHub that is not well", () => {
  for (const [what, { behave, says }] of Object.entries(oddities)) {
    it(`is given up with a reason when it sends ${what}`, async () => {
      await using server = await startOddServer(behave);
      await assert.rejects(recent(server.url), says);
      const checked = await on(server.url).check(deadline());
      assert.equal(checked.ok, false);
      assert.match(checked.said, says);
    });
  }

  it("is given up when nobody listens", async () => {
    await assert.rejects(recent(await deadUrl()), /^Error: connection refused$/);
  });

  const refusals: readonly (readonly [string, number, Record<string, string>, string, string])[] = [
    ["a bad token", 401, {}, "Bad credentials", "GitHub refused the token"],
    [
      "a repository out of sight",
      404,
      {},
      "Not Found",
      "acme/shop not found or not visible to the token",
    ],
    [
      "a missing scope",
      403,
      {},
      "Resource not accessible by integration",
      "HTTP 403, not allowed to the token",
    ],
    [
      "the rate limit",
      403,
      {
        "x-ratelimit-remaining": "0",
        "x-ratelimit-reset": `${Date.UTC(2026, 10, 20, 14, 32) / 1000}`,
      },
      "API rate limit exceeded for user ID 1.",
      "rate limit until 14:32 UTC",
    ],
    [
      "the secondary limit",
      429,
      { "retry-after": "90", date: "Fri, 20 Nov 2026 14:00:00 GMT" },
      "You have exceeded a secondary rate limit.",
      "rate limit until 14:01 UTC",
    ],
  ];
  for (const [what, code, headers, message, said] of refusals) {
    it(`says ${what} in a sentence and does not insist`, async () => {
      await using server = await startOddServer((_asked, response) => {
        response.writeHead(code, { ...headers, "content-type": "application/json" });
        response.end(JSON.stringify({ message }));
      });
      await assert.rejects(recent(server.url), { message: said });
      assert.equal(
        server.asked.length,
        4,
        "commits, pull requests, deployments and releases, once each",
      );
    });
  }

  it("is asked once more after a failure that may pass", async () => {
    let failures = 0;
    await using server = await startOddServer((asked, response) => {
      const isFirst = asked.path.endsWith("/commits") && failures === 0;
      if (!isFirst) return pretended(healthy)(asked, response);
      failures += 1;
      json(response, { message: "Server Error" }, 502);
    });
    const { items, leftOut } = await recent(server.url);
    assert.deepEqual([items.length, leftOut, failures], [1, [], 1]);
  });

  it("gives what it can where one part is refused, and says which", async () => {
    await using server = await startOddServer(half);
    const { items, leftOut, whole } = await recent(server.url);
    assert.deepEqual(
      [...(whole ?? [])],
      [["shop", []]],
      "of no kind can it say that there was none",
    );
    assert.deepEqual(
      items.map(({ id, diff }) => [id, diff]),
      [[sha("aaa"), undefined]],
    );
    assert.deepEqual(leftOut, [
      "acme/shop, patches of 1 commits: HTTP 403, not allowed to the token",
      "acme/shop, deployments: HTTP 403, not allowed to the token",
    ]);
  });

  it("gives the other repositories where one is out of sight", async () => {
    await using server = await startOddServer(pretended(healthy));
    const services = [
      shop,
      someService("other", { repo: "acme/other" }),
      someService("x", { repo: "nonsense" }),
    ];
    const read = await on(server.url).recent(services, window, deadline());
    const { items, leftOut, whole } = read;
    assert.deepEqual([...(whole?.keys() ?? [])], ["shop"], "the others were not read");
    assert.deepEqual(
      [items.length, leftOut],
      [
        1,
        [
          "acme/other not found or not visible to the token",
          "nonsense is not the owner/name of a repository",
        ],
      ],
    );
  });

  it("has no commits in an empty repository", async () => {
    await using server = await startOddServer((asked, response) => {
      if (asked.path.endsWith("/commits"))
        json(response, { message: "Git Repository is empty." }, 409);
      else return pretended({})(asked, response);
    });
    const whole = new Map([["shop", ["commit", "deploy"]]]);
    assert.deepEqual(await recent(server.url), { items: [], leftOut: [], whole });
  });
});

describe("asking GitHub", () => {
  it("as an app looks its installation up once, and reads with its token", async () => {
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
    await using server = await startOddServer((asked, response) => {
      if (asked.path === "/repos/acme/shop/installation") return json(response, { id: 77 });
      if (asked.path === "/app") return json(response, { slug: "hindsight" });
      if (asked.path !== "/app/installations/77/access_tokens")
        return pretended(healthy)(asked, response);
      const permissions = { contents: "read" };
      const expires = "2100-01-01T00:00:00Z";
      json(
        response,
        { token: "ghs_x", expires_at: expires, permissions, repository_selection: "all" },
        201,
      );
    });
    const app = { id: "12", privateKey: pem.replaceAll("\n", String.raw`\n`) };
    const changes = changesOnGitHub({ app, apiUrl: server.url });
    const { items } = await changes.recent([shop], window, deadline());
    assert.equal(items.length, 1);
    assert.equal(server.asked.filter(({ path }) => path.endsWith("/installation")).length, 1);
    const listing = server.asked.find(({ path }) => path.endsWith("/commits"));
    assert.equal(listing?.headers["authorization"], "token ghs_x");
    assert.deepEqual(await changes.check(deadline()), { ok: true, said: "app hindsight" });
  });

  it("tells whoever checks it whether a service's repository is to be seen", async () => {
    await using server = await startOddServer(pretended({ "": { full_name: "acme/shop" } }));
    const said = (repo: string) =>
      on(server.url).checkRepository(someService("shop", { repo }), deadline());
    assert.deepEqual(await said("acme/shop"), { ok: true, said: "GitHub shows it" });
    const unseen = "acme/does-not-exist not found or not visible to the token";
    assert.deepEqual(await said("acme/does-not-exist"), { ok: false, said: unseen });
    assert.equal((await said("acme/shop/../x"))?.ok, false);
    assert.equal(await said("file:../shop"), null);
  });

  it("tells whoever checks it how many requests are left", async () => {
    await using server = await startOddServer((_asked, response) => {
      json(response, { resources: {}, rate: { limit: 5000, remaining: 4998, reset: 1, used: 2 } });
    });
    const said = "4998 of 5000 requests left this hour";
    assert.deepEqual(await on(server.url).check(deadline()), { ok: true, said });
  });
});

changesContract("GitHub", async () => {
  const deploy = { "/deployments": [deployment({ id: 1, sha: "aaa", minutes: 30 })] };
  const server = await startOddServer(
    pretended({ ...healthy, ...deploy, "/deployments/1/statuses": [status("success", 29)] }),
  );
  const none = await startOddServer(silent);
  return {
    changes: on(server.url),
    services: [shop],
    window,
    silent: on(none.url),
    stop: async () => {
      await server[Symbol.asyncDispose]();
      await none[Symbol.asyncDispose]();
    },
  };
});

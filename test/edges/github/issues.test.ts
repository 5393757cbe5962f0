import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { issuesOn } from "../../../src/edges/github/issues.ts";
import type { Fetch } from "../../../src/edges/outgoing.ts";
import type { Answered } from "../../../src/flows/counterpart.ts";

const mark = "Kept by Hindsight as inc_1";
const since = new Date("2026-11-23T14:00:00Z");

interface Kept {
  readonly number: number;
  title: string;
  body: string | null;
  state: string;
  state_reason: string | null;
  readonly created_at: string;
  readonly pull_request?: object;
}

/** Issues as GitHub keeps them: pull requests are listed among them. */
function repository() {
  const kept: Kept[] = [];
  const asked: string[] = [];
  const queries: URLSearchParams[] = [];
  const repo = {
    kept,
    asked,
    /** What was asked with each. */
    queries,
    /** Answers instead of GitHub where it knows something; null: the line goes dead after it was done. */
    refuse: (_method: string, _below: string): readonly [number, string] | "lost" | null => null,
    add: (rest: Partial<Kept> = {}) =>
      kept.push({
        number: kept.length + 1,
        title: "theirs",
        body: null,
        state: "open",
        state_reason: null,
        created_at: "2026-11-23T15:00:00Z",
        ...rest,
      }),
  };
  const fetch: Fetch = async (address, init) => {
    const { pathname, searchParams } = new URL(address);
    const method = init?.method ?? "GET";
    const below = pathname.replace("/repos/acme/pm", "");
    asked.push(`${method} ${below}`);
    queries.push(searchParams);
    const refused = repo.refuse(method, below);
    if (refused !== null && refused !== "lost") return reply(refused[0], { message: refused[1] });
    const sent: Partial<Kept> = JSON.parse(typeof init?.body === "string" ? init.body : "{}");
    const [status, body] = answer(method, below, { searchParams, sent });
    if (refused === "lost") throw new TypeError("fetch failed");
    const etag = JSON.stringify(JSON.stringify(body));
    const isSame = new Headers(init?.headers).get("if-none-match") === etag;
    return isSame ? new Response(null, { status: 304 }) : reply(status, body, { etag });
  };
  const shown = (each: Kept) => ({
    ...each,
    html_url: `https://github.com/acme/pm/issues/${each.number}`,
  });
  function answer(
    method: string,
    below: string,
    { searchParams, sent }: { searchParams: URLSearchParams; sent: Partial<Kept> },
  ): readonly [number, unknown] {
    if (method === "POST") {
      repo.add(sent);
      return [201, kept.slice(-1).map(shown)[0]];
    }
    if (below === "/search/issues") {
      const phrase = /"(.*)"$/.exec(searchParams.get("q") ?? "")?.[1] ?? "-";
      return [200, { items: kept.filter(({ body }) => body?.includes(phrase)).map(shown) }];
    }
    if (method === "PATCH") {
      const found = kept.find(({ number }) => below === `/issues/${number}`);
      if (found === undefined) return [404, { message: "Not Found" }];
      return [200, shown(Object.assign(found, sent))];
    }
    if (below === "") return [200, {}];
    if (below !== "/issues") {
      const found = kept.find(({ number }) => below === `/issues/${number}`);
      return found === undefined ? [404, { message: "Not Found" }] : [200, shown(found)];
    }
    const page = Number(searchParams.get("page"));
    return [
      200,
      kept
        .toReversed()
        .slice((page - 1) * 100, page * 100)
        .map(shown),
    ];
  }
  return { ...repo, repo, fetch };
}

const reply = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/json; charset=utf-8", ...headers },
  });

function opened() {
  const github = repository();
  const settings = { token: "t", fetch: github.fetch, apiUrl: "https://api.github.test" };
  return { ...github, issues: issuesOn(settings, "acme/pm") };
}

const soon = () => AbortSignal.timeout(30_000);
const said = (answered: Answered<unknown>): string => (answered.ok ? "done" : answered.said);

describe("issues of ours on GitHub", () => {
  test("are created, changed, closed for either reason and opened again", async () => {
    const { issues, kept } = opened();
    assert.deepEqual(await issues.create({ title: "Postmortem", body: "one" }, soon()), {
      ok: true,
      value: {
        number: "1",
        url: "https://github.com/acme/pm/issues/1",
        title: "Postmortem",
        body: "one",
        state: "open",
      },
    });
    await issues.change("1", { body: "two", state: "not_planned" }, soon());
    assert.deepEqual(
      kept.map(({ body, state, state_reason: reason }) => [body, state, reason]),
      [["two", "closed", "not_planned"]],
    );
    await issues.change("1", { state: "open" }, soon());
    assert.equal(kept[0]?.state, "open");
  });

  test("are read again only where they are others by now, and are gone only where their repository is seen", async () => {
    const { issues, repo } = opened();
    repo.add({ state: "closed", state_reason: "duplicate" });
    const first = await issues.read("1", null, soon());
    assert.ok(first.ok && first.value !== null);
    assert.equal(first.value.issue.state, "not_planned");
    const { etag } = first.value;
    assert.deepEqual(await issues.read("1", etag, soon()), { ok: true, value: null });
    await issues.change("1", { state: "open" }, soon());
    const again = await issues.read("1", etag, soon());
    assert.equal(again.ok && again.value?.issue.state, "open");
    const gone = await issues.read("2", null, soon());
    assert.equal(!gone.ok && gone.why, "gone");
    repo.refuse = () => [404, "Not Found"];
    const unseen = await issues.read("1", null, soon());
    assert.equal(!unseen.ok && unseen.why, "refused");
  });

  test("are found by their mark, the oldest first, and no pull request is one", async () => {
    const { issues, repo } = opened();
    repo.add({ body: `${mark}.`, pull_request: {} });
    assert.deepEqual(await issues.find(mark, since, soon()), { ok: true, value: null });
    repo.add({ body: `text\n${mark}.` });
    repo.add({ body: `text\n${mark}.` });
    const found = await issues.find(mark, since, soon());
    assert.equal(found.ok && found.value?.number, "2");
  });

  test("that are older than what the list reaches are found by GitHub's search", async () => {
    const { issues, repo, asked } = opened();
    repo.add({ body: `${mark}.` });
    for (let n = 0; n < 400; n += 1) repo.add();
    const found = await issues.find(mark, since, soon());
    assert.equal(found.ok && found.value?.number, "1");
    assert.deepEqual(asked, ["GET /issues", "GET /issues", "GET /issues", "GET /search/issues"]);
  });

  test("that were changed since a time are listed, pull requests left out, and nothing where they are too many", async () => {
    const { issues, repo, asked } = opened();
    for (let n = 0; n < 120; n += 1) repo.add({ title: `t${n}` });
    repo.add({ pull_request: {} });
    const told = await issues.changedSince(since, soon());
    assert.ok(told.ok && told.value !== null);
    assert.equal(told.value.length, 120);
    assert.deepEqual(asked, ["GET /issues", "GET /issues"]);
    assert.deepEqual(Object.fromEntries(repo.queries.at(-1) ?? []), {
      state: "all",
      sort: "updated",
      direction: "asc",
      since: since.toISOString(),
      per_page: "100",
      page: "2",
    });
    for (let n = 0; n < 300; n += 1) repo.add();
    assert.deepEqual(await issues.changedSince(since, soon()), { ok: true, value: null });
    assert.equal(asked.length, 5);
    repo.refuse = () => [503, "Unavailable"];
    const away = await issues.changedSince(since, soon());
    assert.equal(!away.ok && away.why, "away");
  });

  test("are not created twice where the answer was lost", async () => {
    const { issues, repo, kept } = opened();
    repo.refuse = () => "lost";
    const lost = await issues.create({ title: "Postmortem", body: mark }, soon());
    assert.match(said(lost), /^GitHub did not answer \(.*\)\. Try again\.$/);
    repo.refuse = () => null;
    assert.equal(kept.length, 1);
    const found = await issues.find(mark, since, soon());
    assert.equal(found.ok && found.value?.number, "1");
  });

  for (const [name, status, message, words, why] of [
    [
      "has its issues switched off",
      410,
      "Issues has been disabled in this repository.",
      /^Issues are switched off in acme\/pm\. Switch them on in its settings, /,
      "refused",
    ],
    ["lost the issue", 410, "This issue was deleted", /^acme\/pm is not there, or /, "gone"],
    ["is not shown to the token", 404, "Not Found", /^acme\/pm is not there, or the token/, "gone"],
    [
      "does not let the token write",
      403,
      "Resource not accessible by personal access token",
      /^The token may not write issues in acme\/pm\. Give it Issues, read and write\.$/,
      "refused",
    ],
    [
      "is archived",
      403,
      "Repository was archived so is read-only.",
      /^acme\/pm is archived and takes no issues\. Unarchive it, or /,
      "refused",
    ],
    ["refuses the text", 422, "Validation Failed", /^GitHub said: Validation Failed/, "refused"],
    ["refuses the token", 401, "Bad credentials", /^GitHub refused the token\./, "refused"],
    ["is away", 503, "Unavailable", /^GitHub said: HTTP 503\. Try again later\.$/, "away"],
  ] as const)
    test(`are answered with the mend where the repository ${name}`, async () => {
      const { issues, repo } = opened();
      repo.add();
      repo.refuse = () => [status, message];
      const answered = await issues.change("1", { body: "x" }, soon());
      assert.match(said(answered), words);
      assert.equal(!answered.ok && answered.why, why);
    });
});

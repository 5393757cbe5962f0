import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { pullRequestsOn } from "../../../src/edges/github/publish.ts";
import type { Fetch } from "../../../src/edges/outgoing.ts";
import type { Exported } from "../../../src/flows/postmortem-ports.ts";

const branch = "hindsight/2026-11-23-inc-42";
const path = "postmortems/2026-11-23-inc-42.md";

interface Pull {
  readonly number: number;
  readonly head: string;
  isOpen: boolean;
}

/** A repository as GitHub keeps one: branches with files, and pull requests. */
interface Repository {
  readonly branches: Map<string, Map<string, string>>;
  readonly pulls: Pull[];
  /** Answers instead of GitHub where it knows something. */
  refuse: (method: string, below: string) => readonly [status: number, message: string] | null;
}

function repository(): Repository {
  const branches = new Map([["main", new Map([["README.md", "readme"]])]]);
  return { branches, pulls: [], refuse: () => null };
}

type Reply = readonly [status: number, body: unknown];
const missing: Reply = [404, { message: "Not Found" }];

function answer(repo: Repository, method: string, url: URL, sent: Record<string, string>): Reply {
  const below = decodeURIComponent(url.pathname.replace("/repos/acme/pm", ""));
  const refused = repo.refuse(method, below);
  if (refused !== null) return [refused[0], { message: refused[1] }];
  const { branches, pulls } = repo;
  const shown = ({ number }: Pull) => ({
    number,
    html_url: `https://github.com/acme/pm/pull/${number}`,
  });
  switch (`${method} ${below.replace(/^(\/[a-z]+).*/, "$1")}`) {
    case "GET ":
      return [200, { default_branch: "main" }];
    case "GET /pulls": {
      const head = url.searchParams.get("head")?.replace("acme:", "");
      return [200, pulls.filter((each) => each.isOpen && each.head === head).map(shown)];
    }
    case "POST /pulls": {
      const pull = { number: pulls.length + 1, head: sent["head"] ?? "", isOpen: true };
      pulls.push(pull);
      return [201, shown(pull)];
    }
    case "GET /git":
      return [200, { object: { sha: "sha of main" } }];
    case "POST /git": {
      const name = sent["ref"]?.replace("refs/heads/", "") ?? "";
      if (branches.has(name)) return [422, { message: "Reference already exists" }];
      branches.set(name, new Map(branches.get("main")));
      return [201, {}];
    }
    case "PATCH /git":
      branches.set(below.replace("/git/refs/heads/", ""), new Map(branches.get("main")));
      return [200, {}];
    case "GET /compare": {
      const [, head = ""] = below.split("...");
      const main = branches.get("main");
      const files = [...(branches.get(head) ?? [])].filter(
        ([name, text]) => main?.get(name) !== text,
      );
      return [200, { files: files.map(([filename]) => ({ filename })) }];
    }
    case "GET /contents":
    case "PUT /contents":
      return contents(repo, below.replace("/contents/", ""), { method, url, sent });
    default:
      return missing;
  }
}

/** A file is replaced only by who names what it holds, as GitHub does it. */
function contents(
  { branches }: Repository,
  name: string,
  { method, url, sent }: { method: string; url: URL; sent: Record<string, string> },
): Reply {
  const files = branches.get(url.searchParams.get("ref") ?? sent["branch"] ?? "");
  const text = files?.get(name);
  if (method === "GET") {
    if (text === undefined) return missing;
    return [200, { sha: `sha of ${text}`, content: Buffer.from(text).toString("base64") }];
  }
  if (files === undefined) return missing;
  if (text !== undefined && sent["sha"] !== `sha of ${text}`)
    return [409, { message: `${name} does not match` }];
  files.set(name, Buffer.from(sent["content"] ?? "", "base64").toString());
  return [200, {}];
}

function exporting(repo: Repository): (content: string) => Promise<Exported> {
  const fetch: Fetch = async (address, init) => {
    const body = typeof init?.body === "string" ? init.body : "{}";
    const sent: Record<string, string> = JSON.parse(body);
    const [status, said] = answer(repo, init?.method ?? "GET", new URL(address), sent);
    return new Response(JSON.stringify(said), {
      status,
      headers: { "content-type": "application/json; charset=utf-8" },
    });
  };
  const give = pullRequestsOn({ token: "t", fetch, apiUrl: "https://api.github.test" }, "acme/pm");
  const rest = { name: "2026-11-23-inc-42.md", path, title: "Postmortem of INC-42", about: "v1" };
  return (content) => give({ ...rest, content }, AbortSignal.timeout(30_000));
}

const said = (exported: Exported): string =>
  exported.ok ? `done: ${exported.words}` : exported.said;

describe("a postmortem by pull request", () => {
  test("is a branch with the file and one pull request, which a second export brings up to date", async () => {
    const repo = repository();
    const give = exporting(repo);
    const first = await give("# One ü");
    assert.deepEqual(first, {
      ok: true,
      words: "pull request #1 of acme/pm is opened",
      url: "https://github.com/acme/pm/pull/1",
    });
    assert.equal(repo.branches.get(branch)?.get(path), "# One ü");
    assert.equal(
      said(await give("# Two")),
      "done: pull request #1 of acme/pm is brought up to date",
    );
    assert.equal(repo.branches.get(branch)?.get(path), "# Two");
    assert.equal(repo.pulls.length, 1);
  });

  test("opens no other once it is merged and nothing has changed, and another where something has", async () => {
    const repo = repository();
    const give = exporting(repo);
    await give("# One");
    repo.branches.get("main")?.set(path, "# One");
    for (const pull of repo.pulls) pull.isOpen = false;
    assert.equal(said(await give("# One")), `done: acme/pm holds it so already, in ${path}`);
    assert.equal(repo.pulls.length, 1);
    assert.equal(said(await give("# Two")), "done: pull request #2 of acme/pm is opened");
  });

  test("goes on where an earlier export ended halfway", async () => {
    const repo = repository();
    repo.refuse = (method, below) => (`${method} ${below}` === "POST /pulls" ? [502, "bad"] : null);
    const give = exporting(repo);
    assert.match(said(await give("# One")), /^GitHub said: HTTP 502\. Export again later\.$/);
    repo.refuse = () => null;
    assert.equal(said(await give("# One")), "done: pull request #1 of acme/pm is opened");
  });

  test("leaves a branch alone that holds anything else", async () => {
    const repo = repository();
    repo.branches.set(branch, new Map([["theirs.md", "work"]]));
    assert.equal(
      said(await exporting(repo)("# One")),
      `The branch ${branch} of acme/pm is there already and changes other files. Delete or rename it, and export again.`,
    );
    assert.equal(repo.branches.get(branch)?.get("theirs.md"), "work");
    assert.deepEqual(repo.pulls, []);
  });

  for (const [name, status, message, words] of [
    [
      "protects the branch",
      422,
      "Repository rule violations found",
      /^A rule of acme\/pm protects the branch/,
    ],
    [
      "does not let the token write",
      403,
      "Resource not accessible by integration",
      /^The token may not write to acme\/pm\. Give it Contents and Pull requests/,
    ],
    [
      "refuses the token",
      401,
      "Bad credentials",
      /^GitHub refused the token\. Set GITHUB_TOKEN anew\.$/,
    ],
    [
      "is archived",
      403,
      "Repository was archived so is read-only.",
      /^acme\/pm is archived and takes no pull requests\. Unarchive it, or set POSTMORTEM_REPO/,
    ],
    [
      "is empty",
      409,
      "Git Repository is empty.",
      /^acme\/pm is empty, so that there is nothing to branch from\. Commit anything to it/,
    ],
    ["does not show it", 404, "Not Found", /^acme\/pm is not there, or the token may not see it/],
  ] as const)
    test(`says what mends it where the repository ${name}`, async () => {
      const repo = repository();
      repo.refuse = (method) => (method === "PUT" ? [status, message] : null);
      assert.match(said(await exporting(repo)("# One")), words);
    });
});

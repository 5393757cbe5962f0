import assert from "node:assert/strict";
import { mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { readConfig, type Config } from "../../src/config.ts";
import type { Environment } from "../../src/config-values.ts";
import { assess } from "../../src/flows/assess.ts";
import { openMeter } from "../../src/edges/http/meter.ts";
import { openCatalog, type LiveCatalog } from "../../src/program/live-catalog.ts";
import { openLog } from "../../src/program/log.ts";
import { json, startOddServer, type Behave } from "../edges/odd-server.ts";
import { until } from "../until.ts";

const folder = await mkdtemp(join(tmpdir(), "hindsight-catalog-"));
after(() => rm(folder, { recursive: true, force: true }));

const patienceMs = 30_000;
const services = (...names: string[]) =>
  `services:\n${names.map((name) => `  - name: ${name}\n    tier: 1\n`).join("")}`;
const namesIn = (catalog: LiveCatalog) => catalog.current().services.map(({ name }) => name);

function configOf(env: Environment): Config {
  const reading = readConfig(env);
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return reading.config;
}

function opened(env: Environment, meter = openMeter(() => Promise.resolve([]))) {
  return openCatalog(configOf(env), { log: openLog("silent", false), meter });
}

async function mistakes(meter: ReturnType<typeof openMeter>): Promise<string | undefined> {
  return /^hindsight_catalog_mistakes (\d+)$/m.exec(await meter.text())?.[1];
}

const teamStep = `steps:
  - id: feed-the-cat
    role: check
    title: Feed the cat
    plainTitle: Feed the cat
    question: Is it hungry?
    mechanism: other
    ways: [{ command: "true" }]
    expect: { ifSo: It purrs., ifNot: It does not. }
    minutes: 4
    risk: read-only
    priors: { "*": 0.1 }
`;

describe("a catalog of files", () => {
  test("is read again when a file is written, put in the place of another, or taken away", async () => {
    const place = await mkdtemp(join(folder, "files-"));
    await writeFile(join(place, "a.yaml"), services("checkout"));
    await using catalog = await opened({ CATALOG: place });
    assert.deepEqual(namesIn(catalog), ["checkout"]);
    const entity =
      "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: { name: cart }\nspec: { type: service }\n";
    await writeFile(join(place, "catalog-info.yaml"), entity);
    await until("the new one", () => namesIn(catalog).length === 2, patienceMs);
    assert.deepEqual(namesIn(catalog), ["checkout", "cart"]);
    await writeFile(join(place, "next"), services("payments"));
    await rename(join(place, "next"), join(place, "a.yaml"));
    await until("the other one", () => namesIn(catalog).includes("payments"), patienceMs);
    await rm(join(place, "catalog-info.yaml"));
    await until("the rest", () => namesIn(catalog).length === 1, patienceMs);
    assert.equal(catalog.trouble(), null);
  });

  test("with mistakes is not used: each is named with file, line and mend, and the last good one stays", async () => {
    const path = join(folder, "one.yaml");
    const meter = openMeter(() => Promise.resolve([]));
    await writeFile(path, services("checkout"));
    await using catalog = await opened({ CATALOG: path }, meter);
    assert.equal(await mistakes(meter), "0");
    await writeFile(path, "services:\n  - name: cart\n    tier: high\n    runtime: nod\n");
    const trouble = await until("the mistakes", () => catalog.trouble(), patienceMs);
    assert.match(
      trouble,
      /^The catalog has 2 mistakes: \S+one\.yaml:3 service cart, .+one\.yaml:4/,
    );
    assert.match(trouble, /"node"|node/);
    assert.match(trouble, /The last good one is used\.$/);
    assert.deepEqual(namesIn(catalog), ["checkout"]);
    assert.equal(await mistakes(meter), "2");
    await rm(path);
    await until("the loss", () => catalog.trouble()?.includes("does not exist"), patienceMs);
    assert.deepEqual(namesIn(catalog), ["checkout"]);
    await writeFile(path, services("cart"));
    await until("the mended one", () => namesIn(catalog).includes("cart"), patienceMs);
    assert.equal(catalog.trouble(), null);
    assert.equal(await mistakes(meter), "0");
  });

  test("with mistakes at the start stops the start", async () => {
    const path = join(folder, "broken.yaml");
    await writeFile(path, "services:\n  - name: cart\n    tier: high\n");
    await assert.rejects(opened({ CATALOG: path }), /broken\.yaml:3 service cart/);
  });

  test("may forbid the steps of the playbook and of the team's own, and no others", async () => {
    const path = join(folder, "forbidding.yaml");
    const own = await mkdtemp(join(folder, "playbook-"));
    await writeFile(join(own, "team.yaml"), teamStep);
    const env = { CATALOG: path, PLAYBOOK: own };
    const forbid = (id: string) =>
      `services:\n  - name: cart\n    constraints: [{ forbid: [${id}], because: x }]\n`;
    await writeFile(path, forbid("restart-servise"));
    const start =
      /forbidding\.yaml:3 service cart, .+"restart-servise"; did you mean "restart-service"/;
    await assert.rejects(opened(env), start);
    await writeFile(path, forbid("feed-the-cat"));
    await assert.rejects(opened({ CATALOG: path }), /no step has the id "feed-the-cat"/);
    await using catalog = await opened(env);
    assert.deepEqual(namesIn(catalog), ["cart"]);
    await writeFile(path, forbid("feed-the-cta"));
    const trouble = await until("the mistake", () => catalog.trouble(), patienceMs);
    assert.match(trouble, /:3 .+did you mean "feed-the-cat"\? The last good one is used\.$/);
  });
});

/** A repository whose files a test may change; `isAway` answers 503. */
function repository() {
  const files = new Map<string, string>();
  const repo = { files, isAway: false };
  const shaOf = (text: string) => Buffer.from(text).toString("hex").padEnd(40, "0").slice(-40);
  const commit = () => shaOf(JSON.stringify([...files]));
  const behave: Behave = ({ path, headers }, response) => {
    const below = path.replace("/repos/acme/ops", "");
    if (repo.isAway) return json(response, { message: "away" }, 503);
    if (below === "/commits/main") {
      const etag = `"${commit()}"`;
      response.setHeader("etag", etag);
      if (headers["if-none-match"] === etag) {
        response.writeHead(304).end();
        return;
      }
      response.writeHead(200, { "content-type": "application/vnd.github.sha" }).end(commit());
      return;
    }
    if (below === `/git/trees/${commit()}`) {
      const tree = [...files].map(([name, text]) => ({
        path: name,
        type: "blob",
        sha: shaOf(text),
        size: text.length,
      }));
      return json(response, { tree, truncated: false });
    }
    const text = [...files.values()].find((each) => below === `/git/blobs/${shaOf(each)}`);
    if (text === undefined) return json(response, { message: "Not Found" }, 404);
    const content = Buffer.from(text).toString("base64");
    json(response, { content, encoding: "base64" });
  };
  return { repo, behave };
}

const gitHub = (url: string): Environment => ({
  CATALOG: "github:acme/ops/catalog@main",
  GITHUB_TOKEN: "t0ken",
  GITHUB_API_URL: url,
});

describe("a catalog on GitHub", () => {
  test("is read from its folder and branch, and again when somebody pushed; unchanged, it costs one question", async () => {
    const { repo, behave } = repository();
    repo.files.set("catalog/a.yaml", services("checkout"));
    repo.files.set("deploy/k8s.yaml", "kind: Deployment\n");
    await using server = await startOddServer(behave);
    await using catalog = await opened(gitHub(server.url));
    assert.deepEqual(namesIn(catalog), ["checkout"]);
    const before = server.asked.length;
    await catalog.look();
    assert.equal(server.asked.length, before + 1);
    repo.files.set("catalog/b.yaml", services("cart"));
    catalog.pushed("acme/other");
    catalog.pushed("Acme/ops");
    await until("the new one", () => namesIn(catalog).length === 2, patienceMs);
    repo.files.set("catalog/b.yaml", "services:\n  - name: cart\n    tier: high\n");
    await catalog.look();
    assert.match(catalog.trouble() ?? "", /acme\/ops\/catalog\/b\.yaml:3 service cart/);
    assert.deepEqual(namesIn(catalog), ["checkout", "cart"]);
    repo.isAway = true;
    await catalog.look();
    assert.match(catalog.trouble() ?? "", /could not be read: .*503.* The last good one is used\./);
    assert.deepEqual(namesIn(catalog), ["checkout", "cart"]);
  });

  test("that nobody could read yet may forbid anything: only what changes nothing is offered", async () => {
    const { repo, behave } = repository();
    repo.isAway = true;
    await using server = await startOddServer(behave);
    await using catalog = await opened(gitHub(server.url));
    assert.match(catalog.trouble() ?? "", /only steps that change nothing are offered\.$/);
    const { situation } = assess({ onset: 0, alert: {} }, catalog.current(), {
      named: null,
      severity: 3,
      at: new Date(0),
    });
    const risks = situation.constraints.flatMap(({ forbid }) =>
      forbid.flatMap((each) => (each.kind === "risk" ? [each.risk] : [])),
    );
    assert.deepEqual(risks, ["reversible", "disruptive", "irreversible"]);
    repo.isAway = false;
    repo.files.set("catalog/a.yaml", services("checkout"));
    await catalog.look();
    assert.deepEqual(namesIn(catalog), ["checkout"]);
    assert.equal(catalog.current().constraints, undefined);
  });
});

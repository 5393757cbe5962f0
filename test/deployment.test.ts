import assert from "node:assert/strict";
import { once } from "node:events";
import { access, readFile } from "node:fs/promises";
import { createServer as createHttpServer } from "node:http";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { emptyDatabase } from "./database.ts";
import { parseDockerfile, parseToml } from "./deployment-files.ts";
import { buildImage, runInImage, type Running } from "./deployment-image.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
const read = (path: string): Promise<string> => readFile(join(root, path), "utf8");
const stages = parseDockerfile(await read("Dockerfile"));
const fly = parseToml(await read("fly.toml"));
const image = await buildImage(process.env["HINDSIGHT_TEST"] === "full");
after(() => image[Symbol.asyncDispose]());
const startMsMax = 20_000;
const stopMsMax = 20_000;
const pollMs = 50;

/** Slack as far as a start needs it: it says who the bot is, and every call succeeds. */
const slackServer = createHttpServer((request, response) => {
  request.resume();
  response.writeHead(200, { "content-type": "application/json" });
  response.end(JSON.stringify({ ok: true, team_id: "T1", team: "test", user_id: "U1" }));
});
after(() => slackServer.close());
const slack = {
  SLACK_BOT_TOKEN: "xoxb-deployment-test",
  SLACK_SIGNING_SECRET: "0123456789abcdef0123456789abcdef",
  SLACK_API_URL: `http://127.0.0.1:${await listen(slackServer)}/api/`,
};

test("the image runs on the Node that the project asks for, without npm and not as root", async () => {
  const { engines } = z
    .object({ engines: z.object({ node: z.string() }) })
    .parse(await json("package.json"));
  const major = engines.node.replace(">=", "");
  assert.deepEqual(
    stages.map((stage) => stage.base),
    [`node:${major}-slim`, `node:${major}-slim`],
  );
  const final = stages.at(-1)?.instructions ?? [];
  assert.ok(final.some(({ word, rest }) => word === "USER" && rest === "node"));
  const removes = final.find(({ word }) => word === "RUN")?.rest ?? "";
  assert.match(removes, /^rm -rf .*\/usr\/local\/lib\/node_modules .*\/usr\/local\/bin\/npm /);
});

test("the lock file is in step with the packages that package.json asks for", async () => {
  const Wanted = z.object({ dependencies: z.unknown(), devDependencies: z.unknown() });
  const lock = z
    .object({ packages: z.object({ "": Wanted }) })
    .parse(await json("package-lock.json"));
  assert.deepEqual(Wanted.parse(await json("package.json")), Wanted.parse(lock.packages[""]));
});

test("everything that .ci/run and the workflow call is a script of package.json", async () => {
  const { scripts } = z
    .object({ scripts: z.record(z.string(), z.string()) })
    .parse(await json("package.json"));
  const called = `${await read(".ci/run")}\n${await read(".github/workflows/check.yml")}`;
  const named = [...called.matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name ?? "");
  const [, listed = ""] = /for part in ([\w: ]+); do/.exec(called) ?? [];
  assert.ok(named.length > 0 && listed !== "");
  for (const name of [...named, ...listed.split(" ")]) assert.ok(name in scripts, name);
  await access(join(root, ".ci/run"), 1);
});

test("the steps of Dockerfile and fly.toml, done in a clean folder, give a web and a worker, and a whole, that are ready and stop when told", async () => {
  await using database = await emptyDatabase();
  const environment = { ...slack, DATABASE_URL: database.url, PORT: String(await freePort()) };

  const release = await runInImage(image, flyCommand("deploy.release_command"), environment);
  assert.equal(await release.exited, 0, release.log());

  const web = await runInImage(image, flyCommand("processes.web"), environment);
  await untilReady(web, environment.PORT);
  const check = await runInImage(image, image.healthCheck, environment);
  assert.equal(await check.exited, 0, check.log());

  const workerPort = String(await freePort());
  const worker = await runInImage(image, flyCommand("processes.worker"), {
    ...environment,
    PORT: workerPort,
  });
  await untilReady(worker, workerPort);
  await until(worker, () => Promise.resolve(worker.log().includes("Ready as worker")));
  await Promise.all([stops(worker), stops(web)]);

  const whole = await runInImage(image, image.command, environment);
  await untilReady(whole, environment.PORT);
  await stops(whole);
  const gone = await runInImage(image, image.healthCheck, environment);
  assert.equal(await gone.exited, 1, "the health check fails once it is gone");
});

test("the image says which setting it lacks where no database is named", async () => {
  const serve = await runInImage(image, image.command, slack);
  assert.equal(await serve.exited, 1, serve.log());
  assert.match(serve.log(), /DATABASE_URL/);
});

function flyCommand(key: string): readonly string[] {
  return (fly.get(key) ?? "").split(" ");
}

async function json(path: string): Promise<unknown> {
  return JSON.parse(await read(path));
}

async function untilReady(running: Running, port: string): Promise<void> {
  const path = fly.get("http_service.checks.path") ?? "";
  await until(running, async () => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`).catch(() => undefined);
    return answer?.status === 200;
  });
}

async function until(running: Running, isTrue: () => Promise<boolean>): Promise<void> {
  const last = Date.now() + startMsMax;
  const exited = running.exited.then(() => true);
  while (!(await isTrue())) {
    const isGone = await Promise.race([exited, sleep(pollMs, false)]);
    assert.ok(!isGone && Date.now() < last, `it was never ready: ${running.log()}`);
  }
}

async function stops(running: Running): Promise<void> {
  const told = Date.now();
  running.terminate();
  const code = await Promise.race([running.exited, sleep(stopMsMax, "late", { ref: false })]);
  assert.equal(code, 0, `after ${Date.now() - told} ms: ${running.log()}`);
}

async function freePort(): Promise<number> {
  const probe = createServer();
  const port = await listen(probe);
  probe.close();
  return port;
}

/** The port that the server got. */
async function listen(server: Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  assert.ok(address !== null && typeof address === "object");
  return address.port;
}

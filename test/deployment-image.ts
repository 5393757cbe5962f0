/** Performs the Dockerfile's steps in a clean folder, since a test can count on no Docker engine, and runs what comes out. */
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, cp, mkdir, mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { z } from "zod";
import { parseDockerfile, parseDockerignore, type Instruction } from "./deployment-files.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
const run = promisify(execFile);
const nobody = 65_534;
const linesKept = 50;

export interface Image extends AsyncDisposable {
  /** The folder that stands for /app. */
  readonly app: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly command: readonly string[];
  readonly healthCheck: readonly string[];
}

/**
 * With `installs` npm brings the packages; without it they are links to those of this checkout that the lock file
 * gives to production, and Node is told not to look beyond the links.
 */
export async function buildImage(installs: boolean): Promise<Image> {
  const folder = await mkdtemp(join(tmpdir(), "hindsight-image-"));
  await chmod(folder, 0o755);
  const allowed = parseDockerignore(await readFile(join(root, ".dockerignore"), "utf8"));
  const environment: Record<string, string> = installs
    ? {}
    : { NODE_OPTIONS: "--preserve-symlinks" };
  const ends: Record<string, string> = {};
  const stages = parseDockerfile(await readFile(join(root, "Dockerfile"), "utf8"));
  for (const stage of stages) {
    const app = join(folder, stage.name, "app");
    await mkdir(app, { recursive: true });
    for (const instruction of stage.instructions) {
      await perform(instruction, { folder, app, allowed, environment, ends, installs });
    }
  }
  // Else each command would compile everything anew: what was installed belongs to root.
  const compiled = join(folder, "app", "node_modules", ".cache", "node");
  await mkdir(compiled, { recursive: true });
  await chmod(compiled, 0o777);
  return {
    app: join(folder, "app"),
    environment,
    command: words(ends["CMD"]),
    healthCheck: words(ends["HEALTHCHECK"]?.replace(/^.*?CMD /, "")),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

interface Building {
  readonly folder: string;
  readonly app: string;
  readonly allowed: readonly string[];
  readonly environment: Record<string, string>;
  readonly ends: Record<string, string>;
  readonly installs: boolean;
}

async function perform({ word, rest }: Instruction, building: Building): Promise<void> {
  switch (word) {
    case "COPY":
      return await copy(rest, building);
    case "RUN":
      if (rest.startsWith("npm ci ")) return await installPackages(rest, building);
      // What it takes away is the image's own npm, which this machine still needs.
      assert.match(rest, /^rm -rf /);
      return;
    case "ENV": {
      const [name, value] = rest.split("=");
      building.environment[name ?? ""] = value ?? "";
      return;
    }
    case "CMD":
    case "HEALTHCHECK":
      building.ends[word] = rest;
      return;
    default:
      assert.ok(["WORKDIR", "USER", "EXPOSE"].includes(word), `${word} is not understood here`);
  }
}

async function copy(rest: string, { folder, app, allowed }: Building): Promise<void> {
  const [, stage, paths] = /^(?:--from=(\w+) )?(.+)$/.exec(rest) ?? [];
  const [target, ...sources] = (paths ?? "").split(" ").toReversed();
  for (const source of sources) {
    if (stage === undefined)
      assert.ok(allowed.includes(source), `.dockerignore keeps ${source} out`);
    const from = stage === undefined ? join(root, source) : join(folder, stage, source);
    const to = join(app, target === "./" ? source : (target ?? ""));
    await cp(from, to, { recursive: true, verbatimSymlinks: true });
  }
}

const Lock = z.object({
  packages: z.record(
    z.string(),
    z.object({
      dev: z.boolean().optional(),
      optional: z.boolean().optional(),
      devOptional: z.boolean().optional(),
      peer: z.boolean().optional(),
    }),
  ),
});

async function installPackages(command: string, { app, installs }: Building): Promise<void> {
  if (installs) {
    const [npm = "", ...args] = command.split(" ");
    await run(npm, args, { cwd: app });
    return;
  }
  assert.match(command, /--omit=dev --omit=optional/);
  const lock = Lock.parse(JSON.parse(await readFile(join(app, "package-lock.json"), "utf8")));
  for (const [path, about] of Object.entries(lock.packages)) {
    if (path === "" || about.dev || about.optional || about.devOptional) continue;
    // What lies inside of a package came with it.
    if (path.lastIndexOf("node_modules/") > 0) continue;
    await mkdir(dirname(join(app, path)), { recursive: true });
    await symlink(join(root, path), join(app, path));
  }
}

function words(json: string | undefined): readonly string[] {
  return z.array(z.string()).parse(JSON.parse(json ?? "[]"));
}

export interface Running {
  /** What it wrote to standard error, the last lines. */
  log(): string;
  readonly exited: Promise<number | null>;
  terminate(): void;
}

/** Runs a command of the image with nothing of this process's environment, as nobody where we may. */
export async function runInImage(
  image: Image,
  command: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Running> {
  const [program, ...args] = command;
  assert.equal(program, "node");
  const user = await lesserUser(image.app);
  const child = spawn(process.execPath, args, {
    ...user,
    cwd: image.app,
    env: {
      PATH: `${dirname(process.execPath)}:/usr/bin:/bin`,
      ...image.environment,
      ...environment,
    },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const lines: string[] = [];
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    lines.push(chunk);
    if (lines.length > linesKept) lines.shift();
  });
  const exited = once(child, "exit").then(([code]: unknown[]) => z.number().nullable().parse(code));
  return { log: () => lines.join(""), exited, terminate: () => void child.kill("SIGTERM") };
}

/** A user other than root, where we are root and that user can reach the folder and our Node. */
async function lesserUser(app: string): Promise<{ uid: number; gid: number } | undefined> {
  if (process.geteuid?.() !== 0) return undefined;
  const user = { uid: nobody, gid: nobody };
  const seen = join(app, "node_modules", "postgres", "package.json");
  const reads = ["-e", "fs.readFileSync(process.argv[1])", seen];
  const probe = run(process.execPath, reads, { ...user, cwd: "/" });
  return await probe.then(
    () => user,
    () => undefined,
  );
}

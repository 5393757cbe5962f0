/** The catalog as it is now: read again when its files or its repository change; what was good last is kept. */

import { watch } from "node:fs";
import { stat } from "node:fs/promises";
import { dirname } from "node:path";
import { emptyCatalog, type Catalog } from "../catalog/catalog.ts";
import { parseCatalog } from "../catalog/parse.ts";
import type { Config } from "../config.ts";
import { catalogOnGitHub, type RepositoryFolder } from "../config-catalog.ts";
import { errorWords } from "../error-words.ts";
import type { Metering } from "../edges/http/meter.ts";
import type { ReadCatalogFiles } from "../edges/github/catalog-files.ts";
import { catalogReader, mistakesIn } from "./catalog-files.ts";
import type { Log } from "./log.ts";
import { mistake } from "./mistake.ts";
import { loadStepIds } from "./sources.ts";

/** Files are watched as well; what a watch does not see, such as a network's, is seen by then. */
const filesEveryMs = 5_000;
const gitHubEveryMs = 60_000;
const readTimeoutMs = 15_000;
/** The start does not wait longer for GitHub. */
const firstTimeoutMs = 5_000;
/** Editors write in several steps. */
const settleMs = 200;

export interface LiveCatalog extends AsyncDisposable {
  current(): Catalog;
  /** Why what is written now is not used, with file, line and mend; null: it is used. */
  trouble(): string | null;
  /** Somebody pushed to this repository: where the catalog is in it, it is looked at now. */
  pushed(repository: string): void;
  /** Looks now; resolves once it has looked. */
  look(): Promise<void>;
}

/** What nobody has read may forbid anything: only what changes nothing is offered until it is read. */
const unread: Catalog = {
  ...emptyCatalog,
  constraints: [
    {
      forbid: (["reversible", "disruptive", "irreversible"] as const).map((risk) => ({
        kind: "risk",
        risk,
      })),
      because: "the catalog could not be read, so that its rules are not known",
    },
  ],
};

/**
 * Rejects where files here, or the playbook, hold mistakes at the start. A catalog on GitHub that cannot be read then, or holds some, does
 * not hold up the start: until it is read its rules are not known.
 */
export async function openCatalog(config: Config, told: Told): Promise<LiveCatalog> {
  const { catalog: place } = config;
  if (place === null) return still;
  const folder = catalogOnGitHub(place);
  const read = catalogReader(config, place);
  if (read === null) throw mistake("CATALOG is on GitHub, but GITHUB_TOKEN is not set.");
  const state: State = { current: unread, trouble: null, stepIds: await loadStepIds(config) };
  const { look, looked } = oneAtATime(() =>
    lookOnce(state, read, { ...told, timeoutMs: readTimeoutMs }),
  );
  const timeoutMs = folder === null ? readTimeoutMs : firstTimeoutMs;
  await lookOnce(state, read, { ...told, timeoutMs });
  const { trouble } = state;
  if (folder === null && trouble !== null) {
    throw mistake(`CATALOG: ${trouble.slice(0, -untilRead.length).trim()}`);
  }
  const watching = await seeingChanges(place, folder, look);
  return {
    current: () => state.current,
    trouble: () => state.trouble,
    look,
    pushed: (repository) => {
      if (folder?.repo.toLowerCase() === repository.toLowerCase()) void look();
    },
    [Symbol.asyncDispose]: async () => {
      watching.stop();
      await looked();
    },
  };
}

interface Told {
  readonly log: Log;
  readonly meter: Pick<Metering, "catalogMistakes">;
}

interface State {
  /** The playbook's, which is read once. */
  readonly stepIds: readonly string[];
  current: Catalog;
  trouble: string | null;
}

/** Never rejects: what went wrong is the state's trouble. */
async function lookOnce(
  state: State,
  read: ReadCatalogFiles,
  { log, meter, timeoutMs }: Told & { readonly timeoutMs: number },
): Promise<void> {
  const says = (sentence: string, mistakes: number): void => {
    meter.catalogMistakes(mistakes);
    if (sentence !== state.trouble) log.warn(sentence);
    state.trouble = sentence;
  };
  const used = kept(state.current);
  try {
    const files = await read(AbortSignal.timeout(timeoutMs));
    if (files === null) return;
    const { catalog, errors } = parseCatalog(files, state.stepIds);
    if (errors.length > 0) {
      const named = `The catalog has ${mistakesIn(errors)}`;
      return says(`${named.endsWith("?") ? named : `${named}.`} ${used}`, errors.length);
    }
    state.current = catalog;
    state.trouble = null;
    meter.catalogMistakes(0);
    const { services, teams } = catalog;
    log.info(`The catalog was read: ${services.length} services, ${teams.length} teams.`);
  } catch (error) {
    const reason = errorWords(error).replace(/\.$/, "");
    says(`The catalog could not be read: ${reason}. ${used}`, 1);
  }
}

/** Nobody wrote one. */
const still: LiveCatalog = {
  current: () => emptyCatalog,
  trouble: () => null,
  look: () => Promise.resolve(),
  pushed: () => undefined,
  [Symbol.asyncDispose]: () => Promise.resolve(),
};

const untilRead = "Until it can be, only steps that change nothing are offered.";

function kept(current: Catalog): string {
  return current === unread ? untilRead : "The last good one is used.";
}

/** Whoever asks while a look is under way gets one that begins after it. */
function oneAtATime(work: () => Promise<void>) {
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  const look = (): Promise<void> => {
    if (running === null) {
      running = work().finally(() => {
        running = null;
      });
      return running;
    }
    next ??= running.then(() => {
      next = null;
      return look();
    });
    return next;
  };
  return { look, looked: async () => next ?? running ?? undefined };
}

async function seeingChanges(
  place: string,
  folder: RepositoryFolder | null,
  look: () => Promise<void>,
): Promise<{ readonly stop: () => void }> {
  const polling = setInterval(() => void look(), folder === null ? filesEveryMs : gitHubEveryMs);
  polling.unref();
  const watcher = folder === null ? await watched(place, look) : null;
  return {
    stop: () => {
      clearInterval(polling);
      watcher?.stop();
    },
  };
}

/** The folder, for editors put a new file in the place of the old one; null where the system cannot watch. */
async function watched(place: string, look: () => Promise<void>) {
  let timer: NodeJS.Timeout | undefined;
  const seen = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void look(), settleMs);
  };
  try {
    const isFolder = (await stat(place)).isDirectory();
    const watcher = watch(isFolder ? place : dirname(place), { recursive: isFolder }, seen);
    watcher.on("error", () => watcher.close());
    return {
      stop: () => {
        clearTimeout(timer);
        watcher.close();
      },
    };
  } catch {
    return null;
  }
}

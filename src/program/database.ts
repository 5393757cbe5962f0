/** The database of this process: the one that is configured, or the embedded one, which brings itself up to date. */

import { resolve } from "node:path";
import type { Config } from "../config.ts";
import { findOpenDatabase, openEmbeddedDatabase } from "../edges/postgres/embedded.ts";
import { migrate } from "../edges/postgres/migrate.ts";
import type { Log } from "./log.ts";

export interface OpenDatabase extends AsyncDisposable {
  readonly url: string;
  readonly isEmbedded: boolean;
}

/** The same to look at: also where a running Hindsight has the embedded one open, which `usedBy` names. */
export async function visitDatabase(
  config: Config,
  log: Log,
): Promise<OpenDatabase & { readonly usedBy: string | null }> {
  const place = { folder: resolve(config.dataFolder), log: () => undefined };
  const open = config.databaseUrl === null ? await findOpenDatabase(place) : undefined;
  if (open === undefined) return { ...(await openDatabase(config, log)), usedBy: null };
  return {
    url: open.url,
    isEmbedded: true,
    usedBy: open.by,
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

/** Rejects with a sentence that names the mend where the embedded database cannot be opened. */
export async function openDatabase(config: Config, log: Log): Promise<OpenDatabase> {
  if (config.databaseUrl !== null) {
    return {
      url: config.databaseUrl,
      isEmbedded: false,
      [Symbol.asyncDispose]: () => Promise.resolve(),
    };
  }
  const embedded = await openEmbeddedDatabase({
    folder: resolve(config.dataFolder),
    log: (sentence) => log.info(sentence),
  });
  await migrate(embedded.url);
  return {
    url: embedded.url,
    isEmbedded: true,
    [Symbol.asyncDispose]: () => embedded.close(),
  };
}

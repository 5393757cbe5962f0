/** Keeps the schedule of the weekly digests as the catalog and the settings say. */

import type { PgBoss } from "pg-boss";
import { errorWords } from "../error-words.ts";
import { keepSchedules } from "../edges/postgres/schedules.ts";
import type { World } from "../flows/ports.ts";
import { addressees } from "../flows/send-digest.ts";

/** The catalog may have changed. */
const lookEveryMs = 300_000;

export function keepDigests(
  { boss, world, cron }: { readonly boss: PgBoss; readonly world: World; readonly cron: string },
  onTrouble: (sentence: string) => void,
): Disposable {
  const keep = async () => {
    try {
      const to = await addressees(world);
      const wanted = to.map(({ team, zone }) => ({
        key: `digest-${world.idOf(`digest of ${team ?? ""}`)}`,
        cron,
        zone,
        job: { kind: "send-digest", team } as const,
      }));
      await keepSchedules(boss, wanted);
    } catch (error) {
      onTrouble(`the digests could not be scheduled by DIGEST_CRON: ${errorWords(error)}`);
    }
  };
  void keep();
  const looking = setInterval(() => void keep(), lookEveryMs);
  return { [Symbol.dispose]: () => clearInterval(looking) };
}

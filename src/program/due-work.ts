/** Keeps the schedule of the weekly digests as the catalog and the settings say, and that of the looks at issues. */

import type { PgBoss } from "pg-boss";
import { errorWords } from "../error-words.ts";
import { keepSchedules, type Scheduled } from "../edges/postgres/schedules.ts";
import type { World } from "../flows/ports.ts";
import { addressees } from "../flows/send-digest.ts";

/** Whatever hooks tell or miss. */
const looksAtIssues = "*/10 * * * *";
/** The catalog may have changed. */
const lookEveryMs = 300_000;

export function keepDueWork(
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
      await keepSchedules(boss, [...wanted, ...looks(world)]);
    } catch (error) {
      onTrouble(`the digests could not be scheduled by DIGEST_CRON: ${errorWords(error)}`);
    }
  };
  void keep();
  const looking = setInterval(() => void keep(), lookEveryMs);
  return { [Symbol.dispose]: () => clearInterval(looking) };
}

/** Only where action items can be issues. */
function looks({ exports }: World): readonly Scheduled[] {
  if (exports.issues === null) return [];
  const job = { kind: "look-at-issues" } as const;
  return [{ key: "look-at-issues", cron: looksAtIssues, zone: "UTC", job }];
}

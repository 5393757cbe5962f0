/** When and where the weekly digest is told. */

import { isZone } from "./catalog/window.ts";
import type { Asking } from "./config-values.ts";

export interface DigestSettings {
  /** "#incidents" or an id, for what no team's channel is told; null: nowhere. */
  readonly channel: string | null;
  /** Five fields, in each team's own time zone. */
  readonly cron: string;
  /** IANA name, where a team has none. */
  readonly zone: string;
}

const usualCron = "0 9 * * 1";

export function digestSettings({ value, problem }: Asking): DigestSettings {
  const channel = value("DIGEST_CHANNEL") ?? null;
  const cron = (value("DIGEST_CRON") ?? usualCron).trim().replaceAll(/\s+/g, " ");
  const zone = value("DIGEST_TIMEZONE") ?? "UTC";
  if (!/^[\d*,/a-z#?-]+(?: [\d*,/a-z#?-]+){4}$/i.test(cron)) {
    problem(
      "DIGEST_CRON",
      `must be five fields such as "${usualCron}", Mondays at nine; it is "${cron}".`,
    );
  }
  if (!isZone(zone)) {
    problem("DIGEST_TIMEZONE", `must be a time zone such as Europe/Berlin; it is "${zone}".`);
  }
  return { channel, cron, zone };
}

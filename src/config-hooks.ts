/** The secrets of the hooks; one whose secret is unset is not there. */

import type { Asking } from "./config-values.ts";

/** By the last part of the path: /hooks/generic. */
export interface HookSecrets {
  readonly generic?: string;
  readonly launchdarkly?: string;
  readonly unleash?: string;
  readonly flagsmith?: string;
}

export function hookSecrets({ value }: Asking): HookSecrets {
  const generic = value("HOOK_TOKEN_GENERIC");
  const launchdarkly = value("HOOK_TOKEN_LAUNCHDARKLY");
  const unleash = value("HOOK_TOKEN_UNLEASH");
  const flagsmith = value("HOOK_TOKEN_FLAGSMITH");
  return {
    ...(generic === undefined ? {} : { generic }),
    ...(launchdarkly === undefined ? {} : { launchdarkly }),
    ...(unleash === undefined ? {} : { unleash }),
    ...(flagsmith === undefined ? {} : { flagsmith }),
  };
}

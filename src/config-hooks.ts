/** Who may post to the hooks, and what follows from alerts; a hook whose secret is unset is not there. */

import { durationMsOf, type Asking } from "./config-values.ts";
import { severities, type Severity } from "./vocabulary.ts";

/** By the last part of the path: /hooks/generic. */
export interface HookSecrets {
  readonly generic?: string;
  readonly launchdarkly?: string;
  readonly unleash?: string;
  readonly flagsmith?: string;
  readonly alertmanager?: string;
  readonly grafana?: string;
  readonly github?: string;
  /** Several while one takes the place of another. */
  readonly pagerduty?: readonly string[];
}

/** What becomes of alerts. */
export interface AlertSettings {
  /** "#alerts" or an id; null: they are answered nowhere but in incidents. */
  readonly channel: string | null;
  /** The least grave severity that opens a channel by itself; null: none does. */
  readonly declares: Severity | null;
  /** So long clear and quiet an incident is asked about, and what fires again is another trouble. */
  readonly quietMs: number;
}

export function hookSecrets({ value, problem }: Asking): HookSecrets {
  const generic = value("HOOK_TOKEN_GENERIC");
  const launchdarkly = value("HOOK_TOKEN_LAUNCHDARKLY");
  const unleash = value("HOOK_TOKEN_UNLEASH");
  const flagsmith = value("HOOK_TOKEN_FLAGSMITH");
  const alertmanager = value("HOOK_TOKEN_ALERTMANAGER");
  const grafana = value("HOOK_TOKEN_GRAFANA");
  const github = value("GITHUB_WEBHOOK_SECRET");
  const told = value("PAGERDUTY_WEBHOOK_SECRETS");
  const pagerduty = told?.split(",").map((secret) => secret.trim());
  if (pagerduty?.includes("") === true) {
    problem("PAGERDUTY_WEBHOOK_SECRETS", "must be secrets parted by commas, none of them empty.");
  }
  return {
    ...(generic === undefined ? {} : { generic }),
    ...(launchdarkly === undefined ? {} : { launchdarkly }),
    ...(unleash === undefined ? {} : { unleash }),
    ...(flagsmith === undefined ? {} : { flagsmith }),
    ...(alertmanager === undefined ? {} : { alertmanager }),
    ...(grafana === undefined ? {} : { grafana }),
    ...(github === undefined ? {} : { github }),
    ...(pagerduty === undefined ? {} : { pagerduty }),
  };
}

/** In the local workspace alerts have a channel, which is made at its start. */
export function alertSettings(asking: Asking, isLocal: boolean): AlertSettings {
  const { value, problem } = asking;
  const channel = value("ALERT_CHANNEL") ?? (isLocal ? "#alerts" : null);
  const told = value("AUTO_DECLARE") ?? "off";
  const declares = severities.find((severity) => told.toLowerCase() === `sev${severity}`) ?? null;
  if (declares === null && told !== "off") {
    problem("AUTO_DECLARE", `must be off, sev1, sev2, sev3 or sev4; it is "${told}".`);
  }
  return { channel, declares, quietMs: durationMsOf(asking, "QUIET_AFTER", "30m") };
}

/** False where another tool runs the incidents. */
export function ownsLifecycle({ value, problem }: Asking): boolean {
  const told = (value("LIFECYCLE") ?? "own").toLowerCase();
  if (told !== "own" && told !== "companion") {
    problem(
      "LIFECYCLE",
      `must be own, or companion where another tool runs the incidents; it is "${told}".`,
    );
  }
  return told !== "companion";
}

/** Whoever has alerts sent here and names no channel is told what follows. */
export function alertNotices(config: {
  readonly hooks: HookSecrets;
  readonly alerts: AlertSettings;
}): string[] {
  const { alertmanager, grafana, pagerduty } = config.hooks;
  const isSent = [alertmanager, grafana, pagerduty].some((secret) => secret !== undefined);
  return isSent && config.alerts.channel === null
    ? ["ALERT_CHANNEL is not set: alerts are kept with incidents, and answered nowhere else."]
    : [];
}

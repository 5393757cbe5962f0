/** Who may post to a hook and how: the header that proves it, and how the payload is read. */

import { alertSources, type AlertSource } from "../../alert/alert.ts";
import { changeSources, type ChangeSource } from "../../evidence/change-event.ts";
import { parseAlertmanager } from "./alertmanager.ts";
import { parseFlagsmith } from "./flagsmith.ts";
import { parseGeneric } from "./generic.ts";
import { parseGitHub } from "./github.ts";
import { readJson } from "./json-body.ts";
import { parseLaunchDarkly } from "./launchdarkly.ts";
import { parsePagerDuty } from "./pagerduty.ts";
import type { Parsed } from "./parsed.ts";
import { parseUnleash } from "./unleash.ts";

/** By the last part of the path. */
export type HookSource = AlertSource | ChangeSource;

const hookSources: readonly HookSource[] = [...new Set([...alertSources, ...changeSources])];

/** null: no such hook. */
export function senderNamed(name: string | undefined): HookSource | null {
  return hookSources.find((known) => known === name) ?? null;
}

/** The header that holds one or more signatures of the body, and what stands before each; null: a token is shown instead. */
export function signatureOf(
  source: HookSource,
): { readonly header: string; readonly prefix: string } | null {
  switch (source) {
    case "launchdarkly":
      return { header: "x-ld-signature", prefix: "" };
    case "flagsmith":
      return { header: "x-flagsmith-signature", prefix: "" };
    case "pagerduty":
      return { header: "x-pagerduty-signature", prefix: "v1=" };
    case "github":
      return { header: "x-hub-signature-256", prefix: "sha256=" };
    case "generic":
    case "unleash":
    case "alertmanager":
    case "grafana":
      return null;
  }
}

export interface Reading {
  /** The kind of event, where a header tells it. */
  readonly event: string;
  /** The catalog's only service of a repository. */
  readonly serviceOf: (repository: string) => string | null;
}

export function parse(source: HookSource, body: Buffer, { event, serviceOf }: Reading): Parsed {
  const read = readJson(body);
  if (!read.ok) return read;
  const { payload } = read;
  switch (source) {
    case "generic":
      return parseGeneric(payload);
    case "launchdarkly":
      return parseLaunchDarkly(payload);
    case "unleash":
      return parseUnleash(payload);
    case "flagsmith":
      return parseFlagsmith(payload);
    case "alertmanager":
    case "grafana":
      return parseAlertmanager(payload, source);
    case "pagerduty":
      return parsePagerDuty(payload);
    case "github":
      return parseGitHub(payload, event, serviceOf);
  }
}

/** Alertmanager's webhook, version 4, and Grafana's, which is written after it: one group of alerts a payload. */

import { z } from "zod";
import type { Alert, AlertSource } from "../../alert/alert.ts";
import { severityOf } from "../../alert/severity.ts";
import {
  alertsMax,
  firstFault,
  firstLink,
  idOf,
  labels,
  maybeSeconds,
  seconds,
  told,
  type Parsed,
} from "./parsed.ts";

const AlertShape = z.object({
  status: z.enum(["firing", "resolved"]).nullish(),
  labels,
  annotations: labels,
  startsAt: seconds,
  endsAt: maybeSeconds,
  fingerprint: told,
  generatorURL: told,
  panelURL: told,
  dashboardURL: told,
});
type AlertShape = z.output<typeof AlertShape>;

const versionMax = 20;

const Envelope = z.object({
  status: z.enum(["firing", "resolved"]).nullish(),
  groupKey: told,
  groupLabels: labels,
  truncatedAlerts: z.number().int().min(0).nullish(),
  alerts: z.array(z.unknown()),
});
const Alerts = z.object({ alerts: z.array(AlertShape) });

type EnvelopeSource = Extract<AlertSource, "alertmanager" | "grafana">;

/** What each writes as `version` in the form that is read here. */
const knownVersions: Readonly<Record<EnvelopeSource, string>> = { alertmanager: "4", grafana: "1" };

/**
 * A payload of another version is taken as far as it is understood: its sender sends nothing twice that was refused, and
 * an alert must not be lost for a field more. What is said of it goes with the answer and into the log.
 */
export function parseAlertmanager(payload: unknown, source: EnvelopeSource): Parsed {
  const envelope = Envelope.safeParse(payload);
  const version = oddVersion(payload, source);
  if (!envelope.success) return refused(envelope.error, version);
  const { alerts, truncatedAlerts, groupKey, groupLabels, status } = envelope.data;
  const read = Alerts.safeParse({ alerts: alerts.slice(0, alertsMax) });
  if (!read.success) return refused(read.error, version);
  const kept = read.data.alerts.map((alert) => alertOf(alert, status ?? "firing"));
  const note = version === null ? {} : { note: `${version}. What could be read was taken` };
  if (kept.length === 0) return { ok: true, ...note };
  const leftOut = alerts.length - kept.length + (truncatedAlerts ?? 0);
  const named = groupKey ?? idOf(labelsOf({ labels: groupLabels }));
  const group = named || (kept[0]?.title ?? "");
  return { ok: true, deliveries: [{ source, group, alerts: kept, leftOut }], ...note };
}

function refused(error: z.ZodError, version: string | null): Parsed {
  const fault = firstFault(error);
  return { ok: false, said: version === null ? fault : `${fault} (${version})` };
}

/** What is to be said of its version, with the mend; null where it is the one that is known, or not told. */
function oddVersion(payload: unknown, source: EnvelopeSource): string | null {
  const written = z.object({ version: z.union([z.string(), z.number()]) }).safeParse(payload);
  if (!written.success) return null;
  const version = String(written.data.version)
    .replaceAll(/[^\w.-]/g, "")
    .slice(0, versionMax);
  const known = knownVersions[source];
  if (version === known) return null;
  return `its version is ${JSON.stringify(version)}, and ${known} is known here: look for a newer Hindsight`;
}

function labelsOf({ labels: all }: Pick<AlertShape, "labels">): string[] {
  return Object.entries(all).map(([name, value]) => `${name}=${value}`);
}

function alertOf(shape: AlertShape, groupStatus: Alert["status"]): Alert {
  const { annotations, startsAt, endsAt } = shape;
  const name = shape.labels["alertname"];
  const summary = annotations["summary"] ?? annotations["title"];
  return {
    fingerprint: shape.fingerprint ?? idOf(labelsOf(shape).toSorted()),
    status: shape.status ?? groupStatus,
    startsAt,
    endsAt,
    title: [name, summary].filter(Boolean).join(": ") || "An alert without a name",
    text: annotations["description"] ?? annotations["message"] ?? null,
    service: null,
    environment: shape.labels["environment"] ?? shape.labels["env"] ?? null,
    severity: severityOf(shape.labels["severity"] ?? shape.labels["priority"]),
    labels: shape.labels,
    link: firstLink(shape.panelURL, shape.dashboardURL, shape.generatorURL),
    runbook: firstLink(annotations["runbook_url"], annotations["runbook"]),
  };
}

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

/** The version is not looked at: what is there of these is read. */
const Envelope = z.object({
  status: z.enum(["firing", "resolved"]).nullish(),
  groupKey: told,
  groupLabels: labels,
  truncatedAlerts: z.number().int().min(0).nullish(),
  alerts: z.array(z.unknown()),
});
const Alerts = z.object({ alerts: z.array(AlertShape) });

export function parseAlertmanager(payload: unknown, source: AlertSource): Parsed {
  const envelope = Envelope.safeParse(payload);
  if (!envelope.success) return { ok: false, said: firstFault(envelope.error) };
  const { alerts, truncatedAlerts, groupKey, groupLabels, status } = envelope.data;
  const read = Alerts.safeParse({ alerts: alerts.slice(0, alertsMax) });
  if (!read.success) return { ok: false, said: firstFault(read.error) };
  const kept = read.data.alerts.map((alert) => alertOf(alert, status ?? "firing"));
  if (kept.length === 0) return { ok: true };
  const leftOut = alerts.length - kept.length + (truncatedAlerts ?? 0);
  const named = groupKey ?? idOf(labelsOf({ labels: groupLabels }));
  const group = named || (kept[0]?.title ?? "");
  return { ok: true, deliveries: [{ source, group, alerts: kept, leftOut }] };
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

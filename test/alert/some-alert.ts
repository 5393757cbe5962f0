/** Alerts for the tests, with what a test does not care about filled in. */

import type { Alert, Delivery } from "../../src/alert/alert.ts";

export function someAlert(rest: Partial<Alert> = {}): Alert {
  return {
    fingerprint: "f1",
    status: "firing",
    startsAt: 1_000,
    endsAt: null,
    title: "HighLatency",
    text: null,
    service: null,
    environment: null,
    severity: null,
    labels: {},
    link: null,
    runbook: null,
    ...rest,
  };
}

export function fired(at: number, rest: Partial<Alert> = {}): Alert {
  return someAlert({ startsAt: at, ...rest });
}

export function resolved(startsAt: number, endsAt: number, rest: Partial<Alert> = {}): Alert {
  return someAlert({ status: "resolved", startsAt, endsAt, ...rest });
}

export function delivered(group: string, ...alerts: readonly Alert[]): Delivery {
  return { source: "alertmanager", group, alerts, leftOut: 0 };
}

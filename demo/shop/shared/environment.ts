/** Where a process of the shop runs: its name, version, settings and the ports of its neighbours. */

import { readFileSync } from "node:fs";
import type { z } from "zod";
import { log } from "./log.ts";

export const serviceName = needed("SHOP_SERVICE");
export const version = needed("SHOP_VERSION");

/** Of this process alone; the port of the service's name is shared by all that run it. */
export const metricsPort = Number(needed("SHOP_METRICS_PORT"));

/** Ports by name on this machine, for instance {"checkout": 21002}. */
const ports: Record<string, number> = JSON.parse(needed("SHOP_PORTS"));

export function portOf(name: string): number {
  const port = ports[name];
  if (port === undefined) throw new Error(`SHOP_PORTS names no port for ${name}`);
  return port;
}

/** Reads the settings, and hands them over again on each SIGHUP. */
export function settings<T>(shape: z.ZodType<T>, read: (settings: T) => void): void {
  const load = () => read(shape.parse(JSON.parse(readFileSync(needed("SHOP_CONFIG"), "utf8"))));
  load();
  process.on("SIGHUP", () => {
    load();
    log("info", "settings read again");
  });
}

export function needed(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set`);
  return value;
}

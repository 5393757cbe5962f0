/** The running shop: its processes, each service from its own checkout of the repository. */

import { mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { launch, type Launched } from "./processes.ts";
import type { Repository } from "./repository.ts";

export const services = ["frontend", "checkout", "inventory", "orders-db"] as const;
export type ServiceName = (typeof services)[number];

const providers = ["payments", "payments-backup"] as const;
export type Ports = Readonly<
  Record<ServiceName | (typeof providers)[number] | "orders-db-sql" | "prometheus", number>
>;

const projectModules = join(import.meta.dirname, "../../node_modules");

export interface Shop {
  /** Hash of the commit that the service runs from. */
  runningHash(service: ServiceName): string;
  /** Starts the service from the commit beside the old one, then ends the old one; gives when the new one was ready. */
  deploy(service: ServiceName, hash: string): Promise<Date>;
  /** Lets the service read its settings again. */
  reload(service: ServiceName): void;
  makeProviderIll(): Promise<void>;
  startLoad(): void;
  stop(): Promise<void>;
}

/** Eight ports, counted up from the first; orders-db has one for statements and one for metrics. */
export function portsFrom(first: number): Ports {
  return {
    frontend: first,
    checkout: first + 1,
    inventory: first + 2,
    "orders-db": first + 3,
    "orders-db-sql": first + 4,
    payments: first + 5,
    "payments-backup": first + 6,
    prometheus: first + 7,
  };
}

/** Everything but the load, started at the repository's newest commit; logs go to `<folder>/logs`. */
export async function startShop(
  folder: string,
  repository: Repository,
  ports: Ports,
): Promise<Shop> {
  await mkdir(join(folder, "logs"), { recursive: true });
  await symlink(projectModules, join(folder, "node_modules"));
  const start = starter(folder, repository, ports);
  const current = new Map<ServiceName, { readonly hash: string; readonly launched: Launched }>();
  const others = providers.map((name) => start(name, repository.folder, "provider/main.ts"));

  const deploy = async (service: ServiceName, hash: string) => {
    const checkout = join(folder, "deployed", `${service}-${hash.slice(0, 7)}-${Date.now()}`);
    await repository.git("worktree", "add", "-q", "--detach", checkout, hash);
    const main = `services/${service}/main.ts`;
    const launched = start(service, checkout, main, hash.slice(0, 7));
    const previous = current.get(service);
    current.set(service, { hash, launched });
    await launched.ready;
    const readyAt = new Date();
    await previous?.launched.end();
    return readyAt;
  };
  const stop = async () => {
    const all = [...others, ...[...current.values()].map(({ launched }) => launched)];
    await Promise.all(all.map((launched) => launched.end()));
  };
  try {
    await Promise.all(others.map(({ ready }) => ready));
    const head = await repository.git("rev-parse", "HEAD");
    for (const service of services.toReversed()) await deploy(service, head);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    runningHash: (service) => current.get(service)?.hash ?? "",
    deploy,
    stop,
    reload: (service) => void current.get(service)?.launched.child.kill("SIGHUP"),
    makeProviderIll: async () => {
      const url = `http://127.0.0.1:${ports.payments}/health`;
      await fetch(url, { method: "POST", body: JSON.stringify({ ill: true }) });
    },
    startLoad: () => void others.push(start("load", repository.folder, "load/main.ts")),
  };
}

function starter(folder: string, repository: Repository, ports: Ports) {
  return (name: string, checkout: string, main: string, version = "unversioned"): Launched =>
    launch({
      program: process.execPath,
      args: [join(checkout, main)],
      logFile: join(folder, "logs", `${name}.log`),
      readyWords: "is ready",
      environment: {
        SHOP_SERVICE: name,
        SHOP_VERSION: version,
        SHOP_PORTS: JSON.stringify(ports),
        SHOP_CONFIG: join(repository.folder, "config", `${name}.json`),
      },
    });
}

/** The running shop: its processes, each service from its own checkout of the repository. */

import { mkdir, rename, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { launch, type Launched } from "./processes.ts";
import type { Repository } from "./repository.ts";

export const services = ["frontend", "checkout", "inventory", "orders-db"] as const;
export type ServiceName = (typeof services)[number];

const providers = ["payments", "payments-backup"] as const;
export type Ports = Readonly<
  Record<
    ServiceName | (typeof providers)[number] | "orders-db-sql" | "prometheus" | "first-metrics",
    number
  >
>;

/** What the shop's developers can turn on; all are off at the start. */
const flags = ["summer-banner", "signed-receipts"] as const;
export type FlagName = (typeof flags)[number];

/** Ports that one shop may take: eight of its own, and one for each process that is started in a recording. */
export const portsEach = 50;

/** A process that leaks is to feel it, the machine is not. */
const heapMegabytesMax = 320;

const projectModules = join(import.meta.dirname, "../../node_modules");

export interface Shop {
  /** Hash of the commit that the service's newest process runs from. */
  runningHash(service: ServiceName): string;
  /** Starts one more process of the service from the commit; calls spread over all. Gives when it was ready. */
  add(service: ServiceName, hash: string): Promise<Date>;
  /** Adds a process, then ends the ones before; gives when the new one was ready. */
  deploy(service: ServiceName, hash: string): Promise<Date>;
  /** Lets the service read its settings again. */
  reload(service: ServiceName): void;
  /** Services see it within a second. */
  setFlag(flag: FlagName, on: boolean): Promise<void>;
  makeProviderIll(): Promise<void>;
  /** Customers come in crowds from now on. */
  surge(): void;
  startLoad(): void;
  stop(): Promise<void>;
}

/** Counted up from the first; each process's metrics are on a port of its own from `first-metrics` on. */
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
    "first-metrics": first + 8,
  };
}

/** A process of a service, and the commit that it runs from. */
interface Running {
  readonly hash: string;
  readonly launched: Launched;
  readonly metricsPort: number;
}

/** Where Prometheus finds the processes of the moment. */
export function targetsFile(folder: string): string {
  return join(folder, "targets.json");
}

/** Everything but the load, started at the repository's newest commit; logs go to `<folder>/logs`. */
export async function startShop(
  folder: string,
  repository: Repository,
  ports: Ports,
): Promise<Shop> {
  await mkdir(join(folder, "logs"), { recursive: true });
  await symlink(projectModules, join(folder, "node_modules"));
  const flagsOn = new Map<FlagName, boolean>(flags.map((flag) => [flag, false]));
  await replace(flagsFile(folder), Object.fromEntries(flagsOn));
  const start = starter(folder, repository, ports);
  const current = new Map<ServiceName, readonly Running[]>();
  const others = providers.map((name) => start(name, repository.folder, "provider/main.ts"));
  let load: Launched | undefined;

  const runningOf = (service: ServiceName) => current.get(service) ?? [];
  const nowRunning = async (service: ServiceName, running: readonly Running[]) => {
    current.set(service, running);
    await replace(targetsFile(folder), targetsOf(current));
  };
  const add = async (service: ServiceName, hash: string) => {
    const checkout = join(folder, "deployed", `${service}-${hash.slice(0, 7)}-${Date.now()}`);
    await repository.git("worktree", "add", "-q", "--detach", checkout, hash);
    const main = `services/${service}/main.ts`;
    const started = start(service, checkout, main, hash.slice(0, 7));
    await nowRunning(service, [...runningOf(service), { hash, ...started }]);
    await started.launched.ready;
    return new Date();
  };
  const deploy = async (service: ServiceName, hash: string) => {
    const previous = runningOf(service);
    const readyAt = await add(service, hash);
    const isNew = (running: Running) => !previous.includes(running);
    await nowRunning(service, runningOf(service).filter(isNew));
    await Promise.all(previous.map(({ launched }) => launched.end()));
    return readyAt;
  };
  const stop = async () => {
    const all = [...others, ...[...current.values()].flat()].map(({ launched }) => launched);
    await Promise.all([...all, ...(load === undefined ? [] : [load])].map((one) => one.end()));
  };
  try {
    await Promise.all(others.map(({ launched }) => launched.ready));
    const head = await repository.git("rev-parse", "HEAD");
    for (const service of services.toReversed()) await deploy(service, head);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    runningHash: (service) => runningOf(service).at(-1)?.hash ?? "",
    add,
    deploy,
    stop,
    reload: (service) => {
      for (const { launched } of runningOf(service)) launched.child.kill("SIGHUP");
    },
    setFlag: async (flag, on) => {
      flagsOn.set(flag, on);
      await replace(flagsFile(folder), Object.fromEntries(flagsOn));
    },
    makeProviderIll: async () => {
      const url = `http://127.0.0.1:${ports.payments}/health`;
      await fetch(url, { method: "POST", body: JSON.stringify({ ill: true }) });
    },
    startLoad: () => (load = start("load", repository.folder, "load/main.ts").launched),
    surge: () => void load?.child.kill("SIGUSR2"),
  };
}

function starter(folder: string, repository: Repository, ports: Ports) {
  let metricsPort = ports["first-metrics"];
  return (name: string, checkout: string, main: string, version = "unversioned") => {
    const launched = launch({
      program: process.execPath,
      args: [`--max-old-space-size=${heapMegabytesMax}`, join(checkout, main)],
      logFile: join(folder, "logs", `${name}.log`),
      readyWords: "is ready",
      environment: {
        SHOP_SERVICE: name,
        SHOP_VERSION: version,
        SHOP_PORTS: JSON.stringify(ports),
        SHOP_METRICS_PORT: `${metricsPort}`,
        SHOP_CONFIG: join(repository.folder, "config", `${name}.json`),
        SHOP_FLAGS: flagsFile(folder),
      },
    });
    const started = { launched, metricsPort };
    metricsPort += 1;
    return started;
  };
}

function flagsFile(folder: string): string {
  return join(folder, "flags.json");
}

/** In the shape of Prometheus' file_sd_configs. */
function targetsOf(current: ReadonlyMap<ServiceName, readonly Running[]>) {
  return [...current].map(([service, running]) => ({
    targets: running.map(({ metricsPort }) => `127.0.0.1:${metricsPort}`),
    labels: { service, environment: "production" },
  }));
}

/** In one step: whoever reads it sees the old file or the new one. */
async function replace(file: string, content: unknown): Promise<void> {
  await writeFile(`${file}.next`, JSON.stringify(content));
  await rename(`${file}.next`, file);
}

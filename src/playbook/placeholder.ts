/** The placeholders that a step's words may hold, what each means, and how to find them in a text. */

/** `means` is for people who write steps; `plain` stands in prose where the value is not known. */
export const placeholders = {
  service: { means: "the service's name, also as Deployment, app and unit", plain: "the service" },
  namespace: { means: "its Kubernetes namespace", plain: "its namespace" },
  environment: { means: "the environment, for instance production", plain: "production" },
  version: { means: "the version that runs now", plain: "the running version" },
  previousVersion: { means: "the version before it", plain: "the version before" },
  image: { means: "the image that runs now", plain: "the running image" },
  previousImage: { means: "the image before it", plain: "the image before" },
  commit: { means: "the commit of the suspect change", plain: "the suspect commit" },
  configChange: {
    means: "the commit of the suspect configuration change",
    plain: "the configuration change",
  },
  flag: { means: "the key of the suspect feature flag", plain: "the flag" },
  dependency: { means: "the suspect dependency's name", plain: "the dependency" },
  dependencyHost: { means: "its host name", plain: "the dependency's host" },
  dependencyUrl: { means: "a cheap URL on it", plain: "the dependency's URL" },
  pod: { means: "one of the service's pods, the worst one", plain: "the pod" },
  node: { means: "the Kubernetes node of that pod", plain: "its node" },
  host: { means: "a machine of the service", plain: "the host" },
  hostName: { means: "the name under which clients reach the service", plain: "its public name" },
  port: { means: "the port of the service's metrics or debug page", plain: "its port" },
  pid: { means: "the process id of the service on its host", plain: "the process" },
  replicas: { means: "how many replicas run now", plain: "the present number of replicas" },
  moreReplicas: { means: "how many replicas to run", plain: "more replicas" },
  database: { means: "connection string of the database", plain: "the database" },
  table: { means: "the table of the slow query", plain: "the table" },
  queue: { means: "the queue's or topic's name", plain: "the queue" },
  consumerGroup: { means: "the consumer group", plain: "the consumers" },
  broker: { means: "host and port of a broker", plain: "the broker" },
  route: { means: "the route that is affected", plain: "a single route" },
  partition: { means: "the number of the stuck partition", plain: "the partition" },
  poolVariable: { means: "the setting that holds the pool's size", plain: "the pool's setting" },
  poolSize: { means: "the pool's size now", plain: "the present size" },
  newPoolSize: { means: "the pool's size to set", plain: "the new size" },
  cpuLimit: { means: "the CPU limit now", plain: "the present limit" },
  newCpuLimit: { means: "the CPU limit to set", plain: "the new limit" },
  memoryLimit: { means: "the memory limit now", plain: "the present limit" },
  newMemoryLimit: { means: "the memory limit to set", plain: "the new limit" },
  machineSize: { means: "the machine size now", plain: "the present size" },
  newMachineSize: { means: "the machine size to set", plain: "the new size" },
  machine: { means: "the id of the bad machine", plain: "the machine" },
  blockingPid: { means: "the database's id of the blocking session", plain: "the session" },
  ingress: { means: "the Ingress in front of the service", plain: "the Ingress" },
  cronJob: { means: "a job that can wait", plain: "the job" },
  certificate: { means: "the Certificate resource", plain: "the certificate" },
  secret: { means: "the Secret that holds the certificate", plain: "its Secret" },
  module: { means: "the file of the WebAssembly module", plain: "the module" },
} as const satisfies Record<string, { means: string; plain: string }>;

export type Placeholder = keyof typeof placeholders;

export function isPlaceholder(name: string): name is Placeholder {
  return Object.hasOwn(placeholders, name);
}

/**
 * A name alone in braces: `{pod}`. Braces of shell and tools are others: `${HOME}`, `%{http_code}`, `{ print $1 }`,
 * `{.items}` and `{"spec": 1}` are left as they are.
 */
export const placeholderPattern = /(?<![$%])\{([a-zA-Z][a-zA-Z0-9]*)\}/g;

/** Every name that stands where a placeholder would, known or not. */
export function namesIn(text: string): string[] {
  return [...text.matchAll(placeholderPattern)].map((match) => match[1] ?? "");
}

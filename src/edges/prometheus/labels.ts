/** The labels by which the common conventions tell a request's end and the service that was called. */

export type Labels = Readonly<Record<string, string>>;

export const statusLabels = [
  "status",
  "status_code",
  "code",
  "http_status",
  "http_status_code",
  "http_response_status_code",
  "response_code",
  "grpc_code",
  "grpc_status",
  "rpc_grpc_status_code",
  "outcome",
  "result",
  "error",
  "error_type",
] as const;
export type StatusLabel = (typeof statusLabels)[number];

export const calleeLabels = [
  "callee",
  "peer_service",
  "upstream",
  "upstream_service",
  "destination",
  "destination_service",
  "destination_service_name",
  "destination_workload",
  "remote_service",
  "dependency",
  "server_address",
  "db_system_name",
  "db_system",
  "messaging_system",
] as const;

/** Requests as the server counts them: whatever address it tells is its own. */
export function isServersOwn(name: string): boolean {
  return /(^|[_.])server[_.]/.test(name);
}

/** Calls as the caller counts them. */
export function isCallers(name: string): boolean {
  return /(^|[_.])client[_.]/.test(name);
}

/** A RE2 pattern for any of these values; a matcher quotes it. */
export function patternOf(values: readonly string[]): string {
  return values.map((value) => value.replace(/[\\^$.|?*+()[\]{}]/g, "\\$&")).join("|");
}

const failedHttp = "5..|5xx|5XX";
const failedGrpc =
  "Unknown|UNKNOWN|DeadlineExceeded|DEADLINE_EXCEEDED|ResourceExhausted|RESOURCE_EXHAUSTED|Aborted|ABORTED|Internal|INTERNAL|Unavailable|UNAVAILABLE|DataLoss|DATA_LOSS";
const failedWords =
  "error|ERROR|STATUS_CODE_ERROR|fail|failed|failure|FAILURE|SERVER_ERROR|exception|timeout";

/** A RE2 pattern for the values by which this label tells a failure of the server. */
export function failurePattern(label: StatusLabel): string {
  switch (label) {
    case "grpc_status":
    case "rpc_grpc_status_code":
      return `2|4|8|10|13|14|15|${failedGrpc}`;
    case "error":
      return `true|1|${failedWords}`;
    case "error_type":
      return ".+";
    case "status":
    case "status_code":
    case "code":
    case "http_status":
    case "http_status_code":
    case "http_response_status_code":
    case "response_code":
    case "grpc_code":
    case "outcome":
    case "result":
      return `${failedHttp}|${failedGrpc}|${failedWords}`;
  }
}

/** The label by which this row tells how its requests ended; undefined where none does. */
export function statusLabelOf(row: Labels): StatusLabel | undefined {
  return statusLabels.find((label) => (row[label] ?? "") !== "");
}

export interface Callee {
  readonly label: string;
  readonly value: string;
  /** The value without what only a network needs: "payments" of "payments.shop.svc.cluster.local:8080". */
  readonly callee: string;
}

/** Whom this row's service called; null for the service's own. */
export function calleeOf(row: Labels, service: string): Callee | null {
  for (const label of calleeLabels) {
    const value = row[label] ?? "";
    const callee = value.replace(/:\d+$/, "").replace(/^([^.]+)\.[^.]+\.svc(\..*)?$/, "$1");
    if (callee !== "" && callee !== service) return { label, value, callee };
  }
  return null;
}

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
  "db_system",
] as const;

const failedHttp = "5..|5xx|5XX";
const failedGrpc =
  "Unknown|UNKNOWN|DeadlineExceeded|DEADLINE_EXCEEDED|ResourceExhausted|RESOURCE_EXHAUSTED|Aborted|ABORTED|Internal|INTERNAL|Unavailable|UNAVAILABLE|DataLoss|DATA_LOSS";
const failedWords =
  "error|ERROR|STATUS_CODE_ERROR|fail|failed|failure|FAILURE|SERVER_ERROR|exception|timeout";

/** A RE2 pattern for the values by which this label tells a failure of the server. */
export function failurePattern(label: (typeof statusLabels)[number]): string {
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

/** The label by which these rows tell how a request ended; null where none does. */
export function statusLabelOf(rows: readonly Labels[]): (typeof statusLabels)[number] | null {
  return statusLabels.find((label) => rows.some((row) => (row[label] ?? "") !== "")) ?? null;
}

/** The label that names whom this row's service called, and that name; null for the service's own. */
export function calleeOf(row: Labels, service: string): { label: string; callee: string } | null {
  for (const label of calleeLabels) {
    const callee = row[label] ?? "";
    if (callee !== "" && callee !== service) return { label, callee };
  }
  return null;
}

/** The closed vocabularies that every part shares (contracts §9), and the ids that show their kind. */

export const symptoms = [
  "latency",
  "errors",
  "availability",
  "saturation",
  "memory",
  "crash-loop",
  "queue",
  "data-stale",
  "security",
  "other",
] as const;
export type Symptom = (typeof symptoms)[number];

export const mechanisms = [
  "deploy",
  "configuration",
  "flag",
  "capacity",
  "dependency",
  "network",
  "data",
  "queue",
  "runtime",
  "memory",
  "lock",
  "kernel",
  "platform",
  "certificate",
  "traffic",
  "external",
  "other",
] as const;
export type Mechanism = (typeof mechanisms)[number];

export const metricKinds = [
  "cpu",
  "memory",
  "disk",
  "network",
  "latency",
  "errors",
  "requests",
  "availability",
  "saturation",
  "queue",
  "restarts",
  "other",
] as const;
export type MetricKind = (typeof metricKinds)[number];

export const contextFlags = [
  "deploy",
  "config",
  "flag",
  "traffic",
  "dependency-error",
  "single-node",
  "business-hours",
] as const;
export type ContextFlag = (typeof contextFlags)[number];

/** Only what puts a suggestion's cost and danger in one word; irreversible steps are never first. */
export const risks = ["read-only", "reversible", "disruptive", "irreversible"] as const;
export type Risk = (typeof risks)[number];

/** Kinds of deed that people tell of in many words: "bumped", "doubled" and "upped" all raise something. */
export const deedKinds = [
  "raise",
  "lower",
  "set",
  "add",
  "revert",
  "turn-off",
  "restart",
  "end",
  "pause",
  "move",
  "fail-over",
  "renew",
  "revoke",
  "limit",
  "skip",
  "refresh",
  "run",
  "look",
  "find",
  "read",
] as const;
export type DeedKind = (typeof deedKinds)[number];

export const outcomeLabels = [
  "resolved",
  "helped",
  "ruled_out",
  "no_effect",
  "wrong",
  "not_for_us",
  "already_considered",
] as const;
export type OutcomeLabel = (typeof outcomeLabels)[number];

export const severities = [1, 2, 3, 4] as const;
export type Severity = (typeof severities)[number];

export const openStatuses = ["investigating", "identified", "monitoring"] as const;
export type OpenStatus = (typeof openStatuses)[number];
export type Status = OpenStatus | "resolved";

/** What ended an incident, where no single step did. */
export const credits = ["several", "something-else", "by-itself", "cannot-tell"] as const;
export type Credit = (typeof credits)[number];

/** What kind of cause an incident had, as people name it. */
export const causes = [...mechanisms, "human-error", "hardware", "third-party", "unknown"] as const;
export type Cause = (typeof causes)[number];

/** What pointed somebody to the fix: one of the checks, or something else. */
export const pointers = ["check", "deploy-line", "something-else", "skip"] as const;
export type Pointer = (typeof pointers)[number];

/** Who drove a change that was observed: whoever answers, or it is another step. */
export const driveAnswers = ["me", "not-this"] as const;
export type DriveAnswer = (typeof driveAnswers)[number];

/** Why somebody's word on a step is kept without counting. */
export type NotCounted = "not-a-member" | "not-a-person" | "long-after-the-end";

export type IncidentId = `inc_${string}`;
export type SuggestionId = `sug_${string}`;
export type OutcomeId = `out_${string}`;
export type LinkId = `led_${string}`;
export type CauseLabelId = `cau_${string}`;
/** Of an action item. */
export type ActionId = `act_${string}`;
export type OutboxId = `box_${string}`;
/** Slack's team id, for instance T024BE7LD; every row carries it. */
export type WorkspaceId = string;
/** Slack's channel id. */
export type ChannelId = string;
/** Slack's user id. */
export type UserId = string;
/** Slack's message timestamp, for instance "1732262400.000200": also the message's id in its channel. */
export type MessageTs = string;

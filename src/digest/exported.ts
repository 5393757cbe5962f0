/** The ledger as other programs read it: an incident a line as JSON, a step a line as CSV (contracts §7). */

export interface ExportedStep {
  /** Its canonical id. */
  readonly step: string;
  readonly title: string;
  readonly role: string;
  readonly list: number;
  readonly position: number;
  /** The chance that the list told. */
  readonly p: number;
  /** What a person said of it last; null: nobody said anything. Nobody is named. */
  readonly label: string | null;
  readonly confidence: number | null;
  readonly minutes: number | null;
  /** ISO 8601, as all times here. */
  readonly at: string | null;
}

export interface ExportedIncident {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly service: string | null;
  readonly symptom: string | null;
  readonly severity: number | null;
  readonly cause: string | null;
  /** Number of that in which it continues. */
  readonly mergedInto: number | null;
  readonly startedAt: string;
  readonly acknowledgedAt: string | null;
  readonly mitigatedAt: string | null;
  readonly resolvedAt: string | null;
  readonly flags: Readonly<Record<string, boolean>>;
  readonly steps: readonly ExportedStep[];
}

const incidentColumns = [
  "id",
  "number",
  "title",
  "service",
  "symptom",
  "startedAt",
  "acknowledgedAt",
  "mitigatedAt",
  "resolvedAt",
  "severity",
  "cause",
  "mergedInto",
] as const;
const stepColumns = [
  "step",
  "label",
  "minutes",
  "at",
  "confidence",
  "list",
  "position",
  "p",
  "role",
  "title",
] as const;

export const csvHead = csvLine([
  ...incidentColumns,
  "flags",
  ...stepColumns.map((name) => (name === "title" ? "stepTitle" : name)),
]);

/** A line a step; one alone where there was none. */
export function csvLines(incident: ExportedIncident): string {
  const flags = Object.keys(incident.flags).filter((flag) => incident.flags[flag]);
  const begin = [...incidentColumns.map((name) => incident[name]), flags.join(" ")];
  if (incident.steps.length === 0) return csvLine([...begin, ...stepColumns.map(() => null)]);
  return incident.steps
    .map((step) => csvLine([...begin, ...stepColumns.map((name) => step[name])]))
    .join("");
}

/** RFC 4180. What a spreadsheet would take for a formula begins with an apostrophe. */
function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(cell).join(",")}\r\n`;
}

function cell(value: string | number | null): string {
  if (typeof value !== "string") return value === null ? "" : String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

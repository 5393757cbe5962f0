/** A change as its sender told it at a hook, and the change record that is read from it. */

import { impersonal } from "./change-name.ts";
import type { ChangeRecord } from "./input.ts";

export const changeSources = ["generic", "launchdarkly", "unleash", "flagsmith", "github"] as const;
export type ChangeSource = (typeof changeSources)[number];

export interface ChangeEvent {
  readonly source: ChangeSource;
  /** The sender's own; with the status it names the event. */
  readonly id: string;
  readonly status: string | null;
  /** When it went live. */
  readonly at: Date;
  readonly kind: "deploy" | "flag" | "config";
  /** null: not told, so that it may be anywhere. */
  readonly service: string | null;
  readonly environment: string | null;
  readonly title: string | null;
  readonly before: string | null;
  readonly after: string | null;
  /** A commit or a version; of a flag, its key. */
  readonly ref: string | null;
  readonly link: string | null;
  /** Who did it: kept with the row, never shown. */
  readonly actor: string | null;
}

const titleMax = 200;
const valueMax = 60;

/** What it does not tell about where it is stands in its title, for it stays a suspect everywhere. */
export function changeOf(event: ChangeEvent): ChangeRecord {
  const { source, id, status, kind, service, environment, link, actor } = event;
  const version = kind === "deploy" ? (event.ref ?? event.after) : null;
  const name = nameOf(event);
  return {
    id: ["hook", source, id, ...(status === null ? [] : [status])].join("-"),
    kind,
    at: Math.floor(event.at.getTime() / 1000),
    title: [name, transition(event, name), untold(event, isCommit(version ?? ""))]
      .filter((part) => part !== "")
      .join(" "),
    ...(kind === "deploy" ? {} : { subject: nameless(event, event.ref ?? event.title ?? id) }),
    ...(service === null ? {} : { service }),
    ...(environment === null ? {} : { environment }),
    ...(actor === null ? {} : { author: actor }),
    ...(version === null ? {} : { deploys: [version] }),
    ...(event.before === null ? {} : { before: event.before }),
    ...(event.after === null ? {} : { after: event.after }),
    ...(link === null ? {} : { url: link }),
  };
}

function nameOf(event: ChangeEvent): string {
  const { kind, title, ref, after, service, id } = event;
  const given = nameless(event, title ?? "");
  if (given !== "") return given;
  if (kind !== "deploy") return nameless(event, ref ?? id);
  const version = oneLine(ref ?? after ?? "", valueMax);
  return [
    "Deploy",
    isCommit(version) ? version.slice(0, 7) : version,
    service ? `of ${service}` : "",
  ]
    .filter((part) => part !== "")
    .join(" ");
}

/** On one line, without whoever did it. */
function nameless({ actor }: ChangeEvent, text: string): string {
  const title = oneLine(text, titleMax);
  return impersonal(actor === null ? { title } : { title, author: actor });
}

/** "off → on", where both are told and the title does not say it already. */
function transition({ kind, before, after }: ChangeEvent, name: string): string {
  if (kind === "deploy" || before === null || after === null || name.includes("→")) return "";
  return `${oneLine(before, valueMax)} → ${oneLine(after, valueMax)}`;
}

/** A commit tells its service by its files. */
function untold({ service, environment }: ChangeEvent, namesCommit: boolean): string {
  const what = [
    ...(service === null && !namesCommit ? ["service"] : []),
    ...(environment === null ? ["environment"] : []),
  ];
  return what.length === 0 ? "" : `(${what.join(" and ")} not told)`;
}

function isCommit(text: string): boolean {
  return /^[0-9a-f]{7,64}$/i.test(text);
}

function oneLine(text: string, max: number): string {
  return text.replace(/\s+/g, " ").trim().slice(0, max).toWellFormed();
}

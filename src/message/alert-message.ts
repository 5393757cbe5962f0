/** What is said of a group of alerts: its one message where alerts are answered, and its line in an incident. */

import {
  clearSince,
  firingOf,
  firingSince,
  headOf,
  severityOfGroup,
  type AlertGroup,
} from "../alert/group.ts";
import { alertsClearSince } from "../incident/alerts.ts";
import type { Incident, IncidentAlert } from "../incident/incident.ts";
import type { ChannelId } from "../vocabulary.ts";
import { actionIds } from "./actions.ts";
import { actions, button, section, sections } from "./blocks.ts";
import type { Block, MessageBody } from "./body.ts";
import { cut, escape, channelLink } from "./escape.ts";
import { blockPen, message, textPen, type Pen } from "./pen.ts";
import { recurrenceWords } from "./recurrence-words.ts";
import { duration } from "./time.ts";

const titleMax = 150;
const serviceMax = 60;
const shownMax = 3;

export interface AlertView {
  readonly group: AlertGroup;
  /** The channel of the incident that it belongs to; null: none. */
  readonly channel: ChannelId | null;
  /** Slack lets no channel be opened for it. */
  readonly isRefused: boolean;
  /** Where links may lead. */
  readonly hosts: readonly string[];
}

/** "● SEV2 HighLatency on checkout. Firing since 14:02 (3 alerts)" */
export function alertMessage(view: AlertView): MessageBody {
  const lines = (pen: Pen) =>
    [
      headline(view, pen),
      recurrenceWords(view.group.occurrences.at(-1)?.past ?? null),
      placeWords(view),
      carriedWords(view.group),
    ].filter((line) => line !== "");
  return message(lines(textPen), [...sections(lines(blockPen(view.hosts))), ...buttons(view)]);
}

function headline({ group }: AlertView, pen: Pen): string {
  const head = headOf(group);
  const severity = severityOfGroup(group);
  const grave = severity === null ? "" : ` SEV${severity}`;
  const dot = firingSince(group) === null ? "○" : "●";
  const name = pen.link(head?.link, escape(cut(head?.title ?? "", titleMax)));
  return `${pen.strong(`${dot}${grave}`)} ${name}${onService(head?.service ?? null)}. ${whenWords(group, pen)}`;
}

function onService(service: string | null): string {
  return service === null ? "" : ` on ${escape(cut(service, serviceMax))}`;
}

function whenWords(group: AlertGroup, pen: Pen): string {
  const since = firingSince(group);
  if (since !== null) {
    const { length } = firingOf(group);
    const count = length === 1 ? "" : ` (${length} alerts)`;
    return `Firing since ${pen.clock(new Date(since * 1000))}${count}.`;
  }
  const clear = clearSince(group);
  if (clear === null) return "";
  const fired = Math.min(...group.alerts.map(({ firedAt }) => firedAt));
  const began = Math.max(fired, group.occurrences.at(-1)?.at ?? fired);
  return `Cleared ${pen.clock(new Date(clear * 1000))}, after ${duration((clear - began) * 1000)}.`;
}

function placeWords({ group: { place }, channel, isRefused }: AlertView): string {
  if (channel !== null) return `Incident: ${channelLink(channel)}`;
  if (place?.kind === "opening") return "A channel is being opened for it.";
  if (isRefused) return "Slack lets no channel be opened for it: see the scope channels:manage.";
  return "";
}

/** "And 195 more groups of alerts, among them HighLatency on cart; QueueGrows." */
function carriedWords({ carried: { count, titles } }: AlertGroup): string {
  if (count === 0) return "";
  const names = titles.map((title) => escape(cut(title, titleMax))).join("; ");
  const groups = count === 1 ? "1 more group" : `${count} more groups`;
  return `Many at once: ${groups} of alerts, among them ${names}.`;
}

function buttons({ group, channel }: AlertView): readonly Block[] {
  if (channel !== null || group.place?.kind !== "thread") return [];
  return [actions(button("Declare an incident", actionIds.declareAlert, group.id))];
}

/** "Alerts: HighLatency on checkout since 14:02; 4 more." or "Alerts clear since 14:21."; "" where there are none. */
export function incidentAlertWords({ alerts, state, mergedInto }: Incident, pen: Pen): string {
  if (mergedInto !== null) return "";
  const clear = alertsClearSince(alerts);
  if (clear !== null) return `Alerts clear since ${pen.clock(clear)}.`;
  const firing = alerts.filter(({ clearedAt }) => clearedAt === null);
  if (firing.length === 0 || state === "resolved") return "";
  const shown = firing.slice(0, shownMax).map((alert) => alertWords(alert, pen));
  const rest = firing.length - shown.length;
  const more = rest > 0 ? [`${rest} more`] : [];
  const past = recurrenceWords(firing[0]?.past ?? null);
  return [`Alerts: ${[...shown, ...more].join("; ")}.`, past].filter(Boolean).join(" ");
}

function alertWords({ title, service, firedAt, link }: IncidentAlert, pen: Pen): string {
  const name = pen.link(link, escape(cut(title, titleMax)));
  return `${name}${onService(service)} since ${pen.clock(firedAt)}`;
}

/** To the team whose service it is about: "An alert opened an incident: HighLatency on checkout, in #inc-…" */
export function incidentOpened(view: {
  readonly title: string;
  readonly service: string | null;
  readonly channel: ChannelId;
  /** As the catalog has it; shown, never mentioned. */
  readonly oncall: string | null;
}): MessageBody {
  const { title, service, channel, oncall } = view;
  const about = `${escape(cut(title, titleMax))}${onService(service)}`;
  const who = oncall === null ? "" : ` On call: ${escape(cut(oncall, serviceMax))}.`;
  const line = `An alert opened an incident: ${about}, in ${channelLink(channel)}.${who}`;
  return message([line], [section(line)]);
}

/** Under an incident that was resolved while its alert was not done. */
export function firingAgain(view: { readonly title: string; readonly since: Date }): MessageBody {
  const title = cut(view.title, titleMax);
  const line = (pen: Pen) =>
    `Firing again since ${pen.clock(view.since)}: ${escape(title)}. The incident is resolved.`;
  return message(
    [line(textPen)],
    [section(line(blockPen([]))), actions(button("Declare an incident", actionIds.declare, title))],
  );
}

/** Reads for a question what people wrote: a part of a file, the steps of runbooks, how earlier incidents ended. */

import type { Service } from "../catalog/catalog.ts";
import { serviceNamedIn } from "../catalog/find-service.ts";
import { seenWords } from "../message/seen-before.ts";
import { fileLookedAt, lookedAt } from "../model/looked.ts";
import { gatheredCommit, isOfService } from "../model/readable-file.ts";
import { fileRead, note, type ReadItem } from "../model/read-items.ts";
import type { Wanted } from "../model/tools.ts";
import { nearestTo } from "../suggestion/alike.ts";
import { bounded } from "./bounded-read.ts";
import type { World } from "./ports.ts";
import type { Asking, ToolRead } from "./question-tools.ts";
import { readRunbooks } from "./read-runbooks.ts";
import { viewerIn } from "./refresh-channel.ts";
import { seenHere } from "./seen-before.ts";

const runbookStepsMax = 12;

/** Source code is the team's own: who reads a channel from outside is not shown any. */
export async function readFile(
  world: World,
  { channel, sources, changes, clean }: Asking,
  service: Service,
  { path, commit: asked, line }: Extract<Wanted, { name: "read_file" }>["of"],
): Promise<ToolRead> {
  const unread = (text: string): ToolRead => ({
    looked: lookedAt("read_file", service.name),
    items: [note(text)],
  });
  const { kind } = await viewerIn(world, channel);
  if (kind === "external") return unread("files are not shown where people from outside read");
  const commit = gatheredCommit(asked, changes);
  if (commit === null)
    return unread("that commit is none of the changes that were read; list_changes tells of more");
  if (!isOfService(path, service, changes))
    return unread(`that path is not of ${service.name}, and none of the changes touches it`);
  const readings = await Promise.all(
    sources.changes.flatMap((source) => {
      if (source.file === undefined) return [];
      return [
        bounded(world, source, async (signal) => {
          const found = (await source.file?.({ service, path, commit }, signal)) ?? null;
          return { items: found === null ? [] : [found], leftOut: [] };
        }),
      ];
    }),
  );
  const [found] = readings.flatMap(({ items: read }) => read);
  if (found !== undefined) {
    const of = { service: service.name, path, commit };
    return {
      looked: fileLookedAt(service.name, path, commit),
      items: [fileRead(of, { ...found, text: clean(found.text) }, line)],
    };
  }
  const [gap] = readings.flatMap((reading) => reading.gap ?? []);
  if (gap === undefined) return unread(`${service.name} has no such file there`);
  return unread(`the file could not be read: ${gap.reason}`);
}

export async function readRunbook(
  world: World,
  { sources, shown }: Asking,
  service: Service,
): Promise<ToolRead> {
  const read = await readRunbooks(world, sources, { named: service, incident: shown.incident });
  const services = [service.name];
  const looked = lookedAt("read_runbook", service.name);
  const steps = read.told.flatMap(({ steps: all, link: url }) =>
    all.map(({ plainTitle, role, expect }): ReadItem => ({
      text: `the runbook says, to ${role === "fix" ? "mend" : "find out"}: "${plainTitle}"; ${expect.ifSo}`,
      url,
      services,
    })),
  );
  const gaps = read.gaps.map(({ source, reason }) => note(`${source}: ${reason}`));
  if (steps.length + gaps.length === 0) {
    return { looked, items: [{ text: `no runbook of ${service.name} is linked`, services }] };
  }
  return { looked, items: [...steps.slice(0, runbookStepsMax), ...gaps] };
}

/** Of those alone that may be shown in this channel. */
export async function pastIncidents(
  world: World,
  { channel, sources, shown }: Asking,
  about: string,
): Promise<ToolRead> {
  const { incident, stored } = shown;
  const { evidence } = incident;
  const service = serviceNamedIn(about, sources.catalog)?.name ?? evidence?.service ?? null;
  const symptom = evidence?.symptom ?? "other";
  const like = { viewer: await viewerIn(world, channel), incident: stored.id, symptom, service };
  const ended = await world.store.endedLike(world.workspace, like);
  const description = {
    service,
    symptom,
    flags: evidence?.flags ?? [],
    said: [about, incident.title],
    findings: evidence?.diagnosis.findings.map(({ text }) => text) ?? [],
  };
  const alike = nearestTo(description, ended, new Set());
  const items = alike.flatMap((each): ReadItem[] => {
    // What both mention would be said of this incident, and is what the model said.
    const seen = seenHere({ ...shown, alike: [{ ...each, mentions: [] }] }, world.now());
    const services = each.ended.service === null ? [] : [each.ended.service];
    return seen.map((one) => ({ text: seenWords(one), services }));
  });
  const looked = lookedAt("past_incidents", null);
  return { looked, items: items.length === 0 ? [note("no earlier incident is like it")] : items };
}

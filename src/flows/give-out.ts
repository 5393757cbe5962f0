/** A postmortem on its way to what has to be asked: a pull request, an issue, a canvas, a hook. */

import { canvasRefusal } from "../message/postmortem-refusals.ts";
import { issueBody, issueMark } from "../postmortem/issue.ts";
import type { PostmortemVersion } from "../postmortem/version.ts";
import type { StoredIncident, World } from "./ports.ts";
import type { Exported, ExportTarget, PostmortemFile } from "./postmortem-ports.ts";
import { putIssue } from "./put-issue.ts";

/** Of everything that is asked of the other side. */
const exportTimeoutMs = 20_000;

export async function give(
  world: World,
  stored: StoredIncident,
  { head, to }: { readonly head: PostmortemVersion; readonly to: ExportTarget },
): Promise<Exported> {
  const file = fileOf(world, stored, head);
  const signal = world.deadline(exportTimeoutMs);
  const nothing = { ok: false, said: "Nothing is set for it." } as const;
  switch (to) {
    case "github":
      return (await world.exports.repository?.(file, signal)) ?? nothing;
    case "issue":
      return giveIssue(world, stored, file, signal);
    case "canvas":
      return giveCanvas(world, stored, file);
    case "hook": {
      const { title, content: markdown } = file;
      const { version, state } = head;
      const given = { incident: `INC-${stored.number}`, version, state, title, markdown };
      return (await world.exports.hook?.(given, signal)) ?? nothing;
    }
  }
}

async function giveIssue(
  world: World,
  { id, entries }: StoredIncident,
  { title, about, content }: PostmortemFile,
  signal: AbortSignal,
): Promise<Exported> {
  const mark = issueMark(id);
  const body = issueBody(content, { about, mark });
  const since = entries[0]?.at ?? world.now();
  const told = { of: id, mark, since, title, bodyOver: () => body };
  const put = await putIssue(world, told, signal);
  if (!put.ok) return put;
  const { issue, isNew } = put.value;
  const { number: ref, url } = issue;
  const place = world.exports.issues?.repo ?? "";
  const did = isNew ? "opened" : "brought up to date";
  return {
    ok: true,
    words: `issue #${ref} of ${place} is ${did}`,
    url,
    at: { of: id, kind: "issue", place, ref, url, mirror: null },
  };
}

async function giveCanvas(
  world: World,
  { id, channel }: StoredIncident,
  { title, content: markdown }: PostmortemFile,
): Promise<Exported> {
  const { workspace, store, chat } = world;
  const [known] = await store.counterparts(workspace, { kind: "canvas", of: [id] });
  const ref = known?.place === channel ? known.ref : null;
  const given = await chat.canvas({ channel, title, markdown, known: ref });
  if (given.kind === "refused") return { ok: false, said: canvasRefusal(given), instead: "file" };
  const words = given.isNew ? "its canvas is made" : "its canvas is brought up to date";
  const { url } = given;
  return {
    ok: true,
    words,
    url,
    at: { of: id, kind: "canvas", place: channel, ref: given.id, url, mirror: null },
  };
}

/** Its name and place do not depend on the version, so that the next one takes its place. */
export function fileOf(
  world: World,
  { number, entries }: StoredIncident,
  head: PostmortemVersion,
): PostmortemFile {
  const declared = entries[0]?.at.toISOString().slice(0, 10) ?? "";
  const name = `${declared}-inc-${number}.md`;
  return {
    name,
    path: `${world.exports.folder}${name}`,
    title: `Postmortem of INC-${number}`,
    about: `Version ${head.version}, ${head.state}. Written with Hindsight; /postmortem edit and export bring it up to date.`,
    content: head.markdown,
  };
}

/** Gives a postmortem out: as a file in its thread, or to what has to be waited for; a second time changes what the first one made. */

import { cut, escape, plain } from "../message/escape.ts";
import { postmortemAnswer } from "../message/postmortem-message.ts";
import { postmortemRefusal, type PostmortemRefusal } from "../message/postmortem-refusals.ts";
import type { PostmortemVersion } from "../postmortem/version.ts";
import type { IncidentId } from "../vocabulary.ts";
import type { Effect } from "./change.ts";
import { mayChange, type Deed } from "./may-change.ts";
import type { StoredIncident, World } from "./ports.ts";
import { fileOf, give } from "./give-out.ts";
import type { ExportTarget } from "./postmortem-ports.ts";
import { channelNow } from "./refresh-channel.ts";
import { livingKey } from "./show-incident.ts";
import { tell, type Asker } from "./tell.ts";

const saidMax = 600;

const targets: Readonly<Record<string, ExportTarget | "file">> = {
  "": "file",
  file: "file",
  markdown: "file",
  github: "github",
  pr: "github",
  "pull request": "github",
  issue: "issue",
  canvas: "canvas",
  hook: "hook",
};

export async function exportByCommand(
  world: World,
  deed: Deed,
  { stored, words }: { readonly stored: StoredIncident; readonly words: string },
): Promise<void> {
  if (!(await mayChange(world, deed))) return;
  const to = targets[words.toLowerCase()];
  if (to === undefined) return say(world, deed, { reason: "unknown-export", text: words });
  const name = `INC-${stored.number}`;
  const latest = await world.store.latestPostmortem(world.workspace, stored.id);
  if (latest === null) return say(world, deed, { reason: "none-yet", name });
  if (to === "file") return giveFile(world, deed, { stored, head: latest.head });
  const refused = await mayLeave(world, stored, to);
  if (refused !== null) return say(world, deed, refused);
  const { job, channel, user, responseUrl = null } = deed;
  const ordered = { kind: "export-postmortem", channel, user, responseUrl, to } as const;
  await world.store.commit({
    workspace: world.workspace,
    handled: [job],
    jobs: [{ id: world.idOf(`export ${job}`), job: { ...ordered, incident: stored.id } }],
  });
}

/** Of a public channel alone, whatever it was when the incident began; a canvas stays in the channel. null: nothing speaks against it. */
export async function mayLeave(
  world: World,
  stored: StoredIncident,
  to: ExportTarget,
): Promise<PostmortemRefusal | null> {
  const { repository, issues, hook } = world.exports;
  if (to === "canvas") return null;
  if (to === "github" && repository === null) return { reason: "no-repository" };
  if (to === "issue" && issues === null) return { reason: "no-repository" };
  if (to === "hook" && hook === null) return { reason: "no-hook" };
  const channel = await channelNow(world, stored.channel);
  return channel?.kind === "public" ? null : { reason: "not-public", name: `INC-${stored.number}` };
}

/** One file a version. `said`: what is told before, as a sentence. */
async function giveFile(
  world: World,
  asker: Asker,
  { stored, head }: { readonly stored: StoredIncident; readonly head: PostmortemVersion },
  said?: string,
): Promise<void> {
  const name = `INC-${stored.number}`;
  const key = `postmortem-file:${stored.id}:${head.version}`;
  const effect: Effect = {
    id: `box_${world.newId()}`,
    channel: stored.channel,
    key,
    payload: {
      kind: "file",
      under: livingKey(stored.id),
      filename: fileOf(world, stored, head).name,
      title: `Postmortem of ${name}, version ${head.version}`,
      text: head.markdown,
    },
  };
  const commit = await world.store.commit({
    workspace: world.workspace,
    handled: [key],
    effects: [effect],
  });
  const line =
    commit === "committed"
      ? `The postmortem of ${name} goes into its thread as a file.`
      : `The file of version ${head.version} is in the thread of ${name} already.`;
  const told = said === undefined ? line : `${escape(cut(plain(said), saidMax))} ${line}`;
  return tell(world, asker, postmortemAnswer(told));
}

/** The job behind an export that has to wait for others. */
export async function exportPostmortem(
  world: World,
  order: Asker & { readonly incident: IncidentId; readonly to: ExportTarget },
): Promise<void> {
  if (await world.store.wasHandled(world.workspace, [order.job])) return;
  const stored = await world.store.incident(world.workspace, order.incident);
  const latest = await world.store.latestPostmortem(world.workspace, order.incident);
  if (stored === null || latest === null) return;
  const refused = await mayLeave(world, stored, order.to);
  if (refused !== null) return say(world, order, refused);
  const name = `INC-${stored.number}`;
  const { head } = latest;
  const exported = await give(world, stored, { head, to: order.to });
  if (!exported.ok) {
    if (exported.instead === "file") {
      return giveFile(world, order, { stored, head }, exported.said);
    }
    return say(world, order, { reason: "not-exported", name, said: exported.said });
  }
  const link = exported.url === null ? "" : ` ${exported.url}`;
  const line = `The postmortem of ${name}, version ${head.version}: ${exported.words}.${link}`;
  const counterparts = exported.at === undefined ? [] : [exported.at];
  return tell(world, order, postmortemAnswer(line), { counterparts });
}

function say(world: World, asker: Asker, why: PostmortemRefusal): Promise<void> {
  return tell(world, asker, postmortemRefusal(why));
}

/** Gives a postmortem out: as a file in its thread, as a pull request, or to a hook; a second time changes what the first one made. */

import { postmortemAnswer } from "../message/postmortem-message.ts";
import { postmortemRefusal, type PostmortemRefusal } from "../message/postmortem-refusals.ts";
import type { PostmortemVersion } from "../postmortem/version.ts";
import type { IncidentId } from "../vocabulary.ts";
import type { Effect } from "./change.ts";
import { mayChange, type Deed } from "./may-change.ts";
import type { StoredIncident, World } from "./ports.ts";
import type { ExportTarget, PostmortemFile } from "./postmortem-ports.ts";
import { channelNow } from "./refresh-channel.ts";
import { livingKey } from "./show-incident.ts";
import { tell, type Asker } from "./tell.ts";

/** Of everything that is asked of the other side. */
const exportTimeoutMs = 20_000;

const targets: Readonly<Record<string, ExportTarget | "file">> = {
  "": "file",
  file: "file",
  markdown: "file",
  github: "github",
  pr: "github",
  "pull request": "github",
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

/** Of a public channel alone, whatever it was when the incident began; null: nothing speaks against it. */
async function mayLeave(
  world: World,
  stored: StoredIncident,
  to: ExportTarget,
): Promise<PostmortemRefusal | null> {
  if (to === "github" && world.exports.repository === null) return { reason: "no-repository" };
  if (to === "hook" && world.exports.hook === null) return { reason: "no-hook" };
  const channel = await channelNow(world, stored.channel);
  return channel?.kind === "public" ? null : { reason: "not-public", name: `INC-${stored.number}` };
}

/** One file a version. */
async function giveFile(
  world: World,
  deed: Deed,
  { stored, head }: { readonly stored: StoredIncident; readonly head: PostmortemVersion },
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
  return tell(world, deed, postmortemAnswer(line));
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
  const exported = await give(world, stored, { head: latest.head, to: order.to });
  if (!exported.ok) {
    return say(world, order, { reason: "not-exported", name, said: exported.said });
  }
  const link = exported.url === null ? "" : ` ${exported.url}`;
  const line = `The postmortem of ${name}, version ${latest.head.version}: ${exported.words}.${link}`;
  return tell(world, order, postmortemAnswer(line));
}

async function give(
  world: World,
  stored: StoredIncident,
  { head, to }: { readonly head: PostmortemVersion; readonly to: ExportTarget },
) {
  const file = fileOf(world, stored, head);
  const signal = world.deadline(exportTimeoutMs);
  const nothing = { ok: false, said: "Nothing is set for it." } as const;
  if (to === "github") return (await world.exports.repository?.(file, signal)) ?? nothing;
  const { title, content: markdown } = file;
  const { version, state } = head;
  const given = { incident: `INC-${stored.number}`, version, state, title, markdown };
  return (await world.exports.hook?.(given, signal)) ?? nothing;
}

/** Its name and place do not depend on the version, so that the next one takes its place. */
function fileOf(
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

function say(world: World, asker: Asker, why: PostmortemRefusal): Promise<void> {
  return tell(world, asker, postmortemRefusal(why));
}

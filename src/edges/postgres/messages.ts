/** What was said in incidents' channels: kept as it stands in Slack, read by the channel's own incident, swept by age. */

import { and, asc, desc, eq, gte, inArray, isNull, lte, sql } from "drizzle-orm";
import type { Change } from "../../flows/change.ts";
import type { KeptMessage } from "../../flows/chat.ts";
import type { MessageChange } from "../../flows/message-change.ts";
import type { OpenChannel } from "../../flows/ports.ts";
import type { ChannelId, WorkspaceId } from "../../vocabulary.ts";
import type { Database, Transaction } from "./connect.ts";
import { message } from "./schema-messages.ts";
import { channel, incident } from "./schema.ts";

/** The newest of a channel: as many as a reading of its history stores. */
const messagesMax = 500;
/** More are not open at once but by neglect; the newest are. */
const openMax = 200;

export async function writeMessages(tx: Transaction, change: Change): Promise<void> {
  const { workspace, messages } = change;
  if (messages === undefined) return;
  const { said = [], edited = [], gone = [], readTo } = messages;
  await writeSaid(tx, workspace, messages.channel, said);
  for (const each of edited) await writeEdit(tx, workspace, messages.channel, each);
  await writeGone(tx, workspace, { channel: messages.channel, gone });
  if (readTo === undefined) return;
  const isIt = and(eq(channel.workspaceId, workspace), eq(channel.id, messages.channel));
  await tx
    .update(channel)
    .set({ historyReadTo: sql`greatest(${channel.historyReadTo}, ${readTo})` })
    .where(isIt);
}

async function writeSaid(
  tx: Transaction,
  workspaceId: WorkspaceId,
  channelId: ChannelId,
  said: readonly KeptMessage[],
): Promise<void> {
  if (said.length === 0) return;
  await tx
    .insert(message)
    .values(said.map((each) => ({ workspaceId, channelId, ...rowOf(each) })))
    .onConflictDoUpdate({
      target: [message.workspaceId, message.channelId, message.ts],
      set: { text: sql`excluded.text`, editedTs: sql`excluded.edited_ts` },
      setWhere: sql`not ${message.isDeleted} and ${message.editedTs} <= excluded.edited_ts`,
    });
}

function rowOf({ editedTs, sender, ...said }: KeptMessage) {
  const saidAt = new Date(Number(said.ts) * 1000);
  return { ...said, sender: sender ?? null, editedTs: editedTs ?? "", saidAt };
}

/** Of what is kept already; nothing else begins to be. */
async function writeEdit(
  tx: Transaction,
  workspace: WorkspaceId,
  channelId: ChannelId,
  { ts, text, editedTs }: KeptMessage,
): Promise<void> {
  await tx
    .update(message)
    .set({ text, editedTs: editedTs ?? "" })
    .where(
      and(
        eq(message.workspaceId, workspace),
        eq(message.channelId, channelId),
        eq(message.ts, ts),
        eq(message.isDeleted, false),
        lte(message.editedTs, editedTs ?? ""),
      ),
    );
}

const nothing = { text: "", user: null, sender: null, isDeleted: true } as const;

async function writeGone(
  tx: Transaction,
  workspaceId: WorkspaceId,
  { channel: channelId, gone = [] }: Pick<MessageChange, "channel" | "gone">,
): Promise<void> {
  const isIt = and(eq(message.workspaceId, workspaceId), eq(message.channelId, channelId));
  if (gone === "all") {
    await tx.update(message).set(nothing).where(isIt);
    return;
  }
  if (gone.length === 0) return;
  const rows = gone.map((ts) => {
    const unsaid = { ts, threadTs: null, user: null, isBot: false, text: "", editedTs: null };
    return { workspaceId, channelId, ...rowOf(unsaid), isDeleted: true };
  });
  const target = [message.workspaceId, message.channelId, message.ts];
  await tx.insert(message).values(rows).onConflictDoUpdate({ target, set: nothing });
}

/** Newest last. */
export async function messagesOf(
  db: Database,
  workspace: WorkspaceId,
  of: { readonly channel: ChannelId; readonly since: Date },
): Promise<KeptMessage[]> {
  const rows = await db
    .select()
    .from(message)
    .where(
      and(
        eq(message.workspaceId, workspace),
        eq(message.channelId, of.channel),
        gte(message.saidAt, of.since),
        eq(message.isDeleted, false),
      ),
    )
    .orderBy(desc(message.saidAt), desc(message.ts))
    .limit(messagesMax);
  return rows
    .map(({ ts, threadTs, user, isBot, text, editedTs, sender }) => {
      const kept = { ts, threadTs, user, isBot, text, editedTs: editedTs === "" ? null : editedTs };
      return sender === null ? kept : { ...kept, sender };
    })
    .toReversed();
}

/** Newest first; of these channels alone, where some are named. */
export async function openChannels(
  db: Database,
  workspace: WorkspaceId,
  named: readonly ChannelId[] | null,
): Promise<OpenChannel[]> {
  const isNamed = named === null ? undefined : inArray(incident.channelId, [...named]);
  const isJoined = and(
    eq(channel.workspaceId, incident.workspaceId),
    eq(channel.id, incident.channelId),
  );
  return db
    .select({
      incident: incident.id,
      channel: incident.channelId,
      name: channel.name,
      readTo: channel.historyReadTo,
    })
    .from(incident)
    .innerJoin(channel, isJoined)
    .where(and(eq(incident.workspaceId, workspace), isNull(incident.closedAt), isNamed))
    .orderBy(desc(incident.openedAt), asc(incident.id))
    .limit(openMax);
}

export async function sweepMessages(db: Database, keptDays: number): Promise<void> {
  await db.execute(
    sql`delete from message where said_at < now() - make_interval(days => ${keptDays})`,
  );
}

/** The outbox's rows: leased by channel, taken in order, marked before and after each request. */

import type { OutboxPayload } from "../../flows/change.ts";
import type { Lease, Outbox, OutboxRow } from "../../flows/outbox.ts";
import type { ChannelId, OutboxId, WorkspaceId } from "../../vocabulary.ts";
import type { Sql } from "./connect.ts";

/** A sender that dies leaves its channels to others after this long. */
const leaseSeconds = 15;

export function outboxOn(sql: Sql, workspace: WorkspaceId): Outbox {
  return {
    ...leasesOn(sql, workspace),
    ...marksOn(sql, workspace),
    first: (channel) => first(sql, workspace, channel),
    tsOf: async (channel, key) => {
      const [row] = await sql<{ message_ts: string }>`
        select message_ts from outbox
        where workspace_id = ${workspace} and channel_id = ${channel} and key = ${key}
          and state = 'sent' and message_ts is not null
        order by seq desc limit 1`;
      return row?.message_ts ?? null;
    },
    nextDueMs: async () => {
      const [row] = await sql<{ ms: number | null }>`
        select (extract(epoch from min(l.not_before) - now()) * 1000)::float8 as ms
        from outbox_lease l
        where l.workspace_id = ${workspace} and l.not_before > now() and exists (
          select 1 from outbox o where o.workspace_id = l.workspace_id
            and o.channel_id = l.channel_id and o.state = 'pending')`;
      return row?.ms === null || row?.ms === undefined ? null : Math.max(0, row.ms);
    },
  };
}

type Marks = Pick<Outbox, "attempt" | "sent" | "refused" | "untried">;

function marksOn(sql: Sql, workspace: WorkspaceId): Marks {
  return {
    attempt: (held, row) => attempt(sql, { workspace, held, row }),
    sent: async (id, ts) => {
      await sql`
        update outbox set state = 'sent', sent_at = now(), message_ts = ${ts}
        where id = ${id} and state = 'pending'`;
    },
    refused: async ({ channel, id: holder }, id, reason) => {
      await sql`
        update outbox set state = 'refused', refusal = ${reason}
        where id = ${id} and state = 'pending' and exists (
          select 1 from outbox_lease
          where workspace_id = ${workspace} and channel_id = ${channel} and holder = ${holder})`;
    },
    untried: async ({ channel, id: holder }, id) => {
      await sql`
        update outbox set attempted_at = null, attempts = greatest(attempts - 1, 0)
        where id = ${id} and state = 'pending' and exists (
          select 1 from outbox_lease
          where workspace_id = ${workspace} and channel_id = ${channel} and holder = ${holder})`;
    },
  };
}

function leasesOn(sql: Sql, workspace: WorkspaceId): Pick<Outbox, "lease" | "renew" | "release"> {
  return {
    lease: (max, except) => lease(sql, { workspace, max, except }),
    renew: async ({ channel, id: holder }, { id }) => {
      const held = await sql`
        update outbox_lease set leased_until = now() + make_interval(secs => ${leaseSeconds})
        where workspace_id = ${workspace} and channel_id = ${channel} and holder = ${holder}
          and exists (select 1 from outbox where id = ${id} and state = 'pending')`;
      return held.count > 0;
    },
    release: async ({ channel, id: holder }, notBeforeMs) => {
      await sql`
        update outbox_lease
        set leased_until = null, holder = null,
          not_before = greatest(not_before, now() + make_interval(secs => ${notBeforeMs / 1000}))
        where workspace_id = ${workspace} and channel_id = ${channel} and holder = ${holder}`;
    },
  };
}

/** Each lease has a holder of its own: a turn that outlasted its lease is no longer it, though the same process took the next. */
async function lease(
  sql: Sql,
  { workspace, max, except }: { workspace: WorkspaceId; max: number; except: readonly ChannelId[] },
): Promise<Lease[]> {
  const leases = await sql<Lease>`
    insert into outbox_lease (workspace_id, channel_id, holder, leased_until)
    select ${workspace}::text, due.channel_id, gen_random_uuid()::text,
      now() + make_interval(secs => ${leaseSeconds})
    from (
      select o.channel_id, min(o.seq) as seq
      from outbox o
      left join outbox_lease l
        on l.workspace_id = o.workspace_id and l.channel_id = o.channel_id
      where o.workspace_id = ${workspace} and o.state = 'pending'
        and o.channel_id <> all (${except}::text[])
        and coalesce(l.leased_until, '-infinity') < now()
        and coalesce(l.not_before, '-infinity') <= now()
      group by o.channel_id order by seq limit ${max}
    ) due
    order by due.seq
    on conflict (workspace_id, channel_id) do update
      set holder = excluded.holder, leased_until = excluded.leased_until
      where coalesce(outbox_lease.leased_until, '-infinity') < now()
        and coalesce(outbox_lease.not_before, '-infinity') <= now()
    returning channel_id as channel, holder as id`;
  return [...leases];
}

interface Row {
  id: OutboxId;
  channel_id: string;
  key: string;
  payload: OutboxPayload;
  attempted_at: Date | null;
  attempts: number;
  created_at: Date;
}

async function first(sql: Sql, workspace: WorkspaceId, channel: string): Promise<OutboxRow | null> {
  const [row] = await sql<Row>`
    select id, channel_id, key, payload, attempted_at, attempts, created_at from outbox
    where workspace_id = ${workspace} and channel_id = ${channel} and state = 'pending'
    order by seq limit 1`;
  return row
    ? {
        id: row.id,
        channel: row.channel_id,
        key: row.key,
        payload: row.payload,
        triedAt: row.attempted_at,
        attempts: row.attempts,
        createdAt: row.created_at,
      }
    : null;
}

/** Renews the lease in the same breath, so that a slow channel stays with its holder. */
async function attempt(
  sql: Sql,
  { workspace, held, row }: { workspace: WorkspaceId; held: Lease; row: OutboxRow },
): Promise<OutboxPayload | null> {
  const [tried] = await sql<{ payload: OutboxPayload }>`
    with held as (
      update outbox_lease set leased_until = now() + make_interval(secs => ${leaseSeconds})
      where workspace_id = ${workspace} and channel_id = ${held.channel} and holder = ${held.id}
      returning 1
    )
    update outbox set attempted_at = now(), attempts = attempts + 1
    where id = ${row.id} and state = 'pending' and exists (select 1 from held)
    returning payload`;
  return tried?.payload ?? null;
}

/** What waits in the queues and in the outbox, for /metrics. */

import type postgres from "postgres";

export interface Backlog {
  readonly queue: string;
  readonly waiting: number;
  readonly oldestSeconds: number;
}

export async function backlogOf(sql: postgres.Sql): Promise<Backlog[]> {
  return sql<Backlog[]>`
    select name as queue, count(*)::int as waiting,
      coalesce(extract(epoch from now() - min(start_after)), 0)::float8 as "oldestSeconds"
    from pgboss.job where state in ('created', 'retry') and start_after <= now() group by name
    union all
    select 'outbox', count(*)::int,
      coalesce(extract(epoch from now() - min(created_at)), 0)::float8
    from outbox where state = 'pending'`;
}

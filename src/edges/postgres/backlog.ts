/** What waits in the queues and in the outbox, for /metrics. */

import type { Sql } from "./connect.ts";

export interface Backlog {
  readonly queue: string;
  readonly waiting: number;
  readonly oldestSeconds: number;
}

/** Every queue, also those in which nothing waits. */
export async function backlogOf(sql: Sql): Promise<Backlog[]> {
  return sql<Backlog>`
    select q.name as queue, count(j.id)::int as waiting,
      coalesce(extract(epoch from now() - min(j.start_after)), 0)::float8 as "oldestSeconds"
    from pgboss.queue q left join pgboss.job j
      on j.name = q.name and j.state in ('created', 'retry') and j.start_after <= now()
    group by q.name
    union all
    select 'outbox', count(*)::int,
      coalesce(extract(epoch from now() - min(created_at)), 0)::float8
    from outbox where state = 'pending'`;
}

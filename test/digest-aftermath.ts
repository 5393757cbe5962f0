/** What made-up incidents leave behind: postmortems, action items, and what a model was asked. */

import type postgres from "postgres";

export async function plantAftermath(sql: postgres.Sql, workspace: string): Promise<void> {
  await plantActions(sql, workspace);
  await plantModelCalls(sql, workspace);
  await plantPostmortems(sql, workspace);
}

/** None of every third; of every second of the others it is published, and of some a later version was set aside. */
async function plantPostmortems(sql: postgres.Sql, workspace: string): Promise<void> {
  await sql`
    insert into postmortem_version
      (workspace_id, incident_id, version, kind, state, markdown, author, at)
    select ${workspace}, i.id, n,
      case n when 1 then 'drafted' when 2 then 'published' else 'set-aside' end,
      case n when 1 then 'draft' when 2 then 'published' else 'review' end, 'text', 'U1', now()
    from incident i, generate_series(1, 3) n
    where i.number % 3 > 0 and (n = 1 or i.number % 2 = 0 or (n = 3 and i.number % 5 = 0))`;
}

/** Three an incident, of which one never ended; from the fifteenth incident on there is one whose price was not told, and in the first none was asked. */
async function plantModelCalls(sql: postgres.Sql, workspace: string): Promise<void> {
  await sql`
    insert into model_call
      (workspace_id, id, incident_id, purpose, model, tokens_in, tokens_out, cost, at, ended)
    select ${workspace}, i.id || n, i.id, 'steps', 'm', 10, 10,
      case when n = 3 or i.number <> 15 then i.number * 0.01 + n end, now(),
      case when n < 3 then 'reply' end
    from incident i, generate_series(1, 3) n where i.number > 1`;
}

/** Three an incident, of which one is due on the last day; of every third none before it, of every second the earlier one is closed by a later revision. */
async function plantActions(sql: postgres.Sql, workspace: string): Promise<void> {
  await sql`
    insert into action_item
      (workspace_id, id, revision, incident_id, text, due, priority, state, by, at)
    select ${workspace}, 'act_' || i.id || n, revision, i.id, 'text',
      date '2026-11-23' + case when i.number % 3 = 0 then n - 1 else (n - 2) * (1 + i.number % 20) end, 'P2',
      case when revision = 2 and i.number % 2 = 0 then 'done' else 'open' end, 'U1', now()
    from incident i, generate_series(1, 3) n, generate_series(1, case n when 1 then 2 else 1 end) revision`;
}

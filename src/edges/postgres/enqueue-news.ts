/** What hooks told, on its way into the queue: alerts as a job a group, changes as a word to whoever reads, news of incidents one by one; the same news is the same job. */

import type { PgBoss } from "pg-boss";
import { newsOf, type Delivery } from "../../alert/alert.ts";
import type { ChangeEvent } from "../../evidence/change-event.ts";
import type { IncidentNews } from "../../incident/news.ts";
import type { Job } from "../../flows/change.ts";
import type { WorkspaceId } from "../../vocabulary.ts";
import { groupCommitInto, jobIdOf, type Row } from "./group-commit.ts";
import { alertQueue, flowQueue } from "./queue.ts";

/** A row may hold a thousand alerts. */
const bounds = { batchMax: 100, waitingMax: 1_000 };

/** All reject after 900 ms; what is committed later is the same row at the next try. */
export interface News {
  alerts(deliveries: readonly Delivery[]): Promise<void>;
  changes(events: readonly ChangeEvent[]): Promise<void>;
  incidents(news: readonly IncidentNews[]): Promise<void>;
  /** `what`: makes it another news than that of the same issue before. */
  issue(news: {
    readonly repo: string;
    readonly number: string;
    readonly what: string;
  }): Promise<void>;
}

export function enqueueNews(boss: PgBoss, workspace: WorkspaceId, afterCommit: () => void): News {
  const ofAlerts = groupCommitInto(boss, { queue: alertQueue, ...bounds }, afterCommit);
  const ofFlows = groupCommitInto(boss, { queue: flowQueue, ...bounds }, afterCommit);
  return {
    alerts: async (deliveries) => {
      const rows = deliveries.map((delivery) => ({
        id: jobIdOf(workspace, "alerts", ...newsOf(delivery)),
        data: { delivery },
      }));
      await Promise.all(rows.map(ofAlerts.put));
    },
    incidents: async (news) => {
      const rows = news.map((each) => ({
        id: jobIdOf(workspace, "incident", each.teller, each.id, each.status ?? ""),
        data: { workspace, job: { kind: "hear-news", news: each } satisfies Job },
      }));
      await Promise.all(rows.map(ofFlows.put));
    },
    issue: async ({ repo, number, what }) => {
      const job: Job = { kind: "issue-changed", repo, number };
      const id = jobIdOf(workspace, "issue", repo, number, what);
      await ofFlows.put({ id, data: { workspace, job } });
    },
    changes: async (events) => {
      await Promise.all(changeRows(workspace, events).map(ofFlows.put));
    },
  };
}

/** One job a payload; none where nothing changed. */
function changeRows(workspace: WorkspaceId, events: readonly ChangeEvent[]): Row[] {
  if (events.length === 0) return [];
  const ids = events.map(({ source, id, status }) => [source, id, status ?? ""].join(" "));
  const services = new Set(events.map(({ service }) => service));
  const named = services.has(null) ? null : [...services].filter((service) => service !== null);
  const job: Job = { kind: "read-changes", services: named };
  const id = jobIdOf(workspace, "changes", ...ids.toSorted());
  return [{ id, data: { workspace, job } }];
}

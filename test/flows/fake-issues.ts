/** The issues of a repository in memory, set as the one that postmortems go to. */

import type { Issue, Issues } from "../../src/flows/counterpart.ts";
import type { IssueReading } from "../../src/postmortem/action-issue.ts";
import type { FakeWorld } from "./fake-world.ts";

export const someIssue: Issue = {
  number: "1",
  url: "https://github.com/acme/pm/issues/1",
  title: "Somebody's",
  body: "",
  state: "open",
};

export interface FakeIssues {
  readonly issues: Issues;
  readonly kept: Issue[];
  /** What was asked to be changed, in order. */
  readonly changes: (readonly [number: string, told: Partial<IssueReading>])[];
  /** How often one was read that was another than before. */
  readonly reads: () => number;
  /** Numbers that were read, whatever came of it. */
  readonly asked: string[];
  /** Since when what was changed was asked for. */
  readonly lists: Date[];
  /** What somebody does there. */
  readonly edit: (number: string, told: Partial<IssueReading>) => void;
}

export function withIssues(fake: FakeWorld): FakeIssues {
  const kept: Issue[] = [];
  const changes: (readonly [number: string, told: Partial<IssueReading>])[] = [];
  const changedAt = new Map<string, Date>();
  const asked: string[] = [];
  const lists: Date[] = [];
  let reads = 0;
  const gone = { ok: false, said: "It is gone.", why: "gone" } as const;
  const edit = (number: string, told: Partial<IssueReading>): Issue | null => {
    const at = kept.findIndex((each) => each.number === number);
    const before = kept[at];
    if (before === undefined) return null;
    kept[at] = { ...before, ...told };
    changedAt.set(number, fake.world.now());
    return kept[at] ?? null;
  };
  const issues: Issues = {
    repo: "acme/pm",
    find: async (mark) => ({
      ok: true,
      value: kept.find(({ body }) => body.includes(mark)) ?? null,
    }),
    changedSince: async (since) => {
      lists.push(since);
      const isOne = ({ number }: Issue) => (changedAt.get(number) ?? new Date(0)) >= since;
      return { ok: true, value: kept.filter(isOne) };
    },
    create: async (told) => {
      const number = String(kept.length + 1);
      const url = `https://github.com/acme/pm/issues/${number}`;
      const issue = { number, url, state: "open", ...told } as const;
      kept.push(issue);
      return { ok: true, value: issue };
    },
    change: async (number, told) => {
      const issue = edit(number, told);
      if (issue === null) return gone;
      changes.push([number, told]);
      return { ok: true, value: issue };
    },
    read: async (number, etag) => {
      asked.push(number);
      const issue = kept.find((each) => each.number === number);
      if (issue === undefined) return gone;
      const now = JSON.stringify(issue);
      if (etag === now) return { ok: true, value: null };
      reads += 1;
      return { ok: true, value: { issue, etag: now } };
    },
  };
  fake.world = { ...fake.world, exports: { ...fake.world.exports, issues } };
  return { issues, kept, changes, reads: () => reads, asked, lists, edit };
}

/** The issues of a repository in memory, set as the one that postmortems go to. */

import type { Issue, IssueChange, Issues } from "../../src/flows/counterpart.ts";
import type { FakeWorld } from "./fake-world.ts";

export const someIssue: Issue = {
  number: "1",
  url: "https://github.com/acme/pm/issues/1",
  title: "Somebody's",
  body: "",
};

export interface FakeIssues {
  readonly issues: Issues;
  readonly kept: Issue[];
  /** What was asked to be changed, in order. */
  readonly changes: (readonly [number: string, told: IssueChange])[];
}

export function withIssues(fake: FakeWorld): FakeIssues {
  const kept: Issue[] = [];
  const changes: FakeIssues["changes"] = [];
  const issues: Issues = {
    repo: "acme/pm",
    find: async (mark) => ({
      ok: true,
      value: kept.find(({ body }) => body.includes(mark)) ?? null,
    }),
    create: async (told) => {
      const number = String(kept.length + 1);
      const url = `https://github.com/acme/pm/issues/${number}`;
      const issue = { number, url, ...told };
      kept.push(issue);
      return { ok: true, value: issue };
    },
    change: async (number, told) => {
      const at = kept.findIndex((each) => each.number === number);
      const before = kept[at];
      if (before === undefined) return { ok: false, said: "It is gone.", isGone: true };
      changes.push([number, told]);
      const { state: _state, ...text } = told;
      const issue = { ...before, ...text };
      kept[at] = issue;
      return { ok: true, value: issue };
    },
  };
  fake.world = { ...fake.world, exports: { ...fake.world.exports, issues } };
  return { issues, kept, changes };
}

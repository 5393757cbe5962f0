/** A channel's history as Slack tells it, page by page. */

import type { HistoryMessage, HistoryPage, HistorySpan } from "../../src/flows/chat.ts";

export interface FakeHistory {
  /** Oldest first, by the thread's first message; "" is the channel itself. */
  readonly history: Map<string, HistoryMessage[]>;
  /** Slack's answers to the next questions, before it gives pages. */
  readonly historyAnswers: HistoryPage[];
  /** How many a page holds. */
  historyPage: number;
}

export const noHistory = (): FakeHistory => ({
  history: new Map(),
  historyAnswers: [],
  historyPage: 100,
});

export function pageOf(fake: FakeHistory, { after, before, thread }: HistorySpan): HistoryPage {
  const answer = fake.historyAnswers.shift();
  if (answer !== undefined) return answer;
  const within = (fake.history.get(thread ?? "") ?? []).filter(
    ({ ts }) =>
      (after === null || Number(ts) > Number(after)) &&
      (before === null || Number(ts) < Number(before)),
  );
  const messages = (thread === null ? within.toReversed() : within).slice(0, fake.historyPage);
  return {
    kind: "read",
    messages,
    firstTs: messages[0]?.ts ?? null,
    lastTs: messages.at(-1)?.ts ?? null,
    hasMore: messages.length < within.length,
  };
}

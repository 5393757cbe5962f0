/** Pages that were read are kept for their time, then asked by their tag whether they are the same; where nobody answers, what was read last stands in. */

import type { Runbooks } from "../../flows/runbooks.ts";
import type { Page } from "../../runbook/page.ts";
import type { ReadPage } from "./web-pages.ts";

interface Kept {
  readonly page: Page;
  readonly etag: string | null;
  readonly readAt: number;
  readonly freshUntil: number;
}

const pagesMax = 100;
/** A page that was read longer ago may have become wrong. */
const standInMs = 24 * 3_600_000;

/** `now`: milliseconds. */
export function keptPages(read: ReadPage, now: () => number): Runbooks {
  const pages = new Map<string, Kept>();
  const keep = (link: string, kept: Kept): void => {
    pages.delete(link);
    pages.set(link, kept);
    const [oldest] = pages.keys();
    if (pages.size > pagesMax && oldest !== undefined) pages.delete(oldest);
  };
  return {
    page: async (asked, signal) => {
      const key = asked.link.split("#", 1)[0] ?? "";
      const known = pages.get(key);
      if (known !== undefined && now() < known.freshUntil) return { page: known.page };
      const answer = await read(asked, known?.etag ?? null, signal);
      const at = now();
      switch (answer.kind) {
        case "page": {
          const { page, etag, freshMs } = answer;
          keep(key, { page, etag, readAt: at, freshUntil: at + freshMs });
          return { page };
        }
        case "same": {
          if (known === undefined) throw new Error("nothing was sent");
          keep(key, { ...known, readAt: at, freshUntil: at + answer.freshMs });
          return { page: known.page };
        }
        case "refused": {
          const isNearEnough = known !== undefined && at - known.readAt < standInMs;
          if (!answer.isPassing || !isNearEnough) throw new Error(answer.said);
          return {
            page: known.page,
            old: { readAt: new Date(known.readAt), because: answer.said },
          };
        }
      }
    },
  };
}

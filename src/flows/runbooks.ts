/** What the flows need of whoever reads the pages of runbooks. */

import type { AskedPage, Page } from "../runbook/page.ts";

/** Pages that people wrote. Rejects with an Error whose message is a sentence fragment, with the mend where there is one. */
export interface Runbooks {
  /** `old`: nobody answered now, and this is what was read then. */
  page(
    asked: AskedPage,
    signal: AbortSignal,
  ): Promise<{
    readonly page: Page;
    readonly old?: { readonly readAt: Date; readonly because: string };
  }>;
}

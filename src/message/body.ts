/** What is posted: Slack's blocks, and a text that reads well without them. */

export interface Block {
  readonly type: string;
  readonly [field: string]: unknown;
}

export interface MessageBody {
  /** For notifications and screen readers: tells the same as the blocks. */
  readonly text: string;
  readonly blocks: readonly Block[];
}

/** What a model read in the thread: kept where a person said it in words of their own that are about that step. */

import type { Step } from "../playbook/step.ts";
import { ownWords } from "../suggestion/deed-words.ts";
import { isLog, rawLines } from "../pasted-lines.ts";
import { readLine } from "../log-line.ts";
import { fallen, type Fallen } from "./fallen.ts";
import { stem, isOrdinary } from "./ordinary-words.ts";
import type { ReadDeed } from "./reply.ts";

/** As it stands in the channel. */
export interface ThreadMessage {
  readonly id: string;
  readonly text: string;
  /** A member of the channel, and not a program. */
  readonly isFromMember: boolean;
}

/** null: kept. */
export function deedFault(
  deed: ReadDeed,
  messages: readonly ThreadMessage[],
  steps: readonly Step[],
): Fallen | null {
  const message = messages.find(({ id }) => id === deed.message);
  const step = steps.find(({ id }) => id === deed.step);
  const fell = (because: string) => fallen(`${step?.id ?? "a step"}: ${deed.what}`, because);
  if (message === undefined) return fell("cites a message that is not in the thread");
  if (step === undefined) return fell("names a step that does not exist");
  if (!message.isFromMember) return fell("was not said by a member of the channel");
  return isAbout(said(message.text), step) ? null : fell("is not what that message says");
}

/** Without what is quoted, code, and lines of a log: a paste is nobody's word. */
function said(text: string): string {
  const lines = rawLines(text).map(readLine);
  return isLog(lines) ? "" : ownWords(text);
}

/** In the words of the playbook for that deed, or in those of the step's title. */
function isAbout(words: string, { doneWords, plainTitle, title }: Step): boolean {
  if (words.trim() === "") return false;
  if (doneWords.some((each) => new RegExp(each, "iu").test(words))) return true;
  const own = new Set((words.match(/[a-z]{3,}/g) ?? []).map(stem));
  const named =
    `${plainTitle} ${title.replaceAll(/\{\w+\}/g, " ")}`.toLowerCase().match(/[a-z]{3,}/g) ?? [];
  const telling = new Set(named.filter((word) => !isOrdinary(word)).map(stem));
  return [...telling].some((word) => own.has(word));
}

/** What the thread is told of an action item's issue on GitHub: what was changed there, and that it is gone. */

import type { ActionTold } from "../postmortem/action-record.ts";
import { section } from "./blocks.ts";
import type { MessageBody } from "./body.ts";
import { cut, escape, knownUrl } from "./escape.ts";
import { blockPen, message, textPen, type Pen } from "./pen.ts";
import { postmortemCommand } from "./postmortem-commands.ts";

const textMax = 200;

export interface IssuePlace {
  readonly repo: string;
  readonly number: string;
  readonly url: string;
  readonly hosts: readonly string[];
}

const stateWords = { open: "is open again", done: "is done", dropped: "is dropped" } as const;

/** Once for each change. */
export function issueTold(before: ActionTold, after: ActionTold, place: IssuePlace): MessageBody {
  const what = [
    ...(before.text === after.text ? [] : [`reads ${quoted(after.text)} now`]),
    ...(before.state === after.state ? [] : [stateWords[after.state]]),
  ].join(" and ");
  return sentence(
    (pen) => `On GitHub, ${quoted(before.text)} ${what} (${named(place, pen)}).`,
    place.hosts,
  );
}

export function issueGone(item: ActionTold, place: IssuePlace): MessageBody {
  return sentence(
    (pen) =>
      `The issue of ${quoted(item.text)} is not there any more (${named(place, pen)}); the item stays as it is. ${pen.code(`${postmortemCommand} actions`)} makes another.`,
    place.hosts,
  );
}

function quoted(text: string): string {
  return `"${escape(cut(text, textMax))}"`;
}

function named({ repo, number, url, hosts }: IssuePlace, pen: Pen): string {
  const label = escape(`${repo}#${number}`);
  return knownUrl(url, hosts) === null ? label : pen.link(url, label);
}

function sentence(words: (pen: Pen) => string, hosts: readonly string[]): MessageBody {
  return message([words(textPen)], [section(words(blockPen(hosts)))]);
}

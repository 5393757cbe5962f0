/** One wording, written twice: with Slack's formatting for blocks, without it for the text alone. */

import type { Block, MessageBody } from "./body.ts";
import { body } from "./blocks.ts";
import { code, cut, link } from "./escape.ts";
import { clock, clockUtc } from "./time.ts";

/** What is handed in is escaped already, except for `code`, which takes a command as it is. */
export interface Pen {
  readonly clock: (at: Date) => string;
  readonly strong: (text: string) => string;
  /** For what was true and is no longer. */
  readonly struck: (text: string) => string;
  /** Struck out, where the words beside it say why. */
  readonly out: (text: string) => string;
  readonly link: (url: string | null | undefined, label: string) => string;
  readonly code: (command: string) => string;
  /** HH:MM and HH:MM:SS in UTC within a text become times in the reader's zone; `near`: which day is meant. */
  readonly clocksIn: (text: string, near: Date) => string;
}

/** A longer command is cut: nobody reads it in a chat. */
const commandMax = 1_000;

/** `hosts`: where links may lead. */
export function blockPen(hosts: readonly string[]): Pen {
  return {
    clock,
    strong: (text) => `*${text}*`,
    struck: (text) => `~${text}~`,
    out: (text) => `~${text}~`,
    link: (url, label) => link(url, label, hosts),
    code: (command) => code(cut(command, commandMax)),
    clocksIn,
  };
}

export const textPen: Pen = {
  clock: clockUtc,
  strong: (text) => text,
  struck: (text) => `${text} (back to normal)`,
  out: (text) => text,
  link: (_url, label) => label,
  code: (command) => code(cut(command, commandMax)),
  clocksIn: (text) => text,
};

/** The lines as the text alone, told in UTC; empty ones are left out. */
function asText(lines: readonly string[]): string {
  const text = lines.filter((line) => line !== "").join("\n");
  return /\b\d\d:\d\d\b/.test(text) ? `${text}\nTimes in UTC.` : text;
}

export function message(lines: readonly string[], blocks: readonly Block[]): MessageBody {
  return body(asText(lines), blocks);
}

const dayMs = 86_400_000;

function clocksIn(text: string, near: Date): string {
  return text.replaceAll(
    /(?<![\d:.])([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?(?![\d:])/g,
    (told, hours: string, minutes: string, seconds: string | undefined) => {
      const sinceMidnight =
        Number(hours) * 3_600_000 + Number(minutes) * 60_000 + Number(seconds ?? 0) * 1_000;
      const midnight = Math.floor(near.getTime() / dayMs) * dayMs;
      const nearest = [-dayMs, 0, dayMs]
        .map((shift) => midnight + shift + sinceMidnight)
        .toSorted((a, b) => Math.abs(a - near.getTime()) - Math.abs(b - near.getTime()))[0];
      const format = seconds === undefined ? "{time}" : "{time_secs}";
      return `<!date^${Math.floor((nearest ?? midnight) / 1_000)}^${format}|${told}>`;
    },
  );
}

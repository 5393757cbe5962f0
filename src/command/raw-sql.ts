/** SQL as it is typed at a database's own prompt, with no program before it: what it does there, and that a shell would not run it (DESIGN §8). */

import type { CommandClass } from "./class.ts";
import { mysqlOwn } from "./database-clients.ts";
import { changing as changers } from "./program-lists.ts";
import { classifySql, runsInComment } from "./sql.ts";

/** What a statement begins with that may only read. */
const lookingFirst = /^(?:select|show|explain|with|table|values|describe|desc)(?=[\s*('"]|$)/i;

const things =
  "(?:(?:temp|temporary|unlogged|unique|materialized|foreign|global|local|or|replace|event)\\s+){0,4}" +
  "(?:table|database|schema|index|view|user|role|sequence|function|procedure|trigger|extension|type|domain|system|" +
  "publication|subscription|tablespace|policy|rule|server|aggregate|collation|statistics|keyspace)";
/** What one begins with that changes something, in the words of any dialect; a shell's `set -e` and `kill -9` are none. */
const changingFirst = new RegExp(
  String.raw`^(?:(?:insert|replace|merge)\s+(?:ignore\s+|low_priority\s+)?into|delete\s+from|update\s+\S{1,200}(?:\s+(?:as\s+)?\w{1,64})?\s+set|` +
    String.raw`(?:drop|alter|create)\s+${things}|truncate\s+(?!-)|(?:grant|revoke)\s+[\w ,()*]{1,200}\s(?:on|to|from)|` +
    String.raw`set\s+(?:global|session|local|persist|password|role|constraints|@|[\w.]{1,100}\s*(?:=|\sto\s))|reset\s+\w|` +
    String.raw`kill\s+(?:\d|query|connection|hard|soft)|flush\s+\w|(?:vacuum|analyze|reindex|cluster|checkpoint|discard)(?:[\s;(]|$)|` +
    String.raw`(?:optimize|repair|lock|unlock|rename)\s+tables?|call\s+[\w."]+\s*\(|do\s+[$'l]|copy\s+[\w."(]|comment\s+on|` +
    String.raw`refresh\s+materialized|load\s+data|reassign\s+owned|security\s+label|notify\s+\w|listen\s+\w)`,
  "i",
);
const transaction = /^(?:begin|start\s+transaction)(?:\s|;)/i;

/** Lines of comment above the statement. */
const above = /^(?:[\s(]|--[ \t][^\n'"]{0,400}\n)*/;

/** null: it is none. */
export async function classifyStatement(text: string): Promise<CommandClass | null> {
  const bare = text.slice(above.exec(text)?.[0].length ?? 0);
  const isChanging = changingFirst.test(bare);
  const runsFirst = bare.startsWith("/*") && runsInComment.test(bare.slice(0, "/*M!".length));
  if (runsFirst) return "state-changing";
  if (!isChanging && !lookingFirst.test(bare) && !transaction.test(bare)) return null;
  const statement = text.replace(/\\[gG]\s*$/, "");
  const is = mysqlOwn(bare) ?? (await classifySql(statement));
  if (is === "read-only") return isReadAlike(bare, statement) ? is : "unknown";
  return isChanging ? "state-changing" : is;
}

/** Comments and escapes part the dialects: what one skips another runs. So do words that one takes for a name, and another for a statement. */
const ambiguous = /\/\*|--|[#$\\`]/;
const elsewhere = /(?<!\bexplain\s{1,4})\b(?:delete|exec|execute|outfile|dumpfile)\b/i;

/** By PostgreSQL's parse it reads: whether any other reader would find the same. */
function isReadAlike(bare: string, whole: string): boolean {
  const statement = bare.replace(/\\[gG]\s*$/, "");
  const unquoted = whole.replaceAll(/'[^']*'|"[^"]*"/g, "''");
  return !ambiguous.test(statement) && !elsewhere.test(unquoted) && !runsInShell(unquoted);
}

const programs = new Set([
  ...changers,
  ..."sudo doas env exec eval command builtin source nohup setsid time nice timeout watch xargs find ssh su chroot nsenter".split(
    " ",
  ),
  ..."sh bash dash ash zsh ksh fish python python2 python3 perl ruby node php lua awk gawk mawk sed ed vi vim busybox".split(
    " ",
  ),
  ..."kubectl k oc helm docker podman nerdctl terraform tofu aws gcloud az git systemctl service curl wget nc".split(
    " ",
  ),
  ..."psql mysql mariadb redis-cli mongosh mongo sqlite3 crontab mount sysctl iptables ip".split(
    " ",
  ),
]);

/** Pasted into a shell it would start a program: behind a mark of the shell's, or on a line of its own. */
function runsInShell(unquoted: string): boolean {
  if (/[<>]\s*[/~.]/.test(unquoted)) return true;
  return unquoted.split(/[\n;|&()]/).some((piece) => {
    const word = /^\s*([\w-]+)(?=\s|$)/.exec(piece)?.[1]?.toLowerCase() ?? "";
    return programs.has(word) || /^\s*[/~.]/.test(piece);
  });
}

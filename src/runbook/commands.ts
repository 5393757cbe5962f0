/** What on a page is a command: code in a shell's or SQL's language, and code in a sentence that says to run it. */

import { sentencesWithCode } from "./sentences.ts";
import { orderIn } from "./verbs.ts";

export type CodeLanguage = "shell" | "sql";

const shells = new Set(["sh", "bash", "zsh", "shell"]);
/** These hold queries and outputs as well. */
const loose = new Set(["", "console", "terminal", "text", "plaintext", "shellsession", "none"]);
const databases = new Set(["sql", "psql", "postgres", "postgresql", "mysql"]);

/** Code of another language, an output, or nothing at all: null. A prompt is no part of a command, and behind prompts other lines are output. */
export function commandsOf(
  code: string,
  language: string,
): { readonly text: string; readonly language: CodeLanguage } | null {
  const whole = code.trim();
  const prompted = behindPrompts(whole);
  const text = prompted ?? whole;
  if (text === "") return null;
  if (databases.has(language)) return { text, language: "sql" };
  const isMeant =
    shells.has(language) ||
    (loose.has(language) && (prompted !== null || looksLikeCommand(firstLine(text))));
  return isMeant ? { text, language: "shell" } : null;
}

/** null: no line has a prompt. */
function behindPrompts(code: string): string | null {
  const prompted = code.split("\n").filter((line) => /^\s*[$%]\s+\S/.test(line));
  if (prompted.length === 0) return null;
  return prompted.map((line) => line.replace(/^\s*[$%]\s+/, "")).join("\n");
}

/** The first that runs something: neither empty, nor a comment, nor the setting of a variable. */
export function firstLine(text: string): string {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return lines.find((line) => !/^\s*(?:#|(?:export )?\w+=\S*\s*$)/.test(line)) ?? lines[0] ?? "";
}

/** Programs that runbooks name; others are taken for commands where the sentence says to run them. */
const programs = new Set(
  `kubectl oc helm istioctl argocd fly flyctl docker podman crictl nerdctl docker-compose systemctl service journalctl
  psql mysql mongo mongosh redis-cli rabbitmqctl kcat kafka-consumer-groups.sh kafka-topics.sh curl wget dig ping ssh sudo
  aws gcloud az terraform ansible ansible-playbook consul nomad vault etcdctl git gh npm node python python3 ruby java jcmd
  jstack jmap pg_ctl pg_dump patronictl pgbouncer haproxy nginx openssl ps top kill pkill ls cat tail grep df du free lsof
  ss netstat ip iptables tc strace perf bpftrace tcpdump make cd export for while if echo rm mv cp`.split(
    /\s+/,
  ),
);

function looksLikeCommand(line: string): boolean {
  const [program = "", ...rest] = line.trim().split(/\s+/);
  const bare = program.replace(/^.*\//, "");
  return programs.has(bare) || (/^\.{0,2}\//.test(program) && rest.length >= 0 && bare !== "");
}

/** The commands in backticks, one below the other; null: there is none. */
export function commandIn(text: string): string | null {
  const found = sentencesWithCode(text).flatMap(commandsIn);
  return found.length === 0 ? null : found.join("\n");
}

const isSaid =
  /\b(?:run|runs|running|execute|use|using|with|via|type|call|do|by)\b[^.;]{0,40}$|^\W{0,3}$|[:,]\s*$/i;

function commandsIn(sentence: string): readonly string[] {
  const parts = sentence.split("`");
  const isToRun = /^(?:run|execute|rerun)$/.test(orderIn(parts[0] ?? "")?.verb ?? "");
  return parts.flatMap((part, index) => {
    if (index % 2 === 0 || index === parts.length - 1) return [];
    const code = part.trim();
    const isTold = isSaid.test(parts[index - 1]?.slice(-60) ?? "");
    if (/^[\w-][\w./-]{0,200}\.(?:sh|bash|py|rb)$/.test(code)) return isTold ? [code] : [];
    const hasWords = /^[\w./-]+\s+\S/.test(code);
    return hasWords && (isToRun || looksLikeCommand(code) || (isTold && isPlainCall(code)))
      ? [code]
      : [];
  });
}

/** A script or a program with options; "pool exhausted" is neither. */
function isPlainCall(code: string): boolean {
  return /^[\w./-]+\s/.test(code) && /\s--?\w|^[\w-]*[./]|\s[\w-]+[/=:]/.test(code);
}

/** Why a command that a model wrote is not shown: only what is known to read, and names nothing that was not gathered, is. */

import { classifyCommand } from "../command/classify.ts";
import type { Step } from "../playbook/step.ts";
import { isKnownName } from "./known-name.ts";
import type { Known } from "./known.ts";
import { holdsName, namesIn, type Named } from "./names.ts";
import { namesSecretFile } from "./secret-files.ts";
import { linkIn } from "./unsafe.ts";

export interface CommandFault {
  /** It would change something, whatever the step is called. */
  readonly isChanging: boolean;
  readonly because: string;
}

/** null: it may be shown. */
export async function commandFault(
  command: string,
  known: Known,
  steps: readonly Step[],
): Promise<CommandFault | null> {
  const found = await classifyCommand(command);
  if (found === "state-changing")
    return { isChanging: true, because: "is a command that would change something" };
  const because =
    found === "unknown"
      ? "is a command that is not known to only read"
      : (unseenIn(command) ??
        harmIn(command) ??
        linkedIn(command, known) ??
        namedIn(command, known, steps));
  return because === null ? null : { isChanging: false, because };
}

/** Reads only, and yet: what it prints ends up in the channel, and what it reads may stand still for it. */
function harmIn(command: string): string | null {
  if (telling.test(command) || namesSecretFile(command))
    return "is a command that prints what nobody should paste";
  return heavy.test(command) ? "is a command that is hard on what it reads" : null;
}

const telling =
  /\bsecrets?\b|\bconfig\s+view\b[^|;&]*--raw|(?:^|[\s;&|])(?:printenv|env|set|export\s+-p)(?=\s*(?:$|[;&|]))|--\s+(?:printenv|env)\b|\/proc\/\S+\/environ\b|\bcredentials?\b|\bvault\s+(?:read|kv\s+get)\b|\baccess-token\b|\bsession-token\b|\bpg_(?:shadow|authid)\b|passw(?:or)?d|\bkubectl\b[^|;&]*\b(?:cm|configmaps?)\b[^|;&]*\s(?:-o|--output)|\bdescribe\s+(?:cm|configmaps?)\b|\bhelm\b[^|;&]*\bget\s+(?:values|all|manifest)\b|\b(?:docker|podman|nerdctl)\s+(?:container\s+)?inspect\b(?![^|;&]*\s(?:-f|--format))|--with-decryption\b/i;
const heavy =
  /\b(?:redis|valkey)-cli\b[^|;&]*(?:\b(?:keys|monitor)\b|--(?:big|mem|hot)keys\b)|\bping\b[^|;&]*\s-f\b|(?:^|[\s;&|])(?:strace|ltrace|gdb)\b|\bheapdump\b|\bGC\.(?:heap_dump|class_histogram)\b|(?:^|[\s;&|])jmap\b/i;

function unseenIn(command: string): string | null {
  if (/(?![\n\t])[\p{C}\p{Zl}\p{Zp}]/u.test(command)) return "holds characters that nobody sees";
  // Nothing is read by it: what it prints are the model's own words.
  const isPrinting = /(?:^|[;&|(]\s*)(?:echo|printf|yes|true|:)(?=\s|$)|#\s/m.test(command);
  if (isPrinting) return "is a command that only prints";
  return /`|\$\(|<\(/.test(command) ? "is a command that is put together as it runs" : null;
}

function linkedIn(command: string, known: Known): string | null {
  return linkIn(command, known) === null ? null : "links to what was not gathered";
}

/** The playbook's own commands may be written again. */
function namedIn(command: string, known: Known, steps: readonly Step[]): string | null {
  const playbook = steps.flatMap(({ ways }) => ways.map((way) => way.command)).join("\n");
  const lost = namesIn(command).find(
    (name) =>
      !isKnownName(name, known) &&
      !holdsName(name, playbook) &&
      !isResource(name, known) &&
      !databasesOwn.test(name.text),
  );
  return lost === undefined ? null : `names ${lost.what} that was not gathered`;
}

/** What every PostgreSQL and MySQL calls its own. */
const databasesOwn = /^(?:pg_[a-z_]+|(?:information|performance)_schema(?:\.[a-z_]+)?)$/i;

const resources =
  /^(?:deploy(?:ments?)?|pods?|po|svc|services?|sts|statefulsets?|ds|daemonsets?|jobs?|cronjobs?|hpa|nodes?|ingress(?:es)?|cm|configmaps?|rs|replicasets?)$/;

/** "deploy/checkout" */
function isResource({ text }: Named, { services }: Known): boolean {
  const [kind = "", name = "", ...rest] = text.split("/");
  return rest.length === 0 && resources.test(kind) && services.includes(name);
}

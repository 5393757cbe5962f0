/** Programs whose first words say what they do: Kubernetes, containers, services, clouds and the like. */

import type { CommandClass } from "./class.ts";
import { aws, byLastVerb } from "./clouds.ts";
import { containerVerbs, type Verbs } from "./container-verbs.ts";
import { git } from "./git.ts";
import { has, parted, valuesOf } from "./options.ts";
import { list } from "./program-lists.ts";
import { serviceVerbs } from "./service-verbs.ts";
import type { Argument } from "./shell.ts";

const table: Readonly<Record<string, Verbs>> = { ...containerVerbs, ...serviceVerbs };

/** null: no such program is known here. */
export function subcommandProgram(
  program: string,
  words: readonly Argument[],
): CommandClass | null {
  const own = special[program === "fly" ? "flyctl" : program];
  const verbs =
    table[
      program === "fly"
        ? "flyctl"
        : program === "k" || program === "oc"
          ? "kubectl"
          : program === "tofu"
            ? "terraform"
            : program
    ];
  if (own !== undefined) return own(words);
  return verbs === undefined ? null : byVerb(verbs, words, program);
}

function byVerb(verbs: Verbs, words: readonly Argument[], program: string): CommandClass {
  const manner = { valued: list(verbs.valued ?? ""), isWhole: verbs.isWhole === true };
  const parts = parted(words, manner);
  const first = parts.rest[0];
  if (first === undefined) {
    return parts.options.length > 0 && has(parts, "--version", "--help", "-h", "-version")
      ? "read-only"
      : "unknown";
  }
  const said = parts.rest.slice(0, 3);
  const isOneOf = (all: string) =>
    all.split(";").some((verb) => {
      const wanted = list(verb);
      return (
        wanted.length > 0 &&
        wanted.every((word, index) => said[index]?.isLiteral === true && said[index].text === word)
      );
    });
  if (isDryRun(program, parts.options)) return "read-only";
  if (isOneOf(verbs.changing)) return "state-changing";
  if (!isOneOf(verbs.reading)) return "unknown";
  if (verbs.except !== undefined && has(parts, ...list(verbs.except))) return "unknown";
  return words.some(({ isLiteral, text }) => !isLiteral && text.startsWith("-"))
    ? "unknown"
    : "read-only";
}

/** The server or the client only says what it would do; said once, for the last one would count. */
function isDryRun(
  program: string,
  options: readonly { readonly name: string; readonly value: string | null }[],
): boolean {
  if (!["kubectl", "oc", "k"].includes(program)) return false;
  const values = options.filter(({ name }) => name === "--dry-run").map(({ value }) => value);
  return values.length === 1 && (values[0] === "client" || values[0] === "server");
}

const special: Readonly<Record<string, (words: readonly Argument[]) => CommandClass>> = {
  aws,
  gcloud: (words) =>
    byLastVerb(
      words,
      [
        "--project",
        "--region",
        "--zone",
        "--format",
        "--filter",
        "--limit",
        "--freshness",
        "--sort-by",
        "--order",
        "--location",
        "--cluster",
        "--account",
      ],
      /^(?:list|describe|read|get-[\w-]+|tail|list-[\w-]+|lookup|info|version)$/,
    ),
  az: (words) =>
    byLastVerb(
      words,
      [
        "-g",
        "--resource-group",
        "-n",
        "--name",
        "-o",
        "--output",
        "--subscription",
        "--query",
        "--workspace",
        "--analytics-query",
      ],
      /^(?:list|show|get-[\w-]+|list-[\w-]+|query|tail|version|exists)$/,
    ),
  service: (words) => {
    const [name, verb] = words;
    if (name?.text === "--status-all") return "read-only";
    if (verb?.text === "status") return "read-only";
    return /^(?:start|stop|restart|reload|force-reload)$/.test(verb?.text ?? "")
      ? "state-changing"
      : "unknown";
  },
  ip: (words) => {
    const { rest, options } = parted(words, {
      valued: ["-n", "-netns", "-f", "-family"],
      isWhole: true,
    });
    if (
      options.some(
        ({ name }) =>
          !/^-(?:[sdojchp460rn]|br|brief|stats|statistics|details|json|pretty|color|oneline|human|ts|netns|f|family)$/.test(
            name,
          ),
      )
    )
      return "unknown";
    const [kind, verb] = rest.map(({ text }) => text);
    if (kind === undefined || (kind === "netns" && verb === "exec")) return "unknown";
    if (kind === "monitor") return "read-only";
    if (verb === undefined || /^(?:s|sh|sho|show|l|ls|list|get)$/.test(verb)) return "read-only";
    return /^(?:add|a|del|delete|d|set|flush|change|replace|append|restore|rename)$/.test(verb)
      ? "state-changing"
      : "unknown";
  },
  nginx: (words) => {
    if (words.length === 0 || words.some(({ text }) => text === "-s")) return "state-changing";
    return words.every(({ text }) => /^-(?:t|T|v|V|q|tq|h)$/.test(text)) ? "read-only" : "unknown";
  },
  git,
};

/** What `kubectl exec`, `docker exec` and `fly ssh console` run inside; null where the command is none of these. */
export function runInside(
  program: string,
  words: readonly Argument[],
): readonly Argument[] | "shell" | null {
  if (["kubectl", "oc", "k"].includes(program)) {
    const { rest, behind, options } = parted(words, {
      valued: list(table["kubectl"]?.valued ?? ""),
    });
    if (rest[0]?.text !== "exec") return null;
    return behind ?? (options.length >= 0 ? "shell" : null);
  }
  if (["docker", "podman", "nerdctl", "crictl"].includes(program)) {
    const at = words.findIndex(({ text }) => text === "exec");
    const isFirst =
      at >= 0 && words.slice(0, at).every(({ text }) => text === "container" || text === "compose");
    if (!isFirst) return null;
    const { rest } = parted(words.slice(at + 1), {
      valued: ["-u", "--user", "-w", "--workdir", "-e", "--env"],
      stopsAtRest: true,
    });
    return rest.length > 1 ? rest.slice(1) : "shell";
  }
  if (program === "fly" || program === "flyctl") {
    const parts = parted(words, {
      valued: ["-a", "--app", "-C", "--command", "-r", "--region", "-s", "--select"],
    });
    if (parts.rest[0]?.text !== "ssh" || parts.rest[1]?.text !== "console") return null;
    const [text] = valuesOf(parts, "-C", "--command");
    return text === undefined ? "shell" : [{ text, isLiteral: true, isOpen: false }];
  }
  return null;
}

/** Programs whose first words say what they do: Kubernetes, containers, services, clouds and the like. */

import type { CommandClass } from "./class.ts";
import { actsByAddress } from "./acting-address.ts";
import { aws, byLastVerb } from "./clouds.ts";
import { containerVerbs, type Verbs } from "./container-verbs.ts";
import { git } from "./git.ts";
import { has, parted, valuesOf, type Parted } from "./options.ts";
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
  const isExcepted = verbs.except !== undefined && has(parts, ...list(verbs.except));
  if (!isExcepted && isDryRun(program, parts)) return "read-only";
  if (isOneOf(verbs.changing)) return "state-changing";
  if (!isOneOf(verbs.reading) || isExcepted || isRawAct(parts)) return "unknown";
  return words.some(({ isLiteral, text }) => !isLiteral && text.startsWith("-"))
    ? "unknown"
    : "read-only";
}

/** The server or the client only says what it would do; said once, for the last one would count. */
function isDryRun(program: string, { options, rest }: Parted): boolean {
  const values = options.filter(({ name }) => name === "--dry-run").map(({ value }) => value);
  if (values.length !== 1) return false;
  const isSaid = values[0] === "client" || values[0] === "server";
  if (program === "helm")
    return (
      /^(?:install|upgrade|uninstall|rollback)$/.test(rest[0]?.text ?? "") &&
      (isSaid || values[0] === null)
    );
  return isSaid && ["kubectl", "oc", "k"].includes(program);
}

/** `kubectl get --raw /api/…/proxy/admin/reset`: what it asks for is named by the path alone. */
function isRawAct(parts: Parted): boolean {
  if (!has(parts, "--raw")) return false;
  const paths = [...valuesOf(parts, "--raw"), ...parts.rest.map(({ text }) => text)];
  return has(parts, "-X", "--method", "-d") || paths.some(actsByAddress);
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
  const there = consoles[program === "fly" ? "flyctl" : program];
  return there === undefined ? null : insideConsole(there, words);
}

const consoles: Readonly<Record<string, { readonly said: string; readonly valued: string }>> = {
  flyctl: { said: "ssh console", valued: "-a --app -C --command -r --region -s --select" },
  gcloud: { said: "compute ssh", valued: "--command --zone --project --account" },
};

/** A line that a console on another machine is given; what it holds of variables is filled in here, with whatever they hold. */
function insideConsole(
  { said, valued }: { readonly said: string; readonly valued: string },
  words: readonly Argument[],
): readonly Argument[] | "shell" | null {
  const parts = parted(words, { valued: list(valued) });
  if (list(said).some((word, index) => parts.rest[index]?.text !== word)) return null;
  const texts = valuesOf(parts, "-C", "--command");
  const [text = ""] = texts;
  const known = new Set([
    ...list(valued),
    "--tunnel-through-iap",
    "--internal-ip",
    "--quiet",
    "--pty",
  ]);
  const isJustThat = texts.length === 1 && text !== "" && parts.behind === null;
  const isPlain = parts.options.every(({ name }) => known.has(name));
  if (!isJustThat || !isPlain || words.some(({ isLiteral }) => !isLiteral)) return "shell";
  return [{ text, isLiteral: true, isOpen: false }];
}

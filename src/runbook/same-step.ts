/** Which step of the playbook a runbook tells of: the one that the same command does, else the one that the same words say is done. */

import type { Step } from "../playbook/step.ts";
import { deedsIn } from "../suggestion/done.ts";
import type { RunbookStep } from "./split.ts";
import { deedOf } from "./verbs.ts";

/** null: none, or more than one; and where it acts on something else than the service, whose name may be unknown. */
export function sameStepOf(
  { title, command, language }: RunbookStep,
  role: Step["role"],
  { playbook, service }: { readonly playbook: readonly Step[]; readonly service: string | null },
): Step | null {
  const fitting = playbook.filter((step) => step.role === role);
  const calls = command === null || language === "sql" ? [] : callsIn(command);
  if (calls.some(({ on }) => on !== null && !isService(on, service))) return null;
  const byCommand = fitting.filter((step) => step.ways.some((way) => isDoneBy(way.command, calls)));
  const [only] = byCommand;
  if (byCommand.length === 1 && only !== undefined) return only;
  const said = saidIn(title, byCommand.length > 0 ? byCommand : fitting);
  const meant = said.filter((step) => isAllSaid(title, step, service));
  return meant.length === 1 ? (meant[0] ?? null) : null;
}

function saidIn(title: string, steps: readonly Step[]): readonly Step[] {
  const deed = deedOf(title);
  if (deed === "") return [];
  const said = new Set(deedsIn(deed, steps).map(({ stepId }) => stepId));
  return steps.filter(({ id }) => said.has(id));
}

/** Words that name no thing of their own. */
const general = new Set(
  `the a an its it all any every of to in on for with by and this that last latest previous prior old bad new service
  services app application process processes instance instances pod pods container containers deploy deployment release
  version build rollout replicas more one first then`.split(/\s+/),
);

/** "Restart the importer" is another step than the one that restarts the service. */
function isAllSaid(title: string, { id, plainTitle }: Step, service: string | null): boolean {
  const known = new Set(
    `${id} ${plainTitle} ${service ?? ""}`.toLowerCase().split(/[^\p{L}\p{N}]+/u),
  );
  const [, ...rest] = deedOf(title).match(/[\p{L}\p{N}]+/gu) ?? [];
  return rest.every((word) => general.has(word) || known.has(word) || known.has(`${word}s`));
}

function isService(name: string, service: string | null): boolean {
  return (
    /[$<{]/.test(name) || (service !== null && name.toLowerCase().includes(service.toLowerCase()))
  );
}

interface Call {
  /** "kubectl rollout undo deployment" */
  readonly words: string;
  /** The thing's name; null: it stands nowhere. */
  readonly on: string | null;
}

function isDoneBy(command: string, calls: readonly Call[]): boolean {
  return callsIn(command).some(({ words }) => calls.some((call) => call.words === words));
}

/** These call what a step is for with the words behind them; a look at a pod is part of many a step. */
const telling =
  /^(?:rollout (?:undo|restart|pause|resume)|scale|cordon|uncordon|drain|top|deploy|rollback|autoscale)\b/;

/** Only of calls that tell the step: "kubectl -n shop rollout undo deploy/checkout". */
function callsIn(command: string): readonly Call[] {
  return command
    .split(/\n|&&|;|\|/)
    .map((line) => line.trim().replace(/^sudo\s+/, ""))
    .flatMap((line) => {
      const [program = "", ...rest] = line.split(/\s+/);
      const { words, on } = wordsOf(rest);
      const isKnown = /^(?:kubectl|oc|helm|fly|flyctl|docker|argocd)$/.test(program);
      return isKnown && telling.test(words.join(" "))
        ? [{ words: [program, ...words].join(" "), on }]
        : [];
    });
}

const valued =
  /^(?:-[nacflup]|--(?:namespace|context|kubeconfig|app|config|image|timeout|replicas))$/;
const kinds: Readonly<Record<string, string>> = {
  deployment: "deployment",
  deploy: "deployment",
  "deployment.apps": "deployment",
  deployments: "deployment",
  pod: "pod",
  po: "pod",
  pods: "pod",
  node: "node",
  no: "node",
  nodes: "node",
};
const wordsMax = 3;

/** What is called, on which kind of thing, and the name of that. */
function wordsOf(rest: readonly string[]): {
  readonly words: readonly string[];
  readonly on: string | null;
} {
  const words: string[] = [];
  for (let index = 0; index < rest.length; index += 1) {
    const word = rest[index] ?? "";
    if (word.startsWith("-")) {
      if (valued.test(word)) index += 1;
      continue;
    }
    const [kind = "", on = null] = word.split("/", 2);
    if (words.length === wordsMax || !/^[a-z][a-z.-]*$/.test(kind)) return { words, on: word };
    words.push(kinds[kind] ?? kind);
    if (on !== null) return { words, on };
    // "scale deployment checkout": behind the kind comes the name.
    if (kinds[kind] !== undefined) {
      const name = rest.slice(index + 1).find((each) => !each.startsWith("-"));
      return { words, on: name ?? null };
    }
  }
  return { words, on: null };
}

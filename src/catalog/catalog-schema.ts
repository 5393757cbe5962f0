/** The shapes in which teams write services and teams down (contracts §5), and their typed form. */

import { z } from "zod";
import type { Constraint, Forbidden, Service, Team } from "./catalog.ts";
import { platforms, runtimes, scheduleOf } from "./catalog.ts";
import { keys, oneOf, unknownWord } from "./mend.ts";
import { isZone, parseWindow } from "./window.ts";
import { mechanisms, metricKinds, risks, severities } from "../vocabulary.ts";

const word = z.string().trim().min(1).max(200);
const query = z.string().trim().min(1).max(4000);
/** No list in a catalog is longer. */
const listMax = 200;
const words = z.array(word).max(listMax);
const urls = z
  .array(z.url({ protocol: /^https?$/, error: "is not a link; write https://…" }))
  .max(listMax);
const selector = query.refine((text) => !/^\{|\}$/.test(text), {
  error: "holds braces; write only what stands between them",
});

export const teamSchema = keys({
  name: word,
  channel: word.exactOptional(),
  timezone: word
    .refine(isZone, { error: "is not a time zone; write one such as Europe/Berlin" })
    .exactOptional(),
  oncall: word
    .refine((text) => !/^pagerduty:/i.test(text) || scheduleOf(text) !== null, {
      error: "names no schedule; write for instance pagerduty:PABC123",
    })
    .exactOptional(),
}) satisfies z.ZodType<Team>;

const metricsSchema = keys({
  source: word.exactOptional(),
  selector: selector.exactOptional(),
  queries: z
    .array(
      keys({
        name: word,
        kind: oneOf(metricKinds),
        unit: word.exactOptional(),
        query,
        callee: word.exactOptional(),
        by: words.exactOptional(),
      }),
    )
    .max(listMax)
    .refine(
      (queries) =>
        new Set(queries.map((it) => `${it.name}\n${it.callee ?? ""}`)).size === queries.length,
      { error: "holds two queries of one name (and one callee); give each its own" },
    )
    .default([]),
});

export const constraintSchema = keys({
  forbid: z
    .array(z.string().transform(toForbidden))
    .min(1, { error: 'is empty; name what is forbidden, for instance "risk:disruptive"' }),
  severity: z
    .array(z.literal(severities, { error: "is no severity; write numbers from 1 to 4" }))
    .exactOptional(),
  during: z
    .array(
      word.superRefine((text, context) => {
        const window = parseWindow(text);
        if ("problem" in window) context.addIssue({ code: "custom", message: window.problem });
      }),
    )
    .min(1, { error: "is empty; leave it out where the rule always holds" })
    .exactOptional(),
  because: word,
  by: word.exactOptional(),
  until: z.iso.date({ error: "is not a date; write YYYY-MM-DD" }).exactOptional(),
});

export const serviceSchema = keys({
  name: word,
  owner: word.exactOptional(),
  tier: z.int().min(1).max(9).exactOptional(),
  environments: words.default([]),
  repo: word
    .refine((text) => /^file:.+|^[\w.-]+\/[\w.-]+$/.test(text), {
      error: "is neither a repository nor a folder; write owner/name or file:../folder",
    })
    .exactOptional(),
  paths: words.default([]),
  dependsOn: words.default([]),
  runtime: oneOf(runtimes).default("other"),
  platform: oneOf(platforms).default("other"),
  metrics: metricsSchema.exactOptional(),
  logs: keys({ selector }).exactOptional(),
  dashboards: urls.default([]),
  runbooks: urls.default([]),
  constraints: z.array(constraintSchema).max(listMax).default([]),
}).transform(({ logs, ...service }) => ({
  ...service,
  ...(logs && { logsSelector: logs.selector }),
})) satisfies z.ZodType<Service>;

/** The rule with the zone that its dates and bare hours are read in: its own windows' first, else the team's. */
export function inZone(constraint: Constraint, teamZone: string | undefined): Constraint {
  const own = constraint.during
    ?.map(parseWindow)
    .map((window) => ("zone" in window ? window.zone : undefined))
    .find((zone) => zone !== undefined);
  const zone = own ?? teamZone;
  return zone === undefined ? constraint : { ...constraint, zone };
}

/** `risk:disruptive`, `mechanism:deploy`, `command:kubectl delete`, or a step's id, a runbook's own among them. */
function toForbidden(text: string, context: z.RefinementCtx<string>): Forbidden {
  const refuse = (message: string) => {
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  };
  const [, kind, rest = ""] = /^\s*(?:([^:]*):)?\s*(.*?)\s*$/s.exec(text) ?? [];
  switch (kind) {
    case undefined:
      return /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(rest)
        ? { kind: "step", id: rest }
        : refuse(`${JSON.stringify(text)} is not a step's id; write one such as restart-service`);
    case "runbook":
      return { kind: "step", id: `${kind}:${rest}` };
    case "risk": {
      const risk = risks.find((known) => known === rest);
      return risk ? { kind, risk } : refuse(unknownWord("risk", rest, risks));
    }
    case "mechanism": {
      const mechanism = mechanisms.find((known) => known === rest);
      return mechanism ? { kind, mechanism } : refuse(unknownWord("mechanism", rest, mechanisms));
    }
    case "command": {
      const parts = rest.split(/\s+/).filter((part) => part !== "");
      return parts.length > 0
        ? { kind, words: parts }
        : refuse('names no command; write for instance "command:kubectl delete"');
    }
    default:
      return refuse(unknownWord("prefix", kind, ["risk", "mechanism", "command"]));
  }
}

/** Which services a sentence speaks of, and whether what it cites concerns them. */

import type { Item } from "./item.ts";
import type { Known } from "./known.ts";
import { blanked, namesIn } from "./names.ts";

/** A file or a metric may have a service's name as a part of its own. */
export function withoutNames(own: string, { services }: Known): string {
  return namesIn(own)
    .filter(({ text }) => servicesIn(text, { services })[0]?.length !== text.length)
    .reduce((rest, { index, length }) => blanked(rest, index, length), own);
}

/** "checkout/payments", "frontend→checkout". */
export function isOfServices(text: string, services: readonly string[]): boolean {
  return text.split(/[/→]/).every((part) => services.includes(part.toLowerCase()));
}

export function servicesIn(text: string, { services }: Pick<Known, "services">): string[] {
  let rest = text;
  return services.filter((service) => {
    const literal = service.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
    const found = new RegExp(String.raw`(?<![\w-])${literal}(?![\w-])`, "gi");
    const isThere = found.test(rest);
    rest = rest.replaceAll(found, (whole) => " ".repeat(whole.length));
    return isThere;
  });
}

/** A service that none of the cited concerns; a title or a log line may name another beside its own. */
export function serviceFault(named: readonly string[], cited: readonly Item[]): string | null {
  const lost = named.find(
    (service) =>
      !cited.some(
        ({ services, kind, backing }) =>
          services.includes(service) ||
          (kind !== "metric" &&
            (kind === "text" || services.some((each) => named.includes(each))) &&
            servicesIn(backing, { services: [service] }).length > 0),
      ),
  );
  return lost === undefined ? null : `speaks of ${lost}, and what it cites does not`;
}

const arrow = /([\p{L}][\w-]*)\s*(?:→|->|=>)\s*([\p{L}][\w-]*)/giu;
const measured =
  /\b(?:p\d{2,3}|median|latency|errors?|error rate|failures?|cpu|memory|heap|size|lag|wait|max|mean|rate|requests|traffic|throughput|time|times|duration|usage) (?:of|for|at|on|in) (?:the |all |both )?([\p{L}][\w-]*)/giu;
const notNamed =
  /^(?:calls?|requests?|about|around|roughly|nearly|almost|each|every|all|both|production|total|average|one|two|its|it|that|this|time|most|more|less|over|under|half|version|route|label|errors?|question|start|onset|trouble|usual|present|the|a|an|milli\w+|seconds?|second|any|some|these|those|there|here|up|services?|single)$/i;

/** Where a service's name stands, there is a service's name, or a word of the evidence. */
export function placeFault(
  own: string,
  cited: readonly Item[],
  { services }: Known,
): string | null {
  const known = (name: string) =>
    services.some((service) => service.toLowerCase() === name.toLowerCase()) ||
    cited.some(({ backing }) => new RegExp(`(?<![\\w-])${name}(?![\\w-])`, "i").test(backing));
  const called = [...own.matchAll(arrow)].flatMap(([, one = "", other = ""]) => [one, other]);
  const told = [...own.matchAll(measured)]
    .map(([, name = ""]) => name)
    .filter((name) => !notNamed.test(name));
  const lost = [...called, ...told].find((name) => !known(name.replace(/['’]s$/, "")));
  return lost === undefined ? null : "names what is not in what it cites";
}

/** Who calls whom. */
export function callFault(own: string, cited: readonly Item[], { services }: Known): string | null {
  const name = services
    .map((each) => each.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`))
    .join("|");
  if (name === "") return null;
  const calls = new RegExp(
    String.raw`(?<![\w-])(${name})(?:'s)?\s*(?:→|->|=>|calling|calls(?: to)?|to|asks)\s*(${name})(?![\w-])`,
    "gi",
  );
  const lost = [...own.matchAll(calls)].find(
    ([, caller = "", callee = ""]) =>
      !cited.some(
        (item) => item.callee === callee.toLowerCase() && item.services[0] === caller.toLowerCase(),
      ),
  );
  return lost === undefined
    ? null
    : `says that ${lost[1]} calls ${lost[2]}, and what it cites does not`;
}

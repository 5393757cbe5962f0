/** Which services a sentence speaks of, and whether what it cites concerns them. */

import type { Item } from "./item.ts";
import type { Known } from "./known.ts";
import { blanked, namesIn } from "./names.ts";
import { isOrdinary } from "./ordinary-words.ts";

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
export function serviceFault(
  text: string,
  named: readonly string[],
  cited: readonly Item[],
): string | null {
  const said = /\b(?:that|say(?:s|ing)?|said|about)\b(.*)$/i.exec(text)?.[1]?.toLowerCase() ?? "";
  const lost = named.find(
    (service) =>
      !cited.some(
        ({ services, kind, backing }) =>
          services.includes(service) ||
          (kind !== "metric" &&
            (kind === "text" ||
              (kind === "log" && said.includes(service)) ||
              services.some((each) => named.includes(each))) &&
            servicesIn(backing, { services: [service] }).length > 0),
      ),
  );
  return lost === undefined ? null : `speaks of ${lost}, and what it cites does not`;
}

const arrow = /([\p{L}][\w-]*)\s*(?:→|->|=>)\s*([\p{L}][\w-]*)/giu;
const measured =
  /\b(?:p\d{2,3}|median|latency|errors?|error rate|failures?|cpu|memory|heap|size|lag|wait|max|mean|rate|requests|traffic|throughput|time|times|duration|usage) (?:of|for|at|on|in) (?:the |all |both )?([\p{L}][\w-]*)/giu;

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
    .filter((name) => !isOrdinary(name.toLowerCase()));
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
  const doing = new RegExp(
    String.raw`(?<![\w-])(${name}) (?!calls|and\b|was\b|is\b)(\w+(?:s|ed)) (?:(?:for|on|upon|with|from|into|down|up) )?(?:the )?(${name})(?![\w-])`,
    "gi",
  );
  const deed = [...own.matchAll(doing)].find(
    ([told]) => !cited.some(({ backing }) => backing.toLowerCase().includes(told.toLowerCase())),
  );
  if (deed !== undefined)
    return `says what ${deed[1]} did to ${deed[3]}, and what it cites does not`;
  return lost === undefined
    ? null
    : `says that ${lost[1]} calls ${lost[2]}, and what it cites does not`;
}

const calling =
  /\bcall\w*|(?:→|->|=>)\s*[a-z]|\brequests? (?:to|from|of)\b|\b(?:dependenc|upstream|downstream|between)\w*/i;

/** "payments rejects 80 % of the calls": what is measured on the calls says nothing of what the callee does. */
export function calleeFault(own: string, cited: readonly Item[]): string | null {
  const lost = cited.find(
    ({ callee }) =>
      callee !== null &&
      !cited.some((item) => item.callee === null && item.services.includes(callee)) &&
      new RegExp(
        String.raw`(?<!(?:\b(?:to|towards?|against|and|or|between|with|of|from|into|calling|calls?)(?: the)? |[→>]\s?))(?<![\w-])${escaped(callee)} (?:itself |now |also |still |only )*(?:is|are|was|were|has|had|got|went|took|(?!calls\b|was\b|is\b|p\d)[a-z]+(?:s|ed))\b`,
        "i",
      ).test(own),
  );
  return lost === undefined
    ? null
    : `tells what ${lost.callee} does, and what it cites is of the calls to it`;
}

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);

/** What is measured on the calls to a service is not measured at the service. */
export function callsFault(own: string, cited: readonly Item[]): string | null {
  if (calling.test(own)) return null;
  const low = own.toLowerCase();
  const lost = cited.find(
    ({ callee, services }) =>
      callee !== null &&
      low.includes(callee.toLowerCase()) &&
      !new RegExp(String.raw`\b(?:to|towards?|against) (?:the )?${callee}(?![\w-])`, "i").test(
        own,
      ) &&
      !low.includes((services[0] ?? "").toLowerCase()),
  );
  return lost === undefined
    ? null
    : `speaks of ${lost.callee} itself, and what it cites is of the calls to it`;
}

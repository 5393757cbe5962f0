/** Whether a sentence says only what the evidence that it cites says; else why not, in words that go on from "It". */

import { affirmedFault, claimIn, denialIn, directionIn } from "./claims.ts";
import {
  exampleFault,
  guardFault,
  newFault,
  onlyFault,
  quantifierFault,
  replacedFault,
  stateFault,
  towardsFault,
  turnFault,
} from "./contrary.ts";
import { clocksIn, isAt, type ToldClock } from "./clocks.ts";
import { comparedFault, nearestFault } from "./compared.ts";
import type { Item } from "./item.ts";
import { itemOf, type Known } from "./known.ts";
import { blanked, holdsName, namesIn } from "./names.ts";
import { numberFault } from "./numbers-told.ts";
import { orderIn } from "./order.ts";
import { partsOf, type Part } from "./parts.ts";
import { isOrder, isQuoted, quoteMax, quotesIn, type Quote } from "./quotes.ts";
import { inFigures } from "./number-words.ts";
import { quantitiesIn } from "./quantities.ts";
import { repeats } from "./repeated.ts";
import {
  callFault,
  calleeFault,
  callsFault,
  isOfServices,
  placeFault,
  serviceFault,
  servicesIn,
  withoutNames,
} from "./services-named.ts";
import { unsafeIn } from "./unsafe.ts";
import { deedFault } from "./changes-told.ts";
import { unsaidFault } from "./unsaid.ts";
import { unknownWords, wordsOfItems } from "./vocabulary.ts";

interface Sentence {
  readonly text: string;
  readonly cites: readonly string[];
}

export async function faultOf(sentence: Sentence, known: Known): Promise<string | null> {
  const unsafe = await unsafeIn(sentence.text, known);
  if (unsafe !== null) return unsafe;
  const { cites } = sentence;
  if (cites.length === 0) return "cites nothing";
  const found = cites.map((cite) => itemOf(cite, known));
  const cited = found.filter((item) => item !== undefined);
  const lost = cites.find((_, at) => found[at] === undefined);
  if (lost !== undefined) return "cites what was not gathered";
  return faultIn(sentence.text, cited, known);
}

function faultIn(text: string, cited: readonly Item[], known: Known): string | null {
  const quotes = quotesIn(text);
  const invented = quotes.find(({ inner }) => !isQuoted(inner, cited));
  if (invented !== undefined) return "quotes what nothing that it cites says";
  const told = quotes.find(({ inner }) => inner.length > quoteMax || isOrder(inner));
  if (isOrder(text)) return "says how the incident stands, which is for people to say";
  if (told !== undefined) return "quotes at length";
  const own = quotes.reduce((rest, { index, length }) => blanked(rest, index, length), text);
  if (cited.some(({ said }) => repeats(own, said))) return null;
  const services = servicesIn(withoutNames(own, known), known);
  return (
    nameFault(own, cited, known) ??
    serviceFault(own, services, cited) ??
    callFault(own, cited, known) ??
    callsFault(own, cited) ??
    calleeFault(own, cited) ??
    placeFault(own, cited, known) ??
    untouched(text, services, cited) ??
    claimIn(own, cited) ??
    deedFault(own, cited) ??
    stateFault(own, cited) ??
    onlyFault(own, cited, known) ??
    newFault(own, cited) ??
    comparedFault(own, cited, known) ??
    nearestFault(own, cited, known) ??
    turnFault(own, cited) ??
    unsaidFault(own, cited) ??
    replacedFault(own, cited) ??
    towardsFault(own, cited) ??
    exampleFault(own, cited) ??
    affirmedFault(own, cited) ??
    quantifierFault(own, cited) ??
    guardFault(own, cited) ??
    suspectFault(own, cited, known) ??
    orderIn(withTitles(own, quotes, cited), cited) ??
    partFault(own, cited, known) ??
    wordFault(own, cited, known)
  );
}

/** A change's title tells which change is meant, and nothing of the order of things. */
function withTitles(own: string, quotes: readonly Quote[], cited: readonly Item[]): string {
  const changes = cited.filter(({ kind }) => kind === "change");
  const titles = quotes.filter(({ inner, length }) => length >= 8 && isQuoted(inner, changes));
  return titles.reduce(
    (rest, { index }) => `${rest.slice(0, index)} change ${rest.slice(index + 8)}`,
    own,
  );
}

function nameFault(own: string, cited: readonly Item[], { services }: Known): string | null {
  const lost = namesIn(own).find(
    (name) =>
      !cited.some(({ backing }) => holdsName(name, backing)) &&
      !services.some((service) => service.toLowerCase() === name.text.toLowerCase()) &&
      !isOfServices(name.text, services),
  );
  return lost === undefined ? null : `names ${lost.what} that is not in what it cites`;
}

/** Whatever is cited has to be spoken of. */
function untouched(text: string, named: readonly string[], cited: readonly Item[]): string | null {
  const lost = cited.find(
    (item) =>
      !item.services.some((service) => named.includes(service)) &&
      unknownWords(text, new Set()).every((word) => !wordsOfItems([item]).has(word)) &&
      !namesIn(text).some((each) => holdsName(each, item.backing)) &&
      !quotesIn(text).some(({ inner }) => isQuoted(inner, [item])) &&
      !(cited.length === 1 && item.services.length === 0),
  );
  return lost === undefined ? null : `does not speak of what it cites: ${lost.id}`;
}

/** Suspicion is the evidence engine's: the first service, or the first change where it is likelier than none. */
function suspectFault(own: string, cited: readonly Item[], { suspects }: Known): string | null {
  const word =
    /\bsuspect\w*|\bsuspicio\w*|\b(?:most )?likel(?:y|iest)\b|\bprime\b|\bis the \w+ to (?:look at|watch|check|examine)\b|\bprobabl[ey]\b|\bpresumabl[ey]\b/i.exec(
      own,
    )?.[0];
  if (word === undefined) return null;
  const isTold = cited.some(
    ({ id, kind, services }) =>
      (kind === "services" && services.some((service) => suspects.includes(service))) ||
      (kind === "change" && suspects.includes(id.slice("change:".length))),
  );
  return isTold ? null : `says what is suspected ("${word}"), and the evidence does not`;
}

function partFault(own: string, cited: readonly Item[], known: Known): string | null {
  for (const part of partsOf(own, cited, known)) {
    if (cited.some(({ said }) => repeats(part.text.replace(/^(?:but|and|yet) /i, ""), said)))
      continue;
    const fault =
      denialIn(part.text, part.items, part.services) ??
      directionIn(part.text, part.items) ??
      clockFault(part) ??
      numberFault({ ...part, cited, whole: own });
    if (fault !== null) return fault;
  }
  return null;
}

function clockFault({ text, items }: Part): string | null {
  const lost = clocksIn(text).find((told) => !items.some((item) => isTimeOf(told, item, text)));
  return lost === undefined ? null : `gives a time that nothing that it cites has: ${lost.text}`;
}

const isMove = /\b(?:began|begun|start\w*|rose|fell|climb\w*|jump\w*|grew|shift\w*|moved)\b/i;

/** A merge is not a deploy. */
function isTimeOf(told: ToldClock, { kind, moments, text: own }: Item, text: string): boolean {
  if (kind === "text") return own.includes(told.text);
  const isLive =
    /\b(?:live|running|runs|deployed|reached|rolled out|released|shipped|on|went|applied|replaced)\b/i.test(
      text,
    );
  const isMade = /\b(?:merged|committed|created|authored)\b/i.test(text);
  const isNewest =
    /\b(?:now|latest|last|newest|most recent|currently|by|as of|still|stood|stands)\b/i.test(
      text,
    ) && !/\b(?:since|from|after) $/i.test(text.slice(0, told.index));
  return moments.some(
    (moment) =>
      isAt(told, moment) &&
      !(moment.of === "live" && isMove.test(text) && !isLive && !isMade) &&
      !(moment.of === "latest" && !isNewest) &&
      !(moment.of === "made" && isLive && !isMade) &&
      !(moment.of === "live" && isMade && !isLive),
  );
}

function wordFault(own: string, cited: readonly Item[], { services }: Known): string | null {
  const told = [...clocksIn(own), ...quantitiesIn(own)];
  const taken = told.map(({ index, text }) => ({ index, length: text.length }));
  const rest = [...namesIn(own), ...taken].reduce(
    (left, { index, length }) => blanked(left, index, length),
    inFigures(own),
  );
  const known = wordsOfItems(cited);
  for (const service of services) known.add(service.toLowerCase());
  const [lost] = unknownWords(rest, known);
  return lost === undefined ? null : "uses a word that the evidence does not have";
}

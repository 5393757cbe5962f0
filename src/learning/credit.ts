/** Who resolved it: the one that was named, else shares with what heals by itself in the denominator (DESIGN §9). */

import type { Incident } from "./facts.ts";
import { bounded, sum } from "./numbers.ts";
import { partial, type Try } from "./tries.ts";

/** An incident as it is heard, before credit is given; found once, for an incident never changes. */
export interface Account {
  readonly incident: Incident;
  readonly tries: readonly Try[];
  /** The playbook's chances, in the order of tries; so are the next two. */
  readonly priors: readonly number[];
  /** Names each step within the alert class. */
  readonly keys: readonly string[];
  /** Shares before worth and healing are known; all 0 where nobody's credit is in doubt. */
  readonly fadings: readonly number[];
  /** The alert class: symptom and service. */
  readonly group: string;
  readonly isShared: boolean;
  readonly shareMax: number;
}

/** Success of each try, in the order of tries; of an incident's fixes at most 1 together. */
export type Credit = readonly number[];

/** How often an alert class heals by itself before anything is known of it. */
const healingPrior = 0.05;
/** Strength of each level's prior, in incidents or tries. */
const k = 4;
/** After so many minutes a try is a third as likely to be what ended it. */
const fadingMinutes = 30;
/** What the tries are worth and how much heals depend on the credit, and it on them: so often each from the other. */
const rounds = 4;
const worthMin = 0.01;
/** Where so many incidents end with nothing tried, a claim may as well be healing. */
const aloneMin = 0.2;

/** A step in an alert class. */
interface Worth {
  readonly prior: number;
  won: number;
  tried: number;
  p: number;
}

interface Endings {
  /** Nothing was tried, or people say that it healed by itself. */
  alone: number;
  /** Claimed, and given to nobody. */
  doubted: number;
  ended: number;
}

interface Group {
  readonly own: Endings;
  /** Of all classes with its symptom. */
  readonly wide: Endings;
  /** At which it heals by itself. */
  rate: number;
}

/** Where an account is counted: its class, and each of its tries. */
interface Book {
  readonly group: Group;
  readonly worths: readonly Worth[];
}

export function creditsOf(accounts: readonly Account[]): Credit[] {
  const books = booksOf(accounts);
  const credits = accounts.map((account, at) => creditIn(account, books[at]));
  if (!accounts.some(({ isShared }) => isShared)) return credits;
  for (let round = 0; round < rounds; round += 1) {
    count(accounts, books, credits);
    // At first by the playbook's chances: from full credit a useless step would talk itself up.
    if (round === 0) {
      for (const { worths } of books) for (const worth of worths) worth.p = worth.prior;
    }
    for (const [at, account] of accounts.entries()) {
      if (account.isShared) credits[at] = creditIn(account, books[at]);
    }
  }
  return credits;
}

export function accountOf(
  incident: Incident,
  tries: readonly Try[],
  priors: readonly number[],
): Account {
  const { symptom, service } = incident.opening;
  const group = `${symptom}\u0000${service}`;
  const isClaimed = tries.some((one) => isFixVote(one) && one.success > partial);
  const successMin = isClaimed ? partial : 0;
  const { resolvedBy = null, isSelfHealed = false } = incident.ending ?? {};
  const isKnown = resolvedBy !== null || isSelfHealed;
  const fadings = tries.map((one) =>
    !isKnown && isFixVote(one) && one.success > successMin ? fading(one, incident) : 0,
  );
  return {
    incident,
    tries,
    priors,
    keys: tries.map(({ step }) => `${group}\u0000${step}`),
    fadings,
    group,
    isShared: fadings.some((share) => share > 0),
    shareMax: isClaimed ? 1 : partial,
  };
}

/** Plain loops here and in `add`: they run for every incident in every round. */
function creditIn(account: Account, book: Book | undefined): Credit {
  const { tries, incident, fadings, shareMax } = account;
  const named = incident.ending?.resolvedBy ?? null;
  const credit = tries.map(() => 0);
  let total = incident.ending === null ? 0 : (book?.group.rate ?? 0);
  for (let at = 0; at < credit.length; at += 1) {
    const share = fadings[at] ?? 0;
    if (share === 0) continue;
    credit[at] = share * bounded(book?.worths[at]?.p ?? 0, worthMin, 1);
    total += credit[at] ?? 0;
  }
  for (let at = 0; at < credit.length; at += 1) {
    const one = tries[at];
    const weight = credit[at] ?? 0;
    if (one?.role === "check") credit[at] = one.success;
    else if (named !== null) credit[at] = Number(one?.step === named);
    else if (weight > 0) credit[at] = Math.min(shareMax, weight / total);
  }
  return credit;
}

const isFixVote = (one: Try) => one.role === "fix" && one.weight > 0;

/** exp(−Δt / 30 min) between the try and the end; 1 where either time is not known. */
function fading(one: Try, incident: Incident): number {
  const end = incident.ending?.at ?? null;
  if (one.at === null || end === null) return 1;
  return Math.exp(-bounded((end - one.at) / 60, 0, 10 * fadingMinutes) / fadingMinutes);
}

function booksOf(accounts: readonly Account[]): Book[] {
  const worths = new Map<string, Worth>();
  const groups = new Map<string, Group>();
  const symptoms = new Map<string | null, Endings>();
  return accounts.map(({ incident, group, keys, priors }) => ({
    group: found(groups, group, () => ({
      own: { alone: 0, doubted: 0, ended: 0 },
      wide: found(symptoms, incident.opening.symptom, () => ({ alone: 0, doubted: 0, ended: 0 })),
      rate: 0,
    })),
    worths: keys.map((key, at) => {
      const prior = priors[at] ?? 0;
      return found(worths, key, () => ({ prior, won: 0, tried: 0, p: prior }));
    }),
  }));
}

function found<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

/** From the credit as it stands: what each step is worth, and how often each class heals by itself, drawn to its symptom's. */
function count(
  accounts: readonly Account[],
  books: readonly Book[],
  credits: readonly Credit[],
): void {
  for (const { group, worths } of books) {
    for (const endings of [group.own, group.wide]) {
      endings.alone = 0;
      endings.doubted = 0;
      endings.ended = 0;
    }
    for (const worth of worths) {
      worth.won = 0;
      worth.tried = 0;
    }
  }
  for (const [at, account] of accounts.entries()) add(account, books[at], credits[at] ?? []);
  for (const { group, worths } of books) {
    for (const worth of worths) worth.p = (k * worth.prior + worth.won) / (k + worth.tried);
    const { own, wide } = group;
    const alone = drawn(drawn(healingPrior, wide.alone, wide), own.alone, own);
    const doubted = drawn(drawn(0, wide.doubted, wide), own.doubted, own);
    group.rate = alone + doubted * Math.min(1, (alone / aloneMin) ** 2);
  }
}

function add({ incident, tries, isShared }: Account, book: Book | undefined, credit: Credit): void {
  for (let at = 0; at < tries.length; at += 1) {
    const one = tries[at];
    const worth = book?.worths[at];
    if (one === undefined || worth === undefined || !isFixVote(one)) continue;
    worth.won += one.weight * (credit[at] ?? 0);
    worth.tried += one.weight;
  }
  if (incident.ending === null || book === undefined) return;
  // An end after tries that all failed may be a success that nobody recorded: it says nothing.
  const { resolvedBy, isSelfHealed } = incident.ending;
  const alone = Number(resolvedBy === null && (isSelfHealed || tries.length === 0));
  const doubted = isShared ? Math.max(1 - sum(credit), 0) : 0;
  for (const endings of [book.group.own, book.group.wide]) {
    endings.alone += alone;
    endings.doubted += doubted;
    endings.ended += 1;
  }
}

function drawn(prior: number, some: number, { ended }: Endings): number {
  return (k * prior + some) / (k + ended);
}

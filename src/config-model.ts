/** The language model, where there is one: whose server is asked, what it may use up, and what that costs. */

import { addressesOf } from "./config-redaction.ts";
import type { Addresses } from "./redaction/redact.ts";
import { urlOf } from "./config-values.ts";
import type { Asking } from "./config-values.ts";
import { formatCount } from "./evidence/format.ts";
import { passTokensInMax, passTokensOutMax } from "./model/prompt.ts";

export interface ModelSettings {
  /** null: the server asks for none. */
  readonly apiKey: string | null;
  /** null: OpenAI's own. */
  readonly baseUrl: string | null;
  readonly model: string;
  /** Whether its server takes functions, and asks for JSON by `response_format`. */
  readonly takesTools: boolean;
  readonly takesJson: boolean;
  /** Struck out beside secrets of all that it is sent. */
  readonly addresses: Addresses;
  /** Tokens in and out together, of one incident and of one day in UTC. */
  readonly tokensMaxIncident: number;
  readonly tokensMaxDay: number;
  /** Of the same two, in the currency of the prices; null: no ceiling in money. */
  readonly costMaxIncident: number | null;
  readonly costMaxDay: number | null;
  /** Per million tokens, in whatever currency; null: not told. */
  readonly prices: { readonly in: number; readonly out: number } | null;
}

/** Cheap, and it answers without thinking first: the replies that are asked for are short. */
const usualModel = "gpt-4.1-mini";
const nameMax = 200;
const tokensMax = 1_000_000_000;
const priceMax = 10_000;
const costMax = 1_000_000;

/** The settings that are read here. */
export const modelVariables = [
  "OPENAI_API_KEY",
  "OPENAI_BASE_URL",
  "OPENAI_MODEL",
  "MODEL_TOKENS_MAX_INCIDENT",
  "MODEL_TOKENS_MAX_DAY",
  "MODEL_PRICE_IN",
  "MODEL_PRICE_OUT",
  "MODEL_COST_MAX_INCIDENT",
  "MODEL_COST_MAX_DAY",
  "MODEL_TOOLS",
  "MODEL_JSON",
] as const;

/** null: no model is asked anything. */
export function modelSettings(asking: Asking): ModelSettings | null {
  const { value, problem } = asking;
  const apiKey = value("OPENAI_API_KEY") ?? null;
  const baseUrl = baseUrlOf(asking);
  const named = value("OPENAI_MODEL");
  const addresses = addressesOf(asking, "REDACT_MODEL");
  const limits = {
    tokensMaxIncident: countOf(asking, "MODEL_TOKENS_MAX_INCIDENT", "60000"),
    tokensMaxDay: countOf(asking, "MODEL_TOKENS_MAX_DAY", "1000000"),
    costMaxIncident: costOf(asking, "MODEL_COST_MAX_INCIDENT"),
    costMaxDay: costOf(asking, "MODEL_COST_MAX_DAY"),
    prices: pricesOf(asking),
    takesTools: yesOrNo(asking, "MODEL_TOOLS"),
    takesJson: yesOrNo(asking, "MODEL_JSON"),
  };
  if (named !== undefined && (named.length > nameMax || /\s/.test(named))) {
    problem("OPENAI_MODEL", `must be the name of a model such as ${usualModel}, without spaces.`);
  }
  if (value("OPENAI_BASE_URL") !== undefined && named === undefined) {
    problem(
      "OPENAI_MODEL",
      "is not set, but OPENAI_BASE_URL is. Name a model that this server has; its path /models lists them.",
    );
  }
  if (apiKey === null && value("OPENAI_BASE_URL") === undefined) {
    if (named !== undefined) {
      problem(
        "OPENAI_MODEL",
        "is set, but neither OPENAI_API_KEY nor OPENAI_BASE_URL is. Set one of them, or unset OPENAI_MODEL.",
      );
    }
    return null;
  }
  if (apiKey !== null && /[^\x21-\x7e]/.test(apiKey)) {
    problem("OPENAI_API_KEY", "must be one word without spaces, as the provider shows it once.");
  }
  return { apiKey, baseUrl, model: named ?? usualModel, addresses, ...limits };
}

/** Without a slash at its end. */
function baseUrlOf(asking: Asking): string | null {
  const text = urlOf(asking, "OPENAI_BASE_URL", ["http:", "https:"]);
  if (text === null) return null;
  const url = new URL(text);
  if (url.username !== "" || url.password !== "") {
    asking.problem(
      "OPENAI_BASE_URL",
      "must hold no name and no password; OPENAI_API_KEY is sent as a bearer token.",
    );
  }
  if (/\/(chat\/completions|models|responses)\/?$/.test(url.pathname) || url.search !== "") {
    asking.problem(
      "OPENAI_BASE_URL",
      "must be the base alone, such as http://127.0.0.1:11434/v1, without the path of a call and without a query.",
    );
  }
  return text.replace(/\/+$/, "");
}

function countOf({ value, problem }: Asking, name: string, usual: string): number {
  const text = value(name) ?? usual;
  const count = Number(text);
  if (/^\d{1,10}$/.test(text) && count >= 1 && count <= tokensMax) return count;
  problem(
    name,
    `must be a number of tokens from 1 to ${tokensMax}; it is "${text}". To ask no model, unset OPENAI_API_KEY and OPENAI_BASE_URL.`,
  );
  return 1;
}

/** yes unless set. */
function yesOrNo({ value, problem }: Asking, name: string): boolean {
  const text = (value(name) ?? "yes").toLowerCase();
  if (text === "yes" || text === "no") return text === "yes";
  problem(name, `must be yes, or no where the model's server takes none; it is "${text}".`);
  return true;
}

/** Without prices nobody knows when it is reached. */
function costOf({ value, problem }: Asking, name: string): number | null {
  const text = value(name);
  if (text === undefined) return null;
  if (value("MODEL_PRICE_IN") === undefined && value("MODEL_PRICE_OUT") === undefined) {
    problem(
      name,
      "is set, but no price is. Set MODEL_PRICE_IN and MODEL_PRICE_OUT, the prices of a million tokens, or unset it.",
    );
    return null;
  }
  const cost = Number(text);
  if (/^\d{1,7}(\.\d{1,6})?$/.test(text) && cost > 0 && cost <= costMax) return cost;
  problem(
    name,
    `must be an amount above 0 in the currency of the prices, such as 2.50; it is "${text}".`,
  );
  return null;
}

/** A ceiling that nothing fits under is no mistake, but who set it may not know. */
export function modelNotices(settings: ModelSettings | null): string[] {
  if (settings === null) return [];
  const { prices, tokensMaxIncident, tokensMaxDay, costMaxIncident, costMaxDay } = settings;
  const tokens = passTokensInMax + passTokensOutMax;
  const cost =
    prices === null ? 0 : (passTokensInMax * prices.in + passTokensOutMax * prices.out) / 1_000_000;
  const inTokens = `${formatCount(tokens)} tokens that one answer may use`;
  const inMoney = `${Number(cost.toPrecision(6))} that one answer may cost`;
  const told = [
    ["MODEL_TOKENS_MAX_INCIDENT", tokensMaxIncident < tokens, inTokens],
    ["MODEL_TOKENS_MAX_DAY", tokensMaxDay < tokens, inTokens],
    ["MODEL_COST_MAX_INCIDENT", costMaxIncident !== null && costMaxIncident < cost, inMoney],
    ["MODEL_COST_MAX_DAY", costMaxDay !== null && costMaxDay < cost, inMoney],
  ] as const;
  return told
    .filter(([, isTooLow]) => isTooLow)
    .map(
      ([name, , most]) =>
        `${name} is less than the ${most}: the model may never be asked. Raise it.`,
    );
}

function pricesOf(asking: Asking): ModelSettings["prices"] {
  const [into, out] = [priceOf(asking, "MODEL_PRICE_IN"), priceOf(asking, "MODEL_PRICE_OUT")];
  if (into !== null && out !== null) return { in: into, out };
  if (into === null && out === null) return null;
  const [missing, set] =
    into === null ? ["MODEL_PRICE_IN", "MODEL_PRICE_OUT"] : ["MODEL_PRICE_OUT", "MODEL_PRICE_IN"];
  asking.problem(missing, `is not set, but ${set} is. Set both or neither.`);
  return null;
}

function priceOf({ value, problem }: Asking, name: string): number | null {
  const text = value(name);
  if (text === undefined) return null;
  const price = Number(text);
  if (/^\d{1,5}(\.\d{1,6})?$/.test(text) && price <= priceMax) return price;
  problem(name, `must be the price of a million tokens such as 0.40; it is "${text}".`);
  return 0;
}

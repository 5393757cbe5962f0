/** What may be written down of an error: never what a query was asked with, for that is what people wrote. */

/** Much more is a dump, not a reason. */
const wordsMax = 2_000;
/** Of an error and what caused it. */
const causesMax = 5;

/** Its own words and those of what caused it, without the values of a query; the name or code of one that says nothing. */
export function errorWords(error: unknown): string {
  const words = chainOf(error)
    .map((each) => withoutValues(each))
    .join(": ");
  return words.length > wordsMax ? `${words.slice(0, wordsMax)}…` : words;
}

/** The same with the places in the code that each of them went through. */
export function errorTrace(error: unknown): string {
  return chainOf(error)
    .map((each) => {
      if (!isErrorLike(each)) return withoutValues(each);
      return `${nameOf(each)}: ${withoutValues(each)}${framesOf(each)}`;
    })
    .join("\ncaused by: ");
}

/** An error, or a copy of one: the queue hands on what its workers met without its class. */
interface ErrorLike {
  readonly name?: unknown;
  readonly message: string;
  readonly stack?: unknown;
  readonly code?: unknown;
  readonly cause?: unknown;
}

function isErrorLike(error: unknown): error is ErrorLike {
  return (
    typeof error === "object" &&
    error !== null &&
    "message" in error &&
    typeof error.message === "string"
  );
}

function chainOf(error: unknown): unknown[] {
  const chain = [error];
  for (let last = error; isErrorLike(last) && last.cause !== undefined; last = last.cause) {
    if (chain.length === causesMax) break;
    chain.push(last.cause);
  }
  return chain;
}

/** The stack begins with the message, in which anything may stand; what follows it are the places. */
function framesOf({ stack, message }: ErrorLike): string {
  const begin = typeof stack === "string" ? stack.indexOf(message) : -1;
  return begin === -1 ? "" : String(stack).slice(begin + message.length);
}

const nameOf = ({ name }: ErrorLike): string => (typeof name === "string" ? name : "Error");

/** drizzle appends what a query was asked with, PostgreSQL quotes the value that it could not read. */
function withoutValues(error: unknown): string {
  if (typeof error === "string") return error;
  if (typeof error === "number" || typeof error === "boolean") return String(error);
  if (!isErrorLike(error)) return typeof error;
  const { message } = error;
  const code = typeof error.code === "string" ? error.code : "";
  const isOfServer = /^[0-9A-Z]{5}$/.test(code);
  const said = isOfServer
    ? message.replace(/: "[\s\S]*$/, "")
    : message.replace(/^(Failed query: [\s\S]*?)\nparams: [\s\S]*$/, "$1");
  return said || code || nameOf(error);
}

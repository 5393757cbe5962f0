/** How a Web API method is written: the arguments it takes, checked once, and the answer it gives. */
import { z } from "zod";
import type { Caller } from "./caller.ts";
import type { World } from "../world.ts";

export interface Context {
  readonly world: World;
  readonly caller: Caller;
}

export type Reply = { readonly ok: boolean } & Readonly<Record<string, unknown>>;
export type Method = (
  args: Readonly<Record<string, unknown>>,
  context: Context,
) => Reply | Promise<Reply>;
export type Methods = Readonly<Record<string, Method>>;

export const ok = (fields: Record<string, unknown> = {}): Reply => ({ ok: true, ...fields });

export const refuse = (error: string, messages?: readonly string[]): Reply => ({
  ok: false,
  error,
  ...(messages !== undefined && { errors: messages, response_metadata: { messages } }),
});

export function method<Shape extends z.ZodRawShape>(
  shape: Shape,
  run: (args: z.output<z.ZodObject<Shape>>, context: Context) => Reply | Promise<Reply>,
): Method {
  const schema = z.object(shape);
  return (args, context) => {
    const read = schema.safeParse(args);
    if (read.success) return run(read.data, context);
    const messages = read.error.issues.map((issue) => {
      const field = issue.path.join("/");
      return args[String(issue.path[0])] === undefined
        ? `[ERROR] missing required field: ${field}`
        : `[ERROR] ${issue.message} [json-pointer:/${field}]`;
    });
    return refuse("invalid_arguments", messages);
  };
}

/** Arguments come form-encoded or as JSON: numbers, flags and lists may be written as text. */
export const word = z.union([z.string(), z.number().transform(String)]);
export const flag = z.union([
  z.boolean(),
  z.enum(["true", "1"]).transform(() => true),
  z.enum(["false", "0", ""]).transform(() => false),
]);
export const words = z.union([
  z.array(z.string()),
  z.string().transform((list) => list.split(",").filter((each) => each !== "")),
]);
export const json = z.unknown().transform((value) => {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
});

export const paging = {
  limit: z.coerce.number().int().min(0).max(1000).optional(),
  cursor: z.string().optional(),
};

/** One page of a list, 100 items unless asked otherwise, and Slack's cursor to the next; undefined: not a cursor of ours. */
export function page<T>(
  all: readonly T[],
  { limit, cursor }: { limit?: number | undefined; cursor?: string | undefined },
): { items: readonly T[]; next: string } | undefined {
  const from = cursor === undefined || cursor === "" ? 0 : offsetOf(cursor);
  if (from === undefined) return undefined;
  const to = from + (limit === undefined || limit === 0 ? 100 : limit);
  const next = to < all.length ? Buffer.from(`next:${to}`).toString("base64") : "";
  return { items: all.slice(from, to), next };
}

function offsetOf(cursor: string): number | undefined {
  const found = /^next:(\d+)$/.exec(Buffer.from(cursor, "base64").toString());
  return found === null ? undefined : Number(found[1]);
}

/** The shapes of the Loki HTTP API's answers, as far as they are used. */

import { z } from "zod";

/** One line with the labels of its stream, structured metadata among them. */
export interface Entry {
  readonly labels: Readonly<Record<string, string>>;
  /** Unix seconds. */
  readonly at: number;
  readonly line: string;
}

const success = z.literal("success");
/** Nanoseconds as a string, the line, and on newer servers its metadata. */
const value = z.tuple([z.string().regex(/^\d{1,19}$/), z.string()]).rest(z.unknown());

/** Entries that have no time or no line are counted. */
export const streamsSchema = z
  .object({
    status: success,
    data: z.object({
      resultType: z.literal("streams"),
      result: z.array(
        z.object({ stream: z.record(z.string(), z.string()), values: z.array(z.unknown()) }),
      ),
    }),
  })
  .transform(({ data }): { entries: Entry[]; broken: number } => {
    const all = data.result.flatMap(({ stream, values }) =>
      values.map((each): Entry | null => {
        const parsed = value.safeParse(each);
        if (!parsed.success) return null;
        return { labels: stream, at: Number(parsed.data[0]) / 1e9, line: parsed.data[1] };
      }),
    );
    const entries = all.filter((entry) => entry !== null);
    return { entries, broken: all.length - entries.length };
  });

/** The sum of an instant query; 0 for an empty answer. */
export const countSchema = z
  .object({
    status: success,
    data: z.object({
      resultType: z.literal("vector"),
      result: z.array(z.object({ value: z.tuple([z.number(), z.string()]) })),
    }),
  })
  .transform(({ data }) => Number(data.result[0]?.value[1] ?? 0));

/** A server without any leaves `data` away. */
export const valuesSchema = z
  .object({ status: success, data: z.array(z.string()).default([]) })
  .transform(({ data }) => data);

export const buildSchema = z.object({ version: z.string() });

/** What a model may have read before it answers a question: a few functions of ours with bounded arguments, none of which changes anything. */

import { z } from "zod";
import type { ModelTool, ToolCall } from "./asked.ts";
import { isSecretPath } from "./secret-files.ts";

const service = z.string().trim().min(1).max(80);
/** Back from now. */
const minutes = z.coerce.number().int().min(5).max(360).default(60);

const tool = <Name extends string, Of extends z.ZodType>(
  name: Name,
  description: string,
  of: Of,
) => ({ description, shape: z.object({ name: z.literal(name), of }) });

const tools = [
  tool(
    "read_metric",
    "How one metric of a service stood over the last minutes",
    z.object({
      service,
      metric: z.string().trim().min(1).max(80).describe("such as p99, error rate, memory"),
      minutes,
    }),
  ),
  tool(
    "read_logs",
    "Newest log lines of a service that hold all of the words",
    z.object({ service, words: z.string().trim().max(120).default(""), minutes }),
  ),
  tool(
    "list_changes",
    "Commits, deploys, flags and settings of a service, of the last hours",
    z.object({ service }),
  ),
  tool(
    "read_file",
    "A part of a file of a service's repository as it was at a commit",
    z.object({
      service,
      commit: z
        .string()
        .trim()
        .regex(/^[0-9a-f]{7,40}$/i),
      path: z
        .string()
        .trim()
        .min(1)
        .max(300)
        .refine((path) => isWithin(path), "is no path within the repository")
        .refine((path) => !isSecretPath(path), "is a file that may hold secrets"),
      line: z.coerce.number().int().min(1).max(100_000).default(1).describe("to begin with"),
    }),
  ),
  tool(
    "read_runbook",
    "The steps of the runbooks of a service, as people wrote them",
    z.object({ service }),
  ),
  tool(
    "past_incidents",
    "Earlier incidents that are like what is asked about, and what ended them",
    z.object({ about: z.string().trim().min(1).max(120) }),
  ),
] as const;

/** What is to be read, with arguments that are within their bounds. */
export type Wanted = z.infer<(typeof tools)[number]["shape"]>;

const names = tools.map(({ shape }) => shape.shape.name.value);
const [metric, logs, changes, file, runbook, incidents] = tools;
const AnyTool = z.discriminatedUnion("name", [
  metric.shape,
  logs.shape,
  changes.shape,
  file.shape,
  runbook.shape,
  incidents.shape,
]);

/** As a model is offered them. */
export const questionTools: readonly ModelTool[] = tools.map(({ description, shape }) => ({
  name: shape.shape.name.value,
  description,
  parameters: parametersOf(shape.shape.of),
}));

/** Without what a model does not need to know, for each sign of it is paid with each question: the rest is checked here. */
function parametersOf(shape: z.ZodType): Readonly<Record<string, unknown>> {
  const { properties = {}, required = [] } = z.toJSONSchema(shape, { io: "input" });
  const slim = Object.entries(properties).map(([name, of]) => {
    if (typeof of === "boolean") return [name, of];
    const { type, description, minimum, maximum } = of;
    return [name, { type, description, minimum, maximum }];
  });
  return { type: "object", properties: Object.fromEntries(slim), required };
}

/** `problem`: what is told to the model, which may mend it. */
export function wantedBy({
  name,
  arguments: given,
}: Pick<ToolCall, "name" | "arguments">): Wanted | { readonly problem: string } {
  if (!names.some((known) => known === name)) {
    return { problem: `there is no tool ${name.slice(0, 40)}; there are ${names.join(", ")}` };
  }
  const read = AnyTool.safeParse({ name, of: jsonOf(given) });
  return read.success ? read.data : { problem: `${name}: ${faultOf(read.error)}` };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text === "" ? "{}" : text);
  } catch {
    // Told as arguments of the wrong shape.
    return null;
  }
}

function faultOf({ issues: [issue] }: z.ZodError): string {
  const [, ...at] = issue?.path ?? [];
  return at.length === 0
    ? "its arguments are not what was asked for"
    : `${at.join(".")}: ${issue?.message}`;
}

function isWithin(path: string): boolean {
  const parts = path.split("/");
  return (
    !path.startsWith("/") &&
    !/[\p{Cc}\\:]/u.test(path) &&
    parts.every((part) => part !== "" && part !== "." && part !== "..")
  );
}

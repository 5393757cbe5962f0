/** Backstage entities read as if they were written in our own form. */

import { parse } from "yaml";
import { z } from "zod";

/** An entity's part in our form; every annotation `hindsight.dev/<key>` holds, as YAML, what <key> would hold. */
export type Entity =
  | { readonly kind: "service" | "team"; readonly value: Readonly<Record<string, unknown>> }
  | { readonly kind: "nothing" };

const entitySchema = z.object({
  apiVersion: z.string().startsWith("backstage.io/"),
  kind: z.string(),
  metadata: z.object({
    name: z.string(),
    annotations: z.record(z.string(), z.string()).optional(),
  }),
  spec: z
    .object({
      type: z.string().optional(),
      owner: z.string().optional(),
      dependsOn: z.array(z.string()).optional(),
    })
    .optional(),
});

const prefix = "hindsight.dev/";

/** True where the document is Backstage's, well-formed or not. */
export function isEntity(value: unknown): boolean {
  return z.object({ apiVersion: z.string().startsWith("backstage.io/") }).safeParse(value).success;
}

/**
 * Components that are not libraries are services, groups are teams, and every other kind is none of our business.
 * A refusal names the path inside the document.
 */
export function readEntity(
  value: unknown,
): Entity | { readonly at: readonly PropertyKey[]; readonly message: string } {
  const parsed = entitySchema.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const message = `not a Backstage entity: ${issue?.path.join(".")} ${issue?.message}; see backstage.io`;
    return { at: issue?.path ?? [], message };
  }
  const { kind, metadata, spec } = parsed.data;
  const ours: Record<string, unknown> = {};
  for (const [key, text] of Object.entries(metadata.annotations ?? {})) {
    if (!key.startsWith(prefix)) continue;
    const read = readAnnotation(text);
    if ("problem" in read) {
      const message = `${key}: not YAML: ${read.problem}; write what the key would hold`;
      return { at: ["metadata", "annotations", key], message };
    }
    ours[key.slice(prefix.length)] = read.value;
  }
  if (kind === "Group") return { kind: "team", value: { name: metadata.name, ...ours } };
  if (kind !== "Component" || spec?.type === "library") return { kind: "nothing" };
  const slug = metadata.annotations?.["github.com/project-slug"];
  return {
    kind: "service",
    value: {
      name: metadata.name,
      ...(spec?.owner !== undefined && { owner: nameIn(spec.owner) }),
      ...(slug !== undefined && { repo: slug }),
      ...(spec?.dependsOn && { dependsOn: spec.dependsOn.map(nameIn) }),
      ...ours,
    },
  };
}

/** Where a mistake in our form stands in the entity. */
export function pathInEntity(at: readonly PropertyKey[]): readonly PropertyKey[] {
  const [key] = at;
  if (key === "name" || key === undefined) return ["metadata", "name"];
  return ["metadata", "annotations", `${prefix}${String(key)}`];
}

/** "component:default/payments" → "payments". */
function nameIn(reference: string): string {
  return reference.replace(/^[^:]*:/, "").replace(/^.*\//, "");
}

function readAnnotation(text: string): { value: unknown } | { problem: string } {
  try {
    return { value: parse(text) };
  } catch (error) {
    return { problem: error instanceof Error ? (error.message.split("\n", 1)[0] ?? "") : "" };
  }
}

/** Reads catalogs: our own YAML, Backstage entities, and objects that are already parsed (contracts §5). */

import { z } from "zod";
import { isEntity, pathInEntity, readEntity } from "./backstage.ts";
import type { Catalog, Service, Team } from "./catalog.ts";
import { inZone, serviceSchema, teamSchema } from "./catalog-schema.ts";
import type { LocatedDocument, Problem, TextFile } from "./located-yaml.ts";
import { readYaml } from "./located-yaml.ts";
import type { Refusal } from "./mend.ts";
import { check, keys, noSuchStep, where } from "./mend.ts";

export interface ParsedCatalog {
  /** What could be read. Whoever enforces constraints must not go on with a catalog that has errors. */
  readonly catalog: Catalog;
  readonly errors: readonly Problem[];
}

/** The largest catalogs of companies hold some thousand. */
const entriesMax = 5000;

/** A service or a team as it was written, and where. */
interface Entry {
  readonly kind: "service" | "team";
  readonly value: unknown;
  readonly problem: (refusal: Refusal) => Problem;
}

/**
 * Files in the order given; where two describe one service or team the first counts and the second is an error.
 * `stepIds`: of every step of the playbook; a rule that forbids another would forbid nothing. Absent: not looked at.
 */
export function parseCatalog(
  files: readonly TextFile[],
  stepIds?: readonly string[],
): ParsedCatalog {
  const read = files.map((file) => ({ file, ...readYaml(file) }));
  const taken = read.flatMap(({ file, documents }) =>
    documents.map((document) => entriesOf(file.path, document)),
  );
  return catalogOf(
    taken.flatMap((it) => it.entries),
    [...read, ...taken].flatMap((it) => it.errors),
    stepIds,
  );
}

/** The same for one value in the form of the YAML; its errors carry the path "catalog" and line 0. */
export function parseCatalogObject(value: unknown): ParsedCatalog {
  const { entries, errors } = entriesOf("catalog", { value, lineOf: () => 0 });
  return catalogOf(entries, errors);
}

interface Taken {
  readonly entries: readonly Entry[];
  readonly errors: readonly Problem[];
}

function entriesOf(path: string, document: LocatedDocument): Taken {
  const problem = ({ at, message }: Refusal) => ({ path, line: document.lineOf(at), message });
  if (isEntity(document.value)) return entityOf(document.value, problem);
  const checked = check(fileSchema, document.value);
  if ("refusals" in checked) return { entries: [], errors: checked.refusals.map(problem) };
  const listed = (kind: Entry["kind"], list: string, values: readonly unknown[]): Entry[] =>
    values.map((value, index) => ({
      kind,
      value,
      problem: ({ at, message }) => problem({ at: [list, index, ...at], message }),
    }));
  return {
    entries: [
      ...listed("team", "teams", checked.value.teams ?? []),
      ...listed("service", "services", checked.value.services ?? []),
    ],
    errors: [],
  };
}

const fileSchema = keys({
  teams: z.array(z.unknown()).max(entriesMax).nullish(),
  services: z.array(z.unknown()).max(entriesMax).nullish(),
});

function entityOf(value: unknown, problem: (refusal: Refusal) => Problem): Taken {
  const entity = readEntity(value);
  if ("message" in entity) return { entries: [], errors: [problem(entity)] };
  if (entity.kind === "nothing") return { entries: [], errors: [] };
  const place = ({ at, message }: Refusal) => problem({ at: pathInEntity(at), message });
  return { entries: [{ ...entity, problem: place }], errors: [] };
}

function catalogOf(
  entries: readonly Entry[],
  errorsBefore: readonly Problem[],
  stepIds?: readonly string[],
): ParsedCatalog {
  const errors = [...errorsBefore];
  const accept = <T extends { readonly name: string }>(
    kind: Entry["kind"],
    schema: z.ZodType<T>,
    refusalsOf: (value: T) => readonly Refusal[] = () => [],
  ): readonly T[] => {
    const firsts = new Map<string, { readonly value: T; readonly place: string }>();
    for (const entry of entries) {
      if (entry.kind !== kind) continue;
      const checked = check(schema, entry.value);
      const refusals = "refusals" in checked ? checked.refusals : refusalsOf(checked.value);
      const name = nameOf(kind, entry.value);
      errors.push(...refusals.map((it) => entry.problem({ ...it, message: name + it.message })));
      if ("refusals" in checked) continue;
      const { value } = checked;
      const here = entry.problem({ at: ["name"], message: "" });
      const first = firsts.get(value.name);
      if (first === undefined) {
        firsts.set(value.name, { value, place: `${here.path}:${here.line}` });
      } else {
        const message = `${kind} ${value.name} is already described in ${first.place}; keep one of the two`;
        errors.push({ ...here, message });
      }
    }
    return [...firsts.values()].map((it) => it.value);
  };
  const teams = accept<Team>("team", teamSchema);
  const services = accept<Service>("service", serviceSchema, (service) =>
    stepIds === undefined ? [] : unknownSteps(service, stepIds),
  );
  return { catalog: { teams, services: services.map((it) => withZones(it, teams)) }, errors };
}

function unknownSteps({ constraints }: Service, stepIds: readonly string[]): Refusal[] {
  return constraints.flatMap(({ forbid }, rule) =>
    forbid.flatMap((forbidden, place) => {
      if (forbidden.kind !== "step" || isKnown(forbidden.id, stepIds)) return [];
      const at = ["constraints", rule, "forbid", place];
      return [{ at, message: `${where(at)}${noSuchStep(forbidden.id, stepIds)}` }];
    }),
  );
}

/** Which steps a runbook has only its page tells. */
function isKnown(id: string, stepIds: readonly string[]): boolean {
  return id.startsWith("runbook:") || stepIds.includes(id);
}

function withZones(service: Service, teams: readonly Team[]): Service {
  const zone = teams.find((team) => team.name === service.owner)?.timezone;
  return { ...service, constraints: service.constraints.map((rule) => inZone(rule, zone)) };
}

/** "service checkout, ", so that a message is understood without the file. */
function nameOf(kind: string, value: unknown): string {
  const named = z.object({ name: z.string() }).safeParse(value);
  return named.success ? `${kind} ${named.data.name.slice(0, 100)}, ` : `${kind}: `;
}

/** Somebody's own guess, "is it the database?": which series speak of it, and what was read of them. */

import type { Diagnosis } from "../evidence/diagnosis.ts";
import type { Series } from "../evidence/input.ts";
import { metricPlace, metricValue } from "../evidence/metric-name.ts";
import { formatCount } from "../evidence/format.ts";
import { asWords, isThing, measuredThings, tellsOf } from "../evidence/thing.ts";
import type { Gap } from "../incident/timeline.ts";
import type { MetricKind } from "../vocabulary.ts";
import { section } from "./blocks.ts";
import type { MessageBody } from "./body.ts";
import { cut, escape, plain } from "./escape.ts";
import { linkedTo, notRead } from "./evidence-lines.ts";
import type { Links } from "./links.ts";
import { blockPen, message, textPen, type Pen } from "./pen.ts";

const shiftsMax = 2;
const nameMax = 80;

export interface Suspected {
  /** "payments", "the database" */
  readonly name: string;
  readonly isOf: (
    series: Pick<Series, "service" | "name"> & {
      readonly callee?: string | null;
      readonly kind?: MetricKind;
    },
  ) => boolean;
}

/** A service or what one calls by its name, else one of the known things; null where neither is named. `names`: of every service that is known. */
export function suspectedIn(text: string, names: readonly string[]): Suspected | null {
  const said = asWords(text);
  const [named] = names
    .filter((name) => asWords(name).trim() !== "" && said.includes(asWords(name)))
    .toSorted((a, b) => b.length - a.length);
  if (named !== undefined) {
    return { name: named, isOf: ({ service, callee }) => service === named || callee === named };
  }
  const found = Object.entries(measuredThings).find(([, pattern]) => pattern.test(said))?.[0];
  if (found === undefined || !isThing(found)) return null;
  const product = products.exec(said)?.[0];
  if (product === undefined)
    return { name: `the ${found}`, isOf: (series) => tellsOf(found, series) };
  return {
    name: product,
    isOf: (series) => tellsOf(found, series) && !namesAnother(series, product),
  };
}

/** What somebody calls by its name is answered by that name: "is it redis?" is about redis, not about any cache. */
const products =
  /\b(postgres|postgresql|mysql|mariadb|mongo|mongodb|redis|memcached?|valkey|kafka|rabbit|rabbitmq|sqs|nats)\b/;

/** A metric that names none of them may be of any. */
function namesAnother(
  { service, name, callee }: Parameters<Suspected["isOf"]>[0],
  product: string,
): boolean {
  const named = products.exec(asWords(`${service} ${name} ${callee ?? ""}`))?.[0];
  return named !== undefined && !named.startsWith(product) && !product.startsWith(named);
}

export interface SuspicionView {
  readonly suspected: Suspected;
  readonly series: readonly Series[];
  readonly diagnosis: Diagnosis;
  readonly gaps: readonly Gap[];
  readonly links: Links;
}

/** "payments: calls checkout → payments 0.1 s → 3.8 s since 14:01." */
export function suspicion(view: SuspicionView): MessageBody {
  const pen = blockPen(view.links.hosts);
  return message([words(view, textPen)], [section(words(view, pen))]);
}

function words({ suspected, series, diagnosis, gaps, links }: SuspicionView, pen: Pen): string {
  const name = escape(cut(plain(suspected.name), nameMax));
  const shifts = diagnosis.metrics.flatMap((metric, index) => {
    if (!suspected.isOf(metric)) return [];
    const [before, after] = [metric.before, metric.after].map((each) => metricValue(metric, each));
    const told = escape(cut(plain(`${metricPlace(metric)} ${before} → ${after}`), 2 * nameMax));
    const since = pen.clock(new Date(metric.at * 1_000));
    return [`${linkedTo([`metric:${index}`], told, links, pen)} since ${since}`];
  });
  if (shifts.length > 0) return `About ${name}: ${shifts.slice(0, shiftsMax).join("; ")}.`;
  const count = series.filter(suspected.isOf).length;
  return count > 0
    ? `About ${name}: ${formatCount(count)} series read, none of them shifted.`
    : [`About ${name}: nothing was read of it.`, notRead(gaps)].filter(Boolean).join(" ");
}

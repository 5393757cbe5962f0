/** How much of the service is hit: the narrowest slice by label that explains the alert's shift. */

import { median } from "./numbers.ts";
import { isShifted, type Shift } from "./shifts.ts";
import type { Scope } from "./diagnosis.ts";
import type { Alert, Series } from "./input.ts";
import { unitOf } from "./series-kinds.ts";
import type { MetricKind } from "../vocabulary.ts";

/** A slice must explain at least this share of the shift to be said. */
const scopeShareMin = 0.9;
/** A label with fewer values cuts nothing, one with more is an identity, not a slice. */
const valuesMin = 2;
const valuesMax = 50;
/** A slice that moved less than this many robust standard deviations is taken for noise. */
const noiseMax = 2;
/** Kinds whose slices add up to the whole, so that a large slice moves most even when all move alike. */
const additiveKinds: ReadonlySet<MetricKind> = new Set(["requests", "errors", "network", "queue"]);

type Labels = Readonly<Record<string, string>>;

interface Slice {
  readonly labels: Labels;
  /** Movement the way the metric moved as a whole; ≥ 0. */
  readonly moved: number;
  /** Magnitude before the onset; 0 where slices do not add up. */
  readonly level: number;
}

/** null where the alerting metric was not cut by labels or did not shift; everywhere where no slice explains 90 % of it. */
export function scopeOf(shifts: readonly Shift[], alert: Alert | undefined): Scope | null {
  const cuts = metricCuts(shifts, alert);
  if (cuts.length === 0) return null;
  const found = cuts
    .flatMap((cut) =>
      grouped(cut, ({ series }) => cutOf(series))
        .map(slicesOf)
        .map(narrowest),
    )
    .filter((scope) => scope !== null)
    .toSorted((x, y) => x.share - y.share || (cutOf(x) < cutOf(y) ? -1 : 1));
  if (found.length === 0) return { everywhere: true, labels: {}, share: 1 };
  return {
    everywhere: false,
    labels: Object.assign({}, ...found.map(({ labels }) => labels)),
    share: Math.min(...found.map(({ share }) => share)),
  };
}

/** By which labels a slice was cut. */
function cutOf({ labels = {} }: { readonly labels?: Labels }): string {
  return JSON.stringify(Object.keys(labels).toSorted());
}

/** All labels of one cut that single out a slice, together if one slice has them all, else the most telling one. */
function narrowest(slices: readonly Slice[]): { labels: Labels; share: number } | null {
  const telling = Object.keys(slices[0]?.labels ?? {})
    .toSorted()
    .flatMap((key) => bestValue(slices, key))
    .toSorted((x, y) => y.share - x.share);
  if (telling.length === 0) return null;
  const together: Labels = Object.assign({}, ...telling.map(({ labels }) => labels));
  const share = shareOf(slices, together, "moved");
  return share >= scopeShareMin ? { labels: together, share } : (telling[0] ?? null);
}

function bestValue(slices: readonly Slice[], key: string): { labels: Labels; share: number }[] {
  const values = new Set(slices.map(({ labels }) => labels[key] ?? ""));
  if (values.size < valuesMin || values.size > valuesMax) return [];
  return [...values]
    .map((value) => ({ labels: { [key]: value }, share: 0 }))
    .filter(({ labels }) => shareOf(slices, labels, "level") < scopeShareMin)
    .map(({ labels }) => ({ labels, share: shareOf(slices, labels, "moved") }))
    .filter(({ share }) => share >= scopeShareMin);
}

function shareOf(slices: readonly Slice[], labels: Labels, what: "moved" | "level"): number {
  let inside = 0;
  let all = 0;
  for (const slice of slices) {
    all += slice[what];
    if (Object.entries(labels).every(([key, value]) => slice.labels[key] === value)) {
      inside += slice[what];
    }
  }
  return all === 0 ? 0 : inside / all;
}

/** A slice that began with the onset (a new version, a new pod) is measured against the usual level of the others. */
function slicesOf(cut: readonly Shift[]): Slice[] {
  const usual = median(cut.map(({ before }) => before).filter(Number.isFinite));
  const sign = Math.sign(total(cut.filter(isUp)) - total(cut.filter((one) => !isUp(one)))) || 1;
  return cut.map(({ series, before, after, score }) => {
    const isNew = !Number.isFinite(before);
    const moved = sign * (after - (isNew ? usual : before));
    return {
      labels: series.labels ?? {},
      moved: Number.isFinite(moved) && (isNew || score >= noiseMax) ? Math.max(moved, 0) : 0,
      level: addsUp(series) && !isNew ? Math.abs(before) : 0,
    };
  });
}

/** Shares of slices do not add up, whatever they are shares of. */
function addsUp({ kind, name }: Series): boolean {
  return additiveKinds.has(kind) && unitOf(name) !== "ratio" && unitOf(name) !== "percent";
}

/** The shifted cuts of the alert's metric, else of its kind at its service, else of its service, else of any. */
function metricCuts(shifts: readonly Shift[], alert: Alert | undefined): Shift[][] {
  const cuts = grouped(
    shifts.filter(({ series }) => Object.keys(series.labels ?? {}).length > 0),
    ({ series }) => JSON.stringify([series.service, series.name, series.callee]),
  ).filter((cut) => cut.length >= valuesMin && cut.some(isShifted));
  const tests: ((shift: Shift) => boolean)[] = [
    ({ series }) => series.service === alert?.service && series.name === alert?.metric,
    ({ series }) => series.service === alert?.service && series.kind === alert?.kind,
    ({ series }) => series.service === alert?.service,
    () => alert?.service === undefined,
  ];
  for (const test of tests) {
    const fitting = cuts.filter((cut) => cut.some(test));
    if (fitting.length > 0) return fitting;
  }
  return [];
}

function isUp({ direction }: Shift): boolean {
  return direction === "up";
}

function total(cut: readonly Shift[]): number {
  return cut.reduce((sum, { score }) => sum + score, 0);
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return [...groups.values()];
}

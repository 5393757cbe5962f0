/** Logistic regression with a normal prior on each weight, by coordinate-wise Newton steps. */

import { bounded, logistic } from "./numbers.ts";

export interface Example {
  /** Indexes of the weights that take part. */
  readonly features: readonly number[];
  /** Beside `features`; absent: 1 each. */
  readonly values?: readonly number[];
  /** What the logit is without any weight. */
  readonly offset: number;
  /** Mass of successes and of failures, ≥ 0. */
  readonly won: number;
  readonly lost: number;
}

export interface WeightPrior {
  readonly mean: number;
  readonly sigma: number;
}

const sweepsMax = 6;
/** A sweep that changes no weight by more ends it. */
const changeMin = 0.01;
/** A Newton step of a logistic curve can overshoot from far away. */
const stepMax = 1.5;

/** The most likely weights, one for each prior; without examples their means. */
export function fitWeights(
  examples: readonly Example[],
  priors: readonly WeightPrior[],
): Float64Array {
  const weights = Float64Array.from(priors, ({ mean }) => mean);
  const columns = columnsOf(examples, priors.length);
  const won = Float64Array.from(examples, (example) => example.won);
  const mass = Float64Array.from(examples, (example) => example.won + example.lost);
  const margins = Float64Array.from(examples, ({ features, values, offset }) => {
    let margin = offset;
    for (let at = 0; at < features.length; at += 1) {
      margin += (values?.[at] ?? 1) * (weights[features[at] ?? 0] ?? 0);
    }
    return margin;
  });
  for (let sweep = 0; sweep < sweepsMax; sweep += 1) {
    let largest = 0;
    for (const [feature, column] of columns.entries()) {
      const { mean, sigma } = priors[feature] ?? { mean: 0, sigma: 1 };
      const weight = weights[feature] ?? 0;
      const change = stepOf(column, { won, mass, margins }, { off: mean - weight, sigma });
      weights[feature] = weight + change;
      largest = Math.max(largest, Math.abs(change));
      for (let at = 0; at < column.rows.length; at += 1) {
        const row = column.rows[at] ?? 0;
        margins[row] = (margins[row] ?? 0) + change * (column.values[at] ?? 0);
      }
    }
    if (largest < changeMin) break;
  }
  return weights;
}

/** Where one weight takes part. */
interface Column {
  readonly rows: number[];
  readonly values: number[];
}

function columnsOf(examples: readonly Example[], count: number): Column[] {
  const columns = Array.from({ length: count }, (): Column => ({ rows: [], values: [] }));
  for (const [row, { features, values }] of examples.entries()) {
    for (const [at, feature] of features.entries()) {
      columns[feature]?.rows.push(row);
      columns[feature]?.values.push(values?.[at] ?? 1);
    }
  }
  return columns;
}

/** One Newton step along one weight. */
function stepOf(
  { rows, values }: Column,
  state: {
    readonly won: Float64Array;
    readonly mass: Float64Array;
    readonly margins: Float64Array;
  },
  { off, sigma }: { readonly off: number; readonly sigma: number },
): number {
  let slope = off / sigma ** 2;
  let curve = 1 / sigma ** 2;
  for (let at = 0; at < rows.length; at += 1) {
    const row = rows[at] ?? 0;
    const value = values[at] ?? 0;
    const mass = state.mass[row] ?? 0;
    const p = logistic(state.margins[row] ?? 0);
    slope += value * ((state.won[row] ?? 0) - mass * p);
    curve += value * value * mass * p * (1 - p);
  }
  return bounded(slope / curve, -stepMax, stepMax);
}

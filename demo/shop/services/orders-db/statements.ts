/** The statements that the database knows, each with what it reads or writes and how long that takes. */

import { setTimeout as delay } from "node:timers/promises";

type Row = Record<string, string | number>;

interface Answer {
  readonly rows: readonly Row[];
  /** Rows read or written. */
  readonly touched: number;
}

const productCount = 120;
const stock = new Map<string, number>();
let orders = 0;

const everyProduct = Array.from({ length: productCount }, (_, index) => product(skuOf(index)));

/** By text; each takes its first argument, the only one that matters here. */
const known: Record<string, (first: unknown) => Answer> = {
  "select sku, quantity from cart_lines where cart = $1": (cart) => read(linesOf(Number(cart))),
  "select sku, name, price from products": () => read(everyProduct),
  "select sku, name, price from products where sku = any($1)": (skus) =>
    read(texts(skus).map(product)),
  "select sku, name, price from products where sku = $1": (sku) => read([product(String(sku))]),
  "select sku, reserved from stock where sku = any($1) for update": (skus) =>
    read(texts(skus).map((sku) => ({ sku, reserved: stock.get(sku) ?? 0 }))),
  "update stock set reserved = reserved + 1 where sku = any($1)": (skus) => {
    for (const sku of texts(skus)) stock.set(sku, (stock.get(sku) ?? 0) + 1);
    return { rows: [], touched: texts(skus).length };
  },
  "insert into stock_movements select unnest($1)": (skus) => ({
    rows: [],
    touched: texts(skus).length,
  }),
  "insert into orders (cart, total) values ($1, $2)": () => {
    orders += 1;
    return { rows: [{ id: orders }], touched: 1 };
  },
};

/** Milliseconds: a round trip to a disk-backed database, and what each row adds. */
const cost = { base: 7, jitter: 6, readRow: 0.05, writeRow: 0.9 };

export async function run(sql: string, args: readonly unknown[]): Promise<Answer> {
  const statement = known[sql];
  if (statement === undefined) throw new Error(`syntax error in: ${sql}`);
  const answer = statement(args[0]);
  const isRead = sql.startsWith("select") && !sql.endsWith("for update");
  const rowMs = isRead ? cost.readRow : cost.writeRow;
  await delay(cost.base + Math.random() * cost.jitter + answer.touched * rowMs);
  return answer;
}

function read(rows: readonly Row[]): Answer {
  return { rows, touched: rows.length };
}

/** A cart has 15 to 74 lines, always the same for the same cart. */
function linesOf(cart: number): Row[] {
  const count = 15 + ((cart * 7919) % 60);
  return Array.from({ length: count }, (_, index) => ({
    sku: skuOf((cart + index) % productCount),
    quantity: 1 + ((cart + index) % 3),
  }));
}

function skuOf(index: number): string {
  return `sku-${String(index).padStart(3, "0")}`;
}

function product(sku: string): Row {
  return { sku, name: `Product ${sku.slice(4)}`, price: 5 + (Number(sku.slice(4)) % 40) };
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

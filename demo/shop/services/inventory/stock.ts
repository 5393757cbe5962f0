/** Products and reservations in the database. */

import type { Row } from "../../shared/connection.ts";
import type { Pool } from "../../shared/pool.ts";
import { Refusal } from "../../shared/serve.ts";

export async function listProducts(pool: Pool): Promise<readonly Row[]> {
  return pool.use((db) => db.query("select sku, name, price from products"));
}

/** Reserves one of each, in one transaction on one connection. */
export async function reserve(pool: Pool, skus: unknown): Promise<{ reserved: number }> {
  if (!Array.isArray(skus)) throw new Refusal(400, "skus must be a list");
  await pool.use(async (db) => {
    await db.query("select sku, reserved from stock where sku = any($1) for update", skus);
    await db.query("update stock set reserved = reserved + 1 where sku = any($1)", skus);
    await db.query("insert into stock_movements select unnest($1)", skus);
  });
  return { reserved: skus.length };
}

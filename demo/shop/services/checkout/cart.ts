/** A cart's lines with the products' names and prices. */

import type { Pool } from "../../shared/pool.ts";
import type { Line } from "./total.ts";

export async function readCart(pool: Pool, cart: number): Promise<readonly Line[]> {
  return pool.use(async (db) => {
    const lines = await db.query("select sku, quantity from cart_lines where cart = $1", cart);
    const skus = lines.map((line) => line["sku"]);
    const products = await db.query(
      "select sku, name, price from products where sku = any($1)",
      skus,
    );
    const bySku = new Map(products.map((product) => [product["sku"], product]));
    return lines.map((line) => {
      const product = bySku.get(line["sku"] ?? "");
      return {
        sku: String(line["sku"]),
        name: String(product?.["name"]),
        price: Number(product?.["price"]),
        quantity: Number(line["quantity"]),
      };
    });
  });
}

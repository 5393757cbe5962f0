/** Checkout: shows carts and takes payments. */

import { z } from "zod";
import { call } from "../../shared/call.ts";
import { settings } from "../../shared/environment.ts";
import { Pool, poolSettings } from "../../shared/pool.ts";
import { Refusal, serve } from "../../shared/serve.ts";
import { readCart } from "./cart.ts";
import { totalOf } from "./total.ts";

const shape = z.object({
  pool: poolSettings,
  paymentProvider: z.string(),
  paymentTimeoutMs: z.number(),
});

interface Current {
  readonly settings: z.output<typeof shape>;
  readonly pool: Pool;
}

let current: Current | undefined;
settings(shape, (read) => {
  const pool = current?.pool ?? new Pool(read.pool);
  pool.resize(read.pool);
  current = { settings: read, pool };
});

function now(): Current {
  if (current === undefined) throw new Error("settings were not read");
  return current;
}

serve({
  "POST /cart": async (body) => {
    const lines = await readCart(now().pool, cartId(body));
    return { lines, total: totalOf(lines) };
  },
  "POST /pay": async (body) => {
    const { settings: read, pool } = now();
    const cart = cartId(body);
    const lines = await readCart(pool, cart);
    const skus = lines.map((line) => line.sku);
    await call({ callee: "inventory", path: "/reserve", body: { skus }, timeoutMs: 3000 });
    const total = totalOf(lines);
    await call({
      callee: read.paymentProvider,
      path: "/charge",
      body: { cart, total },
      timeoutMs: read.paymentTimeoutMs,
    });
    await pool.use((db) =>
      db.query("insert into orders (cart, total) values ($1, $2)", cart, total),
    );
    return { paid: total };
  },
});

function cartId(body: Record<string, unknown>): number {
  if (typeof body["cart"] !== "number") throw new Refusal(400, "cart must be a number");
  return body["cart"];
}

/** Inventory: what there is to buy, and what is reserved. */

import { z } from "zod";
import { settings } from "../../shared/environment.ts";
import { Pool, poolSettings } from "../../shared/pool.ts";
import { serve } from "../../shared/serve.ts";
import { listProducts, reserve } from "./stock.ts";

let pool: Pool | undefined;
settings(z.object({ pool: poolSettings }), (read) => {
  if (pool === undefined) pool = new Pool(read.pool);
  else pool.resize(read.pool);
});

function connections(): Pool {
  if (pool === undefined) throw new Error("settings were not read");
  return pool;
}

serve({
  "GET /products": () => listProducts(connections()),
  "POST /reserve": (body) => reserve(connections(), body["skus"]),
});

/** Frontend: the pages that customers open. */

import { z } from "zod";
import { call } from "../../shared/call.ts";
import { settings } from "../../shared/environment.ts";
import { isOn } from "../../shared/flags.ts";
import { serve } from "../../shared/serve.ts";
import { cartPage, homePage, type Product } from "./pages.ts";

let cacheSeconds = 0;
settings(z.object({ productCacheSeconds: z.number() }), (read) => {
  cacheSeconds = read.productCacheSeconds;
});

let cached: { readonly products: readonly Product[]; readonly at: number } | undefined;

async function products(): Promise<readonly Product[]> {
  if (cached !== undefined && Date.now() - cached.at < cacheSeconds * 1000) return cached.products;
  const fresh = await call<Product[]>({
    callee: "inventory",
    method: "GET",
    path: "/products",
    timeoutMs: 3000,
  });
  cached = { products: fresh, at: Date.now() };
  return fresh;
}

serve({
  "GET /": async () => ({ page: homePage(await products(), isOn("summer-banner")) }),
  "POST /cart": async (body) => {
    const cart = await call<{ total: number; lines: Product[] }>({
      callee: "checkout",
      path: "/cart",
      body,
      timeoutMs: 8000,
    });
    return { page: cartPage(cart.lines, cart.total) };
  },
  "POST /buy": (body) => call({ callee: "checkout", path: "/pay", body, timeoutMs: 8000 }),
});

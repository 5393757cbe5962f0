/** A payment provider as the shop sees it from outside; whoever runs it can make it ill. */

import { setTimeout as delay } from "node:timers/promises";
import { log } from "../shared/log.ts";
import { Refusal, serve } from "../shared/serve.ts";

let isIll = false;

serve({
  "POST /charge": async () => {
    if (!isIll) {
      await delay(35 + Math.random() * 60);
      if (Math.random() < 0.003) throw new Refusal(503, "upstream bank unavailable");
      return { charged: true };
    }
    if (Math.random() < 0.6) {
      await delay(300 + Math.random() * 900);
      throw new Refusal(503, "upstream bank unavailable");
    }
    await delay(700 + Math.random() * 2600);
    return { charged: true };
  },
  "POST /health": (body) => {
    isIll = body["ill"] === true;
    log("info", isIll ? "ill" : "well");
    return { ill: isIll };
  },
});

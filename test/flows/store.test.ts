import { openStore } from "../edges/postgres/opened.ts";
import { fakeStore } from "./fake-store.ts";
import { messagesContract } from "./messages-contract.ts";
import { modelBookContract } from "./model-book-contract.ts";
import { storeContract } from "./store-contract.ts";

for (const contract of [storeContract, messagesContract, modelBookContract]) {
  contract("in memory", async () => ({
    store: fakeStore(() => new Date()),
    [Symbol.asyncDispose]: async () => undefined,
  }));
  contract("on PostgreSQL", () => openStore());
}

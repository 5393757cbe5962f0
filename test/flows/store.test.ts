import { openStore } from "../edges/postgres/opened.ts";
import { fakeStore } from "./fake-store.ts";
import { storeContract } from "./store-contract.ts";

storeContract("in memory", async () => ({
  store: fakeStore(() => new Date()),
  [Symbol.asyncDispose]: async () => undefined,
}));
storeContract("on PostgreSQL", () => openStore());

import assert from "node:assert/strict";
import { test } from "node:test";
import { newFixFault } from "../../src/model/new-fix.ts";

const services = ["orders-db", "checkout", "ledger"];

test("a new step that changes something is one of a few deeds, each on what it may be done to", () => {
  for (const title of [
    "Warm checkout up",
    "Restart orders-db",
    "Scale out orders-db",
    "Restart the workers of checkout",
    "Raise the connection pool of checkout",
    "Lower the timeout of ledger",
    "Turn the new flag of checkout off",
    "Roll back the last configuration change of ledger",
    "Pause the batch jobs of ledger",
    "Renew the certificate of checkout",
    "Shift traffic to another region",
  ])
    assert.equal(newFixFault(title, services), null, title);
  for (const title of [
    "Take checkout down for an hour",
    "Scale checkout to zero",
    "Scale checkout in",
    "Set the pool of checkout to zero",
    "Raise the pool of checkout to zero",
    "Raise the timeout of checkout to 9",
    "Roll back the database to yesterday",
    "Roll back ledger to yesterday",
    "Roll back the schema of checkout",
    "Restart all nodes at the same time",
    "Restart checkout and ledger",
    "Restart SERVICE down",
    "Move traffic away from checkout",
    "Disable the alerts of checkout",
    "Disable authentication of checkout",
    "Restore the backup of orders-db",
    "Empty the cache of checkout",
    "Turn checkout off",
    "Warm checkout up until the queue is full",
    "Reduce load on checkout by blocking customers",
  ])
    assert.notEqual(newFixFault(title, services), null, title);
});

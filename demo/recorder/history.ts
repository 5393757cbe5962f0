/** The shop's developers, and how its repository came to be before the recording. */

export interface Author {
  readonly name: string;
  readonly email: string;
}

export const ana = { name: "Ana Lima", email: "ana@example.com" };
export const bo = { name: "Bo Chen", email: "bo@example.com" };
export const mara = { name: "Mara Novak", email: "mara@example.com" };
export const jonas = { name: "Jonas Weber", email: "jonas@example.com" };

/** The first commits: which part of the shop came when, in days before the recording. */
export const beginnings = [
  {
    paths: ["package.json", "README.md", "shared"],
    author: jonas,
    daysAgo: 14.2,
    message: "Add the shared server, calls, pool and metrics",
  },
  { paths: ["services/orders-db"], author: jonas, daysAgo: 13.1, message: "Add the database" },
  {
    paths: ["services/inventory", "config/inventory.json"],
    author: bo,
    daysAgo: 12.3,
    message: "Add inventory",
  },
  {
    paths: ["services/checkout", "config/checkout.json"],
    author: ana,
    daysAgo: 11.2,
    message: "Add checkout",
  },
  {
    paths: ["services/frontend", "config/frontend.json"],
    author: mara,
    daysAgo: 9.4,
    message: "Add the frontend",
  },
  {
    paths: ["provider", "load", "prometheus"],
    author: jonas,
    daysAgo: 8.3,
    message: "Add a payment provider for trials, load and alert rules",
  },
] as const;

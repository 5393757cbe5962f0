import { defineConfig } from "drizzle-kit";

export default defineConfig({
  dialect: "postgresql",
  schema: [
    "./src/edges/postgres/schema.ts",
    "./src/edges/postgres/schema-delivery.ts",
    "./src/edges/postgres/schema-hooks.ts",
    "./src/edges/postgres/schema-learning.ts",
    "./src/edges/postgres/schema-alerts.ts",
    "./src/edges/postgres/schema-postmortems.ts",
    "./src/edges/postgres/schema-rules.ts",
    "./src/edges/postgres/schema-digest.ts",
    "./src/edges/postgres/schema-messages.ts",
    "./src/edges/postgres/schema-model.ts",
  ],
  out: "./drizzle",
});

CREATE TABLE "rule" (
	"workspace_id" text NOT NULL,
	"id" text PRIMARY KEY NOT NULL,
	"forbid" jsonb NOT NULL,
	"because" text NOT NULL,
	"given_by" text NOT NULL,
	"given_at" timestamp (3) with time zone NOT NULL,
	"until" text,
	"revoked_by" text,
	"revoked_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE INDEX "rule_workspace" ON "rule" USING btree ("workspace_id");
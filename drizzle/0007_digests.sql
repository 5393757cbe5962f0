CREATE TABLE "digest" (
	"workspace_id" text NOT NULL,
	"id" text PRIMARY KEY NOT NULL,
	"team" text NOT NULL,
	"week" text NOT NULL,
	"body" jsonb NOT NULL,
	"made_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "timeline_entry" ADD COLUMN "back_since" double precision GENERATED ALWAYS AS ((fact ->> 'backSince')::double precision) STORED;--> statement-breakpoint
CREATE UNIQUE INDEX "digest_week" ON "digest" USING btree ("workspace_id","team","week");
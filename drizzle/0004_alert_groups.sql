CREATE TABLE "alert_group" (
	"workspace_id" text NOT NULL,
	"id" text NOT NULL,
	"state" jsonb NOT NULL,
	"opening_name" text,
	"opened_at" timestamp (3) with time zone,
	"thread_at" timestamp (3) with time zone,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "alert_group_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
ALTER TABLE "workspace" ADD COLUMN "alert_seq" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "alert_group_opening" ON "alert_group" USING btree ("workspace_id","opening_name") WHERE "alert_group"."opening_name" is not null;--> statement-breakpoint
CREATE INDEX "alert_group_opened" ON "alert_group" USING btree ("workspace_id","opened_at");--> statement-breakpoint
CREATE INDEX "alert_group_thread" ON "alert_group" USING btree ("workspace_id","thread_at");--> statement-breakpoint
CREATE INDEX "alert_group_updated" ON "alert_group" USING btree ("updated_at");
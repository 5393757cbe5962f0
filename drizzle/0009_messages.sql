CREATE TABLE "message" (
	"workspace_id" text NOT NULL,
	"channel_id" text NOT NULL,
	"ts" text NOT NULL,
	"thread_ts" text,
	"user_id" text,
	"is_bot" boolean NOT NULL,
	"text" text NOT NULL,
	"edited_ts" text DEFAULT '' NOT NULL,
	"is_deleted" boolean DEFAULT false NOT NULL,
	"said_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "message_workspace_id_channel_id_ts_pk" PRIMARY KEY("workspace_id","channel_id","ts")
);
--> statement-breakpoint
ALTER TABLE "channel" ADD COLUMN "history_read_to" text;--> statement-breakpoint
CREATE INDEX "message_said" ON "message" USING btree ("said_at");
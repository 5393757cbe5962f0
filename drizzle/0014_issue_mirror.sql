ALTER TABLE "counterpart" ADD COLUMN "mirror" jsonb;--> statement-breakpoint
ALTER TABLE "counterpart" ADD COLUMN "looks" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "counterpart" ADD COLUMN "looked_at" timestamp (3) with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
CREATE INDEX "counterpart_place" ON "counterpart" USING btree ("workspace_id","place","ref");
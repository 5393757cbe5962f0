ALTER TABLE "suggestion" ADD COLUMN "foretold" jsonb;--> statement-breakpoint
ALTER TABLE "suggestion" ADD COLUMN "greedy" jsonb;--> statement-breakpoint
ALTER TABLE "suggestion" ADD COLUMN "considered" jsonb;
-- Add one figure of somebody who is about to be erased to those of others.
INSERT INTO impact_erasedfigure (id, bureau_id, cell, event, since, until, people, amount)
VALUES (gen_random_uuid(), %s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (bureau_id, cell, since, until) DO UPDATE
SET people = impact_erasedfigure.people + excluded.people, amount = impact_erasedfigure.amount + excluded.amount

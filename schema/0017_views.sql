-- Open tickets, few of many, with everything that lists are filtered and sorted by.
CREATE INDEX object_open_ticket ON object (object_type, owner_id, activity_at, id, created_at, priority, stage_id, pipeline_id)
	WHERE object_type = 5 AND archived_at = 0 AND is_closed = 0;

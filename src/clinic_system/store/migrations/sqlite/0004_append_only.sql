-- No hand but the writer's touches the change log, and it only adds.
CREATE TRIGGER changes_are_never_edited BEFORE UPDATE ON changes
BEGIN
    SELECT RAISE(ABORT, 'the change log is append-only');
END;
CREATE TRIGGER changes_are_never_removed BEFORE DELETE ON changes
BEGIN
    SELECT RAISE(ABORT, 'the change log is append-only');
END;

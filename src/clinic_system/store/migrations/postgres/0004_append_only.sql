-- No hand but the writer's touches the change log, and it only adds.
CREATE FUNCTION changes_are_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the change log is append-only';
END;
$$;
CREATE TRIGGER changes_are_never_edited BEFORE UPDATE ON changes
    FOR EACH ROW EXECUTE FUNCTION changes_are_append_only();
CREATE TRIGGER changes_are_never_removed BEFORE DELETE ON changes
    FOR EACH ROW EXECUTE FUNCTION changes_are_append_only();
CREATE TRIGGER changes_are_never_emptied BEFORE TRUNCATE ON changes
    FOR EACH STATEMENT EXECUTE FUNCTION changes_are_append_only();

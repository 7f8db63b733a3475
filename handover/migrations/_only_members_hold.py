"""The database's own guard of who may hold or be offered an action."""

# Invariant 1, where a constraint cannot reach: whoever holds an open action, or is offered one by name, is in its team. The place is
# locked (FOR KEY SHARE), so that nobody leaves between the look and the commit; whoever ends it locks it FOR UPDATE, after the actions.
# The other way round, a place or an account that still holds something does not end: leaving hands over first.
GUARD = """
CREATE OR REPLACE FUNCTION handover_check_place(person bigint, team bigint, rule text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM accounts_membership WHERE user_id = person AND team_id = team AND ended_at IS NULL FOR KEY SHARE;
    IF NOT FOUND AND EXISTS (SELECT 1 FROM accounts_user WHERE id = person AND kind = 'person') THEN
        RAISE EXCEPTION 'This colleague is not in the team.' USING ERRCODE = 'check_violation', CONSTRAINT = rule;
    END IF;
END
$$;
CREATE OR REPLACE FUNCTION handover_action_place() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM handover_check_place(NEW.responsible_id, NEW.team_id, 'action_held_in_its_team');
    RETURN NULL;
END
$$;
CREATE OR REPLACE FUNCTION handover_item_place() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM handover_check_place(NEW.receiver_id, NEW.to_team_id, 'item_offered_in_its_team');
    RETURN NULL;
END
$$;
CREATE OR REPLACE FUNCTION handover_place_ends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM handover_action WHERE responsible_id = NEW.user_id AND team_id = NEW.team_id AND state = 'held') THEN
        RAISE EXCEPTION 'This colleague still holds actions of the team.' USING ERRCODE = 'check_violation', CONSTRAINT = 'membership_ends_without_actions';
    END IF;
    RETURN NULL;
END
$$;
CREATE OR REPLACE FUNCTION handover_account_ends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM handover_action WHERE responsible_id = NEW.id AND state = 'held') THEN
        RAISE EXCEPTION 'This colleague still holds actions.' USING ERRCODE = 'check_violation', CONSTRAINT = 'account_ends_without_actions';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER handover_action_made_in_its_team AFTER INSERT ON handover_action
    FOR EACH ROW WHEN (NEW.state = 'held') EXECUTE FUNCTION handover_action_place();
CREATE TRIGGER handover_action_held_in_its_team AFTER UPDATE OF state, responsible_id, team_id ON handover_action
    FOR EACH ROW WHEN (NEW.state = 'held' AND (OLD.state, OLD.responsible_id, OLD.team_id) IS DISTINCT FROM (NEW.state, NEW.responsible_id, NEW.team_id))
    EXECUTE FUNCTION handover_action_place();
CREATE TRIGGER handover_item_offered_in_its_team AFTER INSERT ON handover_item
    FOR EACH ROW WHEN (NEW.receiver_id IS NOT NULL AND NEW.state = 'offered') EXECUTE FUNCTION handover_item_place();
CREATE TRIGGER handover_place_ends AFTER UPDATE OF ended_at ON accounts_membership
    FOR EACH ROW WHEN (OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL) EXECUTE FUNCTION handover_place_ends();
CREATE TRIGGER handover_account_ends AFTER UPDATE OF is_active ON accounts_user
    FOR EACH ROW WHEN (OLD.is_active AND NOT NEW.is_active) EXECUTE FUNCTION handover_account_ends();
"""
UNGUARD = """
DROP TRIGGER IF EXISTS handover_account_ends ON accounts_user;
DROP TRIGGER IF EXISTS handover_place_ends ON accounts_membership;
DROP TRIGGER IF EXISTS handover_item_offered_in_its_team ON handover_item;
DROP TRIGGER IF EXISTS handover_action_held_in_its_team ON handover_action;
DROP TRIGGER IF EXISTS handover_action_made_in_its_team ON handover_action;
DROP FUNCTION IF EXISTS handover_account_ends();
DROP FUNCTION IF EXISTS handover_place_ends();
DROP FUNCTION IF EXISTS handover_item_place();
DROP FUNCTION IF EXISTS handover_action_place();
DROP FUNCTION IF EXISTS handover_check_place(bigint, bigint, text);
"""

namespace Sweeper.Grains.Store.Schema;

/// <summary>Who may come in over HTTP, and who did what. Neither belongs to a sweep: both stay when one is deleted.</summary>
internal static class Version6
{
    /// <summary>Adds the tables. Of a token its hash is kept, never the token.</summary>
    public const string Script = """
        CREATE TABLE access_tokens (
            id {text} PRIMARY KEY,
            name {text} NOT NULL,
            role {text} NOT NULL,
            hash {text} NOT NULL UNIQUE,
            created_at {time} NOT NULL,
            created_by {text} NOT NULL,
            expires_at {time},
            revoked_at {time},
            revoked_by {text}
        );
        CREATE UNIQUE INDEX access_tokens_in_use ON access_tokens (name) WHERE revoked_at IS NULL;

        CREATE TABLE audit_log (
            id {text} PRIMARY KEY,
            happened_at {time} NOT NULL,
            done_by {text} NOT NULL,
            came_from {text} NOT NULL,
            action {text} NOT NULL,
            sweep {text},
            target {text},
            outcome {text} NOT NULL,
            detail {text} NOT NULL
        );
        CREATE INDEX audit_log_by_time ON audit_log (happened_at);
        CREATE INDEX audit_log_by_sweep ON audit_log (sweep);
        """;
}

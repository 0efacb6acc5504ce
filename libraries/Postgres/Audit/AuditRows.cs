using Npgsql;

namespace BetterConnections.Postgres.Audit;

/// <summary>The tables as the sealer and the verification read them, without EF, which would keep millions of rows in mind.</summary>
internal static class AuditRows
{
    public const string Columns = "e.id, e.at, e.subject, e.roles, e.action, e.target, e.outcome, e.trace_id";

    /// <summary>From a row that begins with <see cref="Columns"/>.</summary>
    public static AuditEntry Entry(NpgsqlDataReader row) => new()
    {
        Id = row.GetInt64(0),
        At = row.GetFieldValue<DateTimeOffset>(1),
        Subject = row.IsDBNull(2) ? null : row.GetString(2),
        Roles = row.GetFieldValue<string[]>(3),
        Action = row.GetString(4),
        Target = row.GetString(5),
        Outcome = Enum.TryParse<AuditOutcome>(row.GetString(6), out var outcome) ? outcome : (AuditOutcome)(-1), // a word that nobody here wrote
        TraceId = row.IsDBNull(7) ? null : row.GetString(7),
    };

    /// <summary>From a row whose columns from <paramref name="first"/> on are number, at, entries, hash.</summary>
    public static AuditSeal Seal(NpgsqlDataReader row, int first = 0) => new()
    {
        Number = row.GetInt64(first),
        At = row.GetFieldValue<DateTimeOffset>(first + 1),
        Entries = row.GetInt32(first + 2),
        Hash = row.GetFieldValue<byte[]>(first + 3),
    };

    public static async Task<AuditSeal?> LastSealAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var last = new NpgsqlCommand("select number, at, entries, hash from audit_seals order by number desc limit 1", connection);
        await using var row = await last.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel) ? Seal(row) : null;
    }
}

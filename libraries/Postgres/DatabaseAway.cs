using Npgsql;

namespace BetterConnections.Postgres;

public static class DatabaseAway
{
    /// <summary>The server is gone, starting or out of disk, memory or connections (class 53), as opposed to having refused a statement.</summary>
    public static bool IsAway(Exception? e) => e switch
    {
        null => false,
        PostgresException p => p.SqlState.StartsWith("08", StringComparison.Ordinal) || p.SqlState.StartsWith("57P", StringComparison.Ordinal)
            || p.SqlState.StartsWith("53", StringComparison.Ordinal),
        NpgsqlException or TimeoutException => true,
        _ => IsAway(e.InnerException),
    };
}

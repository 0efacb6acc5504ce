using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace BetterConnections.Postgres;

/// <summary>
/// What the database decides becomes a coded refusal. A unique index, check or exclusion constraint that a caller can run
/// into is named by the code its refusal carries (<c>serial_already_known</c>); those named by convention (<c>ix_…</c>) are ours to avoid.
/// </summary>
internal sealed class PostgresProblems(IProblemDetailsService problems) : IExceptionHandler
{
    private static readonly string[] Conventional = ["ix_", "pk_", "ak_", "fk_", "ck_"];

    public async ValueTask<bool> TryHandleAsync(HttpContext http, Exception exception, CancellationToken cancel)
    {
        switch (exception)
        {
            case DbUpdateConcurrencyException when http.Request.Headers.IfMatch.Count > 0:
                return await problems.WriteAsync(http, 412, "etag_stale", "Someone changed this meanwhile. Read it again and repeat the change.");
            case DbUpdateConcurrencyException:
                return await problems.WriteAsync(http, 409, "changed_meanwhile", "Someone changed this at the same moment. Repeat the request.");
        }

        var postgres = exception as PostgresException ?? exception.InnerException as PostgresException;
        switch (postgres)
        {
            case { SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.CheckViolation or PostgresErrorCodes.ExclusionViolation, ConstraintName: { } code }
                when !Conventional.Any(code.StartsWith):
                return await problems.WriteAsync(http, 409, code, $"Refused: {code.Replace('_', ' ')}.");
            case { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure }:
                return await problems.WriteAsync(http, 409, "changed_meanwhile", "Someone changed this at the same moment. Repeat the request.");
            case { SqlState: PostgresErrorCodes.CharacterNotInRepertoire or PostgresErrorCodes.UntranslatableCharacter }:
                return await problems.WriteAsync(http, 400, "text_not_storable", "A text in the request holds the character U+0000.");
            case { SqlState: PostgresErrorCodes.NumericValueOutOfRange }:
                return await problems.WriteAsync(http, 400, "number_not_storable", "A number in the request is larger or more exact than can be kept.");
            case { SqlState: PostgresErrorCodes.FeatureNotSupported, Routine: "RevalidateCachedQuery" }: // the connection prepares the statement anew the next time
                return await problems.WriteAsync(http, 503, "schema_changed", "The database was brought up to date at this moment. Repeat the request, with the same Idempotency-Key if it has one.");
            case { SqlState: PostgresErrorCodes.UniqueViolation }:
                return await problems.WriteAsync(http, 409, "already_there", "The same thing was recorded at the same moment. Read it again.");
        }

        if (!DatabaseAway.IsAway(exception)) return false;
        return await problems.WriteAsync(http, 503, "database_unavailable", "The database does not answer or cannot work. Repeat the request shortly, with the same Idempotency-Key if it has one.");
    }
}

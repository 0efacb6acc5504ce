using BetterConnections.ServiceDefaults;
using Npgsql;

namespace BetterConnections.Evaluation.OpenRosaServer;

/// <summary>The collector whose token is in the address, as every handler of these paths takes it. Read anew each time: revoking works at once.</summary>
public sealed record FieldCollector(Guid Id, string Label, string[] Forms, string[] Facilities, DateTimeOffset IssuedAt, string Address)
{
    private const string Find = """
        select id, label, forms, facilities, issued_at from collectors where token_hash = $1 and revoked_at is null and valid_until > $2
        """;

    /// <exception cref="Refused">403 collector_not_permitted. Never 401: apps would ask the person for a password.</exception>
    public static async ValueTask<FieldCollector> BindAsync(HttpContext http)
    {
        var (token, cancel) = ((string)http.Request.RouteValues["token"]!, http.RequestAborted);
        var database = http.RequestServices.GetRequiredService<NpgsqlDataSource>();
        var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();

        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var command = new NpgsqlCommand(Find, connection) { Parameters = { new() { Value = Secret.Hash(token) }, new() { Value = now } } };
        await command.PrepareAsync(cancel);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        if (!await reader.ReadAsync(cancel))
            throw new Refused(StatusCodes.Status403Forbidden, "collector_not_permitted", "This address is not known, has ended or was revoked. Ask the programme office for a new code.");
        return new(reader.GetGuid(0), reader.GetString(1), reader.GetFieldValue<string[]>(2), reader.GetFieldValue<string[]>(3), reader.GetFieldValue<DateTimeOffset>(4), ServerAddress.Of(http.Request, token));
    }

    public void RequireForm(string formId)
    {
        if (!Forms.Contains(formId)) throw new Refused(StatusCodes.Status403Forbidden, "form_not_permitted", $"This collector may not use the form {formId}.");
    }

    /// <summary>The office can extend the collector; the phone keeps the interview and sends it again.</summary>
    public void RequireFacility(string code)
    {
        if (!Facilities.Contains(code)) throw new Refused(StatusCodes.Status403Forbidden, "facility_not_permitted", $"This collector may not send for the facility {code}.");
    }
}

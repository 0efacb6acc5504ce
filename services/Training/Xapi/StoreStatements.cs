using System.Security.Claims;
using System.Text.Json.Nodes;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Xapi;

internal static class StoreStatements
{
    /// <summary>All or none. One that is here already is left as it is, or refused where it says something else.</summary>
    public static async Task<IReadOnlyList<Guid>> StoreAsync(this TrainingDb db, IReadOnlyList<JsonNode?> given, Guid? id, ProgrammeSettings programme, ClaimsPrincipal user,
        TimeProvider clock, CancellationToken cancel)
    {
        var (now, authority) = (clock.GetUtcNow(), OwnStatements.Agent(programme.PublicUrl.TrimEnd('/'), user.Subject()));
        var sent = given.Select(g => (Statement: ReadStatement.Of(g, id, authority, now), HadTimestamp: g!["timestamp"] is not null)).ToList();
        Guid[] ids = [.. sent.Select(s => s.Statement.Id)];
        if (ids.Distinct().Count() < ids.Length) throw new BadInput("statement_not_valid", "Two statements of one request have the same id.");

        var known = await db.Statements.AsNoTracking().Where(s => ids.Contains(s.Id)).ToDictionaryAsync(s => s.Id, cancel);
        foreach (var (statement, hadTimestamp) in sent)
            if (!known.TryGetValue(statement.Id, out var stored)) db.Add(statement);
            else if (!statement.SameAs(stored, hadTimestamp)) throw new RuleBroken("statement_id_taken", $"Another statement is stored as {statement.Id}; none is ever changed.");
        await db.SaveChangesAsync(cancel);
        return ids;
    }
}

public static class PutStatement
{
    /// <summary>One statement by an id that its sender made; sending it again changes nothing.</summary>
    public static async Task<IResult> Handle(string? statementId, TrainingDb db, ProgrammeSettings programme, ClaimsPrincipal user, TimeProvider clock, HttpRequest request,
        CancellationToken cancel)
    {
        if (!Guid.TryParseExact(statementId, "D", out var id)) throw new BadInput("statement_id_missing", "Give ?statementId= with a UUID.");
        await db.StoreAsync([await ReadStatement.BodyAsync(request, cancel)], id, programme, user, clock, cancel);
        return Results.NoContent();
    }
}

public static class PostStatements
{
    private const int Most = 500;

    /// <summary>One statement or a list of at most 500; answers their ids in the same order.</summary>
    public static async Task<IReadOnlyList<Guid>> Handle(TrainingDb db, ProgrammeSettings programme, ClaimsPrincipal user, TimeProvider clock, HttpRequest request,
        CancellationToken cancel)
    {
        var body = await ReadStatement.BodyAsync(request, cancel);
        IReadOnlyList<JsonNode?> given = body is JsonArray list ? [.. list] : [body];
        if (given.Count > Most) throw new BadInput("too_many_statements", $"Send at most {Most} statements at once.");
        return await db.StoreAsync(given, null, programme, user, clock, cancel);
    }
}

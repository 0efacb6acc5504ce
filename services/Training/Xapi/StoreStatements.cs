using System.Security.Claims;
using System.Text.Json.Nodes;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Xapi;

internal static class StoreStatements
{
    /// <summary>All or none. One that is here already is left as it is, or refused where it says something else.</summary>
    public static Task<IReadOnlyList<Guid>> StoreAsync(this TrainingDb db, IReadOnlyList<JsonNode?> given, Guid? id, ProgrammeSettings programme, ClaimsPrincipal user,
        TimeProvider clock, CancellationToken cancel) => db.InTransactionAsync<IReadOnlyList<Guid>>(async () =>
    {
        var (now, authority) = (clock.GetUtcNow(), OwnStatements.Agent(programme.PublicUrl.TrimEnd('/'), user.Subject()));
        var sent = given.Select(g => (Statement: ReadStatement.Of(g, id, authority, now), HadTimestamp: g!["timestamp"] is not null)).ToList();
        Guid[] ids = [.. sent.Select(s => s.Statement.Id)];
        if (ids.Distinct().Count() < ids.Length) throw new BadInput("statement_not_valid", "Two statements of one request have the same id.");

        var stored = await db.AddNewAsync([.. sent.Select(s => s.Statement)], cancel);
        var known = await db.Statements.AsNoTracking().Where(s => ids.Contains(s.Id) && !stored.Contains(s.Id)).ToDictionaryAsync(s => s.Id, cancel);
        if (sent.Find(s => known.TryGetValue(s.Statement.Id, out var before) && !s.Statement.SameAs(before, s.HadTimestamp)).Statement is { } other)
            throw new RuleBroken("statement_id_taken", $"Another statement is stored as {other.Id}; none is ever changed.");
        return ids;
    }, cancel);

    /// <summary>Those that were not there before; one that somebody else stores at this moment is waited for and left as it is.</summary>
    private static Task<List<Guid>> AddNewAsync(this TrainingDb db, IReadOnlyList<Statement> statements, CancellationToken cancel) => db.Database.SqlQuery<Guid>($"""
        insert into xapi_statements (id, stored, actor_home_page, actor_name, verb, activity, statement)
        select s.id, {statements[0].Stored}, s.home_page, s.name, s.verb, s.activity, s.json::jsonb
        from unnest({statements.Select(s => s.Id).ToArray()}, {statements.Select(s => s.ActorHomePage).ToArray()}, {statements.Select(s => s.ActorName).ToArray()},
            {statements.Select(s => s.Verb).ToArray()}, {statements.Select(s => s.Activity).ToArray()}, {statements.Select(s => s.Json).ToArray()})
            as s(id, home_page, name, verb, activity, json)
        order by s.id
        on conflict (id) do nothing returning id as "Value"
        """).ToListAsync(cancel);
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

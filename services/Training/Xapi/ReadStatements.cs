using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Xapi;

public static class ReadStatements
{
    private const int Most = 500, Usual = 100;
    private static readonly string[] Parameters = ["statementId", "agent", "activity", "verb", "since", "until", "limit", "ascending", "format", "attachments", "after"];

    /// <summary>
    /// One statement by <c>statementId</c>, or those that match <c>agent</c>, <c>activity</c>, <c>verb</c>, <c>since</c> (later than) and
    /// <c>until</c> (not later than, both by the time of storing), the latest first unless <c>ascending</c>; at most <c>limit</c> (500), the rest at <c>more</c>.
    /// </summary>
    public static async Task<IResult> Handle(TrainingDb db, HttpContext http, CancellationToken cancel)
    {
        var query = http.Request.Query;
        if (query.Keys.FirstOrDefault(k => !Parameters.Contains(k)) is { } stranger) throw Bad($"'{stranger}' is not a parameter that is known here.");
        if (Given("format") is { } format and not "exact") throw Bad($"format '{format}' is not given here; exact is.");
        if (Given("attachments") is "true") throw Bad("There are no attachments here.");
        await ConsistentThroughAsync(db, http.Response, cancel);
        return Given("statementId") is { } id ? await OneAsync(id) : await ManyAsync();

        string? Given(string name) => query.TryGetValue(name, out var value) ? value.ToString() : null;

        async Task<IResult> OneAsync(string given)
        {
            if (query.Keys.Any(k => k is not ("statementId" or "format" or "attachments"))) throw Bad("statementId goes with no filter.");
            if (!Guid.TryParseExact(given, "D", out var wanted)) throw Bad("statementId is not a UUID.");
            return await db.Statements.Where(s => s.Id == wanted).Select(s => s.Json).SingleOrDefaultAsync(cancel) is { } statement
                ? Results.Text(statement, "application/json", Encoding.UTF8) : throw new NotThere("statement_unknown", "There is no such statement.");
        }

        async Task<IResult> ManyAsync()
        {
            var ascending = Given("ascending") is "true";
            var limit = Given("limit") is not { } text ? Usual : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? (number == 0 ? Most : Math.Min(number, Most)) : throw Bad("limit is a number.");
            var found = Matching(db.Statements.AsNoTracking(), Given);
            if (Given("after") is { } after) found = Beyond(found, after, ascending);
            var page = await (ascending ? found.OrderBy(s => s.Stored).ThenBy(s => s.Id) : found.OrderByDescending(s => s.Stored).ThenByDescending(s => s.Id))
                .Take(limit + 1).Select(s => new { s.Id, s.Stored, s.Json }).ToListAsync(cancel);
            var more = page.Count > limit ? Next(http.Request, page[limit - 1].Stored, page[limit - 1].Id) : "";
            return Results.Text($$"""{"statements":[{{string.Join(',', page.Take(limit).Select(s => s.Json))}}],"more":{{JsonSerializer.Serialize(more)}}}""", "application/json", Encoding.UTF8);
        }
    }

    private static IQueryable<Statement> Matching(IQueryable<Statement> statements, Func<string, string?> given)
    {
        if (given("agent") is { } agent)
        {
            var (homePage, name) = Agent(agent);
            statements = statements.Where(s => s.ActorName == name && s.ActorHomePage == homePage);
        }
        if (given("verb") is { } verb) statements = statements.Where(s => s.Verb == verb);
        if (given("activity") is { } activity) statements = statements.Where(s => s.Activity == activity);
        if (given("since") is { } since && ReadStatement.Time(since, "since") is var from) statements = statements.Where(s => s.Stored > from);
        if (given("until") is { } until && ReadStatement.Time(until, "until") is var to) statements = statements.Where(s => s.Stored <= to);
        return statements;
    }

    private static (string HomePage, string Name) Agent(string json)
    {
        try
        {
            return ReadStatement.Account(JsonNode.Parse(json, null, new() { AllowDuplicateProperties = false }), "agent");
        }
        catch (JsonException)
        {
            throw Bad("agent is not JSON.");
        }
    }

    private static IQueryable<Statement> Beyond(IQueryable<Statement> statements, string after, bool ascending)
    {
        var parts = after.Split('_');
        if (parts.Length != 2 || !long.TryParse(parts[0], CultureInfo.InvariantCulture, out var ticks) || !Guid.TryParseExact(parts[1], "N", out var id)
            || ticks < 0 || ticks > DateTime.MaxValue.Ticks) throw Bad("Give 'more' exactly as the page before had it.");
        var stored = new DateTimeOffset(ticks, TimeSpan.Zero);
        return ascending ? statements.Where(s => EF.Functions.GreaterThan(ValueTuple.Create(s.Stored, s.Id), ValueTuple.Create(stored, id)))
            : statements.Where(s => EF.Functions.LessThan(ValueTuple.Create(s.Stored, s.Id), ValueTuple.Create(stored, id)));
    }

    /// <summary>Relative to the host, as the standard wants it.</summary>
    private static string Next(HttpRequest request, DateTimeOffset stored, Guid id)
    {
        var query = request.Query.Where(q => q.Key != "after").Select(q => KeyValuePair.Create(q.Key, (string?)q.Value.ToString()));
        return QueryHelpers.AddQueryString(request.Path, query.Append(KeyValuePair.Create("after", (string?)string.Create(CultureInfo.InvariantCulture, $"{stored.UtcTicks}_{id:n}"))));
    }

    /// <summary>What was stored before this can be read: a transaction still open may bring statements that bear the time of its beginning.</summary>
    private static async Task ConsistentThroughAsync(TrainingDb db, HttpResponse response, CancellationToken cancel)
    {
        var through = await db.Database.SqlQuery<DateTimeOffset>(
            $"select coalesce(min(xact_start), now()) as \"Value\" from pg_stat_activity where datname = current_database() and backend_type = 'client backend'").SingleAsync(cancel);
        response.Headers["X-Experience-API-Consistent-Through"] = through.ToUniversalTime().ToString("o", CultureInfo.InvariantCulture);
    }

    private static BadInput Bad(string sentence) => new("parameter_not_valid", sentence);
}

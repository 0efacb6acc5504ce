using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using BetterConnections.Evaluation.Results.Definitions;
using BetterConnections.Postgres;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Instruments;

/// <summary>
/// The programme's own seven instruments, files under <c>Content</c>. An instrument names blocks of items that it shares with others
/// as <c>{"block": "worker-core"}</c>, and takes its scales from <c>scales.json</c>: that is why the core items of I1, I2 and I3 are the same and pair.
/// </summary>
public static class ShippedInstruments
{
    private const long LockKey = 0x4243_494e_5354_5255; // "BCINSTRU"
    private static readonly Assembly Here = typeof(ShippedInstruments).Assembly;

    public static IReadOnlyList<InstrumentDefinition> Read() =>
        [.. Here.GetManifestResourceNames().Where(n => n.StartsWith("Content.instruments.", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(Read)];

    private static InstrumentDefinition Read(string resource)
    {
        var file = ReadJson(resource).AsObject();
        var items = new JsonArray([.. WithBlocks(file["items"]!.AsArray())]);
        var used = UsedBy(items).ToHashSet();
        file["items"] = items;
        file["scales"] = new JsonArray([.. ReadJson("Content.scales.json").AsArray().Where(s => used.Contains(s!["name"]!.GetValue<string>())).Select(s => s!.DeepClone())]);
        return file.Deserialize<InstrumentDefinition>(InstrumentMapping.Json)!;
    }

    private static IEnumerable<JsonNode> WithBlocks(JsonArray items)
    {
        foreach (var item in items.OfType<JsonObject>())
        {
            if (item["block"] is { } block)
            {
                foreach (var inner in WithBlocks(ReadJson($"Content.blocks.{block}.json").AsArray())) yield return inner;
                continue;
            }
            var whole = item.DeepClone().AsObject();
            if (whole["items"] is JsonArray held) whole["items"] = new JsonArray([.. WithBlocks(held)]);
            yield return whole;
        }
    }

    private static IEnumerable<string> UsedBy(JsonArray items) => items.OfType<JsonObject>()
        .SelectMany(i => i["items"] is JsonArray held ? UsedBy(held) : i["scale"] is { } scale ? [scale.GetValue<string>()] : []);

    private static JsonNode ReadJson(string resource)
    {
        using var file = Here.GetManifestResourceStream(resource) ?? throw new InvalidOperationException($"{resource} did not ship.");
        return JsonNode.Parse(file, documentOptions: new() { CommentHandling = JsonCommentHandling.Skip })!;
    }

    /// <summary>Publishes those that the database does not know yet; what an evaluator has made of the others since is left alone.</summary>
    public static async Task ImportAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<EvaluationDb>();
        var at = scope.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow();
        await db.InTransactionAsync(async () =>
        {
            await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({LockKey})"); // replicas start together
            var indicators = await db.IndicatorsAsync(CancellationToken.None);
            var known = await db.Instruments.Select(i => i.Code).ToListAsync();
            foreach (var definition in Read().Where(d => !known.Contains(d.Code)))
            {
                var instrument = Instrument.Create(definition, at);
                var version = instrument.Draft(definition, "programme", at);
                version.Publish(new(null, indicators, []), "programme", at);
                db.Add(instrument);
                db.Add(version);
            }
            return await db.SaveChangesAsync();
        }, CancellationToken.None);
    }
}

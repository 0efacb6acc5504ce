using System.Text.Json;

namespace BetterConnections.Journeys.Tests.Fuzzing;

/// <summary>Makes requests that nobody should send. The same seed and number make the same request of a system that was set up alike.</summary>
public sealed class Shots(int seed, IReadOnlyList<Operation> operations, IReadOnlyList<Tenant> tenants, Known known)
{
    private static readonly HashSet<string> WithBody = ["POST", "PUT", "PATCH", "DELETE"];

    public Shot this[int number] => Make(number, new Random(seed * 1_000_003 + number));

    /// <summary>Who may do most gets furthest, so it is asked most by them; an eighth by nobody.</summary>
    private Tenant Somebody(Operation operation, Random random)
    {
        // A wrong password is counted, and would lock out who asks.
        if (operation.Path == "/api/identity/me/password" || random.Next(8) == 0) return Any(t => t.IsNobody);
        return random.Next(2) == 0 ? Any(t => !t.IsConfined) : Any(t => !t.IsNobody);

        Tenant Any(Func<Tenant, bool> such) => tenants.Where(such).ElementAt(random.Next(tenants.Count(such)));
    }

    private Shot Make(int number, Random random)
    {
        var operation = operations[random.Next(operations.Count)];
        var by = Somebody(operation, random);
        var bodies = new Bodies(operation.Document, known, random);
        var how = new List<string>();
        var (method, mustRefuse) = (operation.Method, by.IsNobody && !operation.IsPublic);

        var path = string.Join('/', operation.Path.Split('/').Select(segment => Fill(segment)));
        var query = string.Join('&', operation.Parameters.Where(p => p.In == "query" && random.Next(3) == 0).Select(Query));
        if (Chance(20)) query = Say("an unknown parameter", query + "&noSuch=1");
        if (Chance(25) && query.Length > 0) query = Say("a parameter twice", $"{query}&{query}");
        if (Chance(40)) path = Say("a mangled path", Mangled(path));

        byte[]? body = null;
        string? type = null;
        if (operation.Body is { } schema && WithBody.Contains(method))
        {
            (body, type) = (JsonSerializer.SerializeToUtf8Bytes(bodies.Good(schema)), "application/json");
            if (random.Next(3) > 0)
            {
                (body, var spoiled, var unreadable) = bodies.Spoiled(schema);
                Say(spoiled, "");
                mustRefuse |= unreadable && !operation.Path.StartsWith("/connect/", StringComparison.Ordinal);
            }
        }
        else if (operation.FileTypes.Count > 0)
        {
            (body, type) = (new byte[random.Next(3) * 500], operation.FileTypes[random.Next(operation.FileTypes.Count)]);
            random.NextBytes(body);
        }
        if (Chance(20) && (body is not null || method == "POST"))
        {
            (body, type) = (body ?? "{}"u8.ToArray(), Nasty.ContentTypes[random.Next(Nasty.ContentTypes.Length)]);
            (_, mustRefuse) = (Say("another content type", ""), by.IsNobody && !operation.IsPublic);
        }

        var headers = new List<(string, string)>();
        while (random.Next(4) == 0) headers.Add(Nasty.Headers[random.Next(Nasty.Headers.Length)]);
        if (method == "PUT" && random.Next(3) > 0) headers.Add(("If-Match", $"\"{random.Next(2000)}\""));
        if (Chance(15)) (method, mustRefuse) = (Say("another verb", Nasty.Verbs[random.Next(Nasty.Verbs.Length)]), false);
        return new(number, by, operation, method, query.Length > 0 ? $"{path}?{query}" : path, headers, body, type, string.Join(", ", how), mustRefuse);

        bool Chance(int oneIn) => random.Next(oneIn) == 0;

        string Say(string what, string value)
        {
            how.Add(what);
            return value;
        }

        string Fill(string segment)
        {
            var start = segment.IndexOf('{');
            if (start < 0) return segment;
            var name = segment[(start + 1)..segment.IndexOf('}')];
            if (Chance(6)) return segment.Replace($"{{{name}}}", Say($"a bad {name}", Nasty.Url[random.Next(Nasty.Url.Length)]));
            var parameter = operation.Parameters.FirstOrDefault(p => p.Name == name);
            // Mostly something that is there, whoever's it is: among all ids one of the right kind would be rare.
            var there = random.Next(3) > 0 ? known.InList(operation.Path[..operation.Path.IndexOf("/{", StringComparison.Ordinal)], name, random) : null;
            return segment.Replace($"{{{name}}}", Uri.EscapeDataString(there ?? (parameter is null ? name : $"{bodies.Good(parameter.Schema, name)}")));
        }

        string Query(Parameter parameter)
        {
            var wanted = operation.Document.Resolve(parameter.Schema);
            if (random.Next(2) == 0) return $"{parameter.Name}={Uri.EscapeDataString($"{bodies.Good(parameter.Schema, parameter.Name)}")}";
            if (Chance(20)) return Say($"an endless {parameter.Name}", $"{parameter.Name}={new string('9', 5000)}");
            var value = Nasty.Url[random.Next(Nasty.Url.Length)];
            mustRefuse |= value == "Bogus" && (wanted.TryGetProperty("enum", out _) || wanted.TryGetProperty("format", out _));
            return Say($"a bad {parameter.Name}", $"{parameter.Name}={value}");
        }

        string Mangled(string whole)
        {
            mustRefuse = false; // it may have become another operation
            return random.Next(8) switch
            {
                0 => whole + "/",
                1 => whole.Replace("/api/", "//api//"),
                2 => whole.ToUpperInvariant(),
                3 => whole + "/../../identity/accounts",
                4 => whole + "%2F..%2F..",
                5 => whole + new string('a', 4000),
                6 => whole + ";a=b",
                _ => whole.Replace("/api/", "/api/./"),
            };
        }
    }
}

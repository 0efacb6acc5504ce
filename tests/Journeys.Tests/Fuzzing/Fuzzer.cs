using System.Collections.Concurrent;
using Xunit.Sdk;

namespace BetterConnections.Journeys.Tests.Fuzzing;

/// <summary>
/// Fires shots in volleys and judges each answer. What was refused is fired once more while nothing else happens: no table may change.
/// </summary>
public sealed class Fuzzer(WholeSystem system, HttpClient http, Shots shots, Watch watch)
{
    private const int Volley = 250, AtOnce = 8, Enough = 25;
    private readonly ConcurrentDictionary<int, int> _statuses = new();
    private readonly ConcurrentDictionary<string, string> _faults = new();
    private readonly Audit _audit = new(system);
    private int _fired, _unchanged;

    public IReadOnlyCollection<string> Faults => [.. _faults.Values];

    public string Figures => $"{_fired} requests, of which {_unchanged} refusals were watched to change nothing: "
        + string.Join(", ", _statuses.OrderBy(s => s.Key).Select(s => $"{s.Key} × {s.Value}"));

    /// <summary>Until so many requests were answered, not counting those that came too fast, or too much is wrong to go on.</summary>
    public async Task RunAsync(int requests)
    {
        for (var first = 0; _fired < requests && _faults.Count < Enough; first += Volley)
            if (!await FireAsync([.. Enumerable.Range(first, Volley).Select(n => shots[n])])) return;
    }

    /// <summary>One volley, and its refused shots again.</summary>
    /// <returns>False when the system is not at rest afterwards, so that there is no going on.</returns>
    public async Task<bool> FireAsync(IReadOnlyList<Shot> volley)
    {
        var answers = await AnswersAsync(volley);
        try
        {
            await _audit.EverythingIsDeliveredAsync();
        }
        catch (Exception e) when (e is XunitException or TimeoutException)
        {
            var taken = answers.Where(a => a.Status is >= 200 and < 300 && a.Shot.Method != "GET").Select(a => a.ToString()).Order();
            _faults["given up"] = $"What follows from one of these was given up or hangs: {e.Message}\n{string.Join('\n', taken)}";
            return false;
        }

        var refused = answers.Where(a => a.IsRefused).Select(a => a.Shot).OrderBy(s => s.Number).ToList();
        var before = await watch.ReadAsync();
        var again = await AnswersAsync(refused);
        if (again.TrueForAll(a => a.IsRefused))
        {
            if (Watch.Changes(before, await watch.ReadAsync()).Count > 0) await FindWhatChangesAsync(refused);
            _unchanged += again.Count;
        }
        return true;
    }

    /// <summary>One by one, and whoever seems to change something twice: the system has work of its own, too.</summary>
    private async Task FindWhatChangesAsync(IEnumerable<Shot> refused)
    {
        foreach (var shot in refused)
            if (await ChangesAsync(shot) is { Count: > 0 } once && await ChangesAsync(shot) is { Count: > 0 } twice && once.Intersect(twice).Any())
                Blame(shot, $"refused, and yet {string.Join(", ", once.Intersect(twice))} changed", shot.ToString());
    }

    private async Task<IReadOnlyList<string>> ChangesAsync(Shot shot)
    {
        var before = await watch.ReadAsync();
        var answer = await FireAsync(shot);
        return answer.IsRefused ? Watch.Changes(before, await watch.ReadAsync()) : [];
    }

    private async Task<List<Shooting>> AnswersAsync(IEnumerable<Shot> volley)
    {
        var answers = new ConcurrentBag<Shooting>();
        await Parallel.ForEachAsync(volley, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (shot, _) => answers.Add(await FireAsync(shot)));
        return [.. answers];
    }

    private async Task<Shooting> FireAsync(Shot shot)
    {
        for (var tries = 1; ; tries++)
        {
            var answer = await shot.FireAsync(http);
            _statuses.AddOrUpdate(answer.Status, 1, (_, n) => n + 1);
            // Who is too fast, or comes while a service is away, is told to come again; who is signed in does.
            if (tries < 5 && (answer.Status is 502 or 503 or 504 || answer.Status == 429 && !shot.By.IsNobody))
            {
                await Task.Delay(answer.RetryAfter ?? TimeSpan.FromSeconds(1));
                continue;
            }
            if (answer.Status != 429) Interlocked.Increment(ref _fired);
            if (Judge.WrongWith(answer) is { } wrong) Blame(shot, wrong, answer.ToString());
            return answer;
        }
    }

    /// <summary>One example of each operation and fault is enough.</summary>
    private void Blame(Shot shot, string wrong, string example) =>
        _faults.TryAdd($"{wrong} {shot.Operation.Method} {shot.Operation.Path} {shot.Method}", $"{wrong}: {example}");
}

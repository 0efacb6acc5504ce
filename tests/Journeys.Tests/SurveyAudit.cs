namespace BetterConnections.Journeys.Tests;

/// <summary>Compares the interviews that Evaluation holds with those that were acknowledged to the phone.</summary>
public sealed class SurveyAudit(Books books)
{
    private const string Evaluation = "evaluation";

    public Task HoldsExactlyAsync(Ledger ledger) => HoldsAsync(ledger, ledger);

    /// <summary>The databases stopped somewhere between these two moments.</summary>
    public async Task HoldsAsync(Ledger atLeast, Ledger atMost)
    {
        var ours = $"s.instance_id like 'uuid:{atMost.Mark}-%' and s.complete and s.superseded_by is null";
        // Each is whole: the bytes that were sent, the answers that were read from them, and its photographs.
        await HoldsAsync(l => l.Interviews.Select(i => $"{i.Key} {i.Value}"), $"""
            select s.instance_id || ' ' || encode(sha256(s.body), 'hex') from submissions s where {ours} and s.answers ->> 'OB2' = '10' and s.facility_id is not null
            """);
        await HoldsAsync(l => l.Photographs.Select(p => $"{p.Key} {p.Value}"), $"""
            select s.instance_id || ' ' || a.name || ' ' || encode(sha256(a.content), 'hex') from submissions s join submission_attachments a on a.submission_id = s.id where {ours}
            """);
        await HoldsAsync(l => l.Approved, $"select s.instance_id from submissions s where {ours} and s.review_state = 'Approved'");

        Task HoldsAsync(Func<Ledger, IEnumerable<string>> of, string sql) => books.HoldAsync(of(atLeast), of(atMost), Evaluation, sql);
    }
}

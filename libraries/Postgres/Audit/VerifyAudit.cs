using System.Data;
using System.Globalization;
using System.Text.RegularExpressions;
using BetterConnections.ServiceDefaults;
using Npgsql;

namespace BetterConnections.Postgres.Audit;

/// <summary>One step of a verification: what it found in its seals.</summary>
/// <param name="Intact">Nothing is wrong in this step. The trail is intact where every step is, up to the one without <paramref name="Next"/>.</param>
/// <param name="Break">The first thing that is wrong, for a person; null where nothing is.</param>
/// <param name="Seals">In this step.</param>
/// <param name="Entries">In this step.</param>
/// <param name="Unsealed">Entries of the last second, which no seal protects yet.</param>
/// <param name="Head">The last seal's hash: after the last step note it elsewhere and ask for it later.</param>
/// <param name="Next">The <c>after</c> of the following step; null after the last, and where something is wrong.</param>
public sealed record AuditVerification(bool Intact, string? Break, long Seals, long Entries, long Unsealed, string? Head, string? Next);

internal static partial class VerifyAudit
{
    /// <summary>So that a step ends long before the gateway gives up waiting.</summary>
    private static readonly TimeSpan LongestStep = TimeSpan.FromSeconds(3);

    /// <summary>A hundred thousand entries at most, a second or two.</summary>
    private const int SealsAtOnce = 20;

    /// <summary>
    /// Computes the chain again, in steps of some seconds: each goes on where <c>next</c> of the one before says, with the same <paramref name="noted"/>.
    /// A step sees one snapshot, later steps later ones. That is sound because a trail only grows at its end: <c>next</c> carries the hash that
    /// the step before has verified, and the seal must still have it, so the steps form one chain however much is sealed meanwhile, and
    /// its end is what the last step sees. As ever, what somebody changes after it was verified is found by the next verification.
    /// 400 <c>noted_not_valid</c>, <c>after_not_valid</c>, <c>limit_not_valid</c>.
    /// </summary>
    /// <param name="noted">A head that somebody noted earlier; whether it is in the chain is told by the last step.</param>
    /// <param name="after">Left out for the first step.</param>
    /// <param name="limit">At most so many seals in this step.</param>
    public static async Task<AuditVerification> Handle(NpgsqlDataSource database, TimeProvider clock, CancellationToken cancel,
        string? noted = null, string? after = null, int limit = 100_000)
    {
        if (noted is not null && (noted.Length != 64 || !noted.All(char.IsAsciiHexDigit)))
            throw new BadInput("noted_not_valid", "Give 'noted' as 'head' of an earlier verification had it: 64 hexadecimal digits.");
        if (limit < 1) throw new BadInput("limit_not_valid", "Give 'limit' from 1 on.");
        var begin = clock.GetTimestamp();
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        var chain = new Chain(noted?.ToLowerInvariant());
        if (after is not null) await GoOnAsync(chain, after, connection, cancel);

        bool goesOn;
        do goesOn = await TakeAsync(chain, (int)Math.Min(SealsAtOnce, limit - chain.Seals), connection, cancel);
        while (goesOn && chain.Seals < limit && clock.GetElapsedTime(begin) < LongestStep);

        // Up to its last seal the chain has no gap.
        var stray = !goesOn && chain.Break is null ? await Count($"select count(*) from audit_entries where seal < 1 or seal > {chain.Last?.Number ?? 0}") : 0;
        return chain.Answer(goesOn, stray, unsealed: await Count("select count(*) from audit_entries where seal is null"));

        async Task<long> Count(string sql)
        {
            await using var count = new NpgsqlCommand(sql, connection);
            return (long)(await count.ExecuteScalarAsync(cancel))!;
        }
    }

    [GeneratedRegex("^([1-9][0-9]{0,17})-([0-9a-f]{64})(-noted)?$")]
    private static partial Regex Cursor();

    private static async Task GoOnAsync(Chain chain, string after, NpgsqlConnection connection, CancellationToken cancel)
    {
        if (Cursor().Match(after) is not { Success: true } cursor)
            throw new BadInput("after_not_valid", "Give 'after' exactly as 'next' of the step before had it.");
        var number = long.Parse(cursor.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
        await using var read = new NpgsqlCommand("select number, at, entries, hash from audit_seals where number = $1", connection) { Parameters = { new() { Value = number } } };
        await using var row = await read.ExecuteReaderAsync(cancel);
        chain.GoOn(number, await row.ReadAsync(cancel) ? AuditRows.Seal(row) : null, cursor.Groups[2].Value, hasNoted: cursor.Groups[3].Success);
    }

    /// <summary>The following seals, one after another by the indexes, however long the trail; false after its last, or where it breaks.</summary>
    private static async Task<bool> TakeAsync(Chain chain, int seals, NpgsqlConnection connection, CancellationToken cancel)
    {
        if (chain.Break is not null) return false;
        var before = chain.Seals;
        await using var read = new NpgsqlCommand($"""
            select {AuditRows.Columns}, s.number, s.at, s.entries, s.hash
            from (select * from audit_seals where number > $1 order by number limit $2) s
                left join lateral (select * from audit_entries where seal = s.number order by id) e on true
            order by s.number, e.id
            """, connection) { Parameters = { new() { Value = chain.Last?.Number ?? 0 }, new() { Value = seals } } };
        await using (var rows = await read.ExecuteReaderAsync(cancel))
            while (chain.Break is null && await rows.ReadAsync(cancel))
                chain.Take(AuditRows.Seal(rows, first: 8), rows.IsDBNull(0) ? null : AuditRows.Entry(rows));
        chain.Close();
        return chain.Break is null && chain.Seals - before == seals;
    }

    private sealed class Chain(string? noted)
    {
        private readonly List<byte[]> _hashes = [];
        private AuditSeal? _open;
        private long _entries;
        private bool _hasNoted;

        public AuditSeal? Last { get; private set; }
        public long Seals { get; private set; }
        public string? Break { get; private set; }

        /// <summary>From the seal that the step before verified last.</summary>
        public void GoOn(long number, AuditSeal? seal, string hash, bool hasNoted)
        {
            if (seal is null || Hex(seal) != hash) Break = $"Seal {number} was changed since the step before this one.";
            (Last, _hasNoted) = (seal, hasNoted);
        }

        /// <summary>The rows of one seal come one after another.</summary>
        public void Take(AuditSeal seal, AuditEntry? entry)
        {
            if (seal.Number != _open?.Number)
            {
                Close();
                _open = seal;
            }
            if (entry is not null) _hashes.Add(entry.Hash());
        }

        public void Close()
        {
            if (_open is not { } seal || Break is not null) return;
            var expected = AuditSeal.After(Last, seal.At, _hashes);
            Break = seal.Number != expected.Number ? $"Seal {expected.Number} is missing."
                : _hashes.Count != seal.Entries ? $"Seal {seal.Number} of {seal.At:u} closed {seal.Entries} entries, and {_hashes.Count} are there."
                : !expected.Hash.AsSpan().SequenceEqual(seal.Hash) ? $"Seal {seal.Number} of {seal.At:u} does not fit its {seal.Entries} entries: one of them, or the seal, was changed."
                : null;
            _hasNoted |= Hex(seal) == noted;
            (Last, _open, Seals, _entries) = (seal, null, Seals + 1, _entries + _hashes.Count);
            _hashes.Clear();
        }

        public AuditVerification Answer(bool goesOn, long stray, long unsealed)
        {
            var wrong = Break
                ?? (stray > 0 ? $"{stray} entries stand under seals that are not there." : null)
                ?? (!goesOn && noted is not null && !_hasNoted ? "The noted seal is not in the chain: its end was cut off, or all of it was written anew." : null);
            var next = wrong is null && goesOn ? $"{Last!.Number}-{Hex(Last)}{(_hasNoted ? "-noted" : "")}" : null;
            return new(wrong is null, wrong, Seals, _entries, unsealed, Last is null ? null : Hex(Last), next);
        }

        private static string Hex(AuditSeal seal) => Convert.ToHexStringLower(seal.Hash);
    }
}

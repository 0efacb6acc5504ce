using System.Data;
using BetterConnections.ServiceDefaults;
using Npgsql;

namespace BetterConnections.Postgres.Audit;

/// <param name="Intact">Every seal holds, and the noted one is among them.</param>
/// <param name="Break">The first thing that is wrong, for a person; null where nothing is.</param>
/// <param name="Head">The last seal's hash: note it elsewhere and ask for it later.</param>
/// <param name="Unsealed">Entries of the last second, which no seal protects yet.</param>
public sealed record AuditVerification(bool Intact, string? Break, long Seals, long Entries, long Unsealed, string? Head);

internal static class VerifyAudit
{
    /// <summary>Computes the whole chain again, in one snapshot: a seal a second makes some thirty million a year at most, read as a stream.</summary>
    /// <param name="noted">A head that somebody noted earlier; 400 where it is no SHA-256 in hexadecimal digits.</param>
    public static async Task<AuditVerification> Handle(NpgsqlDataSource database, CancellationToken cancel, string? noted = null)
    {
        if (noted is not null && (noted.Length != 64 || !noted.All(char.IsAsciiHexDigit)))
            throw new BadInput("noted_not_valid", "Give 'noted' as 'head' of an earlier verification had it: 64 hexadecimal digits.");
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        var chain = new Chain(noted?.ToLowerInvariant());
        await using (var read = new NpgsqlCommand($"""
            select {AuditRows.Columns}, s.number, s.at, s.entries, s.hash
            from audit_seals s left join audit_entries e on e.seal = s.number order by s.number, e.id
            """, connection) { CommandTimeout = 600 })
        await using (var rows = await read.ExecuteReaderAsync(cancel))
            while (chain.Break is null && await rows.ReadAsync(cancel))
                chain.Take(AuditRows.Seal(rows, first: 8), rows.IsDBNull(0) ? null : AuditRows.Entry(rows));
        chain.Close();

        return chain.Answer(
            stray: await Count($"select count(*) from audit_entries e where seal is not null and not exists (select from audit_seals where number = e.seal)"),
            unsealed: await Count("select count(*) from audit_entries where seal is null"));

        async Task<long> Count(string sql)
        {
            await using var count = new NpgsqlCommand(sql, connection);
            return (long)(await count.ExecuteScalarAsync(cancel))!;
        }
    }

    private sealed class Chain(string? noted)
    {
        private readonly List<byte[]> _hashes = [];
        private AuditSeal? _last, _open;
        private long _seals, _entries;
        private bool _hasNoted;

        public string? Break { get; private set; }

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
            var expected = AuditSeal.After(_last, seal.At, _hashes);
            Break = seal.Number != expected.Number ? $"Seal {expected.Number} is missing."
                : _hashes.Count != seal.Entries ? $"Seal {seal.Number} of {seal.At:u} closed {seal.Entries} entries, and {_hashes.Count} are there."
                : !expected.Hash.AsSpan().SequenceEqual(seal.Hash) ? $"Seal {seal.Number} of {seal.At:u} does not fit its {seal.Entries} entries: one of them, or the seal, was changed."
                : null;
            _hasNoted |= Hex(seal) == noted;
            (_last, _open, _seals, _entries) = (seal, null, _seals + 1, _entries + _hashes.Count);
            _hashes.Clear();
        }

        public AuditVerification Answer(long stray, long unsealed)
        {
            var wrong = Break
                ?? (stray > 0 ? $"{stray} entries stand under seals that are not there." : null)
                ?? (noted is not null && !_hasNoted ? "The noted seal is not in the chain: its end was cut off, or all of it was written anew." : null);
            return new(wrong is null, wrong, _seals, _entries, unsealed, _last is null ? null : Hex(_last));
        }

        private static string Hex(AuditSeal seal) => Convert.ToHexStringLower(seal.Hash);
    }
}

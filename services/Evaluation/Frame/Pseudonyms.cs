using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace BetterConnections.Evaluation.Frame;

/// <summary>The key of this deployment's pseudonyms, made when the database was and in its backups: a restored system knows its respondents again.</summary>
public sealed class PseudonymKey
{
    public int Id { get; init; }
    public required byte[] Key { get; init; }
}

/// <summary>
/// What stands for a worker in answers, exports and on phones: the keyed hash (HMAC-SHA256) of the card's code. A card scanned before
/// its worker is known here gets the same pseudonym as after, and who has an export cannot try all card numbers against it. Whoever
/// has the database can, for the key and the cards are in it.
/// </summary>
public sealed class Pseudonyms(NpgsqlDataSource database)
{
    private const string Prefix = "R-", Digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; // Crockford's base 32: none is taken for another
    private const int Length = 16; // 80 bits: among 1.5 million no two are alike
    private byte[]? _key;

    /// <param name="card">As scanned or typed: any case, white space around it, or the address in the card's QR code that ends in it.</param>
    public async ValueTask<string> OfAsync(string card, CancellationToken cancel)
    {
        _key ??= await ReadKeyAsync(cancel);
        var hash = HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(Normalise(card)));
        return string.Create(Prefix.Length + Length, hash, (text, bytes) =>
        {
            Prefix.CopyTo(text);
            for (var i = 0; i < Length; i++)
            {
                var bit = i * 5;
                var pair = (bytes[bit / 8] << 8) | bytes[bit / 8 + 1];
                text[Prefix.Length + i] = Digits[(pair >> (11 - bit % 8)) & 31];
            }
        });
    }

    public static bool IsOne(string text) => text.Length == Prefix.Length + Length && text.StartsWith(Prefix, StringComparison.Ordinal)
        && text.AsSpan(Prefix.Length).IndexOfAnyExcept(Digits) < 0;

    public static string Normalise(string card)
    {
        var code = card.Trim().TrimEnd('/');
        return code[(code.LastIndexOfAny(['/', '=', '#']) + 1)..].ToUpperInvariant();
    }

    private async Task<byte[]> ReadKeyAsync(CancellationToken cancel)
    {
        await using var command = database.CreateCommand("select key from pseudonym_keys");
        return (byte[]?)await command.ExecuteScalarAsync(cancel) ?? throw new InvalidOperationException("pseudonym_keys is empty; it is filled by a migration.");
    }
}
